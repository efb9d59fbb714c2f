"""The date value: what an EDTF text means, worked out once, when it is parsed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from events.dates import words
from events.dates.bounds import four_days, is_reversed
from events.dates.edtf import Expression, Interval, Limit, OneOf, Precision, points, precision, read, write
from events.dates.refusals import explain
from events.dates.window import Window

Kind = Literal["moment", "interval"]
Match = Literal["certain", "possible"]


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date as exact as its EDTF text and no more. Made by `parse`; equal when the canonical text is."""

    edtf: str
    """The canonical text, such as `2019-10-16/2019-10-18`."""
    start_earliest: date
    """The first day on which it may have begun; 0001-01-01 where nothing limits it."""
    start_latest: date
    """The last day on which it may have begun."""
    end_earliest: date
    """The first day on which it may have ended."""
    end_latest: date
    """The last day on which it may have ended; 9999-12-31 where nothing limits it."""
    open_start: bool
    """Whether no limit of the start is known."""
    open_end: bool
    """Whether no limit of the end is known."""
    kind: Kind
    """A moment is one day, however vaguely it is known; an interval lasted from one day to another."""
    precision: Precision
    approximate: bool
    uncertain: bool
    expression: Expression = field(repr=False, compare=False)
    """The parts of the text, for those who need more than the days."""

    def match(self, window: Window) -> Match | None:
        """Say whether it falls into the window certainly, possibly or (None) not at all."""
        if self.start_earliest > window.end or self.end_latest < window.start:
            return None
        if not self.uncertain and self.start_latest <= window.end and self.end_earliest >= window.start:
            return "certain"
        return "possible"

    def words(self, gettext: Callable[[str], str] = str) -> str:
        """Return the date as part of a sentence, such as `about October 2019`, in the language of `gettext`."""
        return words.say(self.expression, gettext)


# As many as there are days in forty years.
@lru_cache(16384)
def parse(text: str) -> DateValue:
    """Return the value of an EDTF text; InvalidDate, which says what to write instead, for any other text."""
    expression = read(text)
    if expression is None or is_reversed(expression):
        raise explain(text)
    return _value(expression)


def _value(expression: Expression) -> DateValue:
    qualifiers = {point.qualifier for point in points(expression)}
    return DateValue(
        write(expression),
        *four_days(expression),
        open_start=_is_open(expression, 0),
        open_end=_is_open(expression, -1),
        kind="interval" if isinstance(expression, Interval) else "moment",
        precision=precision(expression),
        approximate=not qualifiers.isdisjoint("~%"),
        uncertain=not qualifiers.isdisjoint("?%"),
        expression=expression,
    )


def _is_open(expression: Expression, side: Literal[0, -1]) -> bool:
    if isinstance(expression, Interval | OneOf):
        return expression[side] is None or isinstance(expression[side], Limit)
    return False
