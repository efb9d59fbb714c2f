"""Verify all of the dataset that can be verified; each fault is a sentence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from events.curation import indexing
from events.curation.edit import KINDS, noun_differs
from events.curation.evidence import normalise, verified
from events.curation.record import chain_hash, content_hash
from events.curation.release import differs, with_children
from events.models import Entry, Head, index, ledger, working
from events.models.working import Status

# Rows fetched at a time: memory stays flat at any size.
CHUNK = 500


def faults() -> Iterator[str]:
    """All faults, or nothing; the caller holds one transaction, so that it sees one state."""
    yield from _ledger()
    yield from _index()
    yield from _documents()
    yield from _evidence()
    yield from _events()
    yield from _nouns()


def _ledger() -> Iterator[str]:
    """seq without gaps, both hashes, times in order, one current row a noun, revisions counted."""
    head = Head.objects.filter(pk=Head.THE_ROW).first()
    last: dict[tuple[str, str], tuple[int, int]] = {}
    chain, seq, at = "", 0, None
    for entry in Entry.objects.order_by("seq").iterator(CHUNK):
        where = f"Ledger row {entry.seq} ({entry.kind} {entry.noun_id})"
        if entry.seq != seq + 1:
            yield f"{where}: the row before is {seq}; rows are missing."
        if content_hash(entry.document) != entry.content_sha256:
            yield f"{where}: its document isn't the one that was hashed."
        if chain_hash(chain, entry) != entry.chain_sha256:
            yield f"{where}: the hash chain breaks here."
        if at and entry.at < at:
            yield f"{where}: it is older than the row before."
        before_seq, before_revision = last.get((entry.kind, entry.noun_id), (0, 0))
        if entry.revision != before_revision + 1:
            yield f"{where}: revision {entry.revision} follows revision {before_revision}."
        if before_seq and Entry.objects.filter(seq=before_seq).values_list("superseded_by", flat=True)[0] != entry.seq:
            yield f"Ledger row {before_seq}: it should be superseded by {entry.seq}."
        last[entry.kind, entry.noun_id] = (entry.seq, entry.revision)
        chain, seq, at = entry.chain_sha256, entry.seq, entry.at
    current = set(Entry.objects.current().values_list("seq", flat=True))
    for (kind, noun_id), (newest, _revision) in last.items():
        if newest not in current:
            yield f"Ledger row {newest} ({kind} {noun_id}): it is the newest, and is marked as superseded."
    if (head.seq, head.chain_sha256) != (seq, chain) if head else seq:
        yield f"The head says {head.seq if head else 0}; the ledger ends at {seq} with another hash or number."


def _index() -> Iterator[str]:
    """The index is what the ledger gives, row by row."""
    for kind, tables in indexing.TABLES.items():
        for entry in Entry.objects.filter(kind=kind).order_by("seq").iterator(CHUNK):
            expected = sorted(_plain(row) for row in indexing.rows(entry))
            found = sorted(_plain(row) for table in tables for row in table._default_manager.filter(seq=entry.seq))
            if expected != found:
                yield f"The index of ledger row {entry.seq} ({kind} {entry.noun_id}) isn't what the row gives."
        for table in tables:
            strays = table._default_manager.exclude(seq__in=Entry.objects.filter(kind=kind).values("seq"))
            for seq in strays.values_list("seq", flat=True).distinct():
                yield f"{table._meta.db_table} has rows of ledger row {seq}, which isn't there."


def _plain(row: index.Derived) -> str:
    fields = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname != "id"
    }
    return f"{row._meta.db_table} {json.dumps(fields, sort_keys=True, default=str)}"


def _documents() -> Iterator[str]:
    for row in working.Document.objects.order_by("pk").iterator(CHUNK):
        if normalise(row.text) != row.text:
            yield f"Document {row.pk} “{row}”: its text isn't normalised (NFC, LF)."
        if hashlib.sha256(row.text.encode()).hexdigest() != row.text_sha256:
            yield f"Document {row.pk} “{row}”: its text isn't the one that was hashed."


def _evidence() -> Iterator[str]:
    """Each quotation, of the working copy and of what is public, stands in its document at its offsets."""
    for row in working.Evidence.objects.select_related("document", "event").order_by("pk").iterator(CHUNK):
        if row.event.status == Status.PUBLISHED and not row.event.unpublished_edits and not verified(row):
            yield f"Event {row.event_id} “{row.event}”: the quotation “{row.quote[:60]}” isn't in document {row.document_id}."
    texts: dict[str, str] = dict(working.Document.objects.values_list("pk", "text"))
    for entry in Entry.objects.public().filter(kind=ledger.EVENT).order_by("seq").iterator(CHUNK):
        for item in json.loads(entry.document or "")["evidence"]:
            text = texts.get(item["document"]["id"], "")
            if text[item["start"] : item["end"]] != item["quote"]:
                yield f"Event {entry.noun_id}: its public quotation “{item['quote'][:60]}” isn't in the document."


def _events() -> Iterator[str]:
    """Dates follow from EDTF; status and flag of each event agree with the ledger."""
    public = dict(Entry.objects.current().filter(kind=ledger.EVENT).values_list("noun_id", "deed"))
    for row in with_children(working.Event.objects.order_by("pk")).iterator(CHUNK):
        where = f"Event {row.pk} “{row}”"
        stated = (row.edtf, row.start_earliest, row.end_latest)
        row.derive()
        if stated != (row.edtf, row.start_earliest, row.end_latest):
            yield f"{where}: its first and last day don't follow from its EDTF value."
        deed = public.pop(row.pk, None)
        if _status(deed) != row.status:
            yield f"{where}: it is {row.status}, and the ledger says {deed or 'nothing'}."
        elif row.status == Status.PUBLISHED and differs(row) != row.unpublished_edits:
            yield f"{where}: what is public and the working copy {'differ' if differs(row) else 'are equal'}, unmarked."
    for noun_id in public:
        yield f"Event {noun_id} is in the ledger, and not in the working copy."


def _status(deed: str | None) -> str:
    if deed is None:
        return Status.DRAFT
    return Status.RETRACTED if deed == ledger.RETRACTED else Status.PUBLISHED


def _nouns() -> Iterator[str]:
    """Actors and documents: what is public equals the working copy, or is marked."""
    for model, kind in KINDS.items():
        if model is working.Event:
            continue
        public = set(Entry.objects.public().filter(kind=kind).values_list("noun_id", flat=True))
        for row in model._default_manager.order_by("pk").iterator(CHUNK):
            if noun_differs(row) != row.unpublished_edits:
                yield f"{kind.capitalize()} {row.pk} “{row}”: its mark for unpublished changes is wrong."
        known = set(model._default_manager.values_list("pk", flat=True))
        for noun_id in public - known:
            yield f"{kind.capitalize()} {noun_id} is in the ledger, and not in the working copy."


def summary() -> dict[str, Any]:
    """What was checked, counted."""
    return {
        "ledger rows": Entry.objects.count(),
        "events": working.Event.objects.count(),
        "actors": working.Actor.objects.count(),
        "documents": working.Document.objects.count(),
        "quotations": working.Evidence.objects.count(),
    }
