"""The public changes of one deed, and the cascade that keeps what public documents repeat true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from events.curation import mentions, render, texts
from events.curation.chunks import chunks
from events.curation.inserting import bare, insert_alike
from events.curation.reading import values
from events.curation.record import Change, canonical, record
from events.models import index, ledger, working

Document = dict[str, Any]
# Events that the deed itself revises; where more repeat what it changes, the others wait (`curation.cascade`).
CASCADE = 50


class Batch:
    """Changes to come, and the pictures as they will be with them."""

    def __init__(self) -> None:
        self.pictures = render.Pictures()
        self._changes: dict[tuple[str, str], Change] = {}
        # Events whose documents are as they will be.
        self.reached: set[str] = set()
        self._waiting: dict[int | None, list[str]] = defaultdict(list)
        self._unfound: dict[str, list[str]] | None = None

    def put(
        self, kind: str, noun_id: str, deed: str, document: dict[str, Any] | None, merged_into: str | None = None
    ) -> None:
        """A new picture of a noun, in place of one that was put before. One that equals the public one is no change."""
        public = self.pictures.public(kind, noun_id)
        self.pictures.set(kind, noun_id, document)
        self._changes.pop((kind, noun_id), None)
        change = Change(kind, noun_id, deed, document, merged_into)
        if public is None or canonical(public) != change.text:
            self._changes[kind, noun_id] = change

    def record(self, *, by: str, at: datetime, why: str) -> None:
        record(list(self._changes.values()), by=by, at=at, why=why)
        # An alias is in no event's document, but in its text for search.
        texts.retell(self.reached - set(self._changed(ledger.EVENT)))
        rows: list[dict[str, Any]] = [
            {"events": some, "named": None, "undone_id": undone}
            for undone, events in self._waiting.items()
            for some in chunks(events)
        ]
        if self._unfound is not None:
            rows.append({"events": [], "named": self._unfound, "undone_id": None})
        insert_alike([bare(working.Pending, **row, by=by, at=at, why=why) for row in rows])

    def restore(self, undone: working.Merge) -> None:
        """Name the loser again in the public events that named it at a merge; beyond CASCADE events, they wait."""
        restoring = mentions.Restoring(undone)
        self.refresh_events(restoring.events[:CASCADE], restoring)
        self._waiting[undone.pk] += restoring.events[CASCADE:]

    def spread(self, countries: Collection[str] = (), also: Collection[str] = ()) -> None:
        """Revise the public documents that repeat what changes here, actors first, then up to CASCADE events.

        `also` are events to look at besides. Those that remain wait for `cascade.go_on`; where there are many, it
        finds them too, so that no deed holds the lock for that.
        """
        self.refresh_actors(actors_repeating(self._changed(ledger.ACTOR)))
        named = {
            "actors": self._changed(ledger.ACTOR, known=True),
            "documents": self._changed(ledger.DOCUMENT, known=True),
            "countries": list(countries),
        }
        repeating = events_repeating(**named, most=CASCADE + 1)
        if len(repeating) > CASCADE:
            self._unfound, repeating = named, repeating[:CASCADE]
        targets = set(self.pictures.with_merged(ledger.EVENT, self._changed(ledger.EVENT)))
        passed = targets.union(*self._waiting.values())
        others = (pk for pk in (*repeating, *events_related(targets)) if pk not in passed)
        events = list(dict.fromkeys([*others, *also]))
        self.refresh_events(events[:CASCADE])
        self._waiting[None] += events[CASCADE:]

    def _changed(self, kind: str, known: bool = False) -> list[str]:
        """What changes here; of what is `known`: no public event names what becomes public with this deed."""
        return [
            change.noun_id
            for change in self._changes.values()
            if change.kind == kind and not (known and change.deed == ledger.PUBLISHED)
        ]

    def refresh_actors(self, ids: Sequence[str]) -> None:
        clean = working.Actor.objects.filter(unpublished_edits=False).prefetch_related("names")
        rows = {row.pk: row for some in chunks(ids) for row in clean.filter(pk__in=some)}
        self.pictures.load(ledger.ACTOR, ids)
        for noun_id in ids:
            public = self.pictures.public(ledger.ACTOR, noun_id)
            if public is not None:
                row = rows.get(noun_id)
                fresh = render.actor(row, self.pictures) if row else render.refresh_actor(public, self.pictures)
                self.put(ledger.ACTOR, noun_id, ledger.REVISED, fresh)

    def refresh_events(self, ids: Sequence[str], change: Callable[[str, Document], Document] | None = None) -> None:
        """Put the current pictures of what they name into public documents, `change`d first."""
        self.reached.update(ids)
        self.pictures.load(ledger.EVENT, ids)
        public = {noun_id: self.pictures.get(ledger.EVENT, noun_id) for noun_id in ids}
        documents = with_released({noun_id: document for noun_id, document in public.items() if document})
        self.pictures.load_named(documents.values())
        for noun_id, document in documents.items():
            changed = change(noun_id, document) if change else document
            self.put(ledger.EVENT, noun_id, ledger.REVISED, render.refresh(changed, self.pictures))


def with_released(documents: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Public documents by event, each with all relations that it was last published with, whether or not their
    targets are public: `refresh` leaves those out that aren't."""
    relations: dict[str, list[dict[str, str]]] = defaultdict(list)
    columns = ("event_id", "relation", "target_id")
    for event_id, relation, target_id in values(working.ReleasedRelation, columns, "event_id", documents):
        relations[event_id].append({"relation": relation, "id": target_id})
    return {event_id: document | {"relations": relations[event_id]} for event_id, document in documents.items()}


def actors_repeating(actor_ids: Collection[str]) -> list[str]:
    """Actors whose documents name one of these as what they are part of, or would."""
    named = index.ActorIndex.objects.filter(index.CURRENT)
    waiting = working.Actor.objects.filter(unpublished_edits=False).order_by()
    found = {
        *_matching(named, "part_of_id", actor_ids, "noun_id"),
        *_matching(waiting, "part_of_id", actor_ids, "pk"),
    }
    return sorted(found - set(actor_ids))


def events_repeating(
    *, actors: Iterable[str], documents: Iterable[str], countries: Iterable[str], most: int | None = None
) -> list[str]:
    """Events whose public documents repeat something of these nouns, `most` of each kind.

    They come in the order of the ledger: what was written together lies together.
    """
    found: dict[int, str] = {}
    for seqs in _repeating(actors, documents, countries):
        events = index.EventIndex.objects.filter(seq__in=seqs[:most])
        found.update(events.values_list("seq", "noun_id"))
    return [found[seq] for seq in sorted(found)]


def number_repeating(*, actors: Iterable[str], documents: Iterable[str], countries: Iterable[str]) -> int:
    """How many `events_repeating` would find; the database counts them."""
    first, *others = list(_repeating(actors, documents, countries)) or [index.EventIndex.objects.none()]
    return first.union(*others).count()


def _repeating(actors: Iterable[str], documents: Iterable[str], countries: Iterable[str]) -> Iterator[QuerySet[Any]]:
    """The seqs of events that name some of these, each once in each query."""
    links: list[tuple[type[index.Derived], str, Iterable[str]]] = [
        (index.ParticipationIndex, "actor_id", actors),
        (index.ClaimIndex, "actor_id", actors),
        (index.SourceIndex, "document_id", documents),
        (index.CountryIndex, "country", countries),
    ]
    for table, column, named in links:
        for some in chunks(named):
            rows = table._default_manager.filter(index.CURRENT, Q((f"{column}__in", some)))
            yield rows.order_by().values("seq").distinct()


def events_related(targets: Iterable[str]) -> list[str]:
    """Events that were published as related to one of these; their documents leave out what isn't public."""
    return sorted({event for (event,) in values(working.ReleasedRelation, ("event_id",), "target_id", targets)})


def _matching(rows: QuerySet[Any], column: str, values: Iterable[object], wanted: str) -> Iterator[Any]:
    for some in chunks(values):
        yield from rows.filter(Q((f"{column}__in", some))).values_list(wanted, flat=True)
