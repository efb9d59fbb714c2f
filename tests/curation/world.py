"""A small world to try deeds on: documents, actors and events made by deeds, and what the public sees of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypedDict, TypeVar

from events.curation.check import faults
from events.curation.edit import editing
from events.curation.publish import publish
from events.models import (
    Actor,
    ActorName,
    Claim,
    Document,
    Entry,
    Event,
    EventCountry,
    Evidence,
    Participation,
    Relation,
)
from events.models.working import Noun

AT = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


class Deed(TypedDict):
    by: str
    at: datetime
    why: str


DEED: Deed = {"by": "ann", "at": AT, "why": "because"}
# Each event here quotes a sentence of its own.
IDS = [f"event-{letter}" for letter in "abcdefgh"]
TEXT = "\n".join(f"On 16 October, {event_id} took place." for event_id in IDS)

N = TypeVar("N", bound=Noun)


def make(row: N) -> N:
    with editing(row, version=0, by="ann", at=AT):
        row.save()
    return row


def document(pk: str = "doc", text: str = TEXT, **fields: Any) -> Document:
    return make(Document(pk=pk, text=text, **{"title": f"Document {pk}", "publisher": "Gazette"} | fields))


def actor(pk: str, names: Iterable[str] = (), **fields: Any) -> Actor:
    row = Actor(pk=pk, **{"name": f"Name of {pk}", "kind": "government", "country_id": "CZ"} | fields)
    with editing(row, version=0, by="ann", at=AT):
        row.save()
        for name in names:
            ActorName(actor=row, name=name, kind="alias").save()
    return row


def event(
    pk: str = "event-a",
    *,
    actors: Iterable[str] = (),
    claimed_by: Iterable[str] = (),
    countries: Iterable[str] = (),
    relations: Iterable[tuple[str, str]] = (),
    source: str = "doc",
    public: bool = False,
    **fields: Any,
) -> Event:
    """A draft, or a `public` event, dated and with its evidence; the source must exist."""
    dated = {"edtf": "2019-10-16", "date_text": "On 16 October", "date_rule": "year-omitted"}
    row = Event(pk=pk, **{"title": f"Title of {pk}", "type_id": "OTHER"} | dated | fields)
    with editing(row, version=0, by="ann", at=AT):
        row.save()
        quote = f"On 16 October, {pk} took place."
        Evidence(event=row, document_id=source, quote=quote, supports=["title", "date"]).save()
        for actor_id in actors:
            Participation(event=row, actor_id=actor_id, role="initiator").save()
        for actor_id in claimed_by:
            Claim(event=row, actor_id=actor_id).save()
        for code in countries:
            EventCountry(event=row, country_id=code).save()
        for relation, target in relations:
            Relation(event=row, relation=relation, target_id=target).save()
    if public:
        publish(pk, **DEED)
    return row


def edit(model: type[N], pk: str, **changes: Any) -> N:
    """Save other values of a noun, as its form does."""
    row: N = model._default_manager.get(pk=pk)  # type: ignore[assignment]  # the stubs lose the model
    with editing(row, version=row.version, by="ann", at=AT):
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()
    return row


def relate(pk: str, relation: str, target: str) -> None:
    row = Event.objects.get(pk=pk)
    with editing(row, version=row.version, by="ann", at=AT):
        Relation(event=row, relation=relation, target_id=target).save()


def unrelate(pk: str) -> None:
    row = Event.objects.get(pk=pk)
    with editing(row, version=row.version, by="ann", at=AT):
        row.relations.all().delete()


def shown(pk: str, kind: str = "event") -> dict[str, Any] | None:
    """What the public sees of a noun now."""
    row = Entry.objects.public().filter(kind=kind, noun_id=pk).first()
    return json.loads(row.document or "") if row else None


def seen(pk: str, kind: str = "event") -> dict[str, Any]:
    picture = shown(pk, kind)
    assert picture is not None, f"{kind} {pk} isn't public"
    return picture


def relations(pk: str) -> list[tuple[str, str]]:
    return [(item["id"], item["title"]) for item in seen(pk)["relations"]]


def deeds(pk: str, kind: str = "event") -> list[str]:
    return list(Entry.objects.filter(kind=kind, noun_id=pk).order_by("seq").values_list("deed", flat=True))


def everything_public() -> str:
    """All that the public was ever shown, as one text to search for what it must not have."""
    return "\n".join(row or "" for row in Entry.objects.values_list("document", flat=True))


def assert_sound() -> None:
    found = list(faults())
    assert not found, found
