"""Rules for a part of what was named: early this year, mid-October, noon on 3 May, the week of 3 May."""

from __future__ import annotations

from datetime import date

from events.dates.phrases import spans
from events.dates.phrases.rules import Context, Found, Rule
from events.dates.phrases.spans import Span
from events.dates.phrases.vocabulary import NUMBER, number
from events.errors import UnreadableDate

_PART = r"(?:very )?(?:early|mid|late|earlier|later)"
_PART_OF = (
    r"(?:very )?(?:beginning|start|early (?:part|days|months|years)|(?:first|opening) (?:days|weeks|months)|middle|end"
    r"|close|(?:late|latter|later|final) part|last days|final (?:days|weeks|months)|(?:first|second|latter) half)"
)
_BARE = r"(?:week|month|quarter|year|decade|century)"
# First and last step of each part, where twelve steps are the whole; the parts overlap as people's words do.
_TWELFTHS = {"early": (0, 4), "begin": (0, 4), "middle": (3, 9), "late": (8, 12), "end": (8, 12)}
_TWELFTHS |= {"first half": (0, 6), "second half": (6, 12)}
_ENDS_OF_YEAR = {"begin": (0, 3), "end": (9, 12)}
_ZONE = r"(?:,? (?:gmt|utc|[ecmp][sd]?t|bst|cest|local time|(?:eastern|central|pacific) time))?"
# A bare number is no clock time: "on Thursday, 5 people".
_CLOCK = (
    rf"(?:(?:at |about |around )?(?:[0-2]?[0-9](?::[0-5][0-9]){{1,2}}(?: ?(?:a\.?m\.?|p\.?m\.?))?{_ZONE}"
    rf"|[0-2]?[0-9] ?(?:a\.?m\.?|p\.?m\.?|o'clock|hours|gmt|utc){_ZONE})"
    r"|(?:at )?(?:noon|midday|midnight|dawn|dusk|sunrise|sunset)|(?:in the |on the |the )?(?:early |late |mid-?)?"
    r"(?:morning|afternoon|evening|night)(?: hours)?|lunchtime)"
)


def _kind(words: str) -> str:
    words = words.removeprefix("very ")
    if words.endswith("half"):
        return "first half" if words.startswith("first") else "second half"
    if words.startswith(("beginning", "start", "first", "opening")):
        return "begin"
    if words.startswith(("end", "close", "last", "final")):
        return "end"
    return "early" if words.startswith("early") else "middle" if words.startswith("mid") else "late"


def _part_of_unit(found: Found, context: Context) -> tuple[Span, ...]:
    words = found.part("part").removeprefix("very ")
    wholes = context.spans(found.inside[0]) if found.inside else (spans.containing(found.unit, context.day),)
    if words in ("earlier", "later"):
        return tuple(_beside(words, whole, context.day) for whole in wholes)
    return tuple(_slice(_kind(words), whole) for whole in wholes)


def _beside(words: str, whole: Span, day: date) -> Span:
    """`Earlier this year` ends with the anchor, `later this year` begins with it."""
    if not whole.first <= day <= whole.last:
        return _slice("early" if words == "earlier" else "late", whole)
    first, last = (whole.first, day) if words == "earlier" else (day, whole.last)
    return spans.part_of(whole, first, last)


def _slice(kind: str, whole: Span) -> Span:
    if whole.unit in ("day", "weekend"):
        return whole
    if whole.unit in ("interval", "open"):
        raise UnreadableDate("A part of a range is no date. Write the two ends of the part.")
    start, end = _TWELFTHS[kind]
    if whole.unit == "year":
        return _months(whole, *_ENDS_OF_YEAR.get(kind, (start, end)))
    if whole.unit in ("decade", "century"):
        return _years(whole, start, end)
    days = (whole.last - whole.first).days + 1
    first = spans.moved(whole.first, days * start // 12)
    return spans.part_of(whole, first, spans.moved(whole.first, -(-days * end // 12) - 1))


def _months(whole: Span, start: int, end: int) -> Span:
    year = whole.first.year
    return spans.part_of(whole, spans.month(year, start + 1).first, spans.month(year, end).last)


def _years(whole: Span, start: int, end: int) -> Span:
    size = 10 if whole.unit == "decade" else 100
    zero = whole.last.year - size + 1
    first, last = zero + size * start // 12, zero - (-size * end // 12) - 1
    # Centuries are also counted from 1901 to 2000.
    last += whole.unit == "century" and end == 12
    return spans.part_of(whole, spans.year(max(first, 1)).first, spans.year(min(last, 9999)).last)


def _first_units(found: Found, context: Context) -> tuple[Span, ...]:
    count, unit = number(found.part("count") or "one"), found.unit
    return tuple(_count_of(count, unit, found.part("end"), whole) for whole in context.spans(found.inside[0]))


def _count_of(count: int, unit: str, end: str, whole: Span) -> Span:
    if whole.last == date.max:
        raise UnreadableDate("A part of an open range is no date. Write the two ends of the part.")
    if end in ("last", "final"):
        after = spans.moved(spans.moved(whole.last, 1), -count, unit)
        return spans.part_of(whole, max(whole.first, after), whole.last)
    until = spans.moved(spans.moved(whole.first, count, unit), -1)
    return spans.part_of(whole, whole.first, min(whole.last, until))


def _time_of_day(found: Found, context: Context) -> tuple[Span, ...]:
    days = context.spans(found.inside[0])
    if not any(word in found.words.split() for word in ("night", "midnight")):
        return days
    return tuple(spans.part_of(day, day.first, spans.moved(day.last, 1)) for day in days)


def _week_of(found: Found, context: Context) -> tuple[Span, ...]:
    way, unit = found.part("way"), found.unit
    days = [day.first for day in context.spans(found.inside[0])]
    if way == "ending":
        return tuple(spans.one_of(spans.moved(day, -6), day) for day in days)
    if way in ("beginning", "starting", "commencing"):
        return tuple(spans.one_of(day, spans.moved(day, 6)) for day in days)
    return tuple(spans.containing(unit, day) for day in days)


PART_OF_UNIT = Rule(
    "part-of-unit",
    "A part of a unit, wide enough for every use of the word: early is the first third, mid the middle half, late the"
    " last third, the beginning or end of a year its first or last quarter; `earlier` ends with the anchor.",
    (
        ("early this year", "2019-11-04", "[2019-01..2019-04]"),
        ("mid-October", "2019-11-04", "[2019-10-08..2019-10-24]"),
        ("end of last year", "2019-11-04", "[2018-10..2018-12]"),
        ("earlier this year", "2019-11-04", "[2019-01-01..2019-11-04]"),
        ("the late 1990s", "2019-11-04", "[1996..1999]"),
    ),
    (
        rf"(?:the )?(?P<part>{_PART})(?:-| in | on | )?(?:the )?{{x}}",
        rf"(?:the )?(?P<part>{_PART_OF}) of (?:the )?{{x}}",
        rf"(?:the )?(?P<part>{_PART_OF}) of (?:the|this) (?P<unit>{_BARE})",
        rf"(?:the )?(?P<part>mid|early|late|earlier|later)(?: |-)(?:in the )?(?P<unit>{_BARE})",
        r"(?:the )?(?P<unit>year|month|week)(?: |-|'s )(?P<part>end)",
    ),
    _part_of_unit,
    anchor="document",
)
FIRST_UNITS = Rule(
    "first-units",
    "A counted part at the beginning or end of a unit.",
    (
        ("the first nine months of 2019", "2019-11-04", "[2019-01..2019-09]"),
        ("the last week of October 2019", "2019-11-04", "[2019-10-25..2019-10-31]"),
    ),
    (
        rf"(?:the )?(?P<end>first|last|final) (?P<count>{NUMBER}) (?P<unit>day|week|month|year)s (?:of|in) {{x}}",
        r"(?:the )?(?P<end>first|last|final) (?P<unit>day|week|weekend|month|year) (?:of|in) {x}",
    ),
    _first_units,
    anchor="document",
)
TIME_OF_DAY = Rule(
    "time-of-day",
    "A clock time is left out, the day stays; a night or midnight may belong to the next day.",
    (
        ("noon on 3 May 2018", "2019-11-04", "2018-05-03"),
        ("Friday morning", "2019-11-04", "2019-11-01"),
        ("the night of 3 May 2018", "2019-11-04", "[2018-05-03..2018-05-04]"),
    ),
    (rf"{_CLOCK},? ?(?:on |of )?{{day}}", rf"{{day}},? (?:at |in the )?{_CLOCK}"),
    _time_of_day,
    gives="day",
)
WEEK_OF = Rule(
    "week-of",
    "The week (Monday to Sunday) or weekend of a day, or the seven days that end or begin with it.",
    (
        ("the week of 6 November 2019", "2019-11-20", "[2019-11-04..2019-11-10]"),
        ("the week ending 6 November 2019", "2019-11-20", "[2019-10-31..2019-11-06]"),
    ),
    (r"(?:the )?(?P<unit>week|weekend) (?P<way>of|ending|beginning|starting|commencing)(?: on)? {day}",),
    _week_of,
)
