"""Rules for words that blur or doubt another expression: about 2016, may have been in May."""

from __future__ import annotations

from events.dates.phrases import spans
from events.dates.phrases.rules import Context, Found, Rule
from events.dates.phrases.spans import Span

_ROUGHLY = r"(?:about|around|circa|ca\.?|c\.|approximately|approx\.?|roughly)"
_PERHAPS = r"(?:probably|possibly|perhaps|maybe|likely|presumably|supposedly|allegedly|apparently)"
_HAPPENED = r"(?:been|happened|taken place|occurred|begun|started|ended)"


def _about(found: Found, context: Context) -> tuple[Span, ...]:
    return tuple(spans.roughly(span) for span in context.spans(found.inside[0]))


def _sometime(found: Found, context: Context) -> tuple[Span, ...]:
    return context.spans(found.inside[0])


def _doubted(found: Found, context: Context) -> Span:
    """One day of several cannot be marked uncertain in EDTF: the least unit that holds them all can."""
    span = context.span(found.inside[0])
    if span.unit != "interval":
        return spans.qualified(spans.enclosing(span), "?")
    start, end = (side if side == ".." else f"{side.rstrip('?~%')}?" for side in span.edtf.split("/"))
    return Span(f"{start}/{end}", span.first, span.last, "interval")


ABOUT = Rule(
    "about",
    "Approximate: a unit gets `~`, one day of several gets a day more on each side.",
    (
        ("about 2016", "2019-11-04", "2016~"),
        ("circa 1900", "2019-11-04", "1900~"),
        ("around 3 May 2018", "2019-11-04", "2018-05-03~"),
        ("around mid-October", "2019-11-04", "[2019-10-07..2019-10-25]"),
    ),
    (
        rf"(?:at |in |on |on or )?{_ROUGHLY} ?(?:the |in |on )?{{x}}",
        r"{x} or so",
        r"{x} or thereabouts",
    ),
    _about,
)
SOMETIME = Rule(
    "sometime",
    "One day, nobody knows which, of a unit: the unit itself.",
    (("some time in 2016", "2019-11-04", "2016"), ("one day in October 2018", "2019-11-04", "2018-10")),
    (r"(?:some ?time|one day|a day|some day|at some point)(?: in| of| on| during| over)? (?:the )?{x}",),
    _sometime,
)
MAY_HAVE_BEEN = Rule(
    "may-have-been",
    "Uncertain: a unit gets `?`; one day of several is said as the least unit that holds them all, with `?`.",
    (
        ("may have been in May of this year", "2019-11-04", "2019-05?"),
        ("probably 2016", "2019-11-04", "2016?"),
        ("perhaps about 2016", "2019-11-04", "2016%"),
        ("possibly last week", "2019-11-04", "2019-36?"),
    ),
    (
        rf"(?:it )?(?:may|might|could) (?:well )?have {_HAPPENED}(?: in| on| at| during| by)? (?:the )?{{x}}",
        rf"{_PERHAPS}(?: in| on| during)? (?:the )?{{x}}",
        r"{x},? ?(?:\(\?\)|\?|probably|possibly|perhaps)",
    ),
    _doubted,
)
