"""What must never be false: the database refuses it, whoever writes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from events.models import (
    Actor,
    ActorIdentifier,
    ActorName,
    Claim,
    Country,
    Document,
    Edit,
    Entry,
    Event,
    EventCountry,
    EventIndex,
    Evidence,
    Head,
    Merge,
    Participation,
    Proposal,
    Relation,
    ReleasedRelation,
    Saved,
)
from events.models.gate import open_gate
from events.models.index import DayTally, Tally

pytestmark = pytest.mark.django_db

AT = datetime(2024, 5, 1, tzinfo=UTC)
DAYS = {"start_earliest": date(2019, 10, 16), "end_latest": date(2019, 10, 18)}
EVENT = {"title": "Title", "slug": "title", "type_id": "OTHER"}
ENTRY = {
    "kind": "event",
    "key": 1,
    "revision": 1,
    "deed": "published",
    "at": AT,
    "first_at": AT,
    "by": "ann",
    "document": "{}",
    "content_sha256": "0" * 64,
    "chain_sha256": "0" * 64,
}
FLAGS = {"uncertain": False, "open_start": False, "open_end": False}
INDEXED = FLAGS | {"key": 1, "type": "OTHER", "at": AT, "noun_id": "ev1"}
ACTORS = {"actor_id": "actor-a", "actor_into_id": "actor-b"}
PROPOSAL = {"key": "k2", "kind": "event", "origin": "reader", "title": "Title", "proposed_at": AT}
MERGE = {"kind": "event", "loser_id": "ev1", "survivor_id": "ev2", "by": "ann", "at": AT, "changes": {}}
FOUR = {"start_earliest": 20191016, "start_latest": 20191017, "end_earliest": 20191016, "end_latest": 20191018}
DAY_TALLY = {"facet": "country", "value": "CZ", "span": 0, "uncertain": False, **FOUR}


def put(*rows: models.Model) -> None:
    """Straight into the table: no `save`, no validation."""
    with open_gate(), transaction.atomic():
        for row in rows:
            type(row)._default_manager.bulk_create([row])
        connection.check_constraints()


@pytest.fixture(autouse=True)
def world() -> None:
    put(
        Document(pk="doc", title="Document", text="text", text_sha256="0" * 64),
        Actor(pk="actor-a", name="A", kind="person"),
        Actor(pk="actor-b", name="B", kind="person"),
        Event(pk="event-a", **EVENT),
        Event(pk="event-b", **EVENT),
        ActorName(actor_id="actor-a", name="Alias", kind="alias"),
        ActorIdentifier(actor_id="actor-a", scheme="wikidata", value="Q1"),
        Participation(event_id="event-a", actor_id="actor-a", role="target"),
        EventCountry(event_id="event-a", country_id="CZ"),
        Claim(event_id="event-a", actor_id="actor-a"),
        Evidence(event_id="event-a", document_id="doc", quote="text", supports=["title"]),
        Relation(event_id="event-a", relation="follows", target_id="event-b"),
        ReleasedRelation(event_id="event-a", relation="follows", target_id="event-b"),
        Edit(kind="event", noun_id="event-a", version=1, by="ann", at=AT),
        Saved(kind="event", noun_id="event-a", version=1, document="{}"),
        Proposal(**PROPOSAL | {"key": "k1"}),
        Merge(**MERGE),
        Entry(seq=1, noun_id="ev1", **ENTRY),
        Tally(facet="country", value="CZ", number=1),
        DayTally(**DAY_TALLY, number=1),
        Head(id=1, epoch="x", seq=1) if not Head.objects.exists() else Edit(noun_id="x", version=1, at=AT),
    )


def entry(**changes: Any) -> Entry:
    return Entry(**ENTRY | {"seq": 2, "noun_id": "ev2", "key": 2} | changes)


def indexed(**changes: Any) -> EventIndex:
    return EventIndex(**INDEXED | {"seq": 2, "span": 0} | FOUR | changes)


def event(**changes: Any) -> Event:
    return Event(**EVENT | {"pk": "event-c"} | changes)


def evidence(**changes: Any) -> Evidence:
    return Evidence(**{"event_id": "event-b", "document_id": "doc", "quote": "t", "supports": []} | changes)


BAD: dict[str, models.Model] = {
    "actor: part of itself": Actor(pk="actor-c", name="C", kind="person", part_of_id="actor-c"),
    "actor: unknown country": Actor(pk="actor-c", name="C", kind="person", country_id="QQ"),
    "actor: unknown whole": Actor(pk="actor-c", name="C", kind="person", part_of_id="nobody"),
    "actor identifier: twice": ActorIdentifier(actor_id="actor-a", scheme="wikidata", value="Q1"),
    "actor name: twice": ActorName(actor_id="actor-a", name="Alias", kind="official"),
    "country: two of one name": Country(code="QQ", name="China"),
    "event: id twice": event(pk="event-a"),
    "event: no type": event(type_id=None),
    "event: unknown type": event(type_id="WAR"),
    "event: unknown status": event(status="hidden"),
    "event: days without a date": event(**DAYS),
    "event: date without days": event(edtf="2019-10-16"),
    "event: date without its last day": event(edtf="2019-10-16", start_earliest=date(2019, 10, 16)),
    "event: date without its first day": event(edtf="2019-10-16", end_latest=date(2019, 10, 16)),
    "event: last day before first": event(edtf="x", start_earliest=date(2019, 10, 17), end_latest=date(2019, 10, 16)),
    "event: latitude alone": event(lat=50.0),
    "event: longitude alone": event(lon=14.0),
    "event: latitude too high": event(lat=90.1, lon=0.0),
    "event: longitude too low": event(lat=0.0, lon=-180.1),
    "event: merged into nothing": event(status="merged"),
    "event: merged, and a draft": event(merged_into_id="event-a"),
    "event: merged into itself": event(status="merged", merged_into_id="event-c"),
    "actor: merged into itself": Actor(pk="actor-c", name="C", kind="person", merged_into_id="actor-c"),
    "merge: twice at a time": Merge(**MERGE | {"survivor_id": "ev3"}),
    "event: a draft with unpublished edits": event(unpublished_edits=True),
    "participation: two roles": Participation(event_id="event-a", actor_id="actor-a", role="initiator"),
    "participation: unknown actor": Participation(event_id="event-a", actor_id="nobody", role="initiator"),
    "event country: twice": EventCountry(event_id="event-a", country_id="CZ"),
    "claim: twice": Claim(event_id="event-a", actor_id="actor-a"),
    "evidence: twice": evidence(event_id="event-a", quote="text"),
    "evidence: empty span": evidence(start=3, end=3),
    "evidence: reversed span": evidence(start=3, end=1),
    "evidence: no end": evidence(start=3),
    "evidence: no start": evidence(end=3),
    "evidence: before the text": evidence(start=-1, end=3),
    "relation: to itself": Relation(event_id="event-b", relation="follows", target_id="event-b"),
    "relation: twice": Relation(event_id="event-a", relation="follows", target_id="event-b"),
    "released relation: twice": ReleasedRelation(event_id="event-a", relation="follows", target_id="event-b"),
    "edit: version twice": Edit(kind="event", noun_id="event-a", version=1, by="ben", at=AT),
    "saved: version twice": Saved(kind="event", noun_id="event-a", version=1, document="[]"),
    "ledger: seq twice": entry(seq=1, key=1),
    "ledger: seq 0": entry(seq=0, key=0),
    "ledger: unknown kind": entry(kind="country"),
    "ledger: two current rows of a noun": entry(noun_id="ev1", revision=2, key=1),
    "ledger: revision twice": entry(noun_id="ev1", superseded_by=3),
    "ledger: first revision with another's key": entry(key=1),
    "ledger: later revision with a key of its own": entry(revision=2),
    "ledger: key beyond its seq": entry(revision=2, key=3),
    "ledger: superseded by itself": entry(superseded_by=2),
    "ledger: superseded by an earlier row": entry(superseded_by=1),
    "ledger: tombstone with a document": entry(deed="retracted"),
    "ledger: no document and no tombstone": entry(document=None),
    "ledger: merged with a document": entry(deed="merged", merged_into="ev1"),
    "ledger: merged into nothing": entry(deed="merged", document=None),
    "ledger: merged into itself": entry(deed="merged", document=None, merged_into="ev2"),
    "ledger: retracted into something": entry(deed="retracted", document=None, merged_into="ev1"),
    "ledger: revised into something": entry(deed="revised", merged_into="ev1"),
    "head: a second one": Head(id=2, epoch="y"),
    "index: a day missing": indexed(start_latest=None),
    "index: all days missing": indexed(**dict.fromkeys(FOUR)),
    "index: undated with a day": indexed(span=9),
    "index: unknown span": indexed(span=4),
    "index: starts before it starts": indexed(start_latest=20191015),
    "index: ends before it starts": indexed(end_earliest=20191015),
    "index: ends before it ends": indexed(end_earliest=20191019),
    "index: starts after it ends": indexed(start_latest=20191019),
    "index: the year 0": indexed(start_earliest=1231),
    "index: the year 10000": indexed(end_latest=100000101),
    "tally: counted twice": Tally(facet="country", value="CZ", number=2),
    "tally of days: counted twice": DayTally(**DAY_TALLY, number=2),
    "proposal: a key twice": Proposal(**PROPOSAL | {"key": "k1"}),
    "proposal: unknown status": Proposal(**PROPOSAL, status="shelved", decided_at=AT),
    "proposal: a change of nothing": Proposal(**PROPOSAL | {"kind": "change"}),
    "proposal: a merge into nothing": Proposal(**PROPOSAL | {"kind": "merge", "event_id": "event-a"}),
    "proposal: a merge into itself": Proposal(
        **PROPOSAL | {"kind": "merge", "event_id": "event-a", "into_id": "event-a"}
    ),
    "proposal: a merge of actors into nothing": Proposal(**PROPOSAL | {"kind": "merge", "actor_id": "actor-a"}),
    "proposal: a merge of an actor into itself": Proposal(
        **PROPOSAL | {"kind": "merge", "actor_id": "actor-a", "actor_into_id": "actor-a"}
    ),
    "proposal: a change of an actor": Proposal(**PROPOSAL | {"kind": "change", **ACTORS}),
    "proposal: a merge of actors and events": Proposal(**PROPOSAL | {"kind": "merge", "event_id": "event-a", **ACTORS}),
    "proposal: accepted without an event": Proposal(**PROPOSAL, status="accepted", decided_at=AT),
    "proposal: open and decided": Proposal(**PROPOSAL, decided_at=AT),
    "proposal: rejected and never decided": Proposal(**PROPOSAL, status="rejected"),
}

GOOD: dict[str, models.Model] = {
    "actor": Actor(pk="actor-c", name="C", kind="person", part_of_id="actor-a", country_id="CZ"),
    "event: undated": event(),
    "event: dated": event(edtf="2019-10-16/2019-10-18", **DAYS),
    "event: merged": event(status="merged", merged_into_id="event-a"),
    "merge: again, after one that was undone": Merge(**MERGE | {"undone_at": AT}),
    "event: at a place": event(lat=-90.0, lon=180.0),
    "event: published with unpublished edits": event(status="published", unpublished_edits=True),
    "evidence: not found": evidence(),
    "evidence: found": evidence(start=0, end=1),
    "relation: another kind": Relation(event_id="event-a", relation="disputes", target_id="event-b"),
    "relation: the other way": Relation(event_id="event-b", relation="follows", target_id="event-a"),
    "ledger": entry(),
    "ledger: superseded": entry(superseded_by=3),
    "ledger: another kind with the same id": entry(kind="actor", noun_id="ev1"),
    "proposal": Proposal(**PROPOSAL),
    "proposal: a change": Proposal(**PROPOSAL | {"kind": "change", "event_id": "event-a"}),
    "proposal: a merge": Proposal(**PROPOSAL | {"kind": "merge", "event_id": "event-a", "into_id": "event-b"}),
    "proposal: a merge of actors": Proposal(**PROPOSAL | {"kind": "merge", **ACTORS}),
    "proposal: a merge of actors, accepted": Proposal(
        **PROPOSAL | {"kind": "merge", **ACTORS, "status": "accepted", "decided_at": AT}
    ),
    "proposal: accepted": Proposal(**PROPOSAL, status="accepted", decided_at=AT, event_id="event-a"),
    "proposal: rejected": Proposal(**PROPOSAL, status="rejected", decided_at=AT),
    "index": indexed(),
    "index: undated": indexed(span=9, **dict.fromkeys(FOUR)),
    "index: one day": indexed(**dict.fromkeys(FOUR, 20191016)),
    "index: first and last days": indexed(
        span=3, start_earliest=10101, start_latest=10101, end_earliest=99991231, end_latest=99991231
    ),
}


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in BAD.items()])
def test_the_database_refuses(row: models.Model) -> None:
    with pytest.raises(IntegrityError):
        put(row)


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in GOOD.items()])
def test_the_database_takes(row: models.Model) -> None:
    put(row)


def test_every_constraint_is_tried() -> None:
    """A new table with constraints needs bad rows above."""
    tried = {type(row) for row in BAD.values()}
    constrained = {model for model in apps.get_app_config("events").get_models() if model._meta.constraints}
    assert constrained <= tried


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(lambda: Document.objects.get(), id="document that is quoted"),
        pytest.param(lambda: Actor.objects.get(pk="actor-a"), id="actor that takes part"),
        pytest.param(lambda: Event.objects.get(pk="event-b"), id="event that is related to"),
        pytest.param(lambda: Country.objects.get(pk="CZ"), id="country that is involved"),
    ],
)
def test_what_is_referred_to_isnt_deleted(row: Any) -> None:
    with open_gate(), pytest.raises(models.ProtectedError):
        row().delete()
