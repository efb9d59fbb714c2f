"""Find the time expressions of a text, and say what each means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from events.dates.phrases.catalogue import BLURRED, ENDS, PARTS, SIMPLE
from events.dates.phrases.engine import scan
from events.dates.phrases.rules import Found
from events.dates.phrases.spans import Span, cover, qualified
from events.dates.phrases.vocabulary import plain_signs
from events.errors import UnreadableDate
from events.extraction import anchors
from events.extraction.expressions import DATED_TEXT_RULES, LISTED_DAYS, TEXT_RULES
from events.extraction.plausible import is_expression

PASSES = ((*SIMPLE, *TEXT_RULES, *DATED_TEXT_RULES), PARTS, BLURRED, (*ENDS, LISTED_DAYS))
_AND = re.compile(r"\s?(?:,|and|or|to|through|until|-|–|—)\s?(?:the\s)?")
# `May 3, 4 and 5, 2018`: the year behind the other days of a list.
_DAYS = re.compile(r"(?:\s?(?:,|/|-|–|to|and|&|or)\s?(?:and |or |& )?\d{1,2}(?:st|nd|rd|th)?)+,?\s")
_LENGTHS = {"duration", "past-span", "coming-span"}
_JOINED = {rule.name for rule in PASSES[-1]}


@dataclass(frozen=True)
class Mention:
    """A time expression: where it stands, its words, and what they mean.

    `start` and `end` count characters of the text. `edtf`, `first` and `last` are None where the words carry no date;
    `type` is DATE, TIME, DURATION or SET (TimeML); `rule` and `anchor` say how the words were read, `alternatives` what
    else they may mean. `parts` are the expressions that a range or a word such as `since` joins. `span` and `found`
    are the likeliest reading and the match as the rules made them.
    """

    start: int
    end: int
    text: str
    edtf: str | None
    first: date | None
    last: date | None
    type: str
    rule: str
    anchor: date | None
    alternatives: tuple[str, ...]
    span: Span | None
    found: Found
    parts: tuple[Mention, ...] = ()


def find(text: str, published: date) -> list[Mention]:
    """Return the time expressions of a text in order. Never raises; words without a date keep their place."""
    signs = re.sub(r"\n(?=[ \t\r]*\n)", "\x1f", text)
    expressions = scan(plain_signs(signs), PASSES, lambda found: is_expression(found, text))
    single = list(leaves(expressions))
    reader = anchors.Reader(text, published, anchors.is_narrative(single, published), anchors.years_told(single))
    return _mentions(expressions, text, reader)


def _mentions(expressions: Sequence[Found], text: str, reader: anchors.Reader) -> list[Mention]:
    return [
        _mention(found, text, reader, after)
        for found, after in zip(expressions, _joined(expressions, text), strict=True)
    ]


def _joined(expressions: Sequence[Found], text: str) -> Iterator[Found | None]:
    """For each expression the next one, where only a word such as `and` stands between them."""
    for found, after in pairwise(expressions):
        leaf = after.inside[0] if after.rule.name in _JOINED else after
        between = _DAYS if leaf.rule.name == "year" else _AND
        yield leaf if between.fullmatch(text, found.end, leaf.start) else None
    yield from [None][: len(expressions)]


def leaves(expressions: Sequence[Found]) -> Iterator[Found]:
    """The expressions with each range taken apart."""
    for found in expressions:
        if found.rule.name in _JOINED:
            yield from leaves(found.inside)
        else:
            yield found


def _mention(found: Found, text: str, reader: anchors.Reader, following: Found | None) -> Mention:
    context = reader.context(found, following)
    parts = tuple(_mentions(found.inside, text, reader)) if found.rule.name in _JOINED else ()
    spans: tuple[Span, ...] = ()
    with suppress(UnreadableDate):
        spans = reader.readings(found, context)
    span = _chosen(spans) if spans else None
    if not parts:
        reader.told(found, span)
    distinct = tuple(dict.fromkeys(one.edtf for one in spans))
    return Mention(
        found.start,
        found.end,
        text[found.start : found.end],
        span.edtf if span else None,
        span.first if span else None,
        span.last if span else None,
        _type(found),
        found.rule.name,
        context.day if span and found.rule.anchor != "none" else None,
        distinct if len(distinct) > 1 else (),
        spans[0] if spans else None,
        found,
        parts,
    )


def _chosen(spans: tuple[Span, ...]) -> Span:
    """One reading that covers all others, else the likeliest marked uncertain, else what covers them all."""
    whole = cover(spans)
    if len(spans) == 1 or whole.plain:
        return whole
    return qualified(spans[0], "?") if spans[0].plain else whole


def core(found: Found) -> Found:
    """`The next two years or so` is a length of time too: the expression inside the words that blur it."""
    return found.inside[0] if found.rule in BLURRED and found.inside[0].rule.name in _LENGTHS else found


def _type(found: Found) -> str:
    name = core(found).rule.name
    if name in _LENGTHS:
        return "DURATION"
    if name == "set":
        return "SET"
    if name == "time-of-day" or re.search(r"morning|afternoon|evening|(?<!fort)night|noon|[0-9]:[0-9]", found.words):
        return "TIME"
    return "DATE"
