"""Conditions on events, as values that give SQL on the event index `e`: the same text on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from django.db import connection

from events.models import index
from events.models.index import FIRST_DAY, SPAN_UNDATED, day_number
from events.models.ledger import Entry
from events.models.sql import Sql, database_instant, placeholders
from events.models.tokens import GAP, HEAD, Phrase


class Condition(Protocol):
    """What a question demands of an event."""

    def sql(self, e: str = "e") -> Sql:
        """A boolean expression over the row `e` of the event index, or of links, and its parameters."""
        ...


@dataclass(frozen=True)
class Lead:
    """Rows to go through to find events: those of a table whose column has one of these values.

    The table is the event index or one of links, with an index on the column and then on the order of time.
    """

    table: str
    column: str
    values: tuple[Any, ...]
    facet: str = ""
    """Under which name its values are tallied."""
    also: Sql = ("TRUE", [])
    repeats: bool = False
    """Whether one event may have several of these rows."""


def holds(table: str, e: str, condition: str = "TRUE") -> str:
    """Whether an event has such a row `x`. With an offset, so that a planner asks it row by row, as it stands."""
    return f"EXISTS (SELECT 1 FROM {table} x WHERE x.seq = {e}.seq AND {condition} LIMIT 1 OFFSET 0)"


@dataclass(frozen=True)
class Column:
    """A column of the event has one of these values."""

    name: str
    values: tuple[str, ...]

    def sql(self, e: str = "e") -> Sql:
        return f"{e}.{self.name} IN ({placeholders(self.values)})", list(self.values)

    def lead(self) -> Lead | None:
        if self.name == "type":
            return Lead(index.EventIndex._meta.db_table, "type", self.values, "type")
        if self.name == "location_country":
            # The country of the place is always among those involved.
            place: Sql = ("e.relation = 'location'", [])
            return Lead(index.CountryIndex._meta.db_table, "country", self.values, "country", place)
        return None


@dataclass(frozen=True)
class Link:
    """The event has a link of a table (an actor's part, a country, a source) with one of these values.

    Each row about an event has its links as one text; only where that would be too long the links themselves are read.
    """

    table: type[index.Derived]
    column: str
    values: tuple[str, ...]
    role: str = ""

    def sql(self, e: str = "e") -> Sql:
        packed = index.PACKED_IN[self.table, self.column]
        find = "strpos" if connection.vendor == "postgresql" else "instr"
        in_text = " OR ".join([f"{find}({e}.{packed}, %s) > 0"] * len(self.values))
        linked, parameters = f"x.{self.column} IN ({placeholders(self.values)})", list(self.values)
        if self.role:
            linked, parameters = f"{linked} AND x.role = %s", [*parameters, self.role]
        text = f"COALESCE({in_text}, {holds(self.table._meta.db_table, e, linked)})"
        return text, [*map(self._found_by, self.values), *parameters]

    def _found_by(self, value: str) -> str:
        if self.table is not index.ParticipationIndex:
            return f" {value} "
        return f" {index.part(self.role, value)} " if self.role else f"{index.part('', value)} "

    def lead(self) -> Lead:
        also: Sql = ("e.role = %s", [self.role]) if self.role else ("TRUE", [])
        # Of one country several actors may take part.
        repeats = len(self.values) > 1 or (self.table is index.ParticipationIndex and self.column == "country")
        facets = (facet for facet, source in index.TALLIED.items() if source == (self.table, self.column))
        return Lead(self.table._meta.db_table, self.column, self.values, next(facets, ""), also, repeats)


@dataclass(frozen=True)
class Claimed:
    """Somebody claims the event; else the sources state it as a fact."""

    def sql(self, e: str = "e") -> Sql:
        return f"COALESCE({e}.claimants <> '', TRUE)", []


@dataclass(frozen=True)
class AnyOf:
    """At least one of several conditions holds."""

    conditions: tuple[Condition, ...]

    def sql(self, e: str = "e") -> Sql:
        parts = [condition.sql(e) for condition in self.conditions]
        return f"({' OR '.join(text for text, _ in parts)})", [value for _, values in parts for value in values]


@dataclass(frozen=True)
class Not:
    condition: Condition

    def sql(self, e: str = "e") -> Sql:
        text, parameters = self.condition.sql(e)
        return f"NOT ({text})", parameters


@dataclass(frozen=True)
class Matching:
    """The event's text has all of `wanted`, and of each group of `unwanted` not all.

    As a condition among others it is a set of keys. To lead, range over the text index by its row number, which is
    `index.place(span, start_earliest, key)`: both databases give what `match()` matches between two places in their
    order, and stop where a page is full.
    """

    wanted: tuple[Phrase, ...]
    unwanted: tuple[tuple[Phrase, ...], ...] = ()

    def sql(self, e: str = "e") -> Sql:
        table, no = index.TextIndex._meta.db_table, "" if self.wanted else "NOT "
        match, parameters = self.match() if self.wanted else _matches(_any(self.unwanted))
        found = f"SELECT rowid %% {index.KEYS} FROM {table} WHERE {match}"
        # The plus keeps a planner from looking for each key in an index that doesn't begin with it.
        return f"+{e}.key {no}IN ({found})", parameters

    def each(self) -> Sql:
        """The same, asked of each row `e` by itself: for a few rows that is less than to find the set."""
        match, parameters = self.match()
        table = index.TextIndex._meta.db_table
        return f"EXISTS (SELECT 1 FROM {table} WHERE {match} AND {table}.rowid = {index.PLACE})", parameters

    def match(self) -> Sql:
        """A boolean expression over the text index: the rows that match."""
        if connection.vendor == "postgresql":
            return _matches(" & ".join([*map(_tsquery, self.wanted), *(f"!{_all(group)}" for group in self.unwanted)]))
        # FTS5 leaves out only from what it finds: every text has the gap.
        wanted = self.wanted or (Phrase((GAP,)),)
        return _matches(" NOT ".join([_all(wanted), *map(_all, self.unwanted)]))

    def opposite(self) -> Matching | None:
        """The events that this leaves out; None where no search finds just these."""
        match self.wanted, self.unwanted:
            case (), (group,):
                return Matching(group)
            case wanted, () if wanted:
                return Matching((), (wanted,))
        return None

    def in_head(self) -> Matching:
        """Those whose title and names of actors alone have all that is wanted."""
        return replace(self, wanted=_marked(self.wanted))

    def beyond_head(self) -> Matching:
        """The others."""
        return replace(self, unwanted=(*self.unwanted, _marked(self.wanted)))


def _matches(text: str) -> Sql:
    table = index.TextIndex._meta.db_table
    return f"{table}.words @@ %s::tsquery" if connection.vendor == "postgresql" else f"{table} MATCH %s", [text]


def _all(phrases: tuple[Phrase, ...]) -> str:
    written, conjunction = (_tsquery, " & ") if connection.vendor == "postgresql" else (_fts5, " AND ")
    return f"({conjunction.join(map(written, phrases))})"


def _any(groups: tuple[tuple[Phrase, ...], ...]) -> str:
    return (" | " if connection.vendor == "postgresql" else " OR ").join(map(_all, groups))


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

    def sql(self, e: str = "e") -> Sql:
        return f"{e}.span {'<>' if self.yes else '='} {SPAN_UNDATED}", []


@dataclass(frozen=True)
class HasFirstDay:
    """The event has a date, and something limits its start."""

    def sql(self, e: str = "e") -> Sql:
        # Only what may begin on the first day of all may begin at any time before.
        open_start = f"(SELECT o.open_start FROM {index.EventIndex._meta.db_table} o WHERE o.seq = {e}.seq)"
        return f"{e}.span <> {SPAN_UNDATED} AND ({e}.start_earliest > {FIRST_DAY} OR NOT {open_start})", []


@dataclass(frozen=True)
class UpdatedSince:
    """Revised at an instant or after it."""

    instant: datetime

    def sql(self, e: str = "e") -> Sql:
        # The plus keeps a planner on the index that has all that is asked: where few are meant, they are named.
        first, parameters = self.first()
        return f"+{e}.seq >= {first}", parameters

    def first(self) -> Sql:
        """The seq of the first change since then: instants are in the order of changes, and every row has its seq."""
        first = f"SELECT x.seq FROM {Entry._meta.db_table} x WHERE x.at >= %s ORDER BY x.at, x.seq LIMIT 1"
        return f"COALESCE(({first}), {index.KEYS})", [database_instant(self.instant)]


@dataclass(frozen=True)
class InWindow:
    """Possible or certain in a window; an open side is None. Undated events never match."""

    first: date | None
    last: date | None
    certain: bool = False

    def sql(self, e: str = "e") -> Sql:
        parts, parameters = [f"{e}.span <> {SPAN_UNDATED}"], []
        if self.last and not self.certain:
            parts.append(f"{e}.start_earliest <= %s")
            parameters.append(day_number(self.last))
        text, values = self.reached(e)
        return " AND ".join([*parts, text]), [*parameters, *values]

    def reached(self, e: str) -> Sql:
        """The same of an event that has a date, and whose first possible day isn't after the window."""
        parts, parameters = ["TRUE"], []
        if self.last and self.certain:
            parts.append(f"{e}.start_latest <= %s")
            parameters.append(day_number(self.last))
        if self.first:
            parts.append(f"{e}.{'end_earliest' if self.certain else 'end_latest'} >= %s")
            parameters.append(day_number(self.first))
        if self.certain:
            parts.append(f"NOT {e}.uncertain")
        return " AND ".join(parts), parameters
