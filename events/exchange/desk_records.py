"""What the desk decided, out and in as records of a fixture: proposals with their decisions, and merges."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.db import models
from django.utils.dateparse import parse_datetime

from events.curation.chunks import chunks
from events.curation.load_proposals import Recorded
from events.exchange.fixture_values import Wrong, text, value_of
from events.models import Merge
from events.models.ledger import instant
from events.models.proposals import Proposal

Record = dict[str, Any]
# Belongs to the desk that has it, not to what was proposed.
OF_THE_DESK: Final = ("id", "version", "held_by", "held_until")
COLUMNS: Final = {field.name: field for field in Proposal._meta.concrete_fields if field.name not in OF_THE_DESK}


MERGE_COLUMNS: Final = {
    field.name: field
    for field in Merge._meta.concrete_fields
    if field.name not in ("id", "undone_by", "undone_at", "kept")
}
# Objects that only code writes, and reads.
OBJECTS: Final = ("values", "changes")


def merge_records(rows: Iterable[Merge]) -> Iterator[Record]:
    for number, row in enumerate(rows, 1):
        fields = {name: _plain(getattr(row, name)) for name in MERGE_COLUMNS}
        yield {"model": "events.merge", "pk": number, "fields": fields}


def merge_of(fields: Record) -> tuple[Merge, list[tuple[str, str]]]:
    """The merge of a record, unsaved, with its faults: field and sentence."""
    row, faults = Merge(), []
    for name, column in MERGE_COLUMNS.items():
        try:
            if name not in fields:
                raise Wrong("It is missing.")
            setattr(row, name, _value(column, fields[name]))
        except Wrong as wrong:
            faults.append((name, str(wrong)))
    return row, faults


def proposal_records(rows: models.QuerySet[Proposal]) -> Iterator[Record]:
    """The records, numbered in their order: `superseded_by` is such a number. Few are in memory at a time."""
    numbers = {pk: number for number, pk in enumerate(rows.values_list("pk", flat=True), 1)}
    for some in chunks(numbers):
        for row in rows.filter(pk__in=some):
            fields = {name: _plain(getattr(row, column.attname)) for name, column in COLUMNS.items()}
            fields["superseded_by"] = numbers.get(row.superseded_by_id or 0)
            said = {name: value for name, value in fields.items() if value not in (None, "", [])}
            yield {"model": "events.proposal", "pk": numbers[row.pk], "fields": said}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    # One database keeps the order of keys, the other doesn't.
    return json.loads(json.dumps(value, sort_keys=True)) if isinstance(value, dict) else value


def proposal_of(pk: Any, fields: Record, place: str, file: Path) -> tuple[Recorded, list[tuple[str, str]]]:
    """The proposal of a record, unsaved, with its faults: field and sentence."""
    row, faults, newer = Proposal(), [], None
    for name, value in fields.items():
        try:
            if name == "superseded_by":
                newer = value
            elif name in COLUMNS:
                setattr(row, COLUMNS[name].attname, _value(COLUMNS[name], value))
            elif name not in OF_THE_DESK:
                raise Wrong("There is no such field.")
        except Wrong as wrong:
            faults.append((name, str(wrong)))
    return Recorded(row, file, pk, newer, place), faults


def _value(column: Any, value: Any) -> Any:
    if isinstance(column, models.DateTimeField):
        return _instant(value)
    if column.name in OBJECTS:
        if not isinstance(value, dict):
            raise Wrong(f"It is an object, not {value!r}.")
        return value
    if column.name == "confidence":
        if isinstance(value, bool) or not isinstance(value, int | float | None):
            raise Wrong(f"It is a number, not {value!r}.")
        return value
    return value_of(column, value)


def _instant(value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        found = parse_datetime(text(value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Wrong(f"“{value}” isn't an instant; write it like 2019-10-16T12:00:00Z.")
    return found.astimezone(UTC)
