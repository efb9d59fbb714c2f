"""One question, every face: API, formats, feeds, buckets, counts and page answer what plain Python finds in the JSON
documents, as the dataset stands and as it stood.

The documents of each state come from the histories, not from `as_of`. `QUESTIONS=3000` asks more than the suite does.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from tests.api import asking, naive, searching
from tests.api.naive import Json, Question
from tests.faces.dataset import Faces, Past, State, make
from tests.faces.readers import FORMATS, PLACING
from tests.pages.reading import Read

QUESTIONS = int(os.environ.get("QUESTIONS", "75"))
ORDERINGS = ("date", "-date", "updated", "-updated")
COLLECTIONS = {"actors": "actor", "countries": "country", "types": "type", "documents": "document"}
# Years of a histogram that stay below 2,000 buckets.
YEARS = {"day": 4, "month": 150, "quarter": 400, "year": 1900, "decade": 10000}
WORDS = (
    *("place", "event", "-event", '"took place"', '"place took"', "summary", "-summary", "office 3", "mayor -office"),
    *("paper-1", "paper-1 paper-2", "ministry", "event-7", "nothing", "PAPER -5 -6", '"office 4" -"event 11"', "elan"),
)


class Case:
    """A question about a state, and what plain Python finds."""

    def __init__(self, faces: Faces, state: State, question: Question, ordering: str, *, now: bool) -> None:
        self.faces, self.state, self.question, self.ordering = faces, state, question, ordering
        self.asked = question if now else question | {"as_of": state.seq}
        self.others = [event for event in state.events if naive.fits(event, question) and self._mentions(event)]
        self.matches = [(event, how) for event, how in naive.answer(self.others, question)]
        self.ids = [event["id"] for event in self._ordered()]

    def _mentions(self, event: Json) -> bool:
        if "q" not in self.question:
            return True
        return searching.finds(self.question["q"], searching.texts(event, self.state.names.__getitem__)[1])

    def _ordered(self) -> list[Json]:
        found = [event for event, _how in self.matches]
        if self.ordering != "relevance":
            return naive.ordered(found, self.ordering, self.state.key)
        newest, wanted = naive.ordered(found, "-date", self.state.key), searching.wanted(self.question["q"])
        names = self.state.names.__getitem__
        about = [event for event in newest if searching.finds(wanted, searching.texts(event, names)[0])]
        return [*about, *(event for event in newest if event not in about)]

    def formats(self) -> None:
        unplaced = {event["id"] for event, _how in self.matches if event["date"]["open_start"]}
        unplaced |= {event["id"] for event, _how in self.matches if event["date"]["edtf"] is None}
        for form, read in FORMATS.items():
            shape = {"limit": 1000} if form in ("json", "atom") else {}
            text = self.faces.text("/api/v1/events/", self.asked, format=form, ordering=self.ordering, **shape)
            expected = [pk for pk in self.ids if form not in PLACING or pk not in unplaced]
            assert read(text) == expected, (form, self.asked)

    def documents_and_counts(self) -> str:
        got = self.faces.json("events/", self.asked, ordering=self.ordering, limit=1000, count="exact")
        by_id = {event["id"]: (event, how) for event, how in self.matches}
        for result in got["results"]:
            event, how = by_id[result["id"]]
            assert result == event | ({"in_window": how} if how else {}), self.asked
        assert got["total"] == len(self.ids), self.asked
        if naive.window(self.question):
            sure = naive.answer(self.others, self.question | {"date_match": "certain"})
            assert got["total_certain"] == len(sure), self.asked
            assert got["undated"] == sum(event["date"]["edtf"] is None for event in self.others), self.asked
        return str(got["query"]["text"])

    def pages(self) -> None:
        met: list[str] = []
        asked: Question | None = {**self.asked, "ordering": self.ordering, "limit": 9}
        while asked:
            got = self.faces.json("events/", asked)
            met += [event["id"] for event in got["results"]]
            asked = dict(parse_qsl(urlsplit(got["next"]).query)) if got["next"] else None
        assert met == (self.ids[:9] if self.ordering == "relevance" else self.ids), self.asked

    def collections(self) -> None:
        for path, stem in COLLECTIONS.items():
            counts = naive.tally((event for event, _how in self.matches), stem)
            key = "code" if path in ("countries", "types") else "id"
            got = self.faces.json(f"{path}/", self.asked, limit=1000)
            assert {thing[key]: thing["events"] for thing in got["results"]} == counts, (path, self.asked)

    def buckets(self, by: str) -> None:
        asked = {name: value for name, value in self.asked.items() if name != "date_match"}
        days = sorted(day for event in self.others for day in naive.bounded_days(event))
        first, last = naive.window(self.question) or (None, None)
        first, last = first or (days[0] if days else None), last or (days[-1] if days else None)
        if first and last and int(last[:4]) - int(first[:4]) > YEARS[by]:
            by = "decade"
        got = self.faces.json("dates/", asked, by=by)
        expected = list(naive.buckets(by, first, last)) if first and last and first <= last else []
        assert [(one["edtf"], one["start"], one["end"]) for one in got["results"]] == expected, (by, asked)
        assert got["undated"] == sum(event["date"]["edtf"] is None for event in self.others), asked
        for bucket in got["results"]:
            how = [naive.match(event, bucket["start"], bucket["end"]) for event in self.others]
            assert bucket["possible"] == sum(one is not None for one in how), (bucket, asked)
            assert bucket["certain"] == how.count("certain"), (bucket, asked)

    def page(self, sentence: str) -> None:
        read = Read(self.faces.text("/", self.asked, ordering=self.ordering, limit=1000))
        assert sorted(read.ids) == sorted(self.ids), self.asked
        if self.ordering not in ("date", "-date"):
            assert read.ids == self.ids, self.asked
        assert sentence[:1].upper() + sentence[1:] in " ".join(unescape(read.words).split()), self.asked


def cases(faces: Faces, past: Past, seqs: list[int], *, now: bool) -> Iterator[Case]:
    chance = random.Random(17 if now else 18)
    for question in asking.questions(past.actors, QUESTIONS, seed=19 if now else 20):
        seq = past.head if now else chance.choice(seqs)
        orderings: tuple[str, ...] = ORDERINGS
        if now and chance.random() < 0.4:
            question["q"] = chance.choice(WORDS)
            if searching.wanted(question["q"]):
                orderings = (*ORDERINGS, "relevance")
        yield Case(faces, past.state(seq), question, chance.choice(orderings), now=now)


@pytest.mark.django_db
@pytest.mark.parametrize("now", [True, False], ids=["now", "then"])
def test_every_face_answers_what_plain_python_finds(client: Client, now: bool) -> None:
    seqs = make()
    faces = Faces(client)
    past = Past(faces)
    assert {event["id"] for event in past.state(past.head).events} == set(
        FORMATS["jsonl"](faces.text("/api/v1/events/", {}, format="jsonl"))
    )
    chance, answered = random.Random(21), 0
    for case in cases(faces, past, seqs[:-1], now=now):
        sentence = case.documents_and_counts()
        case.pages()
        case.formats()
        case.collections()
        case.buckets(chance.choice(list(YEARS)))
        case.page(sentence)
        answered += bool(case.ids)
    assert answered > QUESTIONS / 4
