"""How many events of a question there are, and when: from the tallies where they know, else by a scan."""

from __future__ import annotations

from collections.abc import Sequence

from events.models.index import DAYS, TALLIED_BY_DAY, DayTally, Tally, TextIndex
from events.querying.conditions import Column, Condition, Dated, InWindow, Link, Matching, Not
from events.querying.scan import Scan
from events.querying.sql import Sql, fetch, placeholders
from events.querying.state import Where

Tallied = tuple[str, tuple[str, ...]]
ALL_EVENTS: Tallied = ("", ("",))


def days(where: Where, window: InWindow | None) -> Sql:
    """A query for `DAYS` of events, and in `number` how many have them; where no tally knows, of each by itself.

    The tallies know of what is current: all events, those with or without one country, actor or country of an actor,
    and those of some types.
    """
    about_days = [c for c in (*where.conditions, window) if isinstance(c, Dated | InWindow)]
    others = [condition for condition in where.conditions if not isinstance(condition, Dated)]
    without = [condition.condition for condition in others if isinstance(condition, Not)]
    known = _tallied(without or others) if where.state.current and len(others) < 2 else None
    if known is None:
        text, parameters = Scan(where, window).rows(f"e.seq, {_listed('e')}")
        return f"SELECT {_listed('n')}, 1 AS number FROM ({text}) n", parameters
    text, parameters = _tallies(known, about_days)
    if not without:
        return text, parameters
    every, of_every = _tallies(ALL_EVENTS, about_days)
    both = f"{every} UNION ALL SELECT {_listed('w')}, -w.number FROM ({text}) w"
    rest = f"SELECT {_listed('n')}, SUM(n.number) AS number FROM ({both}) n GROUP BY {_listed('n')}"
    return f"{rest} HAVING SUM(n.number) > 0", [*of_every, *parameters]


def _listed(row: str) -> str:
    return ", ".join(f"{row}.{name}" for name in DAYS)


def _tallied(conditions: Sequence[Condition]) -> Tallied | None:
    """The facet and the values that are these conditions; None where no tally is."""
    if not conditions:
        return ALL_EVENTS
    (condition,) = conditions
    lead = condition.lead() if isinstance(condition, Link | Column) else None
    # Of several countries some events have more than one; of several types none.
    if (
        lead
        and lead.facet in TALLIED_BY_DAY
        and lead.also == ("TRUE", [])
        and (lead.facet == "type" or not lead.values[1:])
    ):
        return lead.facet, lead.values
    return None


def _tallies(known: Tallied, about_days: Sequence[Condition]) -> Sql:
    facet, values = known
    of_facet: Sql = (f"e.facet = %s AND e.value IN ({placeholders(values)})", [facet, *values])
    parts = [("e.number > 0", []), of_facet, *(condition.sql("e") for condition in about_days)]
    text = " AND ".join(text for text, _values in parts)
    found = f"SELECT {_listed('e')}, e.number FROM {DayTally._meta.db_table} e WHERE {text}"
    return found, [value for _text, some in parts for value in some]


def count(where: Where, window: InWindow | None = None) -> int:
    text, parameters = days(where, window)
    text = f"SELECT SUM(m.number) FROM ({text}) m"
    if where.state.current and not window:
        match where.conditions:
            case ():
                # Each event has one type.
                text, parameters = f"SELECT SUM(number) FROM {Tally._meta.db_table} WHERE facet = 'type'", []
            case (Matching() as search,):
                # Each event has one text.
                matches, parameters = search.match()
                text = f"SELECT COUNT(*) FROM {TextIndex._meta.db_table} WHERE {matches}"
    ((number,),) = fetch(text, parameters)
    return int(number or 0)


def undated(where: Where) -> int:
    """How many events have no date."""
    return count(where.plus(Dated(False)))
