"""What a rule is: forms of words, a way to days, and the day it counts from.

A form is a regular expression over the words after `vocabulary.normalise`. In a form, `{day}`, `{month}`, `{year}`
and `{x}` (any of them, and all others) stand for an expression that an earlier pass has found; words that carry no
date (`gives` is `none`) are found too, but no form joins them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from events.dates.phrases.spans import Span, cover
from events.dates.phrases.vocabulary import unit_name

# Which way to look for what the words leave out: `unknown` is for words alone, the others for words in a text;
# `same` is the year of the anchor, `near` the nearest day or month to it.
Lean = Literal["unknown", "past", "future", "same", "near"]
# What a rule counts from: nothing, the day of publication, or the day of the expression before it.
Anchor = Literal["none", "document", "previous"]
SIGNS = {"day": "\ue000", "month": "\ue001", "year": "\ue002", "other": "\ue003", "none": "\ue004"}
ANY_SIGN = "[\ue000-\ue003]"
# A sign of a word in a script that sets words apart: Chinese, Japanese and Korean dates stand amid other signs.
LETTER = "[^\\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"


@dataclass(frozen=True)
class Found:
    """Words that a rule matched: where, its named groups, and the expressions inside it, in order."""

    rule: Rule
    start: int
    end: int
    words: str
    parts: Mapping[str, str | None]
    inside: tuple[Found, ...]

    def part(self, name: str) -> str:
        """The words of that group, empty where it is missing."""
        return self.parts.get(name) or ""

    @property
    def unit(self) -> str:
        """The name of the unit in the words."""
        return unit_name(self.part("unit"))


@dataclass(frozen=True)
class Context:
    """What words are read against: a day, and which way to look for a year or week that they leave out."""

    day: date
    lean: Lean = "unknown"

    def spans(self, found: Found) -> tuple[Span, ...]:
        """All defensible readings, the likeliest first. Raises UnreadableDate where there is none."""
        spans = found.rule.resolve(found, self)
        return (spans,) if isinstance(spans, Span) else spans

    def span(self, found: Found) -> Span:
        """The one span that covers all defensible readings."""
        return cover(self.spans(found))

    def at(self, day: date, lean: Lean | None = None) -> Context:
        """The same, read against another day."""
        return replace(self, day=day, lean=lean or self.lean)


Resolve = Callable[[Found, Context], Span | tuple[Span, ...]]


@dataclass(frozen=True)
class Rule:
    """One kind of date expression.

    `meaning` is its documentation, `examples` are (words, anchor, EDTF), `gives` says what forms may call it.
    A group named `ago` in a form means: counted from the day of publication, whatever `anchor` says.
    """

    name: str
    meaning: str
    examples: tuple[tuple[str, str, str], ...]
    forms: tuple[str, ...]
    resolve: Resolve
    anchor: Anchor = "none"
    gives: Literal["day", "month", "year", "other", "none"] = "other"

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The forms, compiled; a space stands for a few, as in a text with broken lines."""
        return tuple(re.compile(f"(?:{_expand(form)})(?!{LETTER})") for form in self.forms)


def _expand(form: str) -> str:
    for name in ("day", "month", "year"):
        form = form.replace("{" + name + "}", SIGNS[name])
    return form.replace("{x}", ANY_SIGN).replace(" ", "(?:[ ]{1,8})")
