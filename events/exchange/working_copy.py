"""The working copy out, as a fixture that `loaddata` reads: drafts, unpublished edits, what was retracted or merged.

A record says how its noun stands in the working copy. Where the public sees another picture of it, `public` has the
same fields as they are public. docs/fixtures.md is the guide. What no fixture carries is in `LEFT_OUT`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from django.db import models

from events.curation.chunks import chunks
from events.curation.load_rows import CHILDREN, identify
from events.curation.reference import defaults
from events.exchange.desk_records import merge_records, proposal_records
from events.exchange.fixture import DERIVED, NESTED, SHORT
from events.exchange.public_records import PublicSide, quotation
from events.models import Merge, Proposal, reference, working
from events.models.working import Noun

Record = dict[str, Any]
LEFT_OUT: Final = (
    "Not in the file: earlier revisions and saves and who made them, private notes on edits, merges that were undone,"
    " logins. A copy of the database has these."
)
NOUNS: Final[tuple[type[Noun], ...]] = (working.Document, working.Actor, working.Event)
# Kept by the deeds, or told by `status` and `public`.
KEPT: Final = DERIVED | {"status"}


class Export:
    """Writes the records; what it has counted and couldn't carry is known when it is done."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.lost: list[str] = []

    def text(self) -> Iterator[str]:
        """The file, a record at a time."""
        before = "[\n"
        for record in self.records():
            yield before + json.dumps(record, ensure_ascii=False, indent=1)
            before = ",\n"
        yield "\n]\n" if before == ",\n" else "[]\n"

    def records(self) -> Iterator[Record]:
        for record in self._records():
            self.counts[record["model"].removeprefix("events.")] += 1
            yield record

    def _records(self) -> Iterator[Record]:
        yield from _changed_reference()
        public = PublicSide()
        self.lost += public.lost
        for model in NOUNS:
            yield from noun_records(model, _ids(model), public)
        yield from merge_records(Merge.objects.filter(undone_at=None).order_by("pk"))
        yield from proposal_records(Proposal.objects.order_by("pk"))


def _ids(model: type[models.Model]) -> list[str]:
    return sorted(model._default_manager.order_by().values_list("pk", flat=True))


def _changed_reference() -> Iterator[Record]:
    """Countries and types that aren't as each database has them anyway."""
    known = {(type(row), row.pk): _columns(row) for row in defaults()}
    for model in (reference.Country, reference.EventType):
        for row in model._default_manager.order_by("pk"):
            fields = _columns(row)
            if known.get((model, row.pk)) != fields:
                yield _record(model, row.pk, fields)


def noun_records(model: type[Noun], ids: Iterable[str], public: PublicSide) -> Iterator[Record]:
    """The records of these nouns of one kind, in the order of their ids."""
    for some in chunks(ids):
        rows = {row.pk: row for row in model._default_manager.filter(pk__in=some)}
        lists = _children(model, some)
        states = public.states(model, some)
        for pk in some:
            working_fields = _columns(rows[pk]) | lists.get(pk, {})
            yield _record(model, pk, working_fields | states[pk].fields(rows[pk], working_fields))


def _record(model: type[models.Model], pk: str, fields: Record) -> Record:
    return {"model": model._meta.label_lower, "pk": pk, "fields": fields}


def _columns(row: models.Model) -> Record:
    """What a row says, but for what is empty or follows from the rest."""
    found = {}
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        if column.primary_key or column.name in KEPT or value is None or value == "":
            continue
        found[column.name] = value.isoformat() if isinstance(value, date) else value
    return found


def _children(model: type[Noun], ids: list[str]) -> dict[str, dict[str, list[Any]]]:
    """By noun, the lists of what hangs on it; in an order that no load changes."""
    found: dict[str, dict[str, list[Any]]] = {}
    for name, (child, parent) in NESTED.get(model, {}).items():
        rows = child._default_manager.filter(**{f"{parent}__in": ids})
        if child is working.Evidence:
            rows = rows.select_related("document")
        for row in sorted(rows, key=lambda row: [str(part) for part in identify(row)]):
            owner = getattr(row, CHILDREN[child][0])
            found.setdefault(owner, {}).setdefault(name, []).append(_child(row, parent))
    return found


def _child(row: models.Model, parent: str) -> Any:
    if isinstance(row, working.EventCountry | working.Claim):
        return getattr(row, f"{SHORT[type(row)]}_id")
    fields = _columns(row)
    del fields[parent]
    if isinstance(row, working.Evidence):
        return quotation(fields | {"start": row.start}, row.document.text)
    return fields
