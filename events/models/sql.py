"""SQL as a value, and the short way to its rows: an answer is made of many, and needs no objects for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

Sql = tuple[str, list[Any]]


def placeholders(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def fetch(text: str, parameters: Sequence[Any] = ()) -> list[Any]:
    with connection.cursor() as db:
        db.execute(text, parameters)
        rows: list[Any] = db.fetchall()
    return rows


def database_instant(value: datetime | None) -> Any:
    """An instant as the database has it."""
    return connection.ops.adapt_datetimefield_value(value)


def stored_instant(value: str | datetime) -> datetime:
    """An instant as the database gives it: SQLite's are UTC, and don't say so."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def one_of(column: str, values: Sequence[int]) -> Sql:
    """Whether a column has one of many numbers: PostgreSQL's driver takes long to find a place for each in a text."""
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", [list(values)]
    return f"{column} IN ({placeholders(values)})", list(values)


def unparsed(column: str) -> str:
    """A column of instants as SQL for the text that SQLite has, of which neither driver makes an object."""
    if connection.vendor == "postgresql":
        return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    # Of an expression the driver knows no type.
    return f"COALESCE({column}, {column})"


def written_instant(value: str | datetime) -> str:
    """The same as it stands in answers."""
    if isinstance(value, str):
        # As SQLite has it, "2019-11-04 10:00:00.000001", in UTC and without a fraction that is nought.
        return f"{value[:10]}T{value[11:19]}{value[19:] or '.000000'}Z"
    found = value if value.tzinfo in (None, UTC) else stored_instant(value)
    return f"{found.isoformat(timespec='microseconds')[:26]}Z"
