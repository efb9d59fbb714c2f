"""The four days: between which days an expression may have begun, and between which it may have ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from events.dates.edtf import Expression, Interval, Limit, OneOf, Point

_DAY = timedelta(days=1)
_LAST_MONTH = 9999 * 12 + 11

_MONTHS = {"month": 1, "season": 3, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
"""Every unit but the day is a run of so many months."""

_FIRST_MONTH = (
    {0: 0}
    | {month: month - 1 for month in range(1, 13)}
    | {21: 2, 22: 5, 23: 8, 24: 11}  # northern, meteorological; winter is December to February of the next year
    | {33: 0, 34: 3, 35: 6, 36: 9}
    | {40: 0, 41: 6}
)
"""With which month of its year (0 is January) a month or code of ISO 8601-2 begins."""


class FourDays(NamedTuple):
    """The extremes over every (start, end) that the expression allows, start ≤ end."""

    start_earliest: date
    start_latest: date
    end_earliest: date
    end_latest: date


def four_days(expression: Expression) -> FourDays:
    """Return the four days, none before 0001-01-01 or after 9999-12-31."""
    if isinstance(expression, Interval):
        start_earliest, start_latest = _end(expression.start, open_day=date.min)
        end_earliest, end_latest = _end(expression.end, open_day=date.max)
        # No world ends before it starts: this cuts what imprecise ends that overlap would allow.
        return FourDays(start_earliest, min(start_latest, end_latest), max(end_earliest, start_earliest), end_latest)
    if isinstance(expression, OneOf):
        first = span(expression.first)[0] if expression.first else date.min
        last = span(expression.last)[1] if expression.last else date.max
    else:
        first, last = _widened(expression)
    return FourDays(first, last, first, last)


def is_reversed(expression: Expression) -> bool:
    """Whether the first end begins after the last end is over, approximations left aside."""
    if isinstance(expression, Point):
        return False
    first, last = expression
    return isinstance(first, Point) and isinstance(last, Point) and span(first)[0] > span(last)[1]


def span(point: Point, margin: int = 0) -> tuple[date, date]:
    """Return the first and last day of a unit and of `margin` units of its kind before and after it."""
    if point.precision == "day":
        return _around(date(point.year, point.part, point.day), margin)
    length = _MONTHS[point.precision]
    first = point.year * 12 + _FIRST_MONTH[point.part]
    return _first_day(first - margin * length), _last_day(first + length - 1 + margin * length)


def _around(day: date, margin: int) -> tuple[date, date]:
    ordinal = day.toordinal()
    first, last = max(ordinal - margin, date.min.toordinal()), min(ordinal + margin, date.max.toordinal())
    return date.fromordinal(first), date.fromordinal(last)


def _first_day(month: int) -> date:
    """Of a month counted from January of the year 0."""
    return date.min if month < 12 else date(month // 12, month % 12 + 1, 1)


def _last_day(month: int) -> date:
    return date.max if month >= _LAST_MONTH else _first_day(month + 1) - _DAY


def _widened(point: Point) -> tuple[date, date]:
    return span(point, margin=1 if point.qualifier in ("~", "%") else 0)


def _end(end: Point | Limit, open_day: date) -> tuple[date, date]:
    if end is Limit.OPEN:
        return open_day, open_day
    if end is Limit.UNKNOWN:
        return date.min, date.max
    return _widened(end)
