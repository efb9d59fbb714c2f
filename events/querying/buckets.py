"""Time buckets: how many events may have happened, and certainly did, in each day, month, quarter, year or decade.

No query per bucket: one query groups the events by the buckets of their four days, and says between which days they
lie. Such a group *may* have happened in every bucket from that of start_earliest to that of end_latest, and *certainly*
did in those from start_latest to end_earliest; where the latter is in an earlier bucket (a moment in an imprecise
range), in none. Each adds to the first of its buckets and takes away after the last; running sums do the rest.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from events.errors import InvalidQuestion, Problem
from events.models.index import EDGE, FIRST_DAY, LAST_DAY, SPAN_UNDATED, day_number
from events.models.sql import fetch
from events.querying import numbers
from events.querying.conditions import InWindow
from events.querying.filters import BUCKETS
from events.querying.question import Question
from events.querying.scan import EVENTS
from events.querying.state import Where

# Some five years of days; more than a chart shows.
LIMIT = 2000
DEFAULT_SIZE = "year"

# The number of the bucket in which a day (YYYYMMDD) lies, as SQL; in Django's SQL a percent sign is doubled.
NUMBERS = {
    "day": "{day}",
    "month": "({day} / 10000) * 12 + ({day} / 100) %% 100 - 1",
    "quarter": "({day} / 10000) * 4 + (({day} / 100) %% 100 - 1) / 3",
    "year": "{day} / 10000",
    "decade": "{day} / 100000",
}


@dataclass(frozen=True)
class Bucket:
    edtf: str
    start: date
    end: date
    possible: int
    certain: int

    def as_dict(self) -> dict[str, str | int]:
        """As it stands in answers."""
        return vars(self) | {"start": self.start.isoformat(), "end": self.end.isoformat()}


@dataclass(frozen=True)
class Histogram:
    buckets: list[Bucket]
    undated: int


def histogram(question: Question) -> Histogram:
    """The buckets that the window touches, whole, empty ones too; an open side ends at the matches' own days."""
    size = question.shape("by", DEFAULT_SIZE)
    where = question.where
    groups = _groups(where, _whole(question, size), size)
    spans = _spans(question, size, groups)
    starts = [number for number, _edtf, _start, _end in spans]
    possible, certain = [0] * (len(spans) + 1), [0] * (len(spans) + 1)
    for group in groups:
        _add(possible, starts, group.started, group.ended, group.number)
        if not group.uncertain:
            _add(certain, starts, group.last_start, group.first_end, group.number)
    sums = zip(spans, accumulate(possible), accumulate(certain), strict=False)
    return Histogram(
        [Bucket(edtf, start, end, maybe, sure) for (_number, edtf, start, end), maybe, sure in sums],
        numbers.undated(where),
    )


def _add(changes: list[int], starts: list[int], first: int, last: int, count: int) -> None:
    """Count so many more from one bucket to another: where the sums go up, and where they go down again."""
    low, high = bisect_left(starts, first), bisect_right(starts, last)
    if low < high:
        changes[low] += count
        changes[high] -= count


class _Group(NamedTuple):
    """How many events have their four days in the same buckets, and are alike (un)certain; their bounded days."""

    started: int
    ended: int
    last_start: int
    first_end: int
    uncertain: bool
    number: int
    first_day: int | None
    last_day: int | None


def _groups(where: Where, window: InWindow, size: str) -> list[_Group]:
    columns = ("start_earliest", "end_latest", "start_latest", "end_earliest")
    buckets = ", ".join(f"{NUMBERS[size].format(day=f'm.{day}')} AS {day}" for day in columns)
    text, parameters = numbers.days(where, window)
    found = ", ".join([buckets, "m.uncertain, CAST(SUM(m.number) AS bigint)", *BY_DAYS])
    return [_Group(*row) for row in fetch(f"SELECT {found} FROM ({text}) m GROUP BY 1, 2, 3, 4, 5", parameters)]


def _bounded(open_start: str, open_end: str) -> tuple[str, str]:
    """The first and the last bounded day among rows `m`, of which conditions say what has no limit."""
    return (
        f"MIN(CASE WHEN NOT {open_start} THEN m.start_earliest WHEN {open_end} THEN NULL"
        f" WHEN m.end_earliest > {FIRST_DAY} THEN m.end_earliest ELSE m.end_latest END)",
        f"MAX(CASE WHEN NOT {open_end} THEN m.end_latest WHEN {open_start} THEN NULL"
        f" WHEN m.start_latest < {LAST_DAY} THEN m.start_latest ELSE m.start_earliest END)",
    )


# The days alone don't tell an event without a limit from one that is meant to reach into the first or last day of all.
# Read as one without, the latter gives no day that isn't its own; being few, they are then looked at by flag.
BY_DAYS = _bounded(f"m.start_earliest = {FIRST_DAY}", f"m.end_latest = {LAST_DAY}")


def overall(where: Where) -> tuple[int, int, tuple[date, date] | None]:
    """How many events there are, how many of them are undated, and the first and last bounded day, if there is one."""
    text, parameters = numbers.days(where, None)
    undated, dated = f"FILTER (WHERE m.span = {SPAN_UNDATED})", f"FILTER (WHERE m.span <> {SPAN_UNDATED})"
    first, last = (f"{day} {dated}" for day in BY_DAYS)
    found = f"SELECT SUM(m.number), SUM(m.number) {undated}, {first}, {last} FROM ({text}) m"
    ((number, without, *days),) = fetch(found, parameters)
    return int(number or 0), int(without or 0), _extent(where, [days])


def _extent(where: Where, by_days: Iterable[Sequence[int | None]]) -> tuple[date, date] | None:
    conditions, values = where.sql()
    # In this order on both databases: the few come first, then what is asked of each.
    few = f"{EVENTS} x CROSS JOIN {EVENTS} e WHERE {EDGE} AND e.seq = x.seq AND {conditions}"
    bounded = ", ".join(_bounded("m.open_start", "m.open_end"))
    by_flags = fetch(f"SELECT {bounded} FROM (SELECT e.* FROM {few}) m", values)
    known = [day for row in (*by_days, *by_flags) for day in row if day is not None]
    return (_day(min(known)), _day(max(known))) if known else None


def _day(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)


def _whole(question: Question, size: str) -> InWindow:
    """The window of a question, widened to whole buckets."""
    first, last = question.first, question.last
    return InWindow(first and _bucket(first, size)[2], last and _bucket(last, size)[3])


def _bucket(day: date, size: str) -> tuple[int, str, date, date]:
    """The bucket in which a day lies: its number, EDTF value, first and last day."""
    number = bucket_number(day, size)
    return (number, day.isoformat(), day, day) if size == "day" else (number, *span(number, size))


def _spans(question: Question, size: str, groups: Iterable[_Group]) -> list[tuple[int, str, date, date]]:
    first, last = question.first, question.last
    if first is None or last is None:
        known = _extent(question.where, ((group.first_day, group.last_day) for group in groups))
        if known is None:
            return []
        first, last = first or known[0], last or known[1]
    if first > last:
        return []
    if size == "day":
        days = (last - first).days + 1
        _refuse_too_many(days, size)
        return [_bucket(first + timedelta(days=count), size) for count in range(days)]
    low, high = bucket_number(first, size), bucket_number(last, size)
    _refuse_too_many(high - low + 1, size)
    return [(number, *span(number, size)) for number in range(low, high + 1)]


def bucket_number(day: date, size: str) -> int:
    """The number of the bucket in which a day lies; `NUMBERS` says the same in SQL."""
    return {
        "day": day_number(day),
        "month": day.year * 12 + day.month - 1,
        "quarter": day.year * 4 + (day.month - 1) // 3,
        "year": day.year,
        "decade": day.year // 10,
    }[size]


def span(number: int, size: str) -> tuple[str, date, date]:
    """A bucket's EDTF value, first and last day."""
    if size == "month":
        year, month = divmod(number, 12)
        return f"{year:04}-{month + 1:02}", date(year, month + 1, 1), _month_end(year, month + 1)
    if size == "quarter":
        year, quarter = divmod(number, 4)
        return f"{year:04}-{33 + quarter}", date(year, quarter * 3 + 1, 1), _month_end(year, quarter * 3 + 3)
    if size == "year":
        return f"{number:04}", date(number, 1, 1), date(number, 12, 31)
    return f"{number:03}X", date(max(number * 10, 1), 1, 1), date(number * 10 + 9, 12, 31)


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def _refuse_too_many(number: int, size: str) -> None:
    if number <= LIMIT:
        return
    coarser = BUCKETS[BUCKETS.index(size) + 1]
    detail = f"These are {number} buckets of a {size}, more than {LIMIT}; narrow the window or ask by={coarser}."
    raise InvalidQuestion([Problem("by", size, "too_many", detail, f"by={coarser}")])
