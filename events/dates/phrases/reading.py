"""Read the words of one date expression: all of them are one expression, or there is no date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from events.dates.phrases.catalogue import PASSES
from events.dates.phrases.engine import scan
from events.dates.phrases.languages import OTHER_LANGUAGE
from events.dates.phrases.rules import Context, Found, Rule
from events.dates.phrases.spans import Span, cover
from events.dates.phrases.vocabulary import FEW, UNIT, normalise
from events.dates.phrases.written import EDTF
from events.errors import UnreadableDate

# No date expression is longer; what is longer is a text, and a text is for the digest reader.
LONGEST = 200
_LEAD = re.compile(r"(?:on|in|at|during|over|within)(?: the course of)? (?=.)")
_BEFORE_CHRIST = re.compile(r".*[0-9] ?(?:bce?|b\.c\.(?:e\.)?)|.*century bce?")
_NO_DATE = re.compile(
    r"(?:recent(?:ly)?|lately|soon|once|earlier|later|before|after(?:wards)?|formerly|previously|now(?:adays)?|currently"
    r"|then|long ago|eventually|in the (?:past|future)|(?:years|months|weeks|days) .*"
    rf"|(?:only |just )?{FEW} {UNIT}s? .*|in the (?:past|last|next|coming) (?:few )?{UNIT}s?)"
)
_VAGUE = "These words carry no date. Leave the date empty and keep the words, or write one that you know: October 2019."
_TOO_EARLY = "Dates before the year 1 cannot be stored. Leave the date empty and keep the words."
_NONE = "No rule finds a date in these words. Write it like 16 October 2019 or last March, or as EDTF: 2019-10."


@dataclass(frozen=True)
class Reading:
    """How words were understood: the EDTF text, the name of the rule, and each reading where several are defensible.

    `edtf` covers all `alternatives`; there are none where only one reading is defensible.
    """

    edtf: str
    rule: str
    alternatives: tuple[str, ...] = ()


def read(words: str, anchor: date) -> Reading:
    """Return the EDTF value of a date expression, read on the day `anchor`, and the rule that found it.

    A value is as precise as the words, never sharper. Raises UnreadableDate, with a sentence that says what to write
    instead, where the words carry no date or more than a date.
    """
    if len(words) > LONGEST:
        raise UnreadableDate(f"A date has at most {LONGEST} characters. Write only the words of the date.")
    found = _whole(EDTF, words.strip()) or _expression(normalise(words))
    spans = Context(anchor).spans(found)
    distinct = tuple(dict.fromkeys(span.edtf for span in spans))
    return Reading(_covering(spans).edtf, found.rule.name, distinct if len(distinct) > 1 else ())


def _covering(spans: tuple[Span, ...]) -> Span:
    if len({span.edtf for span in spans}) > 1 and any(span.unit == "interval" for span in spans):
        both = " and ".join(dict.fromkeys(span.edtf for span in spans))
        raise UnreadableDate(f"These words may mean {both}. Write the year.")
    return cover(spans)


def _whole(rule: Rule, words: str) -> Found | None:
    """The words as one expression of a rule that takes all or nothing, if it can read them."""
    if not any(pattern.fullmatch(words) for pattern in rule.patterns):
        return None
    found = Found(rule, 0, len(words), words, {}, ())
    try:
        rule.resolve(found, Context(date.max))
    except UnreadableDate:
        return None
    return found


def _expression(words: str) -> Found:
    for text in (words, _LEAD.sub("", words, count=1)):
        found = scan(text, PASSES)
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)):
            return found[0]
    if other := _whole(OTHER_LANGUAGE, words):
        return other
    if _BEFORE_CHRIST.fullmatch(words):
        raise UnreadableDate(_TOO_EARLY)
    raise UnreadableDate(_VAGUE if _NO_DATE.fullmatch(words) else _NONE)
