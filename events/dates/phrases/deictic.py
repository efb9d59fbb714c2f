"""Rules for words that count from the day they were said: yesterday, last Friday, in October, this year."""

from __future__ import annotations

from datetime import date

from events.dates.phrases import spans
from events.dates.phrases.eras import latest_or_before, nearest
from events.dates.phrases.explicit import FAR_AHEAD
from events.dates.phrases.rules import Context, Found, Rule
from events.dates.phrases.spans import Span
from events.dates.phrases.vocabulary import MONTH, NUMBER, UNIT, WEEKDAY, month_number, number, weekday_number

_DAYS = {"yesterday": -1, "tomorrow": 1, "last": -1, "overnight": -1}
_CALENDAR = r"(?:week|weekend|month|quarter|year|decade|century)"
_IN_DAYS = ("day", "week", "fortnight", "weekend")
_DAYTIME = r"(?:morning|afternoon|evening|night)"
_STEPS = {"last": -1, "past": -1, "previous": -1, "prior": -1, "preceding": -1, "before": -1}
_STEPS |= {"next": 1, "coming": 1, "following": 1, "after": 1}


def _relative_day(found: Found, context: Context) -> Span:
    words = found.part("day").split()
    step = _DAYS.get(words[0], 0) + (_DAYS[words[-1]] if words[0] == "the" else 0)
    if words[0] == "the":
        step += -1 if "before" in words else 1
    day = spans.moved(context.day, step)
    if words[-1] in ("night", "tonight", "overnight"):
        return spans.replace_whole(spans.one_of(day, spans.moved(day, 1)), spans.day_of(day))
    return spans.day_of(day)


def _weekday(found: Found, context: Context) -> Span | tuple[Span, ...]:
    number = weekday_number(found.part("weekday"))
    which = found.part("which").split(" ")[-1]
    today = context.day
    latest = spans.moved(today, -((today.weekday() - number) % 7))
    monday = spans.moved(today, -today.weekday())
    if which in ("last", "past", "previous"):
        latest = spans.moved(latest, -7) if latest == today else latest
        return _either(latest, spans.moved(monday, number - 7))
    if which in ("next", "coming", "following"):
        coming = spans.moved(latest, 7)
        return _either(coming, spans.moved(monday, number + 7)) if which == "next" else spans.day_of(coming)
    if which == "this":
        return spans.day_of(spans.moved(monday, number))
    ahead = context.lean == "future" and latest != today
    return spans.day_of(spans.moved(latest, 7) if ahead else latest)


def _either(likely: date, other: date) -> Span | tuple[Span, ...]:
    return spans.day_of(likely) if likely == other else (spans.day_of(likely), spans.day_of(other))


def _named_month(found: Found, context: Context) -> Span | tuple[Span, ...]:
    number = month_number(found.part("month"))
    own = spans.month(context.day.year, number)
    which = found.part("which")
    if which == "next":
        ahead = own if own.first > context.day else spans.month(context.day.year + 1, number)
        near = spans.moved(ahead.first, -3, "month") <= context.day
        return (ahead, spans.month(ahead.first.year + 1, number)) if near else ahead
    if which == "this" or context.lean == "same":
        return own
    if context.lean == "near":
        return nearest([spans.month(context.day.year + step, number) for step in (-1, 0, 1)], context.day)
    coming = own if own.last >= context.day else spans.month(context.day.year + 1, number)
    near = coming.first < spans.moved(context.day, FAR_AHEAD, "month")
    if which == "coming" or (context.lean == "future" and near):
        return coming
    return own if own.first <= context.day else spans.month(context.day.year - 1, number)


def _last_named_month(found: Found, context: Context) -> Span | tuple[Span, ...]:
    number, year = month_number(found.part("month")), context.day.year
    near = [spans.month(one, number) for one in (year - 2, year - 1, year)]
    return latest_or_before([month for month in near if month.last < context.day], context.day)


def _relative_unit(found: Found, context: Context) -> Span | tuple[Span, ...]:
    unit, which = found.unit, found.part("which").split(" ")[-1]
    day = spans.moved(context.day, _STEPS.get(which, 0), unit)
    own = spans.containing(unit, day)
    if unit in ("decade", "century") and found.words.startswith("the last"):
        return own, spans.one_of(spans.moved(context.day, -1, unit).replace(month=1, day=1), context.day)
    return own


def _past_span(found: Found, context: Context) -> Span:
    unit = found.unit
    since = spans.moved(context.day, -number(found.part("count") or "one"), unit)
    first = since if unit in _IN_DAYS else since.replace(day=1)
    return spans.one_of(first, context.day)


def _coming_span(found: Found, context: Context) -> Span:
    unit = found.unit
    until = spans.moved(context.day, number(found.part("count")), unit)
    return spans.one_of(context.day, until if unit in _IN_DAYS else spans.containing("month", until).last)


def _following_unit(found: Found, context: Context) -> Span:
    unit = found.unit
    unit = "day" if unit in ("morning", "afternoon", "evening", "night") else unit
    return spans.containing(unit, spans.moved(context.day, _STEPS.get(found.part("which"), 0), unit))


RELATIVE_DAY = Rule(
    "relative-day",
    "The day of the anchor or one beside it; a night may reach into the next day.",
    (
        ("yesterday", "2019-11-04", "2019-11-03"),
        ("the day before yesterday", "2019-11-04", "2019-11-02"),
        ("this morning", "2019-11-04", "2019-11-04"),
        ("last night", "2019-11-04", "[2019-11-03..2019-11-04]"),
    ),
    (
        r"(?P<day>the day before yesterday|the day after tomorrow)",
        rf"(?:(?:early|late|earlier|later) )?(?P<day>yesterday|tomorrow|today)(?: {_DAYTIME})?",
        r"(?:(?:early|late|earlier|later) )?(?P<day>tonight|overnight|last (?:night|evening))",
        r"(?:(?:early|late|earlier|later) )?(?P<day>this (?:morning|afternoon|evening))",
    ),
    _relative_day,
    anchor="document",
    gives="day",
)
WEEKDAY_RULE = Rule(
    "weekday",
    "The latest such day on or before the anchor; `last` and `next` may count from this day or from this week.",
    (
        ("on Friday", "2019-11-04", "2019-11-01"),
        ("last Friday", "2019-11-04", "2019-11-01"),
        ("last Monday", "2019-11-06", "[2019-10-28..2019-11-04]"),
    ),
    (
        rf"(?:(?P<which>(?:this |the )?(?:last|past|next|coming|following|previous)|this) )?(?P<weekday>{WEEKDAY})",
        rf"(?P<weekday>{WEEKDAY}) (?P<which>last|next)(?! [a-z]+day)",
    ),
    _weekday,
    anchor="document",
    gives="day",
)
NAMED_MONTH = Rule(
    "named-month",
    "A month without a year: the latest that had begun by the anchor; `this` is of the same year, `next` lies ahead.",
    (
        ("in October", "2019-11-04", "2019-10"),
        ("March", "2020-01-10", "2019-03"),
        ("this May", "2019-11-04", "2019-05"),
    ),
    (rf"(?:(?P<which>this|next|coming) )?(?P<month>{MONTH})(?! (?:well )?(?:have|be|not) )",),
    _named_month,
    anchor="document",
    gives="month",
)
LAST_NAMED_MONTH = Rule(
    "last-named-month",
    "The latest such month that was over; if it was within three months, the one a year before may be meant too.",
    (("last March", "2019-11-04", "2019-03"), ("last March", "2019-04-10", "[2018-03..2019-03]")),
    (rf"(?:the |this )?(?:last|past) (?P<month>{MONTH})",),
    _last_named_month,
    anchor="document",
    gives="month",
)
RELATIVE_UNIT = Rule(
    "relative-unit",
    "The week (Monday to Sunday), weekend, month, quarter, year, decade or century of the anchor, or one beside it.",
    (
        ("this year", "2019-11-04", "2019"),
        ("last month", "2019-11-04", "2019-10"),
        ("last week", "2019-11-04", "[2019-10-28..2019-11-03]"),
        ("last century", "2019-11-04", "19XX"),
        ("the last decade", "2019-11-04", "[2000-01-01..2019-11-04]"),
    ),
    (
        rf"(?P<which>(?:this )?(?:last|past|coming)|this|next) (?P<unit>{_CALENDAR})(?! of )",
        r"(?:the )?(?P<which>current|present|coming|last) (?P<unit>weekend|quarter|decade|century)",
        r"(?:the )?(?P<which>current|present|coming) (?P<unit>week|month|year)",
    ),
    _relative_unit,
    anchor="document",
)
PAST_SPAN = Rule(
    "past-span",
    "One day of a number of units up to the anchor; from a month on, the month in which they begin is included.",
    (
        ("in the past three months", "2019-11-04", "[2019-08-01..2019-11-04]"),
        ("the past year", "2019-11-04", "[2018-11-01..2019-11-04]"),
        ("the last ten days", "2019-11-04", "[2019-10-25..2019-11-04]"),
    ),
    (
        rf"(?:the |these )?(?:past|last|previous|preceding) (?P<count>{NUMBER}) (?P<unit>{UNIT})s?",
        rf"the (?P<count>{NUMBER}) (?:past|last|previous|preceding) (?P<unit>{UNIT})s?",
        r"the (?:past|last) (?P<unit>day|week|month|year|decade|century)(?! of )",
    ),
    _past_span,
    anchor="document",
)
COMING_SPAN = Rule(
    "coming-span",
    "One day of a number of units from the anchor on; from a month on, the month in which they end is included.",
    (
        ("in the next three months", "2019-11-04", "[2019-11-04..2020-02-29]"),
        ("the coming ten days", "2019-11-04", "[2019-11-04..2019-11-14]"),
    ),
    (rf"(?:the |these )?(?:next|coming|following) (?P<count>{NUMBER}) (?P<unit>{UNIT})s?",),
    _coming_span,
    anchor="document",
)
FOLLOWING_UNIT = Rule(
    "following-unit",
    "A day, week, month or year that is told as the same as the anchor's or as the one beside it.",
    (
        ("the next day", "2019-11-04", "2019-11-05"),
        ("the following year", "2019-11-04", "2020"),
        ("the month before", "2019-11-04", "2019-10"),
        ("that week", "2019-11-04", "[2019-11-04..2019-11-10]"),
    ),
    (
        rf"(?:the |that )(?:very )?(?P<which>following|next|previous|preceding|prior|same) (?P<unit>{UNIT}|{_DAYTIME})",
        rf"that (?:very |same )?(?P<unit>{UNIT}|{_DAYTIME})",
        r"the (?P<unit>day|week|month|year) (?P<which>before|after)(?=$|[.,;:!?)])",
    ),
    _following_unit,
    anchor="previous",
)
