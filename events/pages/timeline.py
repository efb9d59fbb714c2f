"""Events under years and months, in a way that claims no more than their dates say.

An event stands under the time in which it began, or may have begun. Where that is one month, it stands under the
month; where it is known to a year only, or to some months, under the year itself and under none of its months; where
it is longer than a year, under that longer time. What has no date stands apart, at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from events import dates
from events.pages.present import Shown


@dataclass
class Month:
    title: str
    edtf: str
    events: list[Shown] = field(default_factory=list)


@dataclass
class Section:
    """A year, or a longer time; `events` are those that stand under none of its months."""

    title: str
    anchor: str
    edtf: str = ""
    events: list[Shown] = field(default_factory=list)
    months: dict[int, Month] = field(default_factory=dict)


Span = tuple[int, int]
LAST_YEAR = date.max.year
# Dates have years from 1 on.
UNKNOWN_BEGINNING = (0, LAST_YEAR)


def sections(events: list[Shown], *, descending: bool) -> list[Section]:
    """Dated events in order of time; those of a longer time stand before the years in it."""
    found: dict[Span, Section] = {}
    for event in events:
        if event.when.value is not None:
            span = _span(event.when.value)
            _place(event, event.when.value, found.setdefault(span, _section(span)))
    order = sorted(found, key=lambda span: (span[0], -span[1]), reverse=descending)
    return [found[span] for span in order]


def undated(events: list[Shown]) -> list[Shown]:
    return [event for event in events if event.when.value is None]


def _span(value: dates.DateValue) -> Span:
    """The first and last year in which it may have begun."""
    return UNKNOWN_BEGINNING if value.open_start else (value.start_earliest.year, value.start_latest.year)


def _place(event: Shown, value: dates.DateValue, section: Section) -> None:
    start, end = value.start_earliest, value.start_latest
    if value.open_start or (start.year, start.month) != (end.year, end.month):
        section.events.append(event)
        return
    edtf = f"{start.year:04}-{start.month:02}"
    month = section.months.setdefault(start.month, Month(dates.parse(edtf).words(gettext), edtf))
    month.events.append(event)


def _section(span: Span) -> Section:
    first, last = span
    if first == last:
        return Section(_year(first), f"time-{first}", f"{first:04}")
    return Section(_longer(span), f"time-{first}-{last}")


def _longer(span: Span) -> str:
    first, last = span
    if span == UNKNOWN_BEGINNING:
        return gettext("Beginning unknown")
    if last == LAST_YEAR:
        return gettext("%(year)s or later") % {"year": _year(first)}
    if first % 10 == 0 and last == first + 9:
        decade = dates.parse(f"{first // 10:03}X").words(gettext)
        return decade[:1].upper() + decade[1:]
    return gettext("%(first)s to %(last)s") % {"first": _year(first), "last": _year(last)}


def _year(year: int) -> str:
    return dates.parse(f"{year:04}").words(gettext)
