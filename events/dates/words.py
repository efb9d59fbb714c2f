"""A date in words: every phrase a template that a translator can turn around.

Months and seasons are whole templates ("%(day)s October %(year)s"), not words to put together, because many
languages inflect a month that stands beside a day. `gettext` is the caller's; the texts are marked for extraction.
"""

from __future__ import annotations

from collections.abc import Callable

from events.dates.edtf import Expression, Interval, Limit, OneOf, Point

Gettext = Callable[[str], str]


def gettext_noop(template: str) -> str:
    """Mark a template for extraction; it is translated where it is used."""
    return template


_DAYS = (
    gettext_noop("%(day)s January %(year)s"),
    gettext_noop("%(day)s February %(year)s"),
    gettext_noop("%(day)s March %(year)s"),
    gettext_noop("%(day)s April %(year)s"),
    gettext_noop("%(day)s May %(year)s"),
    gettext_noop("%(day)s June %(year)s"),
    gettext_noop("%(day)s July %(year)s"),
    gettext_noop("%(day)s August %(year)s"),
    gettext_noop("%(day)s September %(year)s"),
    gettext_noop("%(day)s October %(year)s"),
    gettext_noop("%(day)s November %(year)s"),
    gettext_noop("%(day)s December %(year)s"),
)
_PARTS = {
    1: gettext_noop("January %(year)s"),
    2: gettext_noop("February %(year)s"),
    3: gettext_noop("March %(year)s"),
    4: gettext_noop("April %(year)s"),
    5: gettext_noop("May %(year)s"),
    6: gettext_noop("June %(year)s"),
    7: gettext_noop("July %(year)s"),
    8: gettext_noop("August %(year)s"),
    9: gettext_noop("September %(year)s"),
    10: gettext_noop("October %(year)s"),
    11: gettext_noop("November %(year)s"),
    12: gettext_noop("December %(year)s"),
    21: gettext_noop("spring %(year)s"),
    22: gettext_noop("summer %(year)s"),
    23: gettext_noop("autumn %(year)s"),
    24: gettext_noop("winter %(year)s–%(next)s"),
    33: gettext_noop("the first quarter of %(year)s"),
    34: gettext_noop("the second quarter of %(year)s"),
    35: gettext_noop("the third quarter of %(year)s"),
    36: gettext_noop("the fourth quarter of %(year)s"),
    40: gettext_noop("the first half of %(year)s"),
    41: gettext_noop("the second half of %(year)s"),
}


def say(expression: Expression, gettext: Gettext) -> str:
    """Return the expression as part of a sentence."""
    if isinstance(expression, Interval):
        return _interval(expression, gettext)
    if isinstance(expression, OneOf):
        return _one_of(expression, gettext)
    date = _about(expression, gettext)
    return gettext("%(date)s, uncertain") % {"date": date} if _is_uncertain(expression) else date


def _interval(interval: Interval, gettext: Gettext) -> str:
    start, end = interval
    if start is Limit.OPEN:
        template = gettext("at all times up to %(last)s")
    elif start is Limit.UNKNOWN:
        template = gettext("from an unknown day to %(last)s")
    elif end is Limit.OPEN:
        template = gettext("from %(first)s on, still going on")
    elif end is Limit.UNKNOWN:
        template = gettext("from %(first)s to an unknown day")
    else:
        template = gettext("from %(first)s to %(last)s")
    return template % _ends(start, end, gettext)


def _one_of(choice: OneOf, gettext: Gettext) -> str:
    first, last = choice
    if first is None:
        template = gettext("on or before %(last)s") if _is_day(last) else gettext("in %(last)s or before")
    elif last is None:
        template = gettext("on or after %(first)s") if _is_day(first) else gettext("in %(first)s or after")
    else:
        template = gettext("one day between %(first)s and %(last)s")
    return template % _ends(first, last, gettext)


def _ends(first: Point | Limit | None, last: Point | Limit | None, gettext: Gettext) -> dict[str, str]:
    """Say each end that has a date; of two days in a month say the month once: `16` and `18 October 2019`."""
    ends = {name: _end(end, gettext) for name, end in (("first", first), ("last", last)) if isinstance(end, Point)}
    if isinstance(first, Point) and isinstance(last, Point) and _share_month(first, last):
        ends["first"] = gettext("%(day)s") % {"day": first.day}
    return ends


def _share_month(first: Point, last: Point) -> bool:
    return first.precision == "day" and first[:3] == last[:3] and not (first.qualifier or last.qualifier)


def _is_day(point: Point | None) -> bool:
    return point is not None and point.precision == "day"


def _end(point: Point, gettext: Gettext) -> str:
    date = _about(point, gettext)
    return gettext("%(date)s (uncertain)") % {"date": date} if _is_uncertain(point) else date


def _is_uncertain(point: Point) -> bool:
    return point.qualifier in ("?", "%")


def _about(point: Point, gettext: Gettext) -> str:
    date = _unit(point, gettext)
    return gettext("about %(date)s") % {"date": date} if point.qualifier in ("~", "%") else date


def _unit(point: Point, gettext: Gettext) -> str:
    year = _year(point.year, gettext)
    if point.precision == "day":
        return gettext(_DAYS[point.part - 1]) % {"day": point.day, "year": year}
    if point.part:
        return gettext(_PARTS[point.part]) % {"year": year, "next": point.year + 1}
    if point.precision == "decade":
        return _decade(point.year, gettext)
    return _years(point.year, 100, gettext) if point.precision == "century" else year


def _year(year: int, gettext: Gettext) -> str:
    """A bare `79` would be read as a day or as 1979."""
    return str(year) if year >= 1000 else gettext("AD %(year)s") % {"year": year}


def _decade(year: int, gettext: Gettext) -> str:
    """`the 2000s` would be read as a century, so the first decade of a century is written out."""
    if year < 1000 or year % 100 == 0:
        return _years(year, 10, gettext)
    return gettext("the %(year)ss") % {"year": year}


def _years(year: int, count: int, gettext: Gettext) -> str:
    first = _year(max(year, 1), gettext)
    return gettext("the years %(first)s–%(last)s") % {"first": first, "last": year + count - 1}
