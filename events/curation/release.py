"""The heart of every deed that publishes: from locked working rows to ledger rows, with what they bring along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from events.curation import render
from events.curation.batch import CASCADE, Batch
from events.curation.deed import deed
from events.curation.evidence import verified
from events.curation.record import canonical
from events.errors import DeedRefused
from events.models import ledger, working
from events.models.working import Status

CHILDREN = ("participations", "countries", "claims", "evidence__document", "relations")


def with_children(events: QuerySet[working.Event]) -> QuerySet[working.Event]:
    """Events with all that their documents are made of, in a constant number of queries."""
    return events.prefetch_related(*CHILDREN)


def reasons_against(event: working.Event) -> list[str]:
    """Why an event can't be published as it is, a sentence each."""
    reasons = []
    supported: set[str] = set()
    for item in event.evidence.all():
        if verified(item):
            supported.update(item.supports)
        else:
            reasons.append(f"The quotation “{item.quote[:60]}” isn't found (once) in “{item.document}”.")
    if "title" not in supported:
        reasons.append("No verified quotation supports the title; add evidence that does.")
    if event.edtf and "date" not in supported:
        reasons.append("No verified quotation supports the date; add evidence that does, or take the date out.")
    if event.edtf and not (event.date_text and event.date_rule):
        reasons.append("A date needs the words it was read from and the rule (curator, where a person decided).")
    return reasons


def release(
    events: Sequence[str],
    actors: Sequence[str] = (),
    documents: Sequence[str] = (),
    *,
    by: str,
    at: datetime,
    why: str,
) -> None:
    """Make the working copy of these nouns public, in one deed; actors and documents that aren't public yet and that
    the events name come with them. A cascade over many events goes on in deeds of its own.

    Raises DeedRefused with every reason of every event.
    """
    with deed():
        rows = list(with_children(working.Event.objects.filter(pk__in=events).order_by("pk").select_for_update()))
        _refuse(rows)
        actor_ids = {*actors, *_actors(rows)}
        document_ids = {*documents, *(item.document_id for row in rows for item in row.evidence.all())}
        actor_rows = list(
            working.Actor.objects.filter(pk__in=actor_ids).order_by("pk").select_for_update().prefetch_related("names")
        )
        document_rows = list(working.Document.objects.filter(pk__in=document_ids).order_by("pk").select_for_update())
        batch = Batch()
        _put_documents(batch, document_rows, set(documents))
        _put_actors(batch, actor_rows, set(actors))
        _put_events(batch, rows)
        rest = batch.spread()
        batch.record(by=by, at=at, why=why)
        _settle_flags(events, actors, documents)
    spread_rest(rest, by=by, at=at, why=why)


def spread_rest(events: Sequence[str], *, by: str, at: datetime, why: str) -> None:
    """The rest of a long cascade, a deed for each so many events."""
    for start in range(0, len(events), CASCADE):
        with deed():
            batch = Batch()
            batch.refresh_events(events[start : start + CASCADE])
            batch.record(by=by, at=at, why=why)


def differs(event: working.Event) -> bool:
    """Whether publishing the event now would change what the public sees of it."""
    pictures = render.Pictures()
    public = pictures.get(ledger.EVENT, event.pk)
    if public is None:
        return False
    named = [(ledger.ACTOR, noun_id) for noun_id in _actors([event])]
    named += [(ledger.DOCUMENT, item.document_id) for item in event.evidence.all()]
    if any(pictures.get(kind, noun_id) is None for kind, noun_id in named):
        return True
    if any(not relation.released for relation in event.relations.all()):
        return True
    return canonical(render.event(event, pictures)) != canonical(public)


def _refuse(rows: Iterable[working.Event]) -> None:
    reasons = [f"{row.title}: {reason}" for row in rows for reason in reasons_against(row)]
    if reasons:
        raise DeedRefused(*reasons)


def _actors(rows: Iterable[working.Event]) -> set[str]:
    return {part.actor_id for row in rows for part in (*row.participations.all(), *row.claims.all())}


def _put_documents(batch: Batch, rows: Sequence[working.Document], revised: set[str]) -> None:
    batch.pictures.load(ledger.DOCUMENT, [row.pk for row in rows])
    for row in rows:
        public = batch.pictures.get(ledger.DOCUMENT, row.pk)
        if public is None or row.pk in revised:
            verb = ledger.REVISED if public else ledger.PUBLISHED
            batch.put(ledger.DOCUMENT, row.pk, verb, render.document(row))


def _put_actors(batch: Batch, rows: Sequence[working.Actor], revised: set[str]) -> None:
    batch.pictures.load(ledger.ACTOR, [row.pk for row in rows])
    public = {row.pk for row in rows if batch.pictures.get(ledger.ACTOR, row.pk)}
    chosen = [row for row in rows if row.pk not in public or row.pk in revised]
    # Twice: an actor that is part of another of them names it only once that one has its picture.
    for row in chosen * 2:
        verb = ledger.REVISED if row.pk in public else ledger.PUBLISHED
        batch.put(ledger.ACTOR, row.pk, verb, render.actor(row, batch.pictures))


def _put_events(batch: Batch, rows: Sequence[working.Event]) -> None:
    batch.pictures.load(ledger.EVENT, [row.pk for row in rows])
    public = {row.pk for row in rows if batch.pictures.get(ledger.EVENT, row.pk)}
    for row in rows:
        # Enough for the others to name it; its own document follows.
        batch.pictures.set(ledger.EVENT, row.pk, {"title": row.title})
    for row in rows:
        verb = ledger.REVISED if row.pk in public else ledger.PUBLISHED
        batch.put(ledger.EVENT, row.pk, verb, render.event(row, batch.pictures))


def _settle_flags(events: Sequence[str], actors: Sequence[str], documents: Sequence[str]) -> None:
    working.Event.objects.filter(pk__in=events).update(status=Status.PUBLISHED, unpublished_edits=False)
    working.Relation.objects.filter(event__in=events).update(released=True)
    working.Actor.objects.filter(pk__in=actors).update(unpublished_edits=False)
    working.Document.objects.filter(pk__in=documents).update(unpublished_edits=False)
