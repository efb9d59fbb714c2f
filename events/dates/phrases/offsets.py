"""Rules for counted distances: three years ago, two days later, a week before 3 May."""

from __future__ import annotations

from datetime import date

from events.dates.phrases import spans
from events.dates.phrases.rules import Context, Found, Rule
from events.dates.phrases.spans import Span
from events.dates.phrases.vocabulary import FEW, NUMBER, UNIT, number
from events.errors import UnreadableDate

_AGO = r"(?:or so )?(?P<ago>ago|back|from now|from today|hence)"
# "Two days after" with more behind it counts from what follows.
_LATER = (
    r"(?:or so )?(?P<later>later|earlier|afterwards?|before that|after that|previously|(?:before|after)(?=$|[.,;:!?)]))"
)
_HEDGE = (
    r"(?:(?P<hedge>about|around|roughly|nearly|almost|some|just over|just under"
    r"|(?:well |much )?(?:more|longer) than|less than|(?:well )?over|under|at least) )?"
)
# `Over 30 years ago` has one end only; `just over` is near.
_AT_LEAST = ("more than", "longer than", "at least", "over")
_AT_MOST = ("less than", "under")
_BACK = ("ago", "back", "earlier", "before", "before that", "previously")
# The smaller unit in which halves are counted, and how many of them make a half.
_HALF_OF = {"year": ("month", 6), "decade": ("year", 5), "century": ("year", 50)}
# Vague counts of days: fewer than two would be "the next day", more than a fortnight would be counted in weeks.
_FEW_DAYS = (2, 14)


def _direction(found: Found) -> int:
    return -1 if (found.part("ago") or found.part("later")) in _BACK else 1


def _offset(found: Found, context: Context) -> Span:
    unit = found.unit
    steps = _direction(found) * number(found.part("count") or "one")
    hedge = found.part("hedge")
    if "half" in found.words.split():
        span = _halves(context.day, steps, unit, whole="and" in found.words.split())
    else:
        span = _at_its_precision(unit, spans.moved(context.day, steps, unit))
    if _is(hedge, _AT_MOST):
        return spans.one_of(min(span.first, context.day), max(span.last, context.day))
    if _is(hedge, _AT_LEAST):
        return spans.on_or_before(span.last) if steps < 0 else spans.on_or_after(span.first)
    return spans.roughly(span) if hedge or " or so " in found.words else span


def _is(hedge: str, words: tuple[str, ...]) -> bool:
    return hedge.endswith(words) and not hedge.startswith("just")


def _halves(day: date, steps: int, unit: str, whole: bool) -> Span:
    """Half a year is some six months, half a decade some five years: as sharp as the smaller unit, made approximate."""
    if unit not in _HALF_OF:
        raise UnreadableDate(f"Half a {unit} is no date. Write a date, or a number of days or months.")
    smaller, size = _HALF_OF[unit]
    count = (abs(steps) * 2 * size + size) if whole else size
    sign = -1 if steps < 0 else 1
    return spans.roughly(spans.containing(smaller, spans.moved(day, sign * count, smaller)))


def _at_its_precision(unit: str, target: date) -> Span:
    """A distance is as sharp as its unit; one in decades or centuries is a round number of years."""
    if unit == "fortnight":
        return spans.week_of(target)
    if unit not in ("decade", "century"):
        return spans.containing(unit, target)
    spread = 5 if unit == "decade" else 10
    first, last = (spans.moved(target, years, "year").year for years in (-spread, spread))
    return spans.part_of(spans.containing("decade", target), spans.year(first).first, spans.year(last).last)


def _vague(found: Found, context: Context) -> Span:
    near, far = (spans.moved(context.day, _direction(found) * days) for days in _FEW_DAYS)
    return spans.one_of(min(near, far), max(near, far))


def _counted_from(found: Found, context: Context) -> Span | tuple[Span, ...]:
    ahead = context.at(context.day, "future") if found.part("way") == "from" else context
    return tuple(_from(found, start) for start in ahead.spans(found.inside[0]))


def _from(found: Found, start: Span) -> Span:
    unit, text = found.unit, found.part("count")
    sign = -1 if found.part("way") == "before" else 1
    low, high = _FEW_DAYS if found.part("few") else (number(text or "one"),) * 2
    ends = [spans.moved(edge, sign * count, unit) for edge in (start.first, start.last) for count in (low, high)]
    first, last = spans.containing(unit, min(ends)), spans.containing(unit, max(ends))
    return spans.cover((first, last)) if first != last else first


OFFSET = Rule(
    "offset",
    "A counted distance, as sharp as its unit: days give a day, weeks the week that holds it, years the year. `ago`"
    " counts from publication; `later` and `earlier` from the date told before.",
    (
        ("three years ago", "2019-11-04", "2016"),
        ("two days later", "2019-10-16", "2019-10-18"),
        ("two weeks ago", "2019-11-04", "[2019-10-21..2019-10-27]"),
        ("half a year ago", "2019-11-04", "2019-05~"),
        ("nearly two years ago", "2019-11-04", "2017~"),
        ("two decades ago", "2019-11-04", "[1994..2004]"),
        ("over 30 years ago", "2019-11-04", "[..1989]"),
        ("less than two weeks ago", "2019-11-04", "[2019-10-21..2019-11-04]"),
    ),
    (
        rf"{_HEDGE}(?P<count>{NUMBER}) (?:and a half )?(?P<unit>{UNIT})s?,? {_AGO}",
        rf"{_HEDGE}(?P<count>{NUMBER}) (?:and a half )?(?P<unit>{UNIT})s?,? {_LATER}",
        rf"{_HEDGE}(?P<count>an?|one) (?P<unit>{UNIT}) and a half (?:{_AGO}|{_LATER})",
        rf"{_HEDGE}half an? (?P<unit>{UNIT}) (?:{_AGO}|{_LATER})",
    ),
    _offset,
    anchor="previous",
)
VAGUE_OFFSET = Rule(
    "vague-offset",
    "A few days from a known day: from two days to a fortnight. A few weeks, months or years are no date.",
    (
        ("a few days later", "2019-10-16", "[2019-10-18..2019-10-30]"),
        ("several days ago", "2019-11-04", "[2019-10-21..2019-11-02]"),
    ),
    (rf"(?:just )?{FEW} days (?:{_AGO}|{_LATER})",),
    _vague,
    anchor="previous",
)
COUNTED_FROM = Rule(
    "counted-from",
    "A counted distance from a date that is given.",
    (
        ("two days after 3 May 2018", "2019-11-04", "2018-05-05"),
        ("the day before 3 May 2018", "2019-11-04", "2018-05-02"),
        ("a few days after 3 May 2018", "2019-11-04", "[2018-05-05..2018-05-17]"),
    ),
    (
        rf"(?P<count>{NUMBER}) (?P<unit>{UNIT})s? (?P<way>before|after|from) {{x}}",
        r"the (?P<unit>day|week|month|year) (?P<way>before|after) {x}",
        rf"(?P<few>{FEW}) (?P<unit>day)s (?P<way>before|after) {{x}}",
    ),
    _counted_from,
)
