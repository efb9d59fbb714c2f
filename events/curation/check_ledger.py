"""Verify the ledger by itself, and that the index is what the ledger gives."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from django.db.models import Q

from events.curation import indexing
from events.curation.chunks import CHUNK
from events.curation.record import chain_hash, content_hash
from events.models import Entry, Head, index

TABLES = tuple(table for tables in indexing.TABLES.values() for table in tables)


def ledger_faults() -> Iterator[str]:
    """seq without gaps, both hashes, times in order, one current row a noun, revisions counted, the head at the end;
    what was merged became something that is known."""
    newest: dict[tuple[str, str], Entry] = {}
    last = Entry(seq=0, chain_sha256="")
    for entry in Entry.objects.order_by("seq").iterator(CHUNK):
        where = _where(entry)
        if entry.seq != last.seq + 1:
            yield f"{where}: the row before is {last.seq}; rows are missing."
        if content_hash(entry.document) != entry.content_sha256:
            yield f"{where}: its document isn't the one that was hashed."
        if chain_hash(last.chain_sha256, entry) != entry.chain_sha256:
            yield f"{where}: the hash chain breaks here."
        if last.at and entry.at < last.at:
            yield f"{where}: it is older than the row before."
        yield from _succession(newest.get((entry.kind, entry.noun_id)), entry)
        entry.document = None
        newest[entry.kind, entry.noun_id] = last = entry
    for entry in newest.values():
        if entry.superseded_by is not None:
            yield f"{_where(entry)}: it is the newest, and is marked as superseded."
    yield from _merges(newest)
    yield from _head(last)


def _where(entry: Entry) -> str:
    return f"Ledger row {entry.seq} ({entry.kind} {entry.noun_id})"


def _succession(before: Entry | None, entry: Entry) -> Iterator[str]:
    """A noun's rows follow each other; all carry the number and the time of the first."""
    if before is None:
        expected = (1, entry.seq, entry.at)
    else:
        expected = (before.revision + 1, before.key, before.first_at)
        if before.superseded_by != entry.seq:
            yield f"{_where(before)}: it should be superseded by {entry.seq}, not {before.superseded_by}."
    if (entry.revision, entry.key, entry.first_at) != expected:
        yield f"{_where(entry)}: its revision, its key or its first time doesn't follow from the row before."


def _merges(newest: Mapping[tuple[str, str], Entry]) -> Iterator[str]:
    """What was merged became another noun of its kind, and whoever follows comes to an end."""
    for entry in newest.values():
        passed, after = {entry.noun_id}, entry
        while after.merged_into is not None:
            following = newest.get((entry.kind, after.merged_into))
            if following is None or following.noun_id in passed:
                what = "which isn't in the ledger" if following is None else "and so on, back to itself"
                yield f"{_where(entry)}: it was merged into {after.merged_into}, {what}."
                break
            passed.add(following.noun_id)
            after = following


def _head(last: Entry) -> Iterator[str]:
    head = Head.objects.filter(pk=Head.THE_ROW).first() or Head()
    if (head.seq, head.chain_sha256, head.at) != (last.seq, last.chain_sha256, last.at):
        yield f"The head is at {head.seq}, and the ledger ends at {last.seq}, or with another hash or time."


def index_faults() -> Iterator[str]:
    """The index is what the ledger gives, row by row."""
    entries = Entry.objects.order_by("seq").iterator(CHUNK)
    last = 0
    while some := list(islice(entries, CHUNK)):
        yield from _compare(some, after=last)
        last = some[-1].seq
    for table in TABLES:
        strays = table._default_manager.filter(Q(seq__gt=last) | Q(seq__lt=1))
        for seq in strays.values_list("seq", flat=True).distinct():
            yield _stray(table._meta.db_table, seq)


def _compare(entries: Sequence[Entry], *, after: int) -> Iterator[str]:
    """The rows of these entries and of all numbers between them."""
    found: dict[int, list[str]] = defaultdict(list)
    for table in TABLES:
        for row in table._default_manager.filter(seq__gt=after, seq__lte=entries[-1].seq):
            found[row.seq].append(_plain(row))
    for entry in entries:
        if sorted(map(_plain, indexing.rows(entry))) != sorted(found.pop(entry.seq, [])):
            yield f"The index of ledger row {entry.seq} ({entry.kind} {entry.noun_id}) isn't what the row gives."
    for seq in found:
        yield _stray("The index", seq)


def _stray(where: str, seq: int) -> str:
    return f"{where} has rows of ledger row {seq}, which isn't there."


def _plain(row: index.Derived) -> str:
    fields = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname != "id"
    }
    return f"{row._meta.db_table} {json.dumps(fields, sort_keys=True, default=str)}"
