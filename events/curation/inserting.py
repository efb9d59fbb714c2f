"""New rows, many at a time: one prepared statement for each table, without the detours of `bulk_create`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

from django.db import connection, connections, models

from events.curation.reading import quoted
from events.errors import WriteOutsideDeed
from events.models.fields import WordsField
from events.models.gate import Gated, gate_is_open
from events.models.sql import placeholders

M = TypeVar("M", bound=models.Model)

# What the drivers don't take as Python has it.
_PREPARED = (models.DateField, models.DateTimeField, models.JSONField, WordsField)


def bare(table: type[M], **columns: Any) -> M:
    """A row to insert or to compare, all columns given but the number: a model's own constructor takes most of the
    time of a load. Its `save` doesn't work."""
    row = table.__new__(table)
    row.__dict__ = columns
    return row


def insert(rows: Iterable[models.Model]) -> None:
    """Insert rows of any tables, table by table; numbers are the database's to give.

    Nothing is derived, no signal is sent, and the rows don't learn their numbers.
    """
    by_table: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        by_table[type(row)].append(row)
    for alike in by_table.values():
        insert_alike(alike)


def insert_alike(rows: Sequence[models.Model]) -> None:
    """Insert rows of one table."""
    if not rows:
        return
    if isinstance(rows[0], Gated) and not gate_is_open():
        raise WriteOutsideDeed("Curated tables are written by a deed of events.curation; no deed is under way.")
    text, fields = _statement(type(rows[0]))
    # Past the descriptors of columns that are references.
    values = map(itemgetter(*(field.attname for field in fields)), map(vars, rows))
    with connection.cursor() as cursor:
        cursor.executemany(text, _prepared(fields, values))


@cache
def _statement(table: type[models.Model]) -> tuple[str, list[Any]]:
    meta = table._meta
    fields = [field for field in meta.concrete_fields if not isinstance(field, models.AutoField | models.BigAutoField)]
    names = ", ".join(quoted(str(field.column)) for field in fields)
    return f"INSERT INTO {quoted(meta.db_table)} ({names}) VALUES ({placeholders(fields)})", fields


def _prepared(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """The values as the database takes them."""
    special = {number: _preparing(field) for number, field in enumerate(fields) if isinstance(field, _PREPARED)}
    if not special:
        return list(rows)
    columns = list(zip(*rows, strict=True))
    for number, prepare in special.items():
        columns[number] = tuple(map(prepare, columns[number]))
    return list(zip(*columns, strict=True))


def _preparing(field: Any) -> Callable[[Any], Any]:
    """What a value becomes. Instants repeat, those of one deed are one; so do lists of what a quotation supports."""

    # Not the proxy, which looks for the connection each time.
    database = connections[connection.alias]

    def prepare(value: Any) -> Any:
        return field.get_db_prep_save(value, database)

    if isinstance(field, WordsField):
        return prepare
    if not isinstance(field, models.JSONField):
        return cache(prepare)
    known: dict[str, Any] = {}

    def prepare_once(value: Any) -> Any:
        told = repr(value)
        if told not in known:
            known[told] = prepare(value)
        return known[told]

    return prepare_once
