"""Find the expressions in words: one pass after the other, each seeing what was found before as one sign."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from events.dates.phrases.rules import ANY_SIGN, SIGNS, Found, Rule

START = re.compile(rf"(?<!\w)(?:\w|'(?=[0-9]))|{ANY_SIGN}")
SIGN = re.compile(ANY_SIGN)


@dataclass(frozen=True)
class Tagged:
    """A text in which each expression found so far is one sign."""

    text: str
    signs: str
    found: tuple[Found, ...]

    @classmethod
    def plain(cls, text: str) -> Tagged:
        """The text before the first pass."""
        return cls(text, text, ())

    def after(self, rules: Sequence[Rule]) -> Tagged:
        """The text after one more pass: the longest match wins, then the earlier rule."""
        at = [match.start() for match in SIGN.finditer(self.signs)]
        places = _Places(at, self.found)
        signs: list[str] = []
        found: list[Found] = []
        done = position = 0
        while start := START.search(self.signs, position):
            position = start.start()
            best = longest(self.signs, position, rules)
            if best is None:
                if self.signs[position] in SIGNS.values():
                    found.append(self.found[bisect_left(at, position)])
                position += 1
                continue
            rule, match = best
            found.append(places.found(rule, match, self.text))
            signs += [self.signs[done:position], SIGNS[rule.gives]]
            done = position = match.end()
        return Tagged(self.text, "".join(signs) + self.signs[done:], tuple(found))


@dataclass(frozen=True)
class _Places:
    """Where the signs stand, and so where in the text a place among the signs lies."""

    at: list[int]
    expressions: tuple[Found, ...]

    def found(self, rule: Rule, match: re.Match[str], text: str) -> Found:
        first, last = bisect_left(self.at, match.start()), bisect_left(self.at, match.end())
        start, end = self.offset(match.start()), self.offset(match.end())
        return Found(rule, start, end, text[start:end], match.groupdict(), self.expressions[first:last])

    def offset(self, place: int) -> int:
        """The offset in the text of a place among the signs."""
        before = bisect_left(self.at, place)
        if before == 0:
            return place
        return self.expressions[before - 1].end + place - self.at[before - 1] - 1


def longest(signs: str, position: int, rules: Sequence[Rule]) -> tuple[Rule, re.Match[str]] | None:
    """The rule with the longest match at that place."""
    best: tuple[Rule, re.Match[str]] | None = None
    for rule in rules:
        for pattern in rule.patterns:
            match = pattern.match(signs, position)
            if match and (best is None or match.end() > best[1].end()):
                best = rule, match
    return best


def scan(text: str, passes: Sequence[Sequence[Rule]]) -> tuple[Found, ...]:
    """The outermost expressions in normalised words, in order, never overlapping."""
    tagged = Tagged.plain(text)
    for rules in passes:
        tagged = tagged.after(rules)
    return tagged.found
