"""Full text: what is found, in which order, and that both databases find what plain Python finds."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from events.curation.edit import editing
from events.curation.publish import revise_actor
from events.curation.retract import retract
from events.curation.texts import words
from events.models import Actor, ActorName
from events.models.index import TextIndex
from events.models.sql import fetch
from events.models.tokens import Phrase
from events.querying.conditions import Matching
from tests.api import naive, searching
from tests.api.conftest import Get
from tests.api.making import AT, Making


def build() -> Making:
    made = Making()
    made.document("gazette", "The Gazette")
    made.actor("prazak", "Jiří Pražák", "CZ", kind="person", names=["Pražák, J."])
    made.actor("league", "World Youth League", "TW", names=["世界青年自由联盟", "WYL"])
    made.actor("silent", "Never Quoted Speaker", "US")
    made.event("visit", "2019-10-16", title="Pražák visits Taipei", actors={"prazak": "initiator"}, place="Tchaj-pej")
    made.event("rally", "2019-10", title="A rally for Taipei", actors={"league": "participant"}, summary="It was big.")
    made.event("virus", "2020-03-01", title="COVID-19 reaches Brno", claimed_by=["silent"], location="CZ")
    made.event("game", "2018", title="19 players fall ill", summary="None of covid, said Pražák in Taipei.")
    made.event("lately", title="Taipei writes to Prague", summary="“Sister city”: the end; the city sister says so")
    made.event("hidden", "2019-10-16", title="Taipei hides", draft=True)
    return made


@pytest.fixture
def _dataset(db: None) -> None:
    build().publish()


def found(get: Get, q: str, **more: Any) -> list[str]:
    return [event["id"] for event in get(f"events/?{urlencode({'q': q, **more})}")["results"]]


FOUND = {
    "Prazak": {"visit", "game"},
    "pražák": {"visit", "game"},
    "PRAŽÁK Taipei": {"visit", "game"},
    "taipei -prazak": {"rally", "lately"},
    "-taipei": {"virus"},
    "-taipei -covid-19": set(),
    '-"covid 19"': {"visit", "rally", "game", "lately"},
    "covid-19": {"virus"},
    "covid 19": {"virus", "game"},
    "世界青年": {"rally"},
    "界青": {"rally"},
    "由": {"rally"},
    "盟": {"rally"},
    "世青": set(),
    "wyl": {"rally"},
    "speaker": {"virus"},
    '"sister city"': {"lately"},
    '"city sister"': {"lately"},
    # As keyboards of other scripts write it.
    "taipei－prazak": set(),
    "taipei －prazak": {"rally", "lately"},
    "taipei −prazak": {"rally", "lately"},
    "＂sister city＂": {"lately"},
    '"city the"': {"lately"},
    # Not over the end of one text and the beginning of the next.
    '"Prague sister"': set(),
    "tchaj-pej": {"visit"},
    '"took place"': {"visit", "rally", "virus", "game", "lately"},
    "taip": set(),
    "hides": set(),
    "AND": set(),
    "OR NOT NEAR(taipei": set(),
    "taipei*": {"visit", "rally", "game", "lately"},
    "rally — & big!": {"rally"},
}


@pytest.mark.usefixtures("_dataset")
@pytest.mark.parametrize("q", FOUND)
def test_found(get: Get, q: str) -> None:
    assert set(found(get, q)) == FOUND[q]


@pytest.mark.usefixtures("_dataset")
def test_other_filters_hold_too(get: Get) -> None:
    assert found(get, "taipei", date="2019-10") == ["rally", "visit"]
    assert found(get, "taipei", dated="false") == ["lately"]
    assert found(get, "taipei", actor="WYL") == ["rally"]


@pytest.mark.usefixtures("_dataset")
def test_every_collection_takes_it(get: Get) -> None:
    assert [actor["id"] for actor in get("actors/?q=big")["results"]] == ["league"]
    assert [country["code"] for country in get("countries/?q=brno")["results"]] == ["CZ"]
    assert get("types/?q=taipei")["results"][0]["events"] == 4
    assert get("documents/?q=taipei")["results"][0]["events"] == 4
    buckets = {bucket["edtf"]: bucket["possible"] for bucket in get("dates/?q=taipei")["results"]}
    assert buckets == {"2018": 1, "2019": 2}
    assert get("events/?q=taipei&date=2019&count=exact")["undated"] == 1


@pytest.mark.usefixtures("_dataset")
def test_the_echo(get: Get) -> None:
    query = get("events/?" + urlencode({"q": "  Pražák   “sister  city” & -Huawei"}))["query"]
    assert query["parameters"]["q"] == 'Pražák "sister city" -Huawei'
    assert query["text"] == "events that mention “Pražák” and “sister city” but not “Huawei”"
    again = get(query["url"].split("/api/v1/")[1])["query"]
    assert again == query


@pytest.mark.usefixtures("_dataset")
def test_the_sentence_of_what_is_left_out(get: Get) -> None:
    assert get("events/?q=-a%20-b")["query"]["text"] == "events that don't mention “a” or “b”"
    assert get("events/?q=a&country=CZ")["query"]["text"] == "events that involve Czechia and mention “a”"


@pytest.mark.usefixtures("_dataset")
def test_relevance(get: Get) -> None:
    """First what is about it, by its title or its actors; then the others; newest first in each."""
    assert found(get, "taipei", ordering="relevance") == ["visit", "rally", "lately", "game"]
    assert found(get, "prazak", ordering="relevance") == ["visit", "game"]
    assert found(get, "taipei prazak", ordering="relevance") == ["visit", "game"]
    assert found(get, "taipei -big", ordering="relevance", limit=2) == ["visit", "lately"]
    assert get("events/?q=taipei&ordering=relevance&limit=2")["next"] is None


@pytest.mark.usefixtures("_dataset")
def test_relevance_in_a_file(client: Client) -> None:
    lines = client.get("/api/v1/events/?q=taipei&ordering=relevance&format=csv&limit=3").getvalue().decode()
    assert [line.split(",")[0] for line in lines.splitlines()[1:]] == ["visit", "rally", "lately"]


@pytest.mark.usefixtures("_dataset")
def test_pages(get: Get) -> None:
    address: str | None = "events/?q=taipei&limit=1"
    met = []
    while address:
        answer = get(address.split("/api/v1/")[-1])
        met += [event["id"] for event in answer["results"]]
        address = answer["next"]
    assert met == ["game", "rally", "visit", "lately"]


@pytest.mark.usefixtures("_dataset")
def test_a_new_alias_finds_what_was_there_before(get: Get) -> None:
    with editing(Actor.objects.get(pk="prazak"), version=1, by="ann", at=AT) as actor:
        ActorName(actor=actor, name="Jirka", kind="alias").save()
    assert found(get, "jirka") == [], "it isn't public yet"
    revise_actor("prazak", by="ann", at=AT, why="He is called so.")
    assert found(get, "jirka") == ["visit"]


@pytest.mark.usefixtures("_dataset")
def test_a_retracted_event_is_not_found(get: Get) -> None:
    retract("visit", by="ann", at=AT, why="It was somebody else.")
    assert found(get, "tchaj-pej") == []


# Pieces that meet in texts and in questions: scripts, marks, widths, signs of query languages.
PIECES = (
    *(
        "Praha",
        "praha",
        "PRÁHA",
        "prah",
        "Łódź",
        "lodz",
        "世界",
        "界",
        "世",
        "青年",
        "世界青年",
        "カタ",
        "カタカナ",
        "ﾀ",
        "북한은",
        "북한",
    ),
    *("สวัสดี", "ดี", "Ельцин", "елка", "محمد", "مُحمد", "שלום", "हिन्दी", "हिन", "covid-19", "19", "5G", "5g网络", "网络"),
    *(
        "a",
        "b",
        "a-b",
        "a_b",
        "O’Brien",
        "NOT",
        "AND",
        "near(",
        "*",
        ":",
        "^",
        "'",
        "\\",
        "&",
        "|",
        "!",
        "(",
        ")",
        "{x}",
        "%",
    ),
)
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=3).filter(lambda text: "\0" not in text), max_size=8).map(
    " ".join
)
TERM = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3)
ASKED = st.lists(
    st.tuples(st.sampled_from(("", "", "-")), TERM.map("".join) | TERM.map(lambda words: f'"{" ".join(words)}"')),
    min_size=1,
    max_size=3,
).map(lambda found: " ".join(sign + term for sign, term in found))


class AnyText(TestCase):
    """Random texts and random questions: what is found is what plain Python finds in the served JSON."""

    @settings(max_examples=60)
    @given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=4, max_size=4), st.lists(ASKED, min_size=8, max_size=8))
    def test_search(self, written: list[tuple[str, str, str]], asked: list[str]) -> None:
        made = Making()
        made.document("gazette")
        for number, (title, name, summary) in enumerate(written):
            actor = f"actor-{number}"
            made.actor(actor, f"{number} {name}"[:200], names=[name.strip()] if name.strip() else [])
            made.event(
                f"event-{number}",
                ("2019-10-16", "2019", "", "201X")[number],
                title=f"T {title}".strip(),
                actors={actor: "initiator"},
                summary=summary.strip(),
            )
        made.publish()
        events = self._get("events/?")["results"]
        actors = {
            actor["id"]: [actor["name"], *(item["name"] for item in actor["names"])]
            for actor in self._get("actors/?")["results"]
        }
        for q in asked:
            if not searching.terms(q):
                continue
            texts = {event["id"]: searching.texts(event, actors.__getitem__) for event in events}
            expected = [event for event in events if searching.finds(q, texts[event["id"]][1])]
            assert [event["id"] for event in self._asked(q)] == [event["id"] for event in expected], q
            if searching.wanted(q):
                self._by_relevance(q, expected, texts)

    def _by_relevance(self, q: str, expected: list[Any], texts: dict[str, tuple[list[str], list[str]]]) -> None:
        newest = naive.ordered(expected, "-date", lambda event: int(event["seq"]))
        about = [event for event in newest if searching.finds(searching.wanted(q), texts[event["id"]][0])]
        others = [event for event in newest if event not in about]
        got = [event["id"] for event in self._asked(q, ordering="relevance")]
        assert got == [event["id"] for event in [*about, *others]], q

    def _asked(self, q: str, **more: str) -> Any:
        return self._get(f"events/?{urlencode({'q': q, **more})}&")["results"]

    def _get(self, address: str) -> Any:
        response = self.client.get(f"/api/v1/{address}")
        assert response.status_code == 200, (address, response.content)
        return response.json()


@pytest.mark.django_db
def test_an_event_without_a_word_is_among_those_that_lack_one() -> None:
    nothing = {"title": "!", "summary": "…", "location": {"place": ""}, "evidence": [{"quote": "—"}]}
    something = nothing | {"summary": "Taipei"}
    texts = [words(nothing, []), words(something, [])]
    TextIndex.objects.bulk_create([TextIndex(place=number, words=text) for number, text in enumerate(texts)])
    assert list(TextIndex.objects.order_by("place").values_list("words", flat=True)) == texts
    condition, parameters = Matching((), ((Phrase(("taipei",)),),)).match()
    assert fetch(f"SELECT rowid FROM {TextIndex._meta.db_table} WHERE {condition}", parameters) == [(0,)]
