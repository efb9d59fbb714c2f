"""Rules for dates that are written out: day, month and year, or some of them."""

from __future__ import annotations

from datetime import date

from events.dates.phrases import spans
from events.dates.phrases.rules import Context, Found, Rule
from events.dates.phrases.spans import Span
from events.dates.phrases.vocabulary import (
    DAY,
    DAY_IN_WORDS,
    MONTH,
    WEEKDAY,
    WRITTEN_YEAR,
    YEAR,
    YEAR_IN_WORDS,
    day_number,
    month_number,
    weekday_number,
    year_in_words,
)
from events.errors import UnreadableDate

_WEEKDAY = rf"(?:(?P<weekday>{WEEKDAY}),? (?:the )?)?"
_YEAR = rf"(?P<year>{WRITTEN_YEAR})"
_DAY_MONTH = rf"{_WEEKDAY}(?:the )?(?P<day>{DAY}|{DAY_IN_WORDS}(?= of))(?: of|-)? ?(?P<month>{MONTH})"
_MONTH_DAY = rf"{_WEEKDAY}(?P<month>{MONTH}) ?(?:the )?(?P<day>{DAY}|{DAY_IN_WORDS})"
# The time in an ISO 8601 time stamp, which is left out.
_CLOCK = r"t[0-2][0-9](?::?[0-5][0-9]){0,2}(?:[.,][0-9]{1,9})?(?:z|[+-][0-2][0-9](?::?[0-5][0-9])?)?"
RELATIVE_YEAR = r"(?:of |in )?(?:the )?(?P<which>this|last|next|same|that|previous|following) year"
# Words tell of what happened, or of what is soon to come.
_AHEAD_MONTHS = 2
# What lies further ahead is not told without its year, whatever the tense.
FAR_AHEAD = 9
RELATIVE_YEARS = {"last": -1, "previous": -1, "year-ago": -1, "year-earlier": -1, "next": 1, "following": 1}


def relative_year(found: Found, context: Context) -> int:
    """The year of `this year`, `last year` and their kin, counted from the anchor."""
    return context.day.year + RELATIVE_YEARS.get(found.part("which"), 0)


def year_number(text: str, context: Context) -> int:
    """`2019` as it is, in words too; `'98` is the latest such year that had begun by the anchor."""
    if text[0].isalpha():
        return year_in_words(text)
    if not text.startswith("'"):
        return int(text)
    year = context.day.year - context.day.year % 100 + int(text[1:])
    return year if year <= context.day.year else year - 100


def _checked(span: Span, weekday: str) -> Span:
    if weekday and weekday_number(weekday) != span.first.weekday():
        raise UnreadableDate(f"{span.edtf} was a {span.first:%A}. Correct the weekday or the date, or leave one out.")
    return span


def _day(found: Found, context: Context) -> Span:
    month = found.part("month")
    number = month_number(month) if month[:1].isalpha() else int(month)
    if number > 12:
        raise UnreadableDate(f"There is no month {number}. Write the month as a word: 3 May 2018.")
    year = year_number(found.part("year"), context)
    return _checked(spans.day(year, number, day_number(found.part("day"))), found.part("weekday"))


def _numbers(found: Found, context: Context) -> Span:
    first, second, year = (int(found.part(name)) for name in ("one", "two", "year"))
    if first > 12 or first == second:
        return spans.day(year, second, first) if second <= 12 else _no_month()
    if second > 12:
        return spans.day(year, first, second)
    raise UnreadableDate(
        f"{found.words} may be day and month or month and day. Write the month as a word, or {year}-MM-DD."
    )


def either_order(found: Found) -> tuple[Span, ...]:
    """Both readings of `3/4/2019`, the day first, then the month; none for other words."""
    if not found.part("one"):
        return ()
    first, second, year = (int(found.part(name)) for name in ("one", "two", "year"))
    return (spans.day(year, second, first), spans.day(year, first, second)) if max(first, second) <= 12 else ()


def _no_month() -> Span:
    raise UnreadableDate("Neither number is a month. Write the month as a word: 3 May 2018.")


def _day_or_numbers(found: Found, context: Context) -> Span:
    return _numbers(found, context) if found.part("one") else _day(found, context)


def _omitted(found: Found, context: Context) -> tuple[Span, ...]:
    month, number = month_number(found.part("month")), day_number(found.part("day"))
    days = [day for day in _same_days(context.day.year, month, number) if _is(found.part("weekday"), day)]
    if not days:
        raise UnreadableDate(f"No {found.words} lies near the day the words were said. Write the year.")
    return tuple(spans.day_of(day) for day in chosen(days, context))


def _same_days(year: int, month: int, number: int) -> list[date]:
    # 29 February is up to eight years away; every other day of the year is in each of three years.
    reach = 8 if (month, number) == (2, 29) else 1
    years = range(max(year - reach, 1), min(year + reach, 9999) + 1)
    return [day for one in years if (day := _if_exists(one, month, number))]


def _if_exists(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _is(weekday: str, day: date) -> bool:
    return not weekday or weekday_number(weekday) == day.weekday()


def chosen(days: list[date], context: Context) -> list[date]:
    """Which of these days is meant, the likeliest first: the last one, unless the next one is near and nearer."""
    past = [day for day in days if day <= context.day]
    ahead = [day for day in days if day >= context.day]
    nearest = min(days, key=lambda day: abs(day - context.day))
    if context.lean == "near":
        return [nearest]
    if past and nearest > spans.moved(context.day, _AHEAD_MONTHS, "month"):
        nearest = past[-1]
    if context.lean == "same":
        return [day for day in days if day.year == context.day.year] or [nearest]
    if context.lean == "past" and past:
        return past[-1:]
    if context.lean == "future" and ahead and ahead[0] < spans.moved(context.day, FAR_AHEAD, "month"):
        return ahead[:1]
    return [nearest] if nearest <= context.day or not past else [nearest, past[-1]]


def _day_of_month(found: Found, context: Context) -> Span:
    number = day_number(found.part("day"))
    # A weekday and a day of the month meet again within fourteen months.
    for back in range(15):
        month = spans.moved(context.day.replace(day=1), -back, "month")
        day = _if_exists(month.year, month.month, number)
        if day and day <= context.day and _is(found.part("weekday"), day):
            return spans.day_of(day)
    raise UnreadableDate(f"There is no day {number} in a month. Write the day, month and year.")


def _day_of_relative_year(found: Found, context: Context) -> Span:
    year = relative_year(found, context)
    day = spans.day(year, month_number(found.part("month")), day_number(found.part("day")))
    return _checked(day, found.part("weekday"))


def _month(found: Found, context: Context) -> Span:
    month = found.part("month")
    number = month_number(month) if month[:1].isalpha() else int(month)
    return spans.month(year_number(found.part("year"), context), number)


def _month_of_relative_year(found: Found, context: Context) -> Span:
    return spans.month(relative_year(found, context), month_number(found.part("month")))


def _year(found: Found, context: Context) -> Span:
    return spans.year(year_number(found.part("year"), context))


def _fiscal_year(found: Found, context: Context) -> Span:
    text = found.part("year")
    year = year_number(f"'{text}" if len(text) == 2 else text, context)
    wide = spans.one_of(spans.month(year - 1, 4).first, spans.month(year + 1, 3).last)
    return spans.part_of(spans.year(year), wide.first, wide.last)


DAY_RULE = Rule(
    "day",
    "Day, month and year in any usual order; a weekday that is wrong is refused, and so are numbers of unclear order.",
    (
        ("16 October 2019", "2019-11-04", "2019-10-16"),
        ("Monday, November 4th, 2019", "2019-11-20", "2019-11-04"),
        ("13/5/2018", "2019-11-04", "2018-05-13"),
    ),
    (
        rf"{_DAY_MONTH}(?:,| of|-|/)? ?{_YEAR}",
        rf"{_MONTH_DAY}(?:,? (?:of )?|,){_YEAR}",
        rf"(?P<year>{YEAR}),? (?P<month>{MONTH}) (?P<day>{DAY})",
        r"(?P<year>[12][0-9]{3})(?P<sign>[-/.])(?P<month>[01]?[0-9])(?P=sign)(?P<day>[0-3]?[0-9])",
        rf"(?P<year>[12][0-9]{{3}})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9]){_CLOCK}",
        r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3][0-9])",
        r"(?P<day>[0-3]?[0-9])\.(?P<month>[01]?[0-9])\.(?P<year>[12][0-9]{3})",
        r"(?P<one>[0-3]?[0-9])(?P<sign>[-/])(?P<two>[0-3]?[0-9])(?P=sign)(?P<year>[12][0-9]{3})",
    ),
    _day_or_numbers,
    gives="day",
)
DAY_OF_RELATIVE_YEAR = Rule(
    "day-of-relative-year",
    "Day and month of a year that is counted from the anchor.",
    (("16 October last year", "2019-11-04", "2018-10-16"), ("May 3 of this year", "2019-11-04", "2019-05-03")),
    (rf"{_DAY_MONTH},? {RELATIVE_YEAR}", rf"{_MONTH_DAY},? {RELATIVE_YEAR}"),
    _day_of_relative_year,
    anchor="document",
    gives="day",
)
YEAR_OMITTED = Rule(
    "year-omitted",
    "Day and month without a year: the last one; if the next one is nearer and within two months, either may be meant.",
    (
        ("on October 16", "2019-11-04", "2019-10-16"),
        ("20 December", "2019-01-05", "2018-12-20"),
        ("May 3rd", "2019-11-04", "2019-05-03"),
        ("20 November", "2019-11-04", "[2018-11-20..2019-11-20]"),
        ("Tuesday, 20 November", "2019-11-04", "2018-11-20"),
    ),
    (_DAY_MONTH, _MONTH_DAY),
    _omitted,
    anchor="document",
    gives="day",
)
DAY_OF_MONTH = Rule(
    "day-of-month",
    "A day of the month alone: the latest on or before the anchor.",
    (("on the 16th", "2019-11-04", "2019-10-16"), ("Friday the 13th", "2019-11-04", "2019-09-13")),
    (rf"{_WEEKDAY}(?:the )?(?P<day>[0-9]{{1,2}}(?:st|nd|rd|th))",),
    _day_of_month,
    anchor="document",
    gives="day",
)
MONTH_RULE = Rule(
    "month",
    "Month and year.",
    (("October 2019", "2019-11-04", "2019-10"), ("Sept. '98", "2019-11-04", "1998-09")),
    (
        rf"(?:the month of )?(?P<month>{MONTH})(?:,| of|,? in|-)? ?(?:the year )?{_YEAR}",
        rf"(?P<year>{YEAR}),? (?P<month>{MONTH})",
        r"(?P<month>0?[1-9]|1[0-2])/(?P<year>[12][0-9]{3})",
    ),
    _month,
    gives="month",
)
MONTH_OF_RELATIVE_YEAR = Rule(
    "month-of-relative-year",
    "A month of a year that is counted from the anchor.",
    (("May of this year", "2019-11-04", "2019-05"), ("October last year", "2019-11-04", "2018-10")),
    (rf"(?P<month>{MONTH}),? {RELATIVE_YEAR}",),
    _month_of_relative_year,
    anchor="document",
    gives="month",
)
YEAR_RULE = Rule(
    "year",
    "A year; `'98` is the latest such year that had begun by the anchor.",
    (("in 2016", "2019-11-04", "2016"), ("'98", "2019-11-04", "1998"), ("AD 79", "2019-11-04", "0079")),
    (
        rf"(?:the year )?{_YEAR}(?: ?(?:ad|a\.d\.|ce))?",
        rf"the (?P<year>{YEAR_IN_WORDS})",
        r"(?:ad|a\.d\.) ?(?P<year>[0-9]{1,4})",
        r"(?P<year>[0-9]{1,4}) ?(?:ad|a\.d\.|ce|c\.e\.)",
        r"(?:the )?year (?P<year>[0-9]{1,4})",
    ),
    _year,
    gives="year",
)
FISCAL_YEAR = Rule(
    "fiscal-year",
    "A business year, which may begin from April of the year before and end by March of the year after.",
    (("fiscal 2010", "2019-11-04", "[2009-04..2011-03]"),),
    (
        rf"(?:the )?(?:fiscal|financial)(?: year)?(?: of)? (?P<year>{YEAR})",
        rf"(?:the )?(?P<year>{YEAR}) (?:fiscal|financial) year",
        rf"fy ?(?P<year>{YEAR}|[0-9]{{2}})",
    ),
    _fiscal_year,
)
