"""What takes part in the events of a question: actors, countries, types, documents, each with how many events."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from events.models import index
from events.models.ledger import Entry
from events.models.reference import Country, EventType
from events.models.sql import Sql, fetch
from events.querying import cursor, numbers
from events.querying.conditions import Matching
from events.querying.events import CHUNK, COLUMNS, Revision, revision
from events.querying.filters import DEFAULT_LIMIT
from events.querying.nouns import ID, unknown
from events.querying.question import Question
from events.querying.scan import Scan
from events.querying.state import State, Where

# So many rows of a scan are counted at a time: memory stays flat at any size.
SCANNED = 10_000
# The links of all events are read in the time in which the texts of one event of so many are taken to pieces.
MANY = 3


@dataclass(frozen=True)
class Source:
    """Where a facet's things are counted and named, as SQL: a thing `t` with (id, name), linked to events by `l`."""

    facet: str
    """Under which name the links are tallied."""
    links: str
    link: str
    things: str
    thing_id: str
    thing_name: str
    historic: bool = True
    """Whether the things have states; reference data has none."""

    @property
    def packed(self) -> str:
        """The column of an event's rows that names its things."""
        # A type stands in a column of its own.
        return index.PACKED_IN.get(index.TALLIED[self.facet], self.facet)


def _noun(facet: str, links: type[index.Derived], link: str, things: type[index.Derived], name: str) -> Source:
    return Source(facet, links._meta.db_table, link, things._meta.db_table, "noun_id", name)


def _reference_data(facet: str, links: type[index.Derived], things: type[Country] | type[EventType]) -> Source:
    return Source(facet, links._meta.db_table, facet, things._meta.db_table, "code", "name", historic=False)


SOURCES: Mapping[str, Source] = {
    "actor": _noun("actor", index.ParticipationIndex, "actor_id", index.ActorIndex, "name"),
    "document": _noun("document", index.SourceIndex, "document_id", index.DocumentIndex, "title"),
    "country": _reference_data("country", index.CountryIndex, Country),
    "type": _reference_data("type", index.EventIndex, EventType),
}


@dataclass(frozen=True)
class Thing:
    """One thing of a facet: a revision of a noun, or the columns of reference data; and how many events it has."""

    kind: str
    id: str
    events: int
    revision: Revision | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class FacetPage:
    rows: list[Thing]
    next: str | None
    total: int | None = None


# Column and direction of each sort key; the last tells equal ones apart.
ORDERS = {
    "-events": (("c.n", True), ("t.{name}", False), ("t.{id}", False)),
    "events": (("c.n", False), ("t.{name}", False), ("t.{id}", False)),
    "name": (("t.{name}", False), ("t.{id}", False)),
    "-name": (("t.{name}", True), ("t.{id}", True)),
}


def page(question: Question, facet: str) -> FacetPage:
    """One page of things that have at least one matching event, each with how many."""
    limit = question.shape("limit", DEFAULT_LIMIT)
    source = SOURCES[facet]
    counted = _counted(question, source)
    total = _total(*_body(question, source, counted)) if question.shape("count") else None
    sql, parameters = _listing(question, source, counted, limit + 1)
    rows = fetch(sql, parameters)
    following = cursor.encode(question, list(rows[limit - 1][2:])) if len(rows) > limit else None
    return FacetPage(_things(facet, [(row[0], row[1]) for row in rows[:limit]], question.state), following, total)


def everything(question: Question, facet: str) -> Iterator[Thing]:
    """All things of a question, or as many as its limit says, a chunk at a time.

    Raises InvalidQuestion for a bad cursor, now and not when the first thing is read.
    """
    source = SOURCES[facet]
    listing = _listing(question, source, _counted(question, source), question.shape("limit"))
    return _chunks(*listing, facet, question.state)


def _chunks(sql: str, parameters: list[Any], facet: str, state: State) -> Iterator[Thing]:
    # On PostgreSQL the plain cursor would fetch all rows at once.
    with connection.chunked_cursor() as db:
        db.execute(sql, parameters)
        while rows := db.fetchmany(CHUNK):
            yield from _things(facet, [(row[0], row[1]) for row in rows], state)


def _listing(question: Question, source: Source, counted: Sql, limit: int | None) -> Sql:
    """The ids of things with their numbers of events and their sort keys, from the cursor on."""
    keys = [
        (column.format(id=source.thing_id, name=source.thing_name), descending)
        for column, descending in ORDERS[question.shape("ordering", "-events")]
    ]
    body, parameters = _body(question, source, counted)
    after = cursor.decode(question)
    if after is not None:
        text, values = _beyond(keys, after)
        body, parameters = f"{body} AND {text}", [*parameters, *values]
    columns = ", ".join(column for column, _descending in keys)
    order = ", ".join(f"{column} {'DESC' if descending else 'ASC'}" for column, descending in keys)
    sql = f"SELECT t.{source.thing_id}, c.n, {columns} {body} ORDER BY {order}"
    return (sql, parameters) if limit is None else (f"{sql} LIMIT %s", [*parameters, limit])


def events_of(facet: str, thing_id: str, state: State) -> int:
    """How many events a thing has in a state."""
    source = SOURCES[facet]
    if state.current:
        found = index.Tally.objects.filter(facet=source.facet, value=thing_id).values_list("number", flat=True)
        return found.first() or 0
    text, parameters = state.scan("1", source.links, (f"e.{source.link} = %s", [thing_id]))
    ((number,),) = fetch(f"SELECT COUNT(*) FROM ({text}) l", parameters)
    return int(number)


def _body(question: Question, source: Source, counted: Sql) -> Sql:
    text, parameters = counted
    of_things = [*([question.state.sql("t")] if source.historic else []), *question.actor_conditions]
    where = " AND ".join(["TRUE", *(condition for condition, _values in of_things)])
    extra = [value for _condition, values in of_things for value in values]
    joined = f"FROM ({text}) c JOIN {source.things} t ON t.{source.thing_id} = c.id WHERE {where}"
    return joined, [*parameters, *extra]


def _counted(question: Question, source: Source) -> Sql:
    """How many events of the question each thing has, as a query for (id, n)."""
    scan = Scan(question.where, question.window)
    if scan.of_everything and question.state.current:
        return _tallied(source)
    left_out = None if scan.window else numbers.left_out(scan.where)
    if left_out:
        found = Counter(dict(fetch(*_tallied(source))))
        found.subtract(_read(Scan(left_out), source))
        found = +found
    else:
        found = _read(scan, source)
    counts = json.dumps(found)
    if connection.vendor == "postgresql":
        return "SELECT key AS id, value::bigint AS n FROM json_each_text(%s::json)", [counts]
    return "SELECT key AS id, value AS n FROM json_each(%s)", [counts]


def _tallied(source: Source) -> Sql:
    """The same of all current events."""
    table = index.Tally._meta.db_table
    return f"SELECT value AS id, number AS n FROM {table} WHERE facet = %s AND number > 0", [source.facet]


def _read(scan: Scan, source: Source) -> Counter[str]:
    """The same, by a scan of events, or of all links where many events would be read."""
    conditions, current = scan.where.conditions, scan.where.state.current
    # A row of links is asked for words in more time than it is read in.
    wordless = not any(isinstance(condition, Matching) for condition in conditions)
    if current and wordless and numbers.reads_many(scan, MANY):
        return _linked(scan.where.plus(scan.window), source)
    return _scanned(scan, source)


def _linked(where: Where, source: Source) -> Counter[str]:
    """Counted in the order of an index that begins with the things: a row of links too tells all that is asked."""
    text, parameters = where.state.scan(f"e.{source.link} AS thing", source.links, where.asked())
    return Counter(dict(fetch(f"SELECT l.thing, COUNT(*) FROM ({text}) l GROUP BY 1", parameters)))


def _scanned(scan: Scan, source: Source) -> Counter[str]:
    """The same, counted in the texts of what each event is linked to: no row leads to another table."""
    text, parameters = scan.rows(f"e.seq, e.{source.packed} AS packed")
    counts, too_long = (_split if source.historic else _grouped)(text, parameters)
    found: Counter[str] = Counter()
    for item, number in counts.items():
        # Without the role of an actor.
        found[item.rpartition(":")[2]] += number
    if too_long:
        # The planner of SQLite keeps this order.
        linked = f"({text}) m CROSS JOIN {source.links} l WHERE m.packed IS NULL AND l.seq = m.seq"
        found.update(dict(fetch(f"SELECT l.{source.link}, COUNT(*) FROM {linked} GROUP BY 1", parameters)))
    return found


def _split(text: str, parameters: list[Any]) -> tuple[Counter[str], bool]:
    """How often each item stands in the texts, and whether some text is missing."""
    counts: Counter[str] = Counter()
    too_long = False
    with connection.chunked_cursor() as db:
        db.execute(f"SELECT m.packed FROM ({text}) m", parameters)
        while rows := db.fetchmany(SCANNED):
            counts.update(" ".join([row[0] or "" for row in rows]).split())
            too_long = too_long or (None,) in rows
    return counts, too_long


def _grouped(text: str, parameters: list[Any]) -> tuple[Counter[str], bool]:
    """The same where many events have the same text: each is split once."""
    counts: Counter[str] = Counter()
    too_long = False
    with connection.chunked_cursor() as db:
        db.execute(f"SELECT m.packed, COUNT(*) FROM ({text}) m GROUP BY m.packed", parameters)
        while rows := db.fetchmany(SCANNED):
            for packed, number in rows:
                too_long = too_long or packed is None
                for item in (packed or "").split():
                    counts[item] += number
    return counts, too_long


def _total(body: str, parameters: list[Any]) -> int:
    ((number,),) = fetch(f"SELECT COUNT(*) {body}", parameters)
    return int(number)


def _beyond(keys: list[tuple[str, bool]], after: list[Any]) -> Sql:
    """Rows after a position in an order of mixed directions: equal so far and then beyond."""
    parts, parameters = [], []
    for number, (column, descending) in enumerate(keys):
        sign = "<" if descending else ">"
        terms = [*(f"{name} = %s" for name, _descending in keys[:number]), f"{column} {sign} %s"]
        parts.append(f"({' AND '.join(terms)})")
        parameters += [*after[:number], after[number]]
    return f"({' OR '.join(parts)})", parameters


def _things(facet: str, rows: list[tuple[str, int]], state: State) -> list[Thing]:
    ids = [thing_id for thing_id, _events in rows]
    if facet in ("country", "type"):
        columns = _reference(facet, ids)
        return [Thing(facet, thing_id, events, columns=columns[thing_id]) for thing_id, events in rows]
    found = state.select(COLUMNS, Entry, "noun_id", ids, f"t.kind = '{facet}'")
    revisions = {row[1]: revision(row) for row in found}
    return [Thing(facet, thing_id, events, revision=revisions[thing_id]) for thing_id, events in rows]


def known(facet: str, code: str, state: State) -> Thing:
    """A country or a type of event by its code, with how many events it has. Raises Unknown."""
    columns = _reference(facet, [code] if ID.fullmatch(code) else [])
    if not columns:
        raise unknown(facet, code, state)
    return Thing(facet, code, events_of(facet, code, state), columns=columns[code])


def _reference(facet: str, codes: list[str]) -> dict[str, dict[str, str | None]]:
    """The columns of countries or types, by code."""
    if facet == "country":
        rows = Country.objects.filter(code__in=codes).values_list("code", "alpha3", "name")
        return {code: {"alpha3": alpha3 or None, "name": name} for code, alpha3, name in rows}
    types = EventType.objects.filter(code__in=codes).values_list("code", "name", "definition")
    return {code: {"name": name, "definition": definition} for code, name, definition in types}
