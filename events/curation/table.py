"""Import a table: its text becomes a document, each row a proposal that quotes itself. All of it, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from events.curation.deed import deed
from events.curation.edit import editing
from events.curation.propose import propose
from events.curation.suggestion import Suggestion
from events.models import Document
from events.models.proposals import Origin


@dataclass(frozen=True)
class Told:
    """What a row tells of: the values of a proposal, its passage in the text, and what that supports."""

    key: str
    values: dict[str, Any]
    quote: str
    start: int
    supports: tuple[str, ...]


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do."""

    document: str
    new_document: bool
    proposed: int
    known: int


def import_rows(
    title: str, text: str, rows: Sequence[Told], *, by: str, at: datetime, why: str, dry_run: bool = False
) -> Imported:
    """Store the text, unless it is stored already, and propose what no row of any table has proposed before.

    Raises DeedRefused with what is wrong; then, and with `dry_run`, nothing is stored.
    """
    with deed():
        document, new = _document(title, text, by=by, at=at, why=why)
        proposed = propose([_suggestion(row, document) for row in rows], by=by, at=at, why=why)
        if dry_run or not proposed.added:
            # A file of which every row is known leaves no document either.
            transaction.set_rollback(True)
    return Imported(document.pk, new and bool(proposed.added), len(proposed.added), len(proposed.known))


def _document(title: str, text: str, *, by: str, at: datetime, why: str) -> tuple[Document, bool]:
    stored = Document.objects.filter(text_sha256=hashlib.sha256(text.encode()).hexdigest()).first()
    if stored is not None:
        return stored, False
    document = Document(title=title, text=text)
    with editing(document, version=0, by=by, at=at, why=why):
        document.save()
    return document, True


def _suggestion(row: Told, document: Document) -> Suggestion:
    evidence = {"document": document.pk, "quote": row.quote, "start": row.start, "supports": list(row.supports)}
    return Suggestion(row.key, {**row.values, "evidence": [evidence]}, Origin.IMPORT, document=document.pk)
