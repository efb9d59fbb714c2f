"""Verify all of the dataset that can be verified; each fault is a sentence."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from events.curation import render, tallies, texts
from events.curation.batch import with_released
from events.curation.cascade import waiting
from events.curation.check_ledger import index_faults, ledger_faults
from events.curation.chunks import CHUNK
from events.curation.evidence import normalise, verified
from events.curation.flags import KINDS, differing
from events.curation.mentions import naming
from events.curation.record import canonical
from events.errors import DatelineError
from events.models import Entry, ledger, working
from events.models.proposals import Decision, Proposal
from events.models.working import Noun, Status

T = TypeVar("T")


def faults() -> Iterator[str]:
    """All faults, or nothing; the caller holds one snapshot, so that it sees one state."""
    public = [ledger_faults(), index_faults(), tallies.faults(), texts.faults(), _public_events()]
    checks = [_cascades(), _proposals(), *public, _documents(), _quotations(), _days(), _statuses(), _merges()]
    for check in (*checks, *map(_marks, KINDS)):
        try:
            yield from check
        except (DatelineError, LookupError, TypeError, ValueError) as error:
            # What a fault that was named before leaves behind: a document that isn't JSON, a date that isn't EDTF.
            yield f"The check can't read on: {error}"


def _cascades() -> Iterator[str]:
    number = waiting(working.Pending.objects.all())
    if number:
        yield f"{number} events wait for a cascade that didn't come to its end; `manage.py cascade` goes on with it."


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """Some rows at a time: memory stays flat at any size, and so many rows cost one query."""
    iterator = iter(rows)
    while some := list(islice(iterator, CHUNK)):
        yield some


def _documents() -> Iterator[str]:
    """Texts are normalised, are the ones that were hashed, and are the ones that were published."""
    for rows in _batches(working.Document.objects.order_by("pk").iterator(CHUNK)):
        pictures = render.Pictures()
        pictures.load(ledger.DOCUMENT, [row.pk for row in rows])
        for row in rows:
            where = f"Document {row.pk} “{row}”"
            if normalise(row.text) != row.text:
                yield f"{where}: its text isn't normalised (NFC, LF)."
            if hashlib.sha256(row.text.encode()).hexdigest() != row.text_sha256:
                yield f"{where}: its text isn't the one that was hashed."
            public = pictures.public(ledger.DOCUMENT, row.pk)
            if public and public["sha256"] != row.text_sha256:
                yield f"{where}: its text isn't the one that was published."


def _quotations() -> Iterator[str]:
    """The quotations of events without unpublished edits stand in their documents at their offsets."""
    settled = working.Evidence.objects.filter(event__status=Status.PUBLISHED, event__unpublished_edits=False)
    for row in settled.prefetch_related("document").order_by("pk").iterator(CHUNK):
        if not verified(row):
            yield f"Event {row.event_id}: the quotation “{row.quote[:60]}” isn't in document {row.document_id}."


def _public_events() -> Iterator[str]:
    """What public events quote stands in the documents; what they repeat is what is public of other nouns."""
    public = Entry.objects.public().filter(kind=ledger.EVENT).order_by("seq")
    for rows in _batches(public.iterator(CHUNK)):
        documents = {row.noun_id: json.loads(row.document or "") for row in rows}
        texts = _texts(documents.values())
        for noun_id, document in documents.items():
            for item in document["evidence"]:
                if texts.get(item["document"]["id"], "")[item["start"] : item["end"]] != item["quote"]:
                    yield f"Event {noun_id}: its public quotation “{item['quote'][:60]}” isn't in the document."
        pictures = render.Pictures()
        complete = with_released(documents)
        pictures.load_named(complete.values())
        for noun_id, document in complete.items():
            if not _repeats(document, documents[noun_id], pictures):
                yield f"Event {noun_id}: its public document repeats what isn't public any more, or not all that is."


def _proposals() -> Iterator[str]:
    """What open proposals quote stands in their documents."""
    for row in Proposal.objects.filter(status=Decision.OPEN).select_related("document").iterator(CHUNK):
        text = row.document.text if row.document else ""
        for item in row.quotations():
            mine = item["document"] == row.document_id and item["start"] is not None
            if mine and text[item["start"] : item["end"]] != item["quote"]:
                yield f"Proposal {row.pk} “{row}”: the quotation “{item['quote'][:60]}” isn't where it says."


def _repeats(complete: dict[str, Any], public: dict[str, Any], pictures: render.Pictures) -> bool:
    try:
        return canonical(render.refresh(complete, pictures)) == canonical(public)
    except LookupError:
        return False


def _texts(documents: Iterable[dict[str, Any]]) -> dict[str, str]:
    ids = render.named(documents)[ledger.DOCUMENT]
    return dict(working.Document.objects.filter(pk__in=ids).values_list("pk", "text"))


def _days() -> Iterator[str]:
    """The first and last day of each event follow from its EDTF value."""
    for row in working.Event.objects.order_by("pk").iterator(CHUNK):
        stated = (row.edtf, row.start_earliest, row.end_latest)
        try:
            row.derive()
        except DatelineError as error:
            yield f"Event {row.pk} “{row}”: {error}"
            continue
        if stated != (row.edtf, row.start_earliest, row.end_latest):
            yield f"Event {row.pk} “{row}”: its first and last day don't follow from its EDTF value."


def _statuses() -> Iterator[str]:
    """Each event is what the ledger says, and nothing is in the ledger alone."""
    current: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, noun_id, deed in Entry.objects.current().values_list("kind", "noun_id", "deed").iterator(CHUNK):
        current[kind][noun_id] = deed
    for pk, status in working.Event.objects.values_list("pk", "status").iterator(CHUNK):
        said = current[ledger.EVENT].get(pk)
        # A draft may be merged without the public ever having seen it.
        if _status(said) != status and not (said is None and status == Status.MERGED):
            yield f"Event {pk}: it is {status}, and the ledger says {said or 'nothing'}."
    for model, kind in KINDS.items():
        stored = set(model._default_manager.values_list("pk", flat=True))
        for noun_id in sorted(current[kind].keys() - stored):
            yield f"{kind.capitalize()} {noun_id} is in the ledger, and not in the working copy."


def _status(deed: str | None) -> str:
    if deed is None:
        return Status.DRAFT
    return {ledger.RETRACTED: Status.RETRACTED, ledger.MERGED: Status.MERGED}.get(deed, Status.PUBLISHED)


def _merges() -> Iterator[str]:
    """What is merged says so in the ledger too, can be undone, leads to something that isn't, and is named nowhere."""
    open_merges = dict.fromkeys(
        working.Merge.objects.filter(undone_at=None).values_list("kind", "loser_id", "survivor_id"), True
    )
    for kind, model in render.MERGING.items():
        said = dict(Entry.objects.current().filter(kind=kind, deed=ledger.MERGED).values_list("noun_id", "merged_into"))
        merged = dict(model._default_manager.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))
        public = set(
            Entry.objects.public().filter(kind=kind, noun_id__in=list(merged)).values_list("noun_id", flat=True)
        )
        for pk in sorted({*said, *merged}):
            where = f"{kind.capitalize()} {pk}"
            if pk in public or (pk in said and said[pk] != merged.get(pk)):
                yield f"{where}: it is merged into {merged.get(pk) or 'nothing'}, and the ledger says otherwise."
            if pk in merged and (kind, pk, merged[pk]) not in open_merges:
                yield f"{where}: nothing says how its merge is undone."
            if _loops(merged, pk):
                yield f"{where}: it is merged into what is merged into it."
        for pk in sorted(merged):
            for event_id in naming(kind, pk):
                yield f"Event {event_id}: it names {kind} {pk}, which was merged into {merged[pk]}."


def _loops(merged: dict[str, str], noun_id: str) -> bool:
    seen = set()
    while noun_id in merged and noun_id not in seen:
        seen.add(noun_id)
        noun_id = merged[noun_id]
    return noun_id in seen


def _marks(model: type[Noun]) -> Iterator[str]:
    """What is public equals the working copy, or is marked as having unpublished edits."""
    rows = model._default_manager.order_by("pk").values_list("pk", "unpublished_edits")
    for some in _batches(rows.iterator(CHUNK)):
        edited = differing(model, [pk for pk, _marked in some])
        for pk, marked in some:
            if marked != (pk in edited):
                what = "differs from what is public, unmarked" if pk in edited else "is marked as edited, and isn't"
                yield f"{KINDS[model].capitalize()} {pk}: its working copy {what}."


def summary() -> dict[str, Any]:
    """What was checked, counted."""
    return {
        "ledger rows": Entry.objects.count(),
        "events": working.Event.objects.count(),
        "actors": working.Actor.objects.count(),
        "documents": working.Document.objects.count(),
        "quotations": working.Evidence.objects.count(),
    }
