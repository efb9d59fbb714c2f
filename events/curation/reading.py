"""Rows by what they have in one column, many at a time: one plain statement, without the ORM's work to make it.

Of a deed that publishes one event that work was most; what is asked is always the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any, TypeVar

from django.db import connection, models

from events.curation.chunks import chunks
from events.models.sql import fetch, placeholders

M = TypeVar("M", bound=models.Model)

Convert = Callable[[Any], Any]


def values(
    table: type[models.Model], names: Sequence[str], column: str, wanted: Iterable[Any], where: str = "TRUE"
) -> Iterator[tuple[Any, ...]]:
    """Columns of the rows that have one of the wanted values in another, as Python has them, and meet a condition in
    SQL."""
    listed, converting = ", ".join(map(quoted, names)), _converting(table, tuple(names))
    for some in chunks(wanted):
        one_of = f"{quoted(column)} IN ({placeholders(some)})"
        found = fetch(f"SELECT {listed} FROM {table._meta.db_table} WHERE {one_of} AND {where}", some)
        if not converting:
            yield from found
            continue
        for row in found:
            converted = list(row)
            for number, convert in converting:
                converted[number] = convert(converted[number])
            yield tuple(converted)


def rows(table: type[M], column: str, wanted: Iterable[Any], lock: str = "") -> list[M]:
    """The rows themselves, in the order of their primary keys; `lock` is what locks them, in SQL."""
    names = _columns(table)
    read = values(table, names, column, wanted, f"TRUE {lock}")
    found = [table.from_db(connection.alias, names, row) for row in read]
    key = table._meta.pk.attname
    return sorted(found, key=lambda row: vars(row)[key])


def quoted(name: str) -> str:
    return f'"{name}"'


@cache
def _columns(table: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in table._meta.concrete_fields)


@cache
def _converting(table: type[models.Model], names: tuple[str, ...]) -> list[tuple[int, Convert]]:
    """What the ORM would do to the columns of which the database has other values than Python."""
    fields = {field.attname: field for field in table._meta.concrete_fields}
    return [(number, converter) for number, name in enumerate(names) for converter in _converters(fields[name])]


def _converters(field: Any) -> Iterator[Convert]:
    expression = field.get_col(field.model._meta.db_table)
    for convert in (*connection.ops.get_db_converters(expression), *field.get_db_converters(connection)):
        yield partial(_converted, convert, expression)


def _converted(convert: Callable[..., Any], expression: Any, value: Any) -> Any:
    return convert(value, expression, connection)
