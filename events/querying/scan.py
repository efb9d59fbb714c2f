"""How the events of a question are found: a range of an index for each span class, led by the rarest filter.

A window bounds on both sides what has to be read: what is at most 31 days long and reaches into it began at most 31
days before it, and so for each span class. A filter on an actor, a country, a source, a type or words leads where
there is one: only its rows are read, in the order of time, and the other conditions are asked of each. Of several
filters that one leads that has the fewest rows by the tallies; so a rare filter beside a common one costs what the
rare one costs. No planner is left a choice that its statistics could get wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db import connection

from events.models.index import (
    FIRST_DAY,
    KEYS,
    LAST_DAY,
    SPAN_DAYS,
    SPAN_LONG,
    SPAN_UNDATED,
    EventIndex,
    Tally,
    TextIndex,
    day_number,
    place,
)
from events.models.sql import Sql, database_instant, fetch, placeholders
from events.querying.conditions import Column, Condition, Dated, InWindow, Lead, Link, Matching, UpdatedSince
from events.querying.state import Where

EVENTS = EventIndex._meta.db_table
TEXTS = TextIndex._meta.db_table
SPANS = (*range(len(SPAN_DAYS)), SPAN_LONG)
EVERYTHING = Lead(EVENTS, "", ())

# Beside words, a filter leads that one event of so many meets at most. Each of its rows is then looked up in the text
# by itself, which takes some thirty times as long as to look up the event of a text.
RARE = 300
# So many events revised since an instant are named one by one.
FEW = 1_000
# Fewer events than these are all read to have them in the order of revisions; more are met in it soon enough.
SORTED = 5_000
# So many values are read each in the order of time and merged; of more all rows are read and sorted.
MERGED = 6


# Of a lead with several rows for some events, more than one of so many parts of all events is too much to follow.
REPEATED = 8


TALLIES = Tally._meta.db_table
# How many events there are now: each has one type.
ALL_EVENTS = f"SELECT SUM(number) FROM {TALLIES} WHERE facet = 'type'"


@dataclass(frozen=True)
class Order:
    """An order, and after which sort keys to go on: in that of time (start_earliest, key), of what is undated (key)."""

    descending: bool
    after: Sequence[Any] | None
    limit: int

    @property
    def direction(self) -> str:
        return "DESC" if self.descending else "ASC"


@dataclass(frozen=True)
class Scan:
    """The events that meet conditions, in a window or in none, dated or not."""

    where: Where
    window: InWindow | None = None

    def first(self, columns: str, order: Order, *, dated: bool) -> list[Any]:
        """The next events in the order of time: `columns` of `e`, then the sort keys."""
        keys = "e.start_earliest, e.key" if dated else "e.key"
        led = self._led(paged=True)
        branches = [
            led.branch(f"{columns}, {keys}", part, span, self.window, values, order)
            for part in self.where.state.parts("e")
            for span in (SPANS if dated else (SPAN_UNDATED,))
            for values in led.merged()
        ]
        width = columns.count(",") + 1
        return _merged(branches, range(width + 1, width + (3 if dated else 2)), order, once=led.repeats)

    def rows(self, columns: str) -> Sql:
        """A query for all of them, in no order: `columns` of `e`; each event once where `e.seq` is among those."""
        led = self._led(paged=False)
        branches = [
            led.branch(columns, part, span, self.window, led.values, None)
            for part in self.where.state.parts("e")
            for span in self._spans(led.lead)
        ]
        return " UNION ALL ".join(text for text, _values in branches), [v for _text, values in branches for v in values]

    def _spans(self, lead: Lead | Matching) -> Iterable[int | None]:
        """The span classes to be read one by one, or all in one."""
        if self.window:
            return SPANS
        if Dated(False) in self.where.conditions:
            return (SPAN_UNDATED,)
        # An event is found from its place in the text index by its span class.
        return (*SPANS, SPAN_UNDATED) if isinstance(lead, Matching) else (None,)

    def by_revision(self, columns: str, after: Sequence[Any] | None, descending: bool, limit: int) -> list[Any]:
        """The next events in the order of their last revision: `columns` of `e`, then the sort keys."""
        state, order = self.where.state, Order(descending, after, limit)
        if not self.of_everything and self._has_few():
            found, parameters = self.rows("e.seq")
            parts = [(f"e.seq IN (SELECT m.seq FROM ({found}) m)", parameters)]
        else:
            asked, values = self.where.plus(self.window).asked()
            parts = [(f"{part} AND {asked}", [*parameters, *values]) for part, parameters in state.parts("e")]
        also: list[Sql] = []
        if not state.current:
            # No revision of an earlier state is younger: what came later isn't read.
            also.append((" AND e.at <= %s", [database_instant(state.at)]))
        if after is not None:
            also.append((f" AND (e.at, e.key) {'<' if descending else '>'} (%s, %s)", list(after)))
        beyond, limits = "".join(text for text, _values in also), [value for _text, values in also for value in values]
        branches = [
            (
                f"SELECT {columns}, e.at, e.key FROM {EVENTS} e WHERE {text}{beyond}"
                f" ORDER BY e.at {order.direction}, e.key {order.direction} LIMIT %s",
                [*parameters, *limits, limit],
            )
            for text, parameters in parts
        ]
        width = columns.count(",") + 1
        return _merged(branches, range(width + 1, width + 3), order)

    @property
    def of_everything(self) -> bool:
        """Whether it is all events of a state."""
        return not (self.window or self.where.conditions)

    def _led(self, *, paged: bool) -> _Led:
        led_by = self._led_by(paged)
        others = tuple(condition for condition in self.where.conditions if condition is not led_by)
        lead = led_by if isinstance(led_by, Matching) else EVERYTHING
        return _Led(self._leads.get(led_by, lead) if led_by else lead, others)

    def _led_by(self, paged: bool) -> Condition | None:
        """The rarest filter; words, unless another is rare. Beside others, words to be left out lead only to a page."""
        searches = (c for c in self.where.conditions if isinstance(c, Matching))
        search = next((c for c in searches if c.wanted or paged or not self._leads), None)
        rarest = next(iter(self._leads), None)
        if rarest and (search or len(self._leads) > 1):
            rarest = min(self.sizes, key=lambda condition: self.sizes[condition])
        if search and (rarest is None or RARE * self.sizes[rarest] > self.all_events):
            return search
        return None if rarest and not paged and self._repeats_much(rarest) else rarest

    def _repeats_much(self, condition: Condition) -> bool:
        """Whether to tell its events apart, of which some have several rows, takes longer than to ask all events."""
        return self._leads[condition].repeats and REPEATED * self.sizes[condition] > self.all_events

    @cached_property
    def _leads(self) -> dict[Condition, Lead]:
        """The conditions that can lead, words left aside."""
        found: dict[Condition, Lead] = {}
        for condition in self.where.conditions:
            if isinstance(condition, Link | Column) and (lead := condition.lead()):
                found[condition] = lead
            elif isinstance(condition, UpdatedSince) and (few := self._few(condition)) is not None:
                found[condition] = Lead(EVENTS, "seq", few)
        return found

    @cached_property
    def sizes(self) -> dict[Condition, int]:
        """How many rows each lead has in what is current; in what was, about as many."""
        return {
            condition: sum(self._tallied.get((lead.facet, value), 0 if lead.facet else 1) for value in lead.values)
            for condition, lead in self._leads.items()
        }

    @property
    def all_events(self) -> int:
        """How many events are current."""
        return int(self._tallied["", ""] or 0)

    @cached_property
    def _tallied(self) -> dict[tuple[str, str], int]:
        """How many rows a value of a facet has, for those of the leads; and under no name how many events there are."""
        wanted = {(lead.facet, value) for lead in self._leads.values() if lead.facet for value in lead.values}
        one_of = " OR ".join(["facet = %s AND value = %s"] * len(wanted)) or "FALSE"
        text = f"SELECT '', '', ({ALL_EVENTS}) UNION ALL SELECT facet, value, number FROM {TALLIES} WHERE {one_of}"
        rows = fetch(text, [item for one in wanted for item in one])
        return {(facet, value): number for facet, value, number in rows}

    def _few(self, condition: UpdatedSince) -> tuple[int, ...] | None:
        """The seqs of what was revised since, where it isn't much."""
        (current, values), (first, instant) = self.where.state.sql("e"), condition.first()
        text = f"SELECT e.seq FROM {EVENTS} e WHERE {current} AND e.seq >= {first} LIMIT %s"
        rows = fetch(text, [*values, *instant, FEW + 1])
        return tuple(seq for (seq,) in rows) if len(rows) <= FEW else None

    def _has_few(self) -> bool:
        """Whether so few events are found that all of them may be read and sorted."""
        text, parameters = self.rows("1")
        ((number,),) = fetch(f"SELECT COUNT(*) FROM (SELECT 1 FROM ({text}) b LIMIT %s) c", [*parameters, SORTED])
        return bool(number < SORTED)


@dataclass(frozen=True)
class _Led:
    """The rows `e` of a lead, and what else is asked of each."""

    lead: Lead | Matching
    others: tuple[Condition, ...]

    @property
    def values(self) -> tuple[str, ...]:
        return () if isinstance(self.lead, Matching) else self.lead.values

    @property
    def repeats(self) -> bool:
        return isinstance(self.lead, Lead) and self.lead.repeats

    def merged(self) -> list[tuple[str, ...]]:
        """The values that are read together: each alone, so that its rows come in order, or all."""
        return [(value,) for value in self.values] if 1 < len(self.values) <= MERGED else [self.values]

    def branch(
        self,
        columns: str,
        part: Sql,
        span: int | None,
        window: InWindow | None,
        values: tuple[str, ...],
        order: Order | None,
    ) -> Sql:
        """A query for the rows of a part of the state and of one span class, or of all, that have one of the values."""
        parts = [self._leading(values), part]
        if span is not None:
            parts += [(f"e.span = {span}", []), *self._range(span, window, order)]
        if window:
            # Its end is the end of the range: said twice, it misleads SQLite's planner about the index.
            parts.append(window.reached("e"))
        few = order is not None
        parts += [c.each() if few and isinstance(c, Matching) else c.sql("e") for c in self.others]
        text = " AND ".join(text for text, _values in parts)
        parameters = [value for _text, values in parts for value in values]
        distinct = "DISTINCT " if self.repeats and columns != "1" else ""
        query = f"SELECT {distinct}{columns} FROM {self._source(span, few)} WHERE {text}"
        if order is None:
            return query, parameters
        keys = ", ".join(f"{key} {order.direction}" for key in self._keys(span))
        return f"{query} ORDER BY {keys} LIMIT %s", [*parameters, order.limit]

    def _source(self, span: int | None, few: bool) -> str:
        """The rows of the lead; the event of each text is looked up in turn where few are read, in their order."""
        if isinstance(self.lead, Lead):
            return f"{self.lead.table} e"
        start = "IS NULL" if span == SPAN_UNDATED else f"= {TEXTS}.rowid / {KEYS} %% {10**8}"
        event = f"e.span = {span} AND e.superseded_by IS NULL"
        event = f"{event} AND e.start_earliest {start} AND e.key = {TEXTS}.rowid %% {KEYS}"
        if connection.vendor != "postgresql":
            return f"{TEXTS} CROSS JOIN {EVENTS} e ON {event}"
        if few:
            # With an offset, so that the planner doesn't join all events of the span class.
            return f"{TEXTS} CROSS JOIN LATERAL (SELECT * FROM {EVENTS} e WHERE {event} OFFSET 0) e"
        return f"{TEXTS} JOIN {EVENTS} e ON {event}"

    def _leading(self, values: tuple[str, ...]) -> Sql:
        if isinstance(self.lead, Matching):
            return self.lead.match()
        if not self.lead.column:
            return "TRUE", []
        if not values:
            return "FALSE", []
        one_of = "= %s" if len(values) == 1 else f"IN ({placeholders(values)})"
        also, parameters = self.lead.also
        return f"e.{self.lead.column} {one_of} AND {also}", [*values, *parameters]

    def _keys(self, span: int | None) -> tuple[str, ...]:
        if isinstance(self.lead, Matching):
            return (f"{TEXTS}.rowid",)
        return ("e.key",) if span == SPAN_UNDATED else ("e.start_earliest", "e.key")

    def _range(self, span: int, window: InWindow | None, order: Order | None) -> list[Sql]:
        """Between which days what is of a span class begins, and after which event to go on."""
        low, high = start_days(span, window)
        after = order.after if order else None
        if isinstance(self.lead, Matching):
            return [_places(span, low, high, order)]
        if span == SPAN_UNDATED:
            return [(f"e.key {'<' if order.descending else '>'} %s", [after[0]])] if order and after else []
        beyond: list[Sql] = []
        # One bound for each side of the range: of two, a planner may take the worse.
        if order and after and order.descending and after[0] <= high:
            high, beyond = None, [("(e.start_earliest, e.key) < (%s, %s)", list(after))]
        elif order and after and not order.descending and after[0] >= low:
            low, beyond = None, [("(e.start_earliest, e.key) > (%s, %s)", list(after))]
        return [
            *([("e.start_earliest >= %s", [low])] if low else []),
            *([("e.start_earliest <= %s", [high])] if high else []),
            *beyond,
        ]


def _merged(branches: Sequence[Sql], keys: Iterable[int], order: Order, *, once: bool = False) -> list[Any]:
    """The first rows of queries that are in order each, by these columns; equal rows once where there may be any."""
    # SQLite takes an order and a limit of its own in a branch only one level down.
    text = (" UNION " if once else " UNION ALL ").join(
        f"SELECT * FROM ({text}) b{number}" for number, (text, _values) in enumerate(branches)
    )
    by = ", ".join(f"{key} {order.direction}" for key in keys)
    parameters = [value for _text, values in branches for value in values]
    return fetch(f"{text} ORDER BY {by} LIMIT %s", [*parameters, order.limit])


def start_days(span: int, window: InWindow | None) -> tuple[Any, Any]:
    """The first and the last day on which an event of a span class may begin that reaches into the window."""
    low, high = FIRST_DAY, LAST_DAY
    if window and window.last:
        high = day_number(window.last)
    if window and window.first and span < SPAN_LONG:
        low = day_number(window.first - min(timedelta(days=SPAN_DAYS[span] - 1), window.first - date.min))
    return low, high


def _places(span: int, low: int, high: int, order: Order | None) -> Sql:
    """The range of the text index in which these events stand."""
    undated = span == SPAN_UNDATED
    first, last = place(span, None if undated else low, 0), place(span, None if undated else high, KEYS - 1)
    if order and order.after:
        after = place(span, None if undated else order.after[0], order.after[-1])
        first, last = (first, min(last, after - 1)) if order.descending else (max(first, after + 1), last)
    return f"{TEXTS}.rowid BETWEEN %s AND %s", [first, last]
