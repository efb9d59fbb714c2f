"""The public changes of one deed, gathered under the head's lock, and the cascade that keeps what they repeat true."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from events.curation import render
from events.curation.record import Change, canonical, lock_head, record
from events.models import index, ledger, working
from events.models.ledger import Entry

CHUNK = 500
# Events revised in one transaction of a cascade: well under a second of the head's lock.
CASCADE = 500


class Batch:
    """Changes to come, and the pictures as they will be with them. Made after the nouns are locked: it takes the
    head's lock, so that no other deed changes the public side from here to the commit."""

    def __init__(self) -> None:
        lock_head()
        self.pictures = render.Pictures()
        self._changes: dict[tuple[str, str], Change] = {}

    def put(self, kind: str, noun_id: str, deed: str, document: dict[str, Any] | None) -> None:
        """A new picture of a noun. One that equals the public one is no change."""
        current = self.pictures.get(kind, noun_id)
        if document is not None and current is not None and canonical(current) == canonical(document):
            return
        self.pictures.set(kind, noun_id, document)
        self._changes[kind, noun_id] = Change(kind, noun_id, deed, document)

    def record(self, *, by: str, at: datetime, why: str) -> None:
        record(list(self._changes.values()), by=by, at=at, why=why)

    def spread(self) -> list[str]:
        """Revise the public documents that repeat what changes here, actors first, then up to CASCADE events.

        Returns the events that remain, for deeds of their own.
        """
        self.refresh_actors(actors_repeating(self._changed(ledger.ACTOR)))
        events = events_repeating(
            self._changed(ledger.ACTOR), self._changed(ledger.DOCUMENT), self._changed(ledger.EVENT)
        )
        self.refresh_events(events[:CASCADE])
        return events[CASCADE:]

    def _changed(self, kind: str) -> list[str]:
        return [noun_id for changed, noun_id in self._changes if changed == kind]

    def refresh_actors(self, ids: Iterable[str]) -> None:
        ids = [noun_id for noun_id in ids if (ledger.ACTOR, noun_id) not in self._changes]
        clean = working.Actor.objects.filter(unpublished_edits=False, pk__in=ids).prefetch_related("names").in_bulk()
        self.pictures.load(ledger.ACTOR, ids)
        for noun_id in ids:
            public = self.pictures.get(ledger.ACTOR, noun_id)
            if public is not None:
                row = clean.get(noun_id)
                fresh = render.actor(row, self.pictures) if row else render.refresh_actor(public, self.pictures)
                self.put(ledger.ACTOR, noun_id, ledger.REVISED, fresh)

    def refresh_events(self, ids: Iterable[str]) -> None:
        ids = [noun_id for noun_id in ids if (ledger.EVENT, noun_id) not in self._changes]
        self.pictures.load(ledger.EVENT, ids)
        relations = released_relations(ids)
        for noun_id in ids:
            public = self.pictures.get(ledger.EVENT, noun_id)
            if public is not None:
                fresh = render.refresh(with_relations(public, relations[noun_id]), self.pictures)
                self.put(ledger.EVENT, noun_id, ledger.REVISED, fresh)


def released_relations(ids: Sequence[str]) -> dict[str, list[dict[str, str]]]:
    """The relations of events as they were last published, whether or not their targets are public."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for start in range(0, len(ids), CHUNK):
        rows = working.Relation.objects.filter(event__in=ids[start : start + CHUNK], released=True)
        for event_id, relation, target_id in rows.values_list("event_id", "relation", "target_id"):
            found[event_id].append({"relation": relation, "id": target_id})
    return found


def with_relations(document: dict[str, Any], released: Iterable[dict[str, str]]) -> dict[str, Any]:
    """A public document with the relations that it had when it was published and that wait for their targets."""
    both = [*({"relation": item["relation"], "id": item["id"]} for item in document["relations"]), *released]
    return document | {"relations": list({(item["relation"], item["id"]): item for item in both}.values())}


def actors_repeating(actor_ids: Collection[str]) -> list[str]:
    """Public actors whose documents name one of these as what they are part of, or would."""
    named = index.ActorIndex.objects.filter(index.CURRENT, part_of_id__in=actor_ids).values_list("noun_id", flat=True)
    waiting = working.Actor.objects.filter(part_of__in=actor_ids, unpublished_edits=False).values_list("pk", flat=True)
    return sorted({*named, *waiting} - set(actor_ids))


def events_repeating(actors: Sequence[str], documents: Sequence[str], targets: Sequence[str]) -> list[str]:
    """Public events whose documents repeat one of these actors, documents or events, or wait for one of them."""
    links: list[Any] = [
        index.ParticipationIndex.objects.filter(index.CURRENT, actor_id__in=actors),
        index.ClaimIndex.objects.filter(index.CURRENT, actor_id__in=actors),
        index.SourceIndex.objects.filter(index.CURRENT, document_id__in=documents),
        index.RelationIndex.objects.filter(index.CURRENT, target_id__in=targets),
    ]
    seqs = {seq for link in links for seq in link.values_list("seq", flat=True)}
    waiting = working.Relation.objects.filter(target__in=targets, released=True).values_list("event_id", flat=True)
    return sorted({*_noun_ids(seqs), *waiting} - set(targets))


def _noun_ids(seqs: Collection[int]) -> set[str]:
    ordered, found = sorted(seqs), set()
    for start in range(0, len(ordered), CHUNK):
        rows = Entry.objects.filter(seq__in=ordered[start : start + CHUNK])
        found.update(rows.values_list("noun_id", flat=True))
    return found


def last_document(kind: str, noun_id: str) -> dict[str, Any] | None:
    """The newest public document of a noun, tombstones passed over."""
    rows = Entry.objects.filter(kind=kind, noun_id=noun_id, document__isnull=False).order_by("-revision")
    document = rows.values_list("document", flat=True).first()
    return json.loads(document) if document else None
