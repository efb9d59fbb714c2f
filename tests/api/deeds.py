"""Deeds at random, of every kind, on a varied dataset: what happens to a dataset over years.

A deed that the state of things forbids is refused, and then nothing has happened; so the same calls can be made by
several people at once.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction

from events.curation.merge import Seen, merge, unmerge
from events.curation.publish import publish, revise, revise_actor, revise_document
from events.curation.retract import reinstate, retract
from events.errors import DeedRefused
from events.models import Actor, Document, Event, Merge
from tests.api.making import AT, Making
from tests.api.varied import COUNTRIES, DATES, TYPES, build
from tests.curation.world import Deed, edit

EVENTS, DRAFTS, ACTORS, PAPERS = 40, 12, 14, 6
ALL_EVENTS = [*(f"event-{number}" for number in range(EVENTS)), *(f"draft-{number}" for number in range(DRAFTS))]


def world() -> Making:
    """Published events, drafts that name actors of their own, and all that they refer to."""
    made = build(EVENTS)
    for number in range(DRAFTS):
        made.actor(f"novice-{number}", f"Novice {number}", "SK")
        made.event(
            *(f"draft-{number}", DATES[number]),
            title=f"Draft {number}",
            actors={f"novice-{number}": "initiator", "actor-1": "target"},
            documents=["paper-1"],
            draft=True,
        )
    return made


class Undone(Exception):
    """Something failed at the very end of a transaction."""


class Doing:
    """One curator, who does something at random each time."""

    def __init__(self, seed: int, by: str = "ann") -> None:
        self.chance, self.by, self.days = random.Random(seed), by, 0
        self._kinds: list[tuple[int, Callable[[Deed], None]]] = [
            (2, self._publish),
            (6, self._revise),
            (2, self._retract),
            (2, self._reinstate),
            (2, self._rename),
            (1, self._retitle),
            (2, self._merge_events),
            (1, self._merge_actors),
            (2, self._unmerge),
        ]

    def something(self) -> None:
        """One deed, or what is left of one that was refused, or that failed when all was written."""
        self.days += 1
        weights, kinds = zip(*self._kinds, strict=True)
        (kind,) = self.chance.choices(kinds, weights)
        deed = Deed(by=self.by, at=self._at(), why=f"Reason {self.days}")
        with suppress(DeedRefused, Undone), transaction.atomic():
            kind(deed)
            if self.chance.random() < 0.1:
                raise Undone

    def _at(self) -> datetime:
        return AT + timedelta(days=self.days)

    def _event(self) -> str:
        return self.chance.choice(ALL_EVENTS)

    def _publish(self, deed: Deed) -> None:
        publish(f"draft-{self.chance.randrange(DRAFTS)}", **deed)

    def _revise(self, deed: Deed) -> None:
        pk = self._event()
        changes = {"edtf": self.chance.choice(DATES), "date_text": "then", "date_rule": "curator"}
        edit(Event, pk, title=f"Title {self.days}", type_id=self.chance.choice(TYPES), **changes)
        revise(pk, **deed)

    def _retract(self, deed: Deed) -> None:
        retract(self._event(), **deed)

    def _reinstate(self, deed: Deed) -> None:
        reinstate(self._event(), **deed)

    def _rename(self, deed: Deed) -> None:
        pk = f"actor-{self.chance.randrange(ACTORS)}"
        edit(Actor, pk, name=f"Name {self.by} {self.days}", country_id=self.chance.choice(COUNTRIES))
        revise_actor(pk, **deed)

    def _retitle(self, deed: Deed) -> None:
        pk = f"paper-{self.chance.randrange(PAPERS)}"
        edit(Document, pk, title=f"Title {self.by} {self.days}")
        revise_document(pk, **deed)

    def _merge_events(self, deed: Deed) -> None:
        loser, survivor = (self._seen(Event, self._event()) for _one in range(2))
        merge(Event, loser, survivor, **deed)

    def _merge_actors(self, deed: Deed) -> None:
        loser, survivor = (self._seen(Actor, f"actor-{self.chance.randrange(ACTORS)}") for _one in range(2))
        merge(Actor, loser, survivor, **deed)

    def _unmerge(self, deed: Deed) -> None:
        done = Merge.objects.filter(undone_at=None).order_by("-pk").first()
        if done:
            seen = self._seen(Event if done.kind == "event" else Actor, done.survivor_id)
            if done.kind == "event":
                unmerge(Event, done.loser_id, seen, **deed)
            else:
                unmerge(Actor, done.loser_id, seen, **deed)

    def _seen(self, model: type[Event] | type[Actor], pk: str) -> Seen:
        return Seen(pk, model._default_manager.get(pk=pk).version)
