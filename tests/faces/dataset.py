"""A dataset with a past, and what was public in it after each change, as its histories tell."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from events.curation.edit import editing
from events.curation.publish import publish, revise, revise_actor
from events.curation.retract import reinstate, retract
from events.models import Actor, ActorName, Event, Head
from tests.api.naive import Json, Question
from tests.api.varied import DATES, build
from tests.curation.world import AT, DEED, edit

EVENTS, DRAFTS = 40, 4
IDS = [*(f"event-{number}" for number in range(EVENTS)), *(f"draft-{number}" for number in range(DRAFTS))]


def written(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


class Faces:
    """All that is served, by path and question."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def text(self, path: str, question: Question, **shape: Any) -> str:
        asked = urlencode({name: written(value) for name, value in (question | shape).items()})
        response: Any = self._client.get(f"{path}?{asked}")
        assert response.status_code == 200, (path, asked, response.content[:500])
        return (b"".join(response.streaming_content) if response.streaming else bytes(response.content)).decode()

    def json(self, path: str, question: Question | None = None, **shape: Any) -> Any:
        return json.loads(self.text(f"/api/v1/{path}", question or {}, **shape))


@dataclass
class State:
    """What was public after a change: events by id, names of each actor, and which of equal events comes first."""

    seq: int
    events: list[Json]
    names: dict[str, list[str]]
    keys: dict[str, int]

    def key(self, event: Json) -> int:
        return self.keys[event["id"]]


class Past:
    """The histories of everything."""

    def __init__(self, faces: Faces) -> None:
        self.head: int = faces.json("")["as_of"]
        self._events = {pk: faces.json(f"events/{pk}/history/")["results"] for pk in IDS}
        self.actors = [actor["id"] for actor in faces.json("actors/", limit=1000)["results"]]
        named = [faces.json(f"actors/{pk}/") for pk in self.actors]
        self._names = {actor["id"]: [actor["name"], *(one["name"] for one in actor["names"])] for actor in named}

    def state(self, seq: int) -> State:
        """What was public after the change `seq`; of actors the names that they have now."""
        events, keys = [], {}
        for pk, history in self._events.items():
            known = [revision for revision in history if revision["seq"] <= seq]
            if known and known[0]["data"]:
                events.append(known[0]["data"])
                keys[pk] = known[-1]["seq"]
        return State(seq, events, self._names, keys)


def make() -> list[int]:
    """Publish, revise, retract, reinstate, rename; the seqs after each."""
    made = build(EVENTS, seed=5)
    for number in range(DRAFTS):
        made.event(f"draft-{number}", DATES[number], kind="AID", countries=["FR"], documents=["paper-1"], draft=True)
    made.publish()
    seqs = [Head.objects.get().seq]
    for number in range(0, EVENTS, 4):
        CHANGES[number % 3](number)
        seqs.append(Head.objects.get().seq)
    for number in range(DRAFTS):
        publish(f"draft-{number}", **DEED)
    return [*seqs, Head.objects.get().seq]


def _revise(number: int) -> None:
    dated = {"edtf": DATES[number % 9], "date_text": "then", "date_rule": "curator"}
    where = {"type_id": "AID", "location_country_id": "FR", "summary": f"=élan {number}"}
    edit(Event, f"event-{number}", **dated, **where)
    revise(f"event-{number}", **DEED)


def _retract(number: int) -> None:
    retract(f"event-{number}", **DEED)
    if number % 2:
        reinstate(f"event-{number}", **DEED)
    retract(f"event-{number + 1}", **DEED)
    reinstate(f"event-{number + 1}", **DEED)


def _rename(number: int) -> None:
    actor = Actor.objects.get(pk=f"actor-{number % 14}")
    with editing(actor, version=actor.version, by="ann", at=AT):
        actor.name, actor.country_id = f"Mayor {number}", "AT"
        actor.save()
        ActorName(actor=actor, name=f"Élan {number}", kind="alias").save()
    revise_actor(actor.pk, **DEED)


CHANGES = (_revise, _retract, _rename)
