"""Rules for stretches with a name: decades, centuries, seasons, quarters, halves."""

from __future__ import annotations

from datetime import date

from events.dates.phrases import spans
from events.dates.phrases.explicit import RELATIVE_YEAR, relative_year, year_number
from events.dates.phrases.rules import Context, Found, Rule
from events.dates.phrases.spans import Span
from events.dates.phrases.vocabulary import ORDINAL, SEASON, TENS, WRITTEN_YEAR, YEAR, ordinal

_OF_YEAR = rf"(?:,? (?:of |in )?(?:the year )?(?P<year>{WRITTEN_YEAR})|,? {RELATIVE_YEAR})"
_TENS_WORDS = "|".join(word.removesuffix("y") + "ies" for word in TENS)
_NEAR_MONTHS = 3


def _year(found: Found, context: Context) -> int:
    written = found.part("year")
    return year_number(written, context) if written else relative_year(found, context)


def _decade(found: Found, context: Context) -> Span | tuple[Span, ...]:
    if written := found.part("year"):
        year = int(written)
        over = year % 100 == 0 and year + 99 < context.day.year
        return (spans.decade(year), spans.century(year)) if over else spans.decade(year)
    short, word = found.part("short"), found.part("word")
    tens = int(short) if short else TENS[word.removesuffix("ies") + "y"]
    if hundreds := found.part("hundreds"):
        return spans.decade({"eighteen": 1800, "nineteen": 1900}[hundreds] + tens)
    year = context.day.year - context.day.year % 100 + tens
    return spans.decade(year if year <= context.day.year else year - 100)


def _century(found: Found, context: Context) -> Span:
    return spans.century(100 * (ordinal(found.part("number")) - 1))


def _season_name(found: Found) -> str:
    name = found.part("season")
    return "autumn" if name == "fall" else name


def _season(found: Found, context: Context) -> Span | tuple[Span, ...]:
    year, name = _year(found, context), _season_name(found)
    own = spans.season(year, name)
    if name != "winter" or found.part("next"):
        return own
    before = spans.season(year - 1, name)
    # A winter that has not begun is not one in which something happened.
    return before if own.first > context.day and context.lean != "future" else (own, before)


def _named_season(found: Found, context: Context) -> Span | tuple[Span, ...]:
    which, name = found.part("which"), _season_name(found)
    near = [spans.season(context.day.year + step, name) for step in (-2, -1, 0, 1)]
    begun = [season for season in near if season.first <= context.day]
    over = [season for season in near if season.last < context.day]
    if which.endswith(("last", "past", "previous")):
        return latest_or_before(over, context.day)
    if which == "next" or (context.lean == "future" and not which):
        return next(season for season in near if season.first > context.day)
    if context.lean == "near" and which != "this":
        return nearest(near, context.day)
    if which == "this" or context.lean == "same":
        return begun[-1] if begun[-1].last >= context.day else _this_year(near, context)
    return begun[-1]


def nearest(near: list[Span], day: date) -> Span:
    """The span whose middle is nearest to the day."""
    return min(near, key=lambda span: abs((span.first - day) + (span.last - day)))


def _this_year(near: list[Span], context: Context) -> Span:
    return next(season for season in near if season.first.year == context.day.year)


def latest_or_before(over: list[Span], day: date) -> Span | tuple[Span, ...]:
    """`Last March` is the latest March that is over; soon after it, it may also be the one before that."""
    latest = over[-1]
    if spans.moved(latest.last, _NEAR_MONTHS, "month") < day:
        return latest
    return latest, over[-2]


def _numbered(found: Found) -> int:
    text = found.part("number")
    return {"last": 4, "final": 4}.get(text) or ordinal(text)


def _quarter(found: Found, context: Context) -> Span:
    number = _numbered(found)
    if found.part("year") or found.part("which"):
        return spans.quarter(_year(found, context), number)
    own = spans.quarter(context.day.year, number)
    if context.lean == "same" or own.first <= context.day:
        return own
    return own if context.lean == "future" else spans.quarter(context.day.year - 1, number)


def _half(found: Found, context: Context) -> Span:
    number = 2 if found.part("number") in ("latter", "last") else ordinal(found.part("number"))
    if found.part("year") or found.part("which"):
        return spans.half(_year(found, context), number)
    own = spans.half(context.day.year, number)
    return own if own.first <= context.day or context.lean == "future" else spans.half(context.day.year - 1, number)


DECADE = Rule(
    "decade",
    "Ten years with the same first digits; `the 1900s` may be the century too, once it is over.",
    (
        ("the 1990s", "2019-11-04", "199X"),
        ("the nineties", "2019-11-04", "199X"),
        ("the '20s", "2019-11-04", "192X"),
        ("the 1900s", "2019-11-04", "19XX"),
    ),
    (
        r"(?:the )?(?:decade of the )?(?P<year>[12][0-9]{2}0)'?s",
        r"(?:the )?'?(?P<short>[1-9]0)'?s",
        rf"(?:the )?(?:(?P<hundreds>eighteen|nineteen)(?: |-))?(?P<word>{_TENS_WORDS})",
    ),
    _decade,
    anchor="document",
)
CENTURY = Rule(
    "century",
    "The hundred years with the same first digits, as people say it and as EDTF writes it: 1900 to 1999.",
    (("the 20th century", "2019-11-04", "19XX"), ("the nineteenth century", "2019-11-04", "18XX")),
    (rf"(?:the )?(?P<number>{ORDINAL})(?: |-)century(?: ad| ce)?",),
    _century,
)
SEASON_RULE = Rule(
    "season",
    "A northern season of a year. The winter of a year may be the one that ends in it.",
    (
        ("spring 2019", "2019-11-04", "2019-21"),
        ("spring of last year", "2019-11-04", "2018-21"),
        ("winter 2018/19", "2019-11-04", "2018-24"),
        ("winter 2018", "2019-11-04", "[2017-12..2019-02]"),
        ("winter 2019", "2019-11-04", "2018-24"),
    ),
    (
        rf"(?:the )?(?P<season>{SEASON}){_OF_YEAR}(?:[-/](?P<next>[0-9]{{4}}|[0-9]{{2}}))?",
        rf"(?P<year>{YEAR}) (?P<season>{SEASON})",
    ),
    _season,
    anchor="document",
)
NAMED_SEASON = Rule(
    "named-season",
    "A season without a year: the latest that had begun; `last` is the latest that was over, or the one before if that"
    " was within three months.",
    (
        ("in the spring", "2019-11-04", "2019-21"),
        ("last winter", "2019-11-04", "2018-24"),
        ("last summer", "2019-11-04", "[2018-06..2019-08]"),
    ),
    (rf"(?:(?P<which>(?:the |this )?(?:last|past|previous)|this|next|the) )?(?P<season>{SEASON})",),
    _named_season,
    anchor="document",
)
QUARTER = Rule(
    "quarter",
    "A quarter of the calendar year; without a year the latest that had begun.",
    (
        ("the first quarter of 2019", "2019-11-04", "2019-33"),
        ("Q3 2018", "2019-11-04", "2018-35"),
        ("the fourth quarter", "2019-09-04", "2018-36"),
    ),
    (
        rf"(?:the )?(?:fiscal )?(?P<number>first|second|third|fourth|final|1st|2nd|3rd|4th)(?: |-)quarter{_OF_YEAR}?",
        rf"(?:the )?(?P<year>{YEAR}) (?P<number>first|second|third|fourth|final)(?: |-)quarter",
        r"(?:the )?(?P<which>year-ago|year-earlier) (?:fiscal )?(?P<number>first|second|third|fourth)(?: |-)quarter",
        r"(?P<which>this|last|next) year's (?P<number>first|second|third|fourth|final)(?: |-)quarter",
        rf"q ?(?P<number>[1-4])(?:(?: of|,|/)? ?(?P<year>{YEAR}|'[0-9]{{2}}))?",
        rf"(?P<year>{YEAR})(?: |-)?q(?P<number>[1-4])",
    ),
    _quarter,
    anchor="document",
)
HALF = Rule(
    "half",
    "A half of the calendar year; without a year the latest that had begun.",
    (
        ("the first half of 2019", "2019-11-04", "2019-40"),
        ("H1 2020", "2019-11-04", "2020-40"),
        ("the second half of last year", "2019-11-04", "2018-41"),
    ),
    (
        rf"(?:the )?(?P<number>first|second|1st|2nd|latter|last)(?: |-)half(?:{_OF_YEAR}|(?! of ))",
        rf"h ?(?P<number>[12])(?: of|,|/)? ?(?P<year>{YEAR})",
        rf"(?P<year>{YEAR})(?: |-)?h(?P<number>[12])",
    ),
    _half,
    anchor="document",
)
