"""How many events of a question there are, and when: from the tallies where they know, else by a scan."""

from __future__ import annotations

from events.models.index import DAYS, TALLIED_BY_DAY, DayTally
from events.querying.conditions import Column, Condition, Dated, InWindow, Link
from events.querying.scan import Scan
from events.querying.sql import Sql, fetch, placeholders
from events.querying.state import Where


def by_day(where: Where, window: InWindow | None) -> Sql | None:
    """A query for the days of what is current, and in `number` how many events have them; None where no tally knows.

    The tallies know of all events, of those with one country, actor, country of an actor, and of those of some types.
    """
    others = [condition for condition in where.conditions if not isinstance(condition, Dated)]
    known = _tallied(others) if where.state.current else None
    if known is None:
        return None
    facet, values = known
    parts: list[Sql] = [(f"e.facet = %s AND e.value IN ({placeholders(values)})", [facet, *values])]
    parts += [
        condition.sql("e") for condition in (*where.conditions, window) if isinstance(condition, Dated | InWindow)
    ]
    text = " AND ".join(["e.number > 0", *(text for text, _values in parts)])
    columns = ", ".join(f"e.{name}" for name in (*DAYS, "number"))
    return f"SELECT {columns} FROM {DayTally._meta.db_table} e WHERE {text}", [v for _text, vs in parts for v in vs]


def _tallied(conditions: list[Condition]) -> tuple[str, tuple[str, ...]] | None:
    """The facet and the values that are these conditions; empty ones for none."""
    if not conditions:
        return "", ("",)
    (first, *others) = conditions
    lead = first.lead() if isinstance(first, Link | Column) and not others else None
    # Of several countries some events have more than one; of several types none.
    if (
        lead
        and lead.facet in TALLIED_BY_DAY
        and lead.also == ("TRUE", [])
        and (len(lead.values) == 1 or lead.facet == "type")
    ):
        return lead.facet, lead.values
    return None


def days(where: Where, window: InWindow | None) -> Sql:
    """The same of any question; where no tally knows, of each event by itself."""
    tallied = by_day(where, window)
    if tallied is not None:
        return tallied
    columns = ", ".join(f"e.{name}" for name in DAYS)
    text, parameters = Scan(where, window).rows(f"e.seq, {columns}")
    return f"SELECT {', '.join(f'n.{name}' for name in DAYS)}, 1 AS number FROM ({text}) n", parameters


def count(where: Where, window: InWindow | None = None) -> int:
    text, parameters = days(where, window)
    ((number,),) = fetch(f"SELECT SUM(m.number) FROM ({text}) m", parameters)
    return int(number or 0)


def undated(where: Where) -> int:
    """How many events have no date."""
    return count(where.plus(Dated(False)))
