"""The heart of every deed that publishes: from working rows to ledger rows, with what they bring along."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from events.curation import reading, render
from events.curation.batch import Batch
from events.curation.chunks import chunks
from events.curation.evidence import verified
from events.curation.inserting import insert
from events.curation.whole import Whole, wholes
from events.errors import DeedRefused
from events.models import ledger, working
from events.models.working import Status


def reasons_against(whole: Whole) -> list[str]:
    """Why an event can't be published as it is, a sentence each."""
    return [
        *unfound(whole.evidence),
        *unsupported(whole.event, whole.evidence),
        *undocumented_date(whole.event),
    ]


def unfound(evidence: Iterable[working.Evidence]) -> list[str]:
    return [
        f"The quotation “{item.quote[:60]}” isn't found (once) in “{item.document}”."
        for item in evidence
        if not verified(item)
    ]


def unsupported(event: working.Event, evidence: Iterable[working.Evidence]) -> list[str]:
    """What of the event no verified quotation supports and one must."""
    supported = {what for item in evidence if verified(item) for what in item.supports}
    reasons = []
    if "title" not in supported:
        reasons.append("No verified quotation supports the title; add evidence that does.")
    if event.edtf and "date" not in supported:
        reasons.append("No verified quotation supports the date; add evidence that does, or take the date out.")
    return reasons


def undocumented_date(event: working.Event) -> list[str]:
    if event.edtf and not (event.date_text and event.date_rule):
        return ["A date needs the words it was read from and the rule (curator, where a person decided)."]
    return []


def release(
    events: Collection[str],
    actors: Collection[str] = (),
    documents: Collection[str] = (),
    countries: Collection[str] = (),
    *,
    known: Mapping[str, Whole] | None = None,
    batch: Batch | None = None,
    also: Collection[str] = (),
    by: str,
    at: datetime,
    why: str,
) -> None:
    """Inside a deed: make the working copy of these nouns public; actors and documents that aren't public yet and
    that the events name come with them. Events in `known` aren't read again; `batch` has what the deed changes besides;
    `also` are public events to look at for what they repeat. Where a long cascade has more events to reach, they wait
    for `cascade.go_on`.

    Raises DeedRefused with every reason of every event.
    """
    found = dict(known or {})
    found |= {row.event.pk: row for row in wholes(pk for pk in events if pk not in found)}
    rows = [found[pk] for pk in sorted(events) if pk in found]
    _refuse(rows)
    bare = {row.event.pk: render.bare_event(row) for row in rows}
    batch = batch or Batch()
    batch.pictures.load_named(bare.values())
    named = render.named(bare.values())
    _put_documents(batch, named[ledger.DOCUMENT], documents)
    _put_actors(batch, named[ledger.ACTOR], actors)
    _put_events(batch, bare)
    batch.spread(countries, also)
    batch.record(by=by, at=at, why=why)
    _keep_released(rows)
    _settle_flags([row.event for row in rows], actors, documents)


def _refuse(rows: Iterable[Whole]) -> None:
    reasons = [f"{row.event.title}: {reason}" for row in rows for reason in reasons_against(row)]
    if reasons:
        raise DeedRefused(*reasons)


def _chosen(batch: Batch, kind: str, named: Iterable[str], revised: Collection[str]) -> list[str]:
    """What a deed publishes: what is named and not public yet, and what is to be revised."""
    batch.pictures.load(kind, [*named, *revised])
    return sorted({*revised, *(noun_id for noun_id in named if batch.pictures.public(kind, noun_id) is None)})


def _verb(batch: Batch, kind: str, noun_id: str) -> str:
    return ledger.REVISED if batch.pictures.public(kind, noun_id) else ledger.PUBLISHED


def _put_documents(batch: Batch, named: Iterable[str], revised: Collection[str]) -> None:
    for row in reading.rows(working.Document, "id", _chosen(batch, ledger.DOCUMENT, named, revised)):
        batch.put(ledger.DOCUMENT, row.pk, _verb(batch, ledger.DOCUMENT, row.pk), render.document(row))


def _put_actors(batch: Batch, named: Iterable[str], revised: Collection[str]) -> None:
    every = working.Actor.objects.order_by("pk").prefetch_related("names")
    chosen = _chosen(batch, ledger.ACTOR, named, revised)
    rows = [row for some in chunks(chosen) for row in every.filter(pk__in=some)]
    for row in rows:
        # Enough for those that are part of it to name it; its own document follows.
        batch.pictures.set(ledger.ACTOR, row.pk, {"name": row.name})
    for row in rows:
        batch.put(ledger.ACTOR, row.pk, _verb(batch, ledger.ACTOR, row.pk), render.actor(row, batch.pictures))


def _put_events(batch: Batch, bare: dict[str, dict[str, str]]) -> None:
    batch.pictures.load(ledger.EVENT, bare)
    for noun_id, document in bare.items():
        # Enough for the others to name it; its own document follows.
        batch.pictures.set(ledger.EVENT, noun_id, {"title": document["title"]})
    for noun_id, document in bare.items():
        fresh = render.refresh(document, batch.pictures)
        batch.put(ledger.EVENT, noun_id, _verb(batch, ledger.EVENT, noun_id), fresh)


def _keep_released(rows: Sequence[Whole]) -> None:
    """Remember the relations that were published, those that wait for their target too."""
    for some in chunks(row.event.pk for row in rows if row.released_relations):
        working.ReleasedRelation.objects.filter(event__in=some).delete()
    insert(
        working.ReleasedRelation(event_id=row.event.pk, relation=item.relation, target_id=item.target_id)
        for row in rows
        for item in row.relations
    )


def _settle_flags(events: Iterable[working.Event], actors: Iterable[str], documents: Iterable[str]) -> None:
    unsettled = (row.pk for row in events if row.status != Status.PUBLISHED or row.unpublished_edits)
    for some in chunks(unsettled):
        working.Event.objects.filter(pk__in=some).update(status=Status.PUBLISHED, unpublished_edits=False)
    for some in chunks(actors):
        working.Actor.objects.filter(pk__in=some).update(unpublished_edits=False)
    for some in chunks(documents):
        working.Document.objects.filter(pk__in=some).update(unpublished_edits=False)
