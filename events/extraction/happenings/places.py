"""Which countries words name, and where they say that it happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.naming import countries_in
from events.extraction.happenings.phrases import noun_phrase
from events.extraction.happenings.titles import said
from events.extraction.happenings.words import Word

_WHERE = word_set("in at near")


@dataclass(frozen=True)
class Named:
    """A country (its code, empty for a place of unknown country) and the words for it."""

    code: str
    name: str
    start: int
    end: int


def countries(text: str, words: list[Word], numbers: Sequence[int]) -> list[Named]:
    """The countries that those words name, as states, peoples or capitals."""
    inside = [words[at] for at in numbers]
    return [
        Named(word.code, said(text, inside[start:end]), inside[start].start, inside[end - 1].end)
        for word, start, end in countries_in(inside)
    ]


def place(text: str, words: list[Word], numbers: Sequence[int]) -> Named | None:
    """The place that those words name with `in`, `at` or `near`."""
    for at in numbers:
        if words[at].low not in _WHERE or at + 1 >= len(words):
            continue
        phrase = noun_phrase(words, at + 1)
        if (
            phrase
            and words[phrase.head].tag == "P"
            and all(word.tag != "'" for word in words[phrase.start : phrase.end])
        ):
            inside = words[phrase.start : phrase.end]
            codes = {word.code for word, _, _ in countries_in(inside)}
            code = codes.pop() if len(codes) == 1 else ""
            return Named(code, said(text, inside), inside[0].start, inside[-1].end)
    return None
