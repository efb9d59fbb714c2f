"""Find the expressions in words: one pass after the other, each seeing what was found before as one sign."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from events.dates.phrases.rules import LETTER, SIGNS, Found, Rule

FOUND_SIGN = f"[{''.join(SIGNS.values())}]"
_START = rf"(?:(?<!{LETTER})(?=\w|'[0-9])|(?={FOUND_SIGN}))"
SIGN = re.compile(FOUND_SIGN)
Accept = Callable[[Found], bool]


def anything(found: Found) -> bool:
    """Accept whatever a rule matches."""
    return True


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

    def after(self, rules: Sequence[Rule], accept: Accept = anything) -> Tagged:
        """The text after one more pass: the longest match that is accepted wins, then the earlier rule."""
        at = [match.start() for match in SIGN.finditer(self.signs)]
        places = _Places(at, self.found)
        anywhere = _any_of(tuple(rules))
        signs: list[str] = []
        found: list[Found] = []
        done = position = kept = 0
        while start := anywhere.search(self.signs, position):
            position = start.start()
            best = places.best(matches(self.signs, position, rules), self.text, accept)
            if best is None:
                position += 1
                continue
            one, end = best
            found += [*self.found[kept : bisect_left(at, position)], one]
            signs += [self.signs[done:position], SIGNS[one.rule.gives]]
            done = position = end
            kept = bisect_left(at, end)
        return Tagged(self.text, "".join(signs) + self.signs[done:], (*found, *self.found[kept:]))


@dataclass(frozen=True)
class _Places:
    """Where the signs stand, and so where in the text a place among the signs lies."""

    at: list[int]
    expressions: tuple[Found, ...]

    def best(
        self, candidates: Sequence[tuple[Rule, re.Match[str]]], text: str, accept: Accept
    ) -> tuple[Found, int] | None:
        """The first of the candidates that is accepted, and where it ends among the signs."""
        for rule, match in candidates:
            if accept(one := self.found(rule, match, text)):
                return one, match.end()
        return None

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


@cache
def _any_of(rules: tuple[Rule, ...]) -> re.Pattern[str]:
    """Where any of the rules may match: one search is much faster than a hundred questions at each word."""
    forms = (pattern.pattern for rule in rules for pattern in rule.patterns)
    # A group has one name in a pattern, and here it needs none.
    unnamed = (re.sub(r"\(\?P<\w+>", "(?:", form).replace("(?P=sign)", "[-/.]") for form in forms)
    return re.compile(f"{_START}(?:{'|'.join(unnamed)})")


def matches(signs: str, position: int, rules: Sequence[Rule]) -> list[tuple[Rule, re.Match[str]]]:
    """What the rules match at that place, the longest first, then the earlier rule."""
    found = [(rule, match) for rule in rules for pattern in rule.patterns if (match := pattern.match(signs, position))]
    return sorted(found, key=lambda one: -one[1].end())


def scan(text: str, passes: Sequence[Sequence[Rule]], accept: Accept = anything) -> tuple[Found, ...]:
    """The outermost expressions in normalised words, in order, never overlapping, of those that are accepted."""
    tagged = Tagged.plain(text)
    for rules in passes:
        tagged = tagged.after(rules, accept)
    return tagged.found
