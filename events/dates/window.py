"""Windows of days, and the plain calendar texts that name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from events.dates.bounds import span
from events.dates.edtf import Point, read, write
from events.dates.refusals import explain
from events.errors import InvalidDate

CALENDAR: frozenset[str] = frozenset({"day", "month", "year"})


@dataclass(frozen=True, slots=True)
class Window:
    """The days from `start` to `end`, both of them included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise InvalidDate(f"The window ends ({self.end}) before it starts ({self.start}).")


def calendar_span(text: str) -> tuple[date, date]:
    """Return the first and last day of a text `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; InvalidDate for any other."""
    point = _calendar_unit(text)
    if point is None:
        raise _refused(text)
    return span(point)


def _calendar_unit(text: str) -> Point | None:
    """`2019-XX` is the year 2019 elsewhere, but a calendar text is exactly what it is written as."""
    point = read(text)
    if isinstance(point, Point) and point.precision in CALENDAR and not point.qualifier and write(point) == text:
        return point
    return None


def _refused(text: str) -> InvalidDate:
    expression = read(text)
    if expression is None:
        error = explain(text)
        if error.suggestion and _calendar_unit(error.suggestion):
            return error
    detail = "Write a day, a month or a year, such as 2019-10-16, 2019-10 or 2019."
    if isinstance(expression, Point) and expression.precision in CALENDAR:
        return InvalidDate(detail, write(expression._replace(qualifier="")))
    return InvalidDate(detail)
