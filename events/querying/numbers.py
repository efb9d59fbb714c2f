"""How many events of a question there are, and when: from the tallies where they know, else by a scan."""

from __future__ import annotations

from collections.abc import Sequence

from events.models.index import DAYS, TALLIED_BY_DAY, DayTally, TextIndex
from events.models.sql import Sql, fetch, placeholders
from events.querying.conditions import Column, Condition, Dated, InWindow, Link, Matching, Not
from events.querying.scan import ALL_EVENTS, SPANS, Scan, start_days
from events.querying.state import Where

Tallied = tuple[str, tuple[str, ...]]
EVERY: Tallied = ("", ("",))


def days(where: Where, window: InWindow | None) -> Sql:
    """A query for `DAYS` of events, and in `number` how many have them; where no tally knows, of each by itself.

    The tallies know of what is current: all events, those with or without one country, actor or country of an actor,
    and those of some types. What is left out of all is taken away from them.
    """
    dated = [condition for condition in where.conditions if isinstance(condition, Dated)]
    about_days: list[Dated | InWindow] = [*dated, window] if window else [*dated]
    others = [condition for condition in where.conditions if not isinstance(condition, Dated)]
    without = [condition.condition for condition in others if isinstance(condition, Not)]
    known = _tallied(without or others) if where.state.current and len(others) < 2 else None
    if known:
        text, parameters = _tallies(known, about_days)
        if not without:
            return text, parameters
    elif rest := left_out(Where(where.state, tuple(others))):
        text, parameters = _scanned(rest.plus(*dated), window)
    else:
        return _scanned(where, window)
    every, of_every = _tallies(EVERY, about_days)
    both = f"{every} UNION ALL SELECT {_listed('w')}, -w.number FROM ({text}) w"
    rest_of_all = f"SELECT {_listed('n')}, SUM(n.number) AS number FROM ({both}) n GROUP BY {_listed('n')}"
    return f"{rest_of_all} HAVING SUM(n.number) > 0", [*of_every, *parameters]


def left_out(where: Where) -> Where | None:
    """What a single condition leaves out of all current events, where that is less than what it leaves."""
    match where.conditions:
        case (Not(condition),):
            rest: Condition | None = condition
        case (Matching() as search,):
            rest = search.opposite()
        case _:
            rest = None
    if rest is None or not where.state.current:
        return None
    found = Where(where.state, (rest,))
    return found if 2 * count(found) < count(Where(where.state)) else None


def _scanned(where: Where, window: InWindow | None) -> Sql:
    text, parameters = Scan(where, window).rows(f"e.seq, {_listed('e')}")
    # As in the tallies, undated events have zeros.
    listed = (f"n.{name}" if name in ("span", "uncertain") else f"COALESCE(n.{name}, 0) AS {name}" for name in DAYS)
    return f"SELECT {', '.join(listed)}, 1 AS number FROM ({text}) n", parameters


def _listed(row: str) -> str:
    return ", ".join(f"{row}.{name}" for name in DAYS)


def _tallied(conditions: Sequence[Condition]) -> Tallied | None:
    """The facet and the values that are these conditions; None where no tally is."""
    if not conditions:
        return EVERY
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


def _tallies(known: Tallied, about_days: Sequence[Dated | InWindow]) -> Sql:
    """The same by the tallies; of a window as a scan goes through it, a range of days for each span class."""
    facet, values = known
    of_facet: Sql = (f"e.facet = %s AND e.value IN ({placeholders(values)})", [facet, *values])
    parts = [("e.number > 0", []), of_facet, *(condition.sql("e") for condition in about_days)]
    window = next((condition for condition in about_days if isinstance(condition, InWindow)), None)
    ranges = [_range(span, window) for span in SPANS] if window else [("TRUE", [])]
    text = " AND ".join(text for text, _values in parts)
    parameters = [value for _text, some in parts for value in some]
    found = f"SELECT {_listed('e')}, e.number FROM {DayTally._meta.db_table} e WHERE {text} AND"
    union = " UNION ALL ".join(f"{found} {days}" for days, _values in ranges)
    return union, [value for _days, some in ranges for value in (*parameters, *some)]


def _range(span: int, window: InWindow) -> Sql:
    return f"e.span = {span} AND e.start_earliest BETWEEN %s AND %s", list(start_days(span, window))


def reads_many(scan: Scan, part: int) -> bool:
    """Whether a scan of what is current may read more than one of so many parts of all events, by the tallies."""
    least = scan.all_events / part
    return min([scan.all_events, *scan.sizes.values()]) > least and (
        scan.window is None or count(Where(scan.where.state), scan.window) > least
    )


def count(where: Where, window: InWindow | None = None) -> int:
    if where.state.current and not window:
        match where.conditions:
            case ():
                return int(fetch(ALL_EVENTS)[0][0] or 0)
            case (Matching() as search,):
                # Each event has one text.
                matches, parameters = search.match()
                return int(fetch(f"SELECT COUNT(*) FROM {TextIndex._meta.db_table} WHERE {matches}", parameters)[0][0])
    text, parameters = days(where, window)
    ((number,),) = fetch(f"SELECT SUM(m.number) FROM ({text}) m", parameters)
    return int(number or 0)


def undated(where: Where) -> int:
    """How many events have no date."""
    return count(where.plus(Dated(False)))
