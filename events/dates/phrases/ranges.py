"""Rules for two ends: from … to (it lasted), between … and (one day of several), and for one end: before, since."""

from __future__ import annotations

import re
from datetime import date

from events.dates.phrases import spans
from events.dates.phrases.rules import Context, Found, Rule
from events.dates.phrases.spans import Span
from events.dates.phrases.vocabulary import DAY, day_number
from events.errors import UnreadableDate

# What leaves out its year, and so takes it from the other end.
_YEARLESS = {"year-omitted", "named-month", "weekday", "named-season", "day-of-month", "part-of-unit", "time-of-day"}
_TO = r"(?: (?:to|through|thru|until|till|up to) (?:the )?| ?-{1,2} ?)"


def _ends(found: Found, context: Context) -> tuple[tuple[Span, Span], ...]:
    """Each defensible pair of ends; an end without a year takes it from the other."""
    if found.part("low"):
        return tuple((_with_day(end, found.part("low")), end) for end in context.spans(found.inside[0]))
    if found.part("high"):
        return _days_of_month(found, context)
    if found.part("short"):
        start = context.span(found.inside[0])
        return ((start, _short_year(start, found.part("short"))),)
    left, right = found.inside
    if right.rule.name in _YEARLESS and left.rule.name not in _YEARLESS:
        start = context.span(left)
        return ((start, context.at(start.first, "future").span(right)),)
    ends = context.spans(right)
    if left.rule.name in _YEARLESS:
        return tuple((context.at(end.last, "past").span(left), end) for end in ends)
    return ((context.span(left), spans.cover(ends)),)


def _with_day(of: Span, text: str) -> Span:
    return spans.day(of.first.year, of.first.month, day_number(text))


def _days_of_month(found: Found, context: Context) -> tuple[tuple[Span, Span], ...]:
    """`October 16-18, 2019`: the year, where there is one, stands behind both days."""
    day = found.inside[0]
    if len(found.inside) > 1:
        year = context.span(found.inside[1]).first
        starts = context.at(year, "same").spans(day)
    else:
        starts = context.spans(day)
    return tuple((start, _with_day(start, found.part("high"))) for start in starts)


def _short_year(start: Span, text: str) -> Span:
    year = start.first.year - start.first.year % 100 + int(text)
    if year <= start.first.year:
        raise UnreadableDate("The end lies before the start. Write both years in full: 1998 to 2002.")
    return spans.year(year)


def _range(found: Found, context: Context) -> tuple[Span, ...]:
    return tuple(lasting(start, end) for start, end in _ends(found, context))


def lasting(start: Span, end: Span) -> Span:
    """The interval between two spans, said in units that hold each end. Raises UnreadableDate if it is reversed."""
    start, end = spans.enclosing(start), spans.enclosing(end)
    if start.first > end.last:
        raise UnreadableDate("The end lies before the start. Write the earlier date first.")
    return Span(f"{start.edtf}/{end.edtf}", start.first, end.last, "interval")


def _between(found: Found, context: Context) -> tuple[Span, ...]:
    return tuple(spans.one_of(start.first, end.last) for start, end in _ends(found, context))


def _one(found: Found, context: Context) -> Span:
    span = context.span(found.inside[0])
    if span.unit == "interval" or date.min == span.first or span.last == date.max:
        raise UnreadableDate("Write one date after words such as before, after, by, since and until.")
    return span


# `After the 2016 floods` may be in that year.
_YEAR_OF_SOMETHING = re.compile(r" the [0-9]{4}$")


def _before(found: Found, context: Context) -> Span:
    span = _one(found, context)
    if _YEAR_OF_SOMETHING.search(found.words):
        return spans.on_or_before(span.last)
    # Before one of several days is before the last of them at most; before a year is before all of it.
    edge = span.first if span.plain else span.last
    return spans.on_or_before(spans.moved(edge, -1))


def _after(found: Found, context: Context) -> Span:
    span = _one(found, context)
    if _YEAR_OF_SOMETHING.search(found.words):
        return spans.on_or_after(span.first)
    return spans.on_or_after(spans.moved(span.last if span.plain else span.first, 1))


def _by(found: Found, context: Context) -> Span:
    return spans.on_or_before(_one(found, context).last)


def _not_before(found: Found, context: Context) -> Span:
    return spans.on_or_after(_one(found, context).first)


def _since(found: Found, context: Context) -> Span:
    start = spans.enclosing(_one(found, context))
    return Span(f"{start.edtf}/..", start.first, date.max, "interval")


def _until(found: Found, context: Context) -> Span:
    end = spans.enclosing(_one(found, context))
    return Span(f"../{end.edtf}", date.min, end.last, "interval")


RANGE = Rule(
    "range",
    "It lasted from the one to the other. An end that leaves out its month or year takes it from the other end.",
    (
        ("from 3 to 5 May 2018", "2019-11-04", "2018-05-03/2018-05-05"),
        ("2014-16", "2019-11-04", "2014/2016"),
        ("May to July 2018", "2019-11-04", "2018-05/2018-07"),
        ("October 16-18, 2018", "2019-11-04", "2018-10-16/2018-10-18"),
    ),
    (
        rf"(?:from |between )?(?:the )?{{x}}{_TO}{{x}}",
        rf"(?:from )?(?:the )?(?P<low>{DAY}){_TO}{{day}}",
        rf"(?:from |between )?{{day}}{_TO}(?P<high>{DAY})(?:,? {{year}})?",
        r"(?:from )?{year}[-/](?P<short>[0-9]{2})(?!-?[0-9])",
    ),
    _range,
    anchor="document",
)
BETWEEN = Rule(
    "between",
    "One day, nobody knows which, from the first day of the one to the last day of the other.",
    (
        ("between 16 and 18 October", "2019-11-04", "[2019-10-16..2019-10-18]"),
        ("between 2014 and 2016", "2019-11-04", "[2014..2016]"),
        ("3 or 4 May 2018", "2019-11-04", "[2018-05-03..2018-05-04]"),
    ),
    (
        r"(?:some ?time |one day |a day |on a day )?between (?:the )?{x} and (?:the )?{x}",
        rf"(?:some ?time |one day |a day |on a day )?between (?:the )?(?P<low>{DAY}) and {{day}}",
        rf"(?:some ?time |one day |a day |on a day )?between {{day}} and (?:the )?(?P<high>{DAY})(?:,? {{year}})?",
        r"(?:either )?(?:in |on )?{x} or (?:in |on )?{x}",
        rf"(?:either )?(?:on )?(?:the )?(?P<low>{DAY}) or {{day}}",
        rf"(?:either )?(?:on )?{{day}} or (?P<high>{DAY})(?:,? {{year}})?",
    ),
    _between,
    anchor="document",
)
BEFORE = Rule(
    "before",
    "A day before the first day of a unit. There is no first day: name one with between where it is known.",
    (("before 2016", "2019-11-04", "[..2015]"), ("prior to 3 May 2018", "2019-11-04", "[..2018-05-02]")),
    (r"(?:some ?time )?(?:before|prior to|earlier than) (?:the )?{x}",),
    _before,
)
AFTER = Rule(
    "after",
    "A day after the last day of a unit; `not before` counts the unit itself in. There is no last day.",
    (("after 2016", "2019-11-04", "[2017..]"),),
    (r"(?:some ?time )?(?:after|later than) (?:the )?{x}",),
    _after,
)
NOT_BEFORE = Rule(
    "not-before",
    "A day on or after the first day of a unit. There is no last day.",
    (("not before 2016", "2019-11-04", "[2016..]"), ("2016 or later", "2019-11-04", "[2016..]")),
    (r"(?:not before|no(?:t)? earlier than|on or after|in or after) {x}", r"{x} or later"),
    _not_before,
)
BY = Rule(
    "by",
    "A day on or before the last day of a unit. There is no first day.",
    (("by the end of 2019", "2019-11-04", "[..2019]"), ("2016 or earlier", "2019-11-04", "[..2016]")),
    (r"(?:by|not? later than|not after|on or before|in or before) (?:the )?{x}", r"{x}(?: or earlier| at the latest)"),
    _by,
)
SINCE = Rule(
    "since",
    "It began then and goes on.",
    (
        ("since 2016", "2019-11-04", "2016/.."),
        ("from 3 May 2018 on", "2019-11-04", "2018-05-03/.."),
        ("2016 to the present", "2019-11-04", "2016/.."),
    ),
    (
        r"(?:ever |starting |beginning )?(?:since|from)(?: about)? (?:the )?{x}(?: on| onwards?| forward)?",
        r"(?:starting|beginning)(?: on| in)? {x}",
        rf"(?:from )?{{x}}{_TO}(?:present|now|date|the present|today)",
        r"{x} onwards?",
    ),
    _since,
)
UNTIL = Rule(
    "until",
    "It ended then; when it began is open.",
    (("until 2016", "2019-11-04", "../2016"),),
    (r"(?:until|till|up to|up until|through|to) (?:the )?{x}",),
    _until,
)
