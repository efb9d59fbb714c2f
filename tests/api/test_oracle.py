"""Answers over HTTP equal a naive evaluation over the served events, for a few hundred random questions: as the dataset
stands, and `as_of` a change after which it has changed a lot."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from events.curation.edit import editing
from events.curation.publish import publish, revise, revise_actor, revise_document
from events.curation.retract import reinstate, retract
from events.models import Actor, Document, Event
from tests.api import naive
from tests.api.asking import questions, values
from tests.api.making import AT
from tests.api.naive import Json, Question
from tests.api.varied import COUNTRIES, DATES, build
from tests.curation.world import DEED, edit

EVENTS = 150
ORDERINGS = ("date", "-date", "updated", "-updated")
BY = ("day", "month", "quarter", "year", "decade")
# Which of an event's links each collection counts, and what it calls them.
COLLECTIONS = {
    "actors": ("actor", "id"),
    "countries": ("country", "code"),
    "types": ("type", "code"),
    "documents": ("document", "id"),
}


class Served:
    """The dataset as it is served without any filter; `as_of` is then asked with every question."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.as_of: int | None = None
        self.events: list[Json] = self.get("events/", limit=1000)["results"]
        self.actors: dict[str, Json] = {actor["id"]: actor for actor in self.get("actors/", limit=1000)["results"]}
        self._keys = {event["id"]: self._first_seq(event) for event in self.events}

    def get(self, path: str, **parameters: Any) -> Any:
        if self.as_of is not None:
            parameters["as_of"] = self.as_of
        texts = {name: self._written(value) for name, value in parameters.items()}
        response = self._client.get(f"/api/v1/{path}?{urlencode(texts)}")
        assert response.status_code == 200, (path, parameters, response.content)
        return response.json()

    def _written(self, value: Any) -> str:
        return (
            ",".join(value)
            if isinstance(value, list)
            else str(value).lower()
            if isinstance(value, bool)
            else str(value)
        )

    def _first_seq(self, event: Json) -> int:
        if event["revision"] == 1:
            return int(event["seq"])
        return int(self.get(f"events/{event['id']}/history/")["results"][-1]["seq"])

    def key(self, event: Json) -> int:
        return self._keys[event["id"]]


@pytest.fixture(params=["now", "then"])
def served(request: pytest.FixtureRequest, db: None, client: Client) -> Served:
    """Events of which some were revised, some retracted, some brought back, some never published."""
    made = build(EVENTS)
    for number in range(5):
        made.event(f"draft-{number}", "2019-10-16", kind="AID", countries=["FR"], documents=["paper-1"], draft=True)
    made.publish()
    later = AT + timedelta(days=1)
    for number in (3, 40, 77):
        retract(f"event-{number}", by="ann", at=later, why="It was wrong.")
    reinstate("event-40", by="ann", at=later + timedelta(hours=1), why="It was right.")
    with editing(Actor.objects.get(pk="actor-5"), version=1, by="ann", at=later) as actor:
        actor.country_id = "AT"
        actor.save()
    revise_actor("actor-5", by="ann", at=later + timedelta(hours=2), why="It is Austrian.")
    found = Served(client)
    if request.param == "then":
        found.as_of = found.get("")["as_of"]
        _much_happens()
        assert Served(client).events != found.events
    return found


def _much_happens() -> None:
    """Deeds of each kind, on every third event and more."""
    dated = {"date_text": "then", "date_rule": "curator", "type_id": "AID", "location_country_id": "FR"}
    for number in range(0, EVENTS, 3):
        if number % 2:
            edit(Event, f"event-{number}", edtf=DATES[number % 7], **dated)
        if number == 3:
            reinstate("event-3", **DEED)
        elif number % 2:
            revise(f"event-{number}", **DEED)
        else:
            retract(f"event-{number}", **DEED)
    for number in range(5):
        publish(f"draft-{number}", **DEED)
    for number in (2, 5, 9):
        edit(Actor, f"actor-{number}", name=f"Mayor {number + 1}", country_id="FR", kind="media")
        revise_actor(f"actor-{number}", **DEED)
    edit(Document, "paper-1", title="Another title")
    revise_document("paper-1", **DEED)


def test_the_dataset_is_varied(served: Served) -> None:
    assert len(served.events) == EVENTS - 2
    assert {event["date"]["precision"] for event in served.events} == {*values(served.actors)["precision"], None}
    assert {event["revision"] for event in served.events} >= {1, 2, 3}


def test_events(served: Served) -> None:
    for question in questions(served.actors, 250, seed=1):
        expected = naive.answer(served.events, question)
        got = served.get("events/", **question, limit=1000, count="exact")
        ids = {event["id"]: how for event, how in expected}
        assert {event["id"]: event.get("in_window") for event in got["results"]} == ids, question
        assert len(got["results"]) == len(ids) == got["total"], question
        assert all(
            (event.keys() & {"in_window"} != set()) == (got["query"]["window"] is not None) for event in got["results"]
        )
        for result, event in zip(
            got["results"], naive.ordered([e for e, _how in expected], "date", served.key), strict=True
        ):
            assert {**result, "in_window": None} == {**event, "in_window": None}


def test_counts(served: Served) -> None:
    for question in questions(served.actors, 120, seed=2):
        got = served.get("events/", **question, limit=1, count="exact")
        days = naive.window(question)
        if days is None:
            assert got.keys().isdisjoint({"total_certain", "undated"})
            continue
        certain = naive.answer(served.events, question | {"date_match": "certain"})
        others = [event for event in served.events if naive.fits(event, question)]
        assert got["total_certain"] == len(certain), question
        assert got["undated"] == sum(event["date"]["edtf"] is None for event in others), question


def test_orderings(served: Served) -> None:
    for number, question in enumerate([{}, {}, {}, {}, *questions(served.actors, 60, seed=3)]):
        ordering = ORDERINGS[number % len(ORDERINGS)]
        expected = naive.ordered([event for event, _how in naive.answer(served.events, question)], ordering, served.key)
        got = served.get("events/", **question, ordering=ordering, limit=1000)["results"]
        assert [event["id"] for event in got] == [event["id"] for event in expected], question


def _listed(question: Question, others: list[Json], by: str) -> list[tuple[str, str, str]]:
    """The buckets that the window touches; an open side ends at the matches' own bounded days."""
    days = sorted(day for event in others for day in naive.bounded_days(event))
    first, last = naive.window(question) or (None, None)
    if (first is None or last is None) and not days:
        return []
    return list(naive.buckets(by, first or days[0], last or days[-1]))


def test_buckets(served: Served) -> None:
    asked = 0
    for number, question in enumerate(questions(served.actors, 120, seed=4, matching=False)):
        others = [event for event in served.events if naive.fits(event, question)]
        by = BY[number % len(BY)]
        first, last = naive.window(question) or (None, None)
        days = sorted(day for event in others for day in naive.bounded_days(event)) or ["2000"]
        if int((last or days[-1])[:4]) - int((first or days[0])[:4]) > {"day": 4, "month": 150, "quarter": 400}.get(
            by, 1000
        ):
            continue
        asked += 1
        got = served.get("dates/", **question, by=by)
        assert got["undated"] == sum(event["date"]["edtf"] is None for event in others), question
        expected = _listed(question, others, by)
        assert [(one["edtf"], one["start"], one["end"]) for one in got["results"]] == expected, (by, question)
        for bucket in got["results"]:
            how = [naive.match(event, bucket["start"], bucket["end"]) for event in others]
            assert bucket["possible"] == sum(one is not None for one in how), (bucket, question)
            assert bucket["certain"] == how.count("certain"), (bucket, question)
    assert asked > 50


def test_a_bucket_counts_what_events_count(served: Served) -> None:
    for number, question in enumerate(questions(served.actors, 20, seed=5, matching=False)):
        by = BY[number % len(BY)]
        filters = {name: value for name, value in question.items() if not name.startswith("date")}
        for bucket in served.get("dates/", **filters, date_from="2019-10-16", date_to="2019-10-16", by=by)["results"]:
            counted = served.get("events/", **filters, date=bucket["edtf"], count="exact", limit=1)
            assert (bucket["possible"], bucket["certain"]) == (counted["total"], counted["total_certain"])


def test_collections(served: Served) -> None:
    for number, question in enumerate(questions(served.actors, 160, seed=6)):
        path = sorted(COLLECTIONS)[number % len(COLLECTIONS)]
        stem, key = COLLECTIONS[path]
        counts = naive.tally([event for event, _how in naive.answer(served.events, question)], stem)
        got = served.get(f"{path}/", **question, limit=1000, count="exact")
        assert {thing[key]: thing["events"] for thing in got["results"]} == counts, question
        assert got["total"] == len(counts)
        label = "title" if path == "documents" else "name"
        order = [(-thing["events"], thing[label], thing[key]) for thing in got["results"]]
        assert order == sorted(order)


def test_actors_of_their_own(served: Served) -> None:
    """`name`, `kind` and `home` are about the actor; the other filters about its events."""
    chance = random.Random(7)
    for question in questions(served.actors, 40, seed=8):
        own: Question = {}
        if chance.random() < 0.6:
            own["name"] = chance.choice(("mayor", "MINISTRY 1", "office", "%", "_", "nobody"))
        if chance.random() < 0.5:
            own["kind"] = chance.sample(["government", "person", "company", "media"], 2)
        if chance.random() < 0.5:
            own["home"] = chance.sample([*COUNTRIES, "AT"], 3)
        counts = naive.tally([event for event, _how in naive.answer(served.events, question)], "actor")
        kept = {pk: number for pk, number in counts.items() if _is(served.actors[pk], own)}
        got = served.get("actors/", **question, **own, limit=1000)["results"]
        assert {actor["id"]: actor["events"] for actor in got} == kept, (question, own)


def _is(actor: Json, own: Question) -> bool:
    names = [actor["name"], *(name["name"] for name in actor["names"])]
    return (
        ("name" not in own or any(own["name"].lower() in name.lower() for name in names))
        and ("kind" not in own or actor["kind"] in own["kind"])
        and ("home" not in own or actor["country"] in own["home"])
    )


def test_the_root_counts_what_collections_count(served: Served) -> None:
    root = served.get("")
    for path in ("events", *COLLECTIONS):
        assert root["counts"][path] == served.get(f"{path}/", count="exact", limit=1)["total"]
    assert root["counts"]["events"] == len(served.events)
    assert root["counts"]["undated"] == sum(event["date"]["edtf"] is None for event in served.events)
    days = sorted(day for event in served.events for day in naive.bounded_days(event))
    assert (root["first_day"], root["last_day"]) == (days[0], days[-1])
