"""Stretches of days with the EDTF text that says them: the values that rules compute with.

A span knows its first and last day, its unit, and the EDTF text. A rule that narrows or widens another span
(`early 2018`) keeps that one in `whole`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from events.errors import UnreadableDate

DAY = timedelta(days=1)
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
# Calendar units that one plain EDTF text can say, from fine to coarse.
PLAIN = ("day", "month", "quarter", "half", "season", "year", "decade", "century")


@dataclass(frozen=True)
class Span:
    """The days from `first` to `last`, both inclusive, said as `edtf`.

    `unit` is one of PLAIN, or `week`, `weekend`, `range` (one day of several), `interval` (lasted from … to).
    """

    edtf: str
    first: date
    last: date
    unit: str
    whole: Span | None = None

    @property
    def plain(self) -> bool:
        """Whether a qualifier may stand behind the EDTF text."""
        return self.unit in PLAIN


def day(year: int, month: int, number: int) -> Span:
    """One day. Raises UnreadableDate where the calendar has no such day."""
    try:
        return day_of(date(year, month, number))
    except ValueError:
        raise UnreadableDate(f"There is no day {number} in month {month} of {year}. Check the day.") from None


def day_of(when: date) -> Span:
    """The span of that one day."""
    return Span(when.isoformat(), when, when, "day")


def month(year: int, number: int) -> Span:
    """One month of a year from 1 to 9999."""
    _check(year)
    first = date(year, number, 1)
    return Span(f"{year:04d}-{number:02d}", first, first.replace(day=monthrange(year, number)[1]), "month")


def year(number: int) -> Span:
    """One year from 1 to 9999."""
    _check(number)
    return Span(f"{number:04d}", date(number, 1, 1), date(number, 12, 31), "year")


def decade(number: int) -> Span:
    """The ten years that begin with the same digits as the year `number`: 1996 → 1990 to 1999."""
    _check(number or 1)
    start = number - number % 10
    return Span(f"{start // 10:03d}X", date(max(start, 1), 1, 1), date(start + 9, 12, 31), "decade")


def century(number: int) -> Span:
    """The hundred years that begin with the same digits as the year `number`: 1996 → 1900 to 1999."""
    _check(number or 1)
    start = number - number % 100
    return Span(f"{start // 100:02d}XX", date(max(start, 1), 1, 1), date(start + 99, 12, 31), "century")


def season(of: int, name: str) -> Span:
    """A northern meteorological season; winter is December of that year to February of the next."""
    code = SEASONS[name]
    start = month(of, 3 * (code - 20))
    end = month(of + 1, 2) if name == "winter" else month(of, 3 * (code - 20) + 2)
    return Span(f"{of:04d}-{code}", start.first, end.last, "season")


def quarter(of: int, number: int) -> Span:
    """A quarter, 1 to 4, of the calendar year."""
    return Span(f"{of:04d}-{32 + number}", month(of, 3 * number - 2).first, month(of, 3 * number).last, "quarter")


def half(of: int, number: int) -> Span:
    """A half, 1 or 2, of the calendar year."""
    return Span(f"{of:04d}-{39 + number}", month(of, 6 * number - 5).first, month(of, 6 * number).last, "half")


def week_of(when: date) -> Span:
    """The week of that day, Monday to Sunday (ISO 8601)."""
    monday = moved(when, -when.weekday())
    return replace(one_of(monday, moved(monday, 6)), unit="week")


def weekend_of(when: date) -> Span:
    """Saturday and Sunday of the week of that day."""
    saturday = moved(when, 5 - when.weekday())
    return replace(one_of(saturday, moved(saturday, 1)), unit="weekend")


def one_of(first: date, last: date) -> Span:
    """One day from `first` to `last`; a month or year is said as such, and the ends are as coarse as they allow."""
    if first > last:
        raise UnreadableDate("The end lies before the start. Write the earlier date first.")
    for unit in (day_of(first), month(first.year, first.month), year(first.year)):
        if (unit.first, unit.last) == (first, last):
            return unit
    size = max(_size_from(first), _size_to(last))
    return Span(f"[{first.isoformat()[:size]}..{last.isoformat()[:size]}]", first, last, "range")


# How much of YYYY-MM-DD is needed to say the same first, or last, day.
def _size_from(first: date) -> int:
    return 10 if first.day > 1 else 7 if first.month > 1 else 4


def _size_to(last: date) -> int:
    return 10 if last.day < monthrange(last.year, last.month)[1] else 7 if last.month < 12 else 4


def on_or_after(first: date) -> Span:
    """One day, that one or any later."""
    return Span(f"[{first.isoformat()[: _size_from(first)]}..]", first, date.max, "range")


def on_or_before(last: date) -> Span:
    """One day, that one or any earlier."""
    return Span(f"[..{last.isoformat()[: _size_to(last)]}]", date.min, last, "range")


def cover(spans: Sequence[Span]) -> Span:
    """The least span that holds them all."""
    if len(spans) == 1:
        return spans[0]
    for wide in spans:
        if wide.plain and all(wide.first <= other.first and other.last <= wide.last for other in spans):
            return wide
    return replace(one_of(min(s.first for s in spans), max(s.last for s in spans)), whole=spans[0].whole)


def enclosing(span: Span) -> Span:
    """The least plain unit (day, month, quarter, half, year, decade, century) that holds the span."""
    if span.plain:
        return span
    first, last = span.first, span.last
    y, m = first.year, first.month
    for unit in (
        day_of(first),
        month(y, m),
        quarter(y, (m + 2) // 3),
        half(y, (m + 5) // 6),
        year(y),
        decade(y),
        century(y),
    ):
        if unit.first <= first and last <= unit.last:
            return unit
    raise UnreadableDate("That is too wide for one date. Write the two ends: between 1890 and 1910.")


def containing(unit: str, when: date) -> Span:
    """The day, week, weekend, month, quarter, half, year, decade or century of that day."""
    y, m = when.year, when.month
    made = {
        "day": lambda: day_of(when),
        "week": lambda: week_of(when),
        "weekend": lambda: weekend_of(when),
        "month": lambda: month(y, m),
        "quarter": lambda: quarter(y, (m + 2) // 3),
        "half": lambda: half(y, (m + 5) // 6),
        "year": lambda: year(y),
        "decade": lambda: decade(y),
        "century": lambda: century(y),
    }
    return made[unit]()


MONTHS_IN = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


def moved(when: date, count: int, unit: str = "day") -> date:
    """That many units later (earlier where negative); the day of the month is kept or the month's last is taken."""
    try:
        if unit in ("day", "week", "weekend", "fortnight"):
            return when + timedelta(days=count * {"day": 1, "fortnight": 14}.get(unit, 7))
        index = when.year * 12 + when.month - 1 + count * MONTHS_IN[unit]
        y, m = divmod(index, 12)
        return date(y, m + 1, min(when.day, monthrange(y, m + 1)[1]))
    except (ValueError, OverflowError, IndexError):
        raise UnreadableDate("That lies outside the years 1 to 9999. Write a date within them.") from None


def _check(number: int) -> None:
    if not 1 <= number <= 9999:
        raise UnreadableDate(f"The year {number} lies outside the years 1 to 9999. Write a year within them.")


def part_of(whole: Span, first: date, last: date) -> Span:
    """One day from `first` to `last`, said as a modified form of `whole`."""
    return replace(one_of(first, last), whole=whole)


def qualified(span: Span, sign: str) -> Span:
    """The span with `~` or `?` behind it; `~` and `?` together are `%`."""
    body = span.edtf.rstrip("~?%")
    signs = set(span.edtf[len(body) :].replace("%", "~?")) | {sign}
    return replace(span, edtf=body + ("%" if len(signs) == 2 else sign), whole=span.whole or span)


def roughly(span: Span) -> Span:
    """The span made approximate: one unit wider on each side. One day of several gets a day more on each side."""
    if span.unit == "interval":
        raise UnreadableDate("Write which end is approximate: from about 2014 to 2016.")
    if not span.plain:
        return part_of(span.whole or span, _clipped(span.first, -1, "day"), _clipped(span.last, 1, "day"))
    months = MONTHS_IN.get(span.unit)
    if months is None:
        first, last = _clipped(span.first, -1, "day"), _clipped(span.last, 1, "day")
    else:
        first = _clipped(span.first, -months, "month")
        last = _clipped(span.last + DAY, months, "month") - DAY if span.last < date.max else date.max
    return replace(qualified(span, "~"), first=first, last=last)


def _clipped(when: date, count: int, unit: str) -> date:
    try:
        return moved(when, count, unit)
    except UnreadableDate:
        return date.min if count < 0 else date.max


def replace_whole(span: Span, whole: Span) -> Span:
    """The span as a modified form of `whole`."""
    return replace(span, whole=whole)
