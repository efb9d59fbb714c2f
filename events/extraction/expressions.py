"""Rules for time expressions that only a running text has: lengths of time, repeated times, words without a date."""

from __future__ import annotations

from dataclasses import replace

from events.dates.phrases import languages, ranges, spans
from events.dates.phrases.rules import Context, Found, Rule
from events.dates.phrases.spans import Span
from events.dates.phrases.vocabulary import DAY, FEW, MONTH, NUMBER, ORDINAL, SEASON, UNIT, WEEKDAY, YEAR
from events.errors import UnreadableDate

_LENGTHS = r"(?:second|minute|hour|day|week|weekend|month|quarter|year|decade|century|centurie|generation)"
_MANY = rf"(?:{FEW}|many|several|a few dozen|dozens of|hundreds of|thousands of|the)"
_MORE = r"(?:more |full |consecutive |straight |long |additional |trading |business |whole )?"
# `two bloody weeks`: a word between the number and the unit that is no plural of its own.
_ANY_WORD = r"(?:[a-z]{2,12}[a-rt-z] )?"
_WAY = r"(?:(?:the |these )?(?:past|last|next|first|coming|previous|final) )?"
_PART = r"(?:(?:the )?(?:early|mid|late|(?:beginning|middle|start|end) of)(?: |-)(?:the )?)?"
_NOW = (
    r"(?:right now|now(?:adays)?|currently|current|at present|presently|these days|at this (?:time|stage)|the present"
    r"|present day)"
)
_PAST = (
    r"(?:(?:more |most )?recently|lately|recent|the (?:recent )?past"
    r"|(?:not )?long ago|a while ago|some time ago|the old days"
    rf"|(?:{FEW} )?(?:years|months|weeks|days|decades|centuries) ago)"
)
_FUTURE = (
    r"(?:the (?:near |immediate |foreseeable )?future"
    r"|the (?:medium|near|short) term)"
)


def _no_date(found: Found, context: Context) -> Span:
    raise UnreadableDate("These words carry no date.")


def _rule(name: str, meaning: str, words: str, *forms: str) -> Rule:
    return Rule(name, meaning, ((words, "2019-11-04", ""),), forms, _no_date, gives="none")


DURATION = _rule(
    "duration",
    "A length of time, counted or not.",
    "three years",
    rf"(?P<count>{NUMBER})(?P<half>(?: |-)1/2| and (?:a )?half)?(?: |-){_MORE}(?P<unit>{_LENGTHS})s?(?:-long)?",
    rf"(?P<count>(?!an? ){NUMBER}) {_ANY_WORD}(?P<unit>{_LENGTHS})s",
    rf"(?P<count>an?|one) (?P<unit>{_LENGTHS}) (?P<half>and a half)",
    rf"(?P<count>[0-9]+(?:\.[0-9]+)?)(?: |-)(?P<unit>{_LENGTHS})s?",
    rf"{_WAY}(?P<few>{_MANY}) {_MORE}(?P<unit>{_LENGTHS})s",
    rf"(?P<few>several|many)-(?P<unit>{_LENGTHS})",
    rf"(?:the )?(?P<few>recent|coming) (?P<unit>{_LENGTHS})s",
    rf"(?P<count>{NUMBER})(?: |-)(?:to|or)(?: |-){NUMBER}(?: |-)(?P<unit>{_LENGTHS})s?",
    r"(?:the |its )?(?:full |fiscal )?(?P<count>)(?P<unit>year)(?= end(?:ed|ing|s) )",
    rf"the (?:next|following|past) (?P<count>)(?P<unit>{UNIT})",
    r"(?P<bare>years|months|weeks|days|decades|centuries|hours|minutes)",
)
SET = _rule(
    "set",
    "A time that comes back.",
    "every Friday",
    rf"(?:every|each) (?P<unit>{_LENGTHS}|morning|night|evening)",
    rf"(?:every|each) (?:(?P<weekday>{WEEKDAY})|(?P<month>{MONTH})|(?P<season>{SEASON}))",
    rf"(?:(?:every|each) )?(?:(?:the )?{DAY}(?: of)? (?P<month>{MONTH})),? (?:of |in )?(?:every|each) (?P<unit>year)",
    rf"(?P<month>{MONTH})(?: {DAY})?,? (?:of |in )?(?:every|each) (?P<unit>year)",
    rf"(?:every|each) (?:{DAY}(?: of)? (?P<month>{MONTH}))",
    r"(?P<often>hourly|daily|weekly|monthly|annually|yearly)",
    r"(?P<days>(?:mon|tues|wednes|thurs|fri|satur|sun)days)",
)
NOW = _rule("now", "The time of speaking, of no known length.", "currently", _NOW)
PAST = _rule("some-time-past", "A past of no known distance.", "recently", _PAST)
FUTURE = _rule("some-time-ahead", "A future of no known distance.", "the near future", _FUTURE)
BEFORE_CHRIST = _rule(
    "before-christ",
    "A year before the year 1, which Dateline cannot hold.",
    "480 BC",
    rf"(?:{_PART}(?P<month>{MONTH}|(?:the )?(?P<season>{SEASON})(?: of)?) |{_PART})"
    r"(?:c\.? |ca\.? |circa )?(?P<year>[0-9]{1,4}) ?(?:bce?|b\.c\.(?:e\.)?)",
    rf"(?:the )?{_PART}(?P<century>{ORDINAL})(?: |-)century (?:bce?|b\.c\.(?:e\.)?)",
)


def _latest_quarter(found: Found, context: Context) -> Span | tuple[Span, ...]:
    latest = spans.moved(context.day, -1, "quarter")
    if not found.part("year"):
        return spans.containing("quarter", latest)
    back = latest.year - int(found.part("year")) if found.part("year").isdigit() else 1
    day = spans.moved(latest, -back, "year")
    quarter = spans.containing("quarter", day)
    return quarter if found.part("period") else (quarter, spans.containing("year", day))


def _past_weekend(found: Found, context: Context) -> Span:
    return spans.weekend_of(spans.moved(context.day, -context.day.weekday() - 1))


LATEST_QUARTER = Rule(
    "latest-quarter",
    "The quarter that a report of results is about: the one before the anchor, or the same of the year before.",
    (("the latest quarter", "2019-11-04", "2019-35"), ("the year-ago quarter", "2019-11-04", "2018-35")),
    (
        r"the (?:latest |most recent )?quarter",
        r"the latest period",
        r"(?:the |a )?(?:comparable )?(?P<year>year-(?:ago|earlier))(?: (?P<period>quarter|period))?(?! (?:nine|six) )",
        rf"the (?P<year>{YEAR}) (?P<period>quarter|period)",
        r"the (?:corresponding|same|comparable) (?P<period>quarter|period) (?:of )?(?P<year>last year|a year ago)",
        r"(?P<year>last year)'s (?P<period>quarter)",
        r"the (?P<period>quarter) (?P<year>a year (?:ago|earlier))",
    ),
    _latest_quarter,
    anchor="document",
)
WEEKEND = Rule(
    "the-weekend",
    "The weekend before the week of the anchor.",
    (("over the weekend", "2019-11-04", "[2019-11-02..2019-11-03]"),),
    (r"the weekend",),
    _past_weekend,
    anchor="document",
)


def _the_year(found: Found, context: Context) -> Span:
    return spans.containing("year", context.day)


THE_YEAR = Rule(
    "the-year",
    "The year that the text is of.",
    (("for the year", "2019-11-04", "2019"),),
    (r"(?:the )?current fiscal year", r"the (?:full |fiscal |whole |rest of the )?year"),
    _the_year,
    anchor="document",
)
# A curator who types several days is asked which one is meant; a text is read as it is.
_LIST = rf"(?:,? (?:and|&) |/|(?:, ?{DAY}){{1,6}},? (?:and|&) )"
LISTED_DAYS = replace(
    ranges.RANGE,
    name="listed-days",
    meaning="Several days of a month: from the first to the last of them.",
    examples=(("3, 4 and 5 May 2018", "2019-11-04", "2018-05-03/2018-05-05"),),
    forms=(
        rf"(?:the )?(?P<low>{DAY}){_LIST}{{day}}",
        rf"{{day}}{_LIST}(?P<high>{DAY})(?:,? {{year}}|(?=[.;:)]|$))",
    ),
)
# In a text only what surely is a date: the name of the month is looked up before dateparser is asked.
OTHER_LANGUAGE = replace(
    languages.OTHER_LANGUAGE,
    forms=(
        r"[0-3]?[0-9](?:\.|er|º|ª)? (?:de |d')?(?P<name>[^\W\d_]{3,14})\.? (?:de |del )?[12][0-9]{3}(?: г\.?| года)?",
        r"(?P<name>)[12][0-9]{3} ?(?:年|년) ?[01]?[0-9] ?(?:月|월) ?[0-3]?[0-9] ?(?:日|일)",
    ),
    gives="day",
)
TEXT_RULES = (DURATION, SET, NOW, PAST, FUTURE, BEFORE_CHRIST)
DATED_TEXT_RULES = (LATEST_QUARTER, WEEKEND, THE_YEAR, OTHER_LANGUAGE)
