"""The one way into the ledger: number, chain, supersede, insert, index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from events.curation import indexing, tallies, texts
from events.curation.deed import lock_head, move_head
from events.curation.inserting import bare, insert, insert_alike
from events.curation.reading import values
from events.errors import WriteOutsideDeed
from events.models import ledger
from events.models.gate import gate_is_open
from events.models.ledger import Entry, instant


@dataclass(frozen=True)
class Change:
    """A new public picture of one noun; without a document, a tombstone, which says what a merged noun became."""

    kind: str
    noun_id: str
    deed: str
    document: dict[str, Any] | None
    merged_into: str | None = None

    @cached_property
    def text(self) -> str | None:
        """The document as it is stored."""
        return None if self.document is None else canonical(self.document)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def canonical(document: dict[str, Any]) -> str:
    """A public document as it is stored, hashed and served."""
    return _encode(document)


def content_hash(document: str | None) -> str:
    return hashlib.sha256((document or "").encode()).hexdigest()


def chain_hash(previous: str, entry: Entry) -> str:
    """SHA-256 over the chain so far and what must never change of this row, a field a line.

    Only a merged noun's row has an eighth line, what it became.
    """
    fields = [
        previous,
        str(entry.seq),
        entry.kind,
        entry.noun_id,
        entry.deed,
        instant(entry.at),
        entry.content_sha256,
    ]
    if entry.merged_into is not None:
        fields.append(entry.merged_into)
    return hashlib.sha256("\n".join(fields).encode()).hexdigest()


def record(changes: Sequence[Change], *, by: str, at: datetime, why: str) -> None:
    """Append the changes of one deed, at most one for each noun, in their order.

    A deed holds the head's lock until it commits, so whoever has seen a `seq` has seen all smaller ones. `at` is
    moved up to that of the row before where a clock went back.
    """
    if not (gate_is_open() and connection.in_atomic_block):
        raise WriteOutsideDeed("The ledger is written by a deed of events.curation; no deed is under way.")
    if not changes:
        return
    head = lock_head()
    at = max(at, head.at or at)
    before = _current(changes)
    entries, rows, told = [], [], {}
    for change in changes:
        entry = _entry(change, before.get((change.kind, change.noun_id)), head.seq + 1, by=by, at=at, why=why)
        entry.chain_sha256 = chain_hash(head.chain_sha256, entry)
        head.seq, head.at, head.chain_sha256 = entry.seq, at, entry.chain_sha256
        entries.append(entry)
        rows += indexing.rows(entry, change.document)
        if change.kind == ledger.EVENT and change.document is not None:
            told[entry.seq] = change.document
    gone = [row.seq for (kind, _id), row in before.items() if kind == ledger.EVENT]
    tallies.count(gone, rows)
    _supersede(entries, before)
    insert_alike(entries)
    insert(rows)
    texts.replace(gone, told, rows)
    move_head(head)


class _Before(NamedTuple):
    """What a new revision takes on from the row that it supersedes."""

    seq: int
    key: int
    revision: int
    first_at: datetime


def _current(changes: Sequence[Change]) -> dict[tuple[str, str], _Before]:
    """The rows that the changes will supersede."""
    current = {}
    for kind in {change.kind for change in changes}:
        ids = [change.noun_id for change in changes if change.kind == kind]
        now = f"kind = '{kind}' AND superseded_by IS NULL"
        for noun_id, *before in values(Entry, ("noun_id", *_Before._fields), "noun_id", ids, now):
            current[kind, noun_id] = _Before(*before)
    return current


def _entry(change: Change, before: _Before | None, seq: int, *, by: str, at: datetime, why: str) -> Entry:
    document = change.text
    return bare(
        Entry,
        seq=seq,
        kind=change.kind,
        noun_id=change.noun_id,
        key=before.key if before else seq,
        revision=before.revision + 1 if before else 1,
        deed=change.deed,
        at=at,
        first_at=before.first_at if before else at,
        by=by,
        why=why,
        document=document,
        merged_into=change.merged_into,
        content_sha256=content_hash(document),
        superseded_by=None,
    )


def _supersede(entries: Sequence[Entry], before: dict[tuple[str, str], _Before]) -> None:
    """Set `superseded_by` on the rows that give way, in the ledger and in the index."""
    for kind, tables in indexing.TABLES.items():
        pairs = [
            (entry.seq, before[kind, entry.noun_id].seq)
            for entry in entries
            if entry.kind == kind and (kind, entry.noun_id) in before
        ]
        if not pairs:
            continue
        every: tuple[type[Model], ...] = (Entry, *tables)
        with connection.cursor() as cursor:
            for table in every:
                name = connection.ops.quote_name(table._meta.db_table)
                cursor.executemany(f"UPDATE {name} SET superseded_by = %s WHERE seq = %s", pairs)
