"""Conditions on events, as values that give SQL on the event index `e`: the same text on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from django.db import connection

from events.models import index
from events.models.index import SPAN_UNDATED, day_number
from events.models.tokens import HEAD, Phrase

Sql = tuple[str, list[Any]]


class Condition(Protocol):
    def sql(self) -> Sql:
        """A boolean expression over `e`, and its parameters."""
        ...


def placeholders(values: tuple[Any, ...]) -> str:
    return ", ".join(["%s"] * len(values))


@dataclass(frozen=True)
class Column:
    """A column of the event has one of these values."""

    name: str
    values: tuple[str, ...]

    def sql(self) -> Sql:
        return f"e.{self.name} IN ({placeholders(self.values)})", list(self.values)


@dataclass(frozen=True)
class Link:
    """The event has a link of a table (an actor's part, a country, a source) with one of these values.

    Links carry the seq of their revision, so the state asked for (now, or as of a seq) is that of `e`.
    """

    table: type[index.Derived]
    column: str
    values: tuple[str, ...]
    role: str = ""

    def sql(self) -> Sql:
        where = f"{self.column} IN ({placeholders(self.values)})"
        parameters: list[Any] = list(self.values)
        if self.role:
            where += " AND role = %s"
            parameters.append(self.role)
        return f"e.seq IN (SELECT seq FROM {self.table._meta.db_table} WHERE {where})", parameters


@dataclass(frozen=True)
class Claimed:
    """Somebody claims the event; else the sources state it as a fact."""

    def sql(self) -> Sql:
        return f"EXISTS (SELECT 1 FROM {index.ClaimIndex._meta.db_table} c WHERE c.seq = e.seq)", []


@dataclass(frozen=True)
class AnyOf:
    """At least one of several conditions holds."""

    conditions: tuple[Condition, ...]

    def sql(self) -> Sql:
        parts = [condition.sql() for condition in self.conditions]
        return f"({' OR '.join(text for text, _ in parts)})", [value for _, values in parts for value in values]


@dataclass(frozen=True)
class Not:
    condition: Condition

    def sql(self) -> Sql:
        text, parameters = self.condition.sql()
        return f"NOT ({text})", parameters


@dataclass(frozen=True)
class Matching:
    """The event's text has all of `wanted`, and of each group of `unwanted` not all.

    As a condition among others it is a set of keys. To lead, range over the text index by its row number, which is
    `index.place(span, start_earliest, key)`: both databases give what `search()` matches between two places in their
    order, and stop where a page is full.
    """

    wanted: tuple[Phrase, ...]
    unwanted: tuple[tuple[Phrase, ...], ...] = ()

    def sql(self) -> Sql:
        found, parameters = self.search()
        return f"e.key {'IN' if self.wanted else 'NOT IN'} (SELECT rowid %% {index.KEYS} FROM {found})", parameters

    def search(self) -> Sql:
        """What comes after FROM to have the rows that match; where nothing is wanted, those that don't."""
        table = index.TextIndex._meta.db_table
        postgresql = connection.vendor == "postgresql"
        conjunction, negation = (" & ", " & !") if postgresql else (" AND ", " NOT ")
        written = _tsquery if postgresql else _fts5
        groups = [f"({conjunction.join(map(written, group))})" for group in self.unwanted]
        if self.wanted:
            text = negation.join([conjunction.join(map(written, self.wanted)), *groups])
        else:
            text = (" | " if postgresql else " OR ").join(groups)
        return f"{table} WHERE {'words @@ %s::tsquery' if postgresql else f'{table} MATCH %s'}", [text]

    def in_head(self) -> Matching:
        """Those whose title and names of actors alone have all that is wanted."""
        return replace(self, wanted=_marked(self.wanted))

    def beyond_head(self) -> Matching:
        """The others."""
        return replace(self, unwanted=(*self.unwanted, _marked(self.wanted)))


def _marked(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    return tuple(replace(phrase, tokens=tuple(HEAD + token for token in phrase.tokens)) for phrase in phrases)


def _fts5(phrase: Phrase) -> str:
    """Tokens are letters and digits, so that no sign of the language can be among them."""
    return f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.begins else "")


def _tsquery(phrase: Phrase) -> str:
    return "(" + " <-> ".join(f"'{token}'" for token in phrase.tokens) + (":*)" if phrase.begins else ")")


@dataclass(frozen=True)
class Dated:
    """The event has a date, or has none."""

    yes: bool

    def sql(self) -> Sql:
        return f"e.span {'<>' if self.yes else '='} {SPAN_UNDATED}", []


@dataclass(frozen=True)
class HasFirstDay:
    """The event has a date, and something limits its start."""

    def sql(self) -> Sql:
        return f"e.span <> {SPAN_UNDATED} AND NOT e.open_start", []


@dataclass(frozen=True)
class UpdatedSince:
    """Revised at an instant or after it."""

    instant: datetime

    def sql(self) -> Sql:
        return "e.at >= %s", [connection.ops.adapt_datetimefield_value(self.instant)]


@dataclass(frozen=True)
class InWindow:
    """Possible or certain in a window; an open side is None. Undated events never match."""

    first: date | None
    last: date | None
    certain: bool = False

    def sql(self) -> Sql:
        start, end = ("start_latest", "end_earliest") if self.certain else ("start_earliest", "end_latest")
        parts, parameters = [f"e.span <> {SPAN_UNDATED}"], []
        if self.last:
            parts.append(f"e.{start} <= %s")
            parameters.append(day_number(self.last))
        if self.first:
            parts.append(f"e.{end} >= %s")
            parameters.append(day_number(self.first))
        if self.certain:
            parts.append("NOT e.uncertain")
        return " AND ".join(parts), list(parameters)
