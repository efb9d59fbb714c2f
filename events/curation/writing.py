"""From the values of a proposal to an event and what hangs on it; the actors that it names are linked or made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from events.curation.edit import editing
from events.curation.suggestion import NUMBERS, TEXTS, Shelf, Values, evidence_of
from events.errors import DeedRefused
from events.models import Actor, ActorName, Claim, Event, EventCountry, Participation


def write_event(event: Event, values: Values, shelf: Shelf, *, version: int, by: str, at: datetime, why: str) -> None:
    """Inside a deed: save these values as an event's; `version` 0 makes a new one. New actors are made before it."""
    actors = _Actors(shelf, by=by, at=at, why=why)
    participations = [(actors.get(row), row["role"]) for row in values.get("participations", ())]
    claims = [actors.get(row) for row in values.get("claimed_by", ())]
    _refuse_twice([pk for pk, _role in participations], claims)
    with editing(event, version=version, by=by, at=at, why=why):
        set_fields(event, values)
        event.save()
        if "participations" in values:
            event.participations.all().delete()
            for pk, role in participations:
                Participation(event=event, actor_id=pk, role=role).save()
        if "claimed_by" in values:
            event.claims.all().delete()
            for pk in claims:
                Claim(event=event, actor_id=pk).save()
        if "countries" in values:
            event.countries.all().delete()
            for code in dict.fromkeys(values["countries"]):
                EventCountry(event=event, country_id=code).save()
        add_evidence(event, values.get("evidence", ()), shelf)


def add_evidence(event: Event, rows: Sequence[Values], shelf: Shelf) -> None:
    """Inside `editing`: quote what the event doesn't quote yet; what a quotation supports is united."""
    stored = {(row.document_id, row.quote): row for row in event.evidence.all()}
    for row in rows:
        fresh = evidence_of(row, shelf.documents[row["document"]])
        old = stored.setdefault((fresh.document_id, fresh.quote), fresh)
        if old is fresh:
            fresh.event = event
        elif set(fresh.supports) <= set(old.supports):
            continue
        else:
            old.supports = [*old.supports, *(what for what in fresh.supports if what not in old.supports)]
        old.save()


def set_fields(event: Event, values: Values) -> None:
    """Give an event the fields that these values name; the others stay. Saves nothing."""
    for name in (*TEXTS, *NUMBERS, "edtf"):
        if name in values:
            setattr(event, name, values[name])
    if "type" in values:
        event.type_id = values["type"]
    if "location_country" in values:
        event.location_country_id = values["location_country"] or None
    if "date_anchor" in values:
        event.date_anchor = date.fromisoformat(values["date_anchor"]) if values["date_anchor"] else None


def _refuse_twice(participants: Sequence[str], claimants: Sequence[str]) -> None:
    """Two names may turn out to be one actor's."""
    for ids in (participants, claimants):
        twice = sorted({pk for pk in ids if ids.count(pk) > 1})
        if twice:
            names = ", ".join(f"“{row}”" for row in Actor.objects.filter(pk__in=twice))
            raise DeedRefused(f"The same actor is named twice: {names}. An actor has one role in an event.")


class _Actors:
    """Finds actors by id or name, and makes those that nobody has met before."""

    def __init__(self, shelf: Shelf, **deed: Any) -> None:
        self._shelf = shelf
        self._deed = deed

    def get(self, row: Values) -> str:
        if row.get("actor"):
            return self._current(self._shelf.actors[row["actor"]])
        name = " ".join(row["name"].split())
        found = sorted({self._current(actor) for actor in called(name)})
        if len(found) > 1:
            raise DeedRefused(f"Several actors are called “{name}” ({', '.join(found)}); choose the one you mean.")
        return found[0] if found else self._make(name, row)

    def _current(self, actor: Actor) -> str:
        """The actor's id, or that of the one into which it was merged."""
        return str(getattr(actor, "merged_into_id", None) or actor.pk)

    def _make(self, name: str, row: Values) -> str:
        actor = Actor(name=name, kind=row["kind"], country_id=row.get("country") or None)
        with editing(actor, version=0, **self._deed):
            actor.save()
        return str(actor.pk)


def called(name: str) -> Iterator[Actor]:
    """The actors that have exactly this name, or have it as another name."""
    yield from Actor.objects.filter(name=name)
    for other in ActorName.objects.filter(name=name).select_related("actor"):
        yield other.actor
