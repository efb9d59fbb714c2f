"""Time buckets: how many events may have happened, and certainly did, in each day, month, quarter, year or decade.

No query per bucket. Over the matches of the other filters: *possible* in a bucket = (start_earliest ≤ its end) −
(end_latest < its start), two grouped counts and running sums. *Certain*, where start_latest ≤ end_earliest, is the
same with those two; where start_latest > end_earliest (a moment in an imprecise range), only a bucket that holds both
is certain of it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from django.db import connection

from events.errors import InvalidQuestion, Problem
from events.models.index import EventIndex, day_number
from events.querying.events import undated
from events.querying.filters import BUCKETS
from events.querying.question import Question
from events.querying.state import Where

TABLE = EventIndex._meta.db_table
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
    spans = _spans(question, where, size)
    possible = _Sums(where, size, "e.span <> 9", "start_earliest", "end_latest")
    sharp = "e.span <> 9 AND NOT e.uncertain AND e.start_latest <= e.end_earliest"
    certain = _Sums(where, size, sharp, "start_latest", "end_earliest")
    inside = _inside(where, size)
    buckets = [
        Bucket(edtf, start, end, possible.at(number), certain.at(number) + inside.get(number, 0))
        for number, edtf, start, end in spans
    ]
    return Histogram(buckets, undated(where))


class _Sums:
    """Running sums of how many began by a bucket's end and how many ended before its start."""

    def __init__(self, where: Where, size: str, also: str, start: str, end: str) -> None:
        self._began = _running(where, size, also, start)
        self._ended = _running(where, size, also, end)

    def at(self, number: int) -> int:
        return _upto(self._began, number) - _upto(self._ended, number - 1)


def _running(where: Where, size: str, also: str, column: str) -> tuple[list[int], list[int]]:
    counts = sorted(_grouped(where, size, also, column).items())
    return [number for number, _count in counts], list(accumulate(count for _number, count in counts))


def _upto(running: tuple[list[int], list[int]], number: int) -> int:
    numbers, sums = running
    position = bisect_right(numbers, number)
    return sums[position - 1] if position else 0


def _inside(where: Where, size: str) -> dict[int, int]:
    """Moments in an imprecise range that lies in one bucket, by bucket."""
    first, last = NUMBERS[size].format(day="e.end_earliest"), NUMBERS[size].format(day="e.start_latest")
    also = f"e.span <> 9 AND NOT e.uncertain AND e.start_latest > e.end_earliest AND {first} = {last}"
    return _grouped(where, size, also, "start_latest")


def _grouped(where: Where, size: str, also: str, column: str) -> dict[int, int]:
    text, parameters = where.sql()
    number = NUMBERS[size].format(day=f"e.{column}")
    with connection.cursor() as db:
        db.execute(f"SELECT {number}, COUNT(*) FROM {TABLE} e WHERE {text} AND {also} GROUP BY 1", parameters)
        return dict(db.fetchall())


def extent(where: Where) -> tuple[date, date] | None:
    """The first and last bounded day among events; None where there is none."""
    text, parameters = where.sql()
    with connection.cursor() as db:
        db.execute(
            "SELECT MIN(CASE WHEN NOT e.open_start THEN e.start_earliest WHEN e.open_end THEN NULL"
            " WHEN e.end_earliest > 10101 THEN e.end_earliest ELSE e.end_latest END),"
            " MAX(CASE WHEN NOT e.open_end THEN e.end_latest WHEN e.open_start THEN NULL"
            " WHEN e.start_latest < 99991231 THEN e.start_latest ELSE e.start_earliest END)"
            f" FROM {TABLE} e WHERE {text} AND e.span <> 9",
            parameters,
        )
        first, last = db.fetchone()
    return (_day(first), _day(last)) if first is not None and last is not None else None


def _day(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)


def _spans(question: Question, where: Where, size: str) -> list[tuple[int, str, date, date]]:
    first, last = question.first, question.last
    if first is None or last is None:
        known = extent(where)
        if known is None:
            return []
        first, last = first or known[0], last or known[1]
    if first > last:
        return []
    if size == "day":
        days = (last - first).days + 1
        _refuse_too_many(days, size)
        listed = (first + timedelta(days=count) for count in range(days))
        return [(day_number(day), day.isoformat(), day, day) for day in listed]
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
