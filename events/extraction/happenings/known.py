"""The known actors, by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from events.extraction.happenings.figure import Figure
from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.naming import SMALL, untitled, without_article
from events.extraction.happenings.phrases import NounPhrase
from events.extraction.happenings.words import Word, plain_words
from events.extraction.reading import KnownActor

_LONGEST_NAME = 10
# So many words after a noun phrase may still belong to a known name.
_LONGER = 3
_CITY_WORDS = word_set("city cities sister-city mayor municipality municipal town")


@dataclass(frozen=True)
class Known:
    """Known actors by the words of their names, and by these words in any order.

    `Governor of Prague` is `the Prague governor`.
    """

    text: str
    names: dict[tuple[str, ...], list[KnownActor]]
    words: dict[frozenset[str], list[KnownActor]]

    @classmethod
    def of(cls, text: str, known: Iterable[KnownActor]) -> Known:
        """The tables for a text."""
        table: dict[tuple[str, ...], list[KnownActor]] = {}
        by_words: dict[frozenset[str], list[KnownActor]] = {}
        for actor in known:
            for name in (actor.name, *actor.names):
                key = _key(plain_words(name))
                if key and actor not in table.setdefault(key, []):
                    table[key].append(actor)
                if len(key) > 1 and actor not in by_words.setdefault(frozenset(key) - SMALL, []):
                    by_words[frozenset(key) - SMALL].append(actor)
        return cls(text, table, by_words)

    def figure(self, words: Sequence[Word], core: list[Word], name: list[Word], phrase: NounPhrase) -> Figure | None:
        """The known actor whom the words name; a longer name goes first: `the U.S. Embassy to China`."""
        if not self.names:
            return None
        for end in range(min(len(words), phrase.end + _LONGER), phrase.end, -1):
            longer = words[phrase.start : end]
            if actors := self.names.get(_key(one.low for one in longer)):
                return self._as_known(actors, words, without_article(list(longer)))
        for part in (core, name, untitled(name)):
            if part and (actors := self.names.get(_key(one.low for one in part))):
                return self._as_known(actors, words, part)
        actors = self.words.get(frozenset(one.low for one in core if one.tag != "'") - SMALL)
        return self._as_known(actors, words, core) if actors else None

    def _as_known(self, actors: list[KnownActor], words: Sequence[Word], part: list[Word]) -> Figure | None:
        said = self.text[part[0].start : part[-1].end]
        chosen = actors[0]
        if len(actors) > 1:
            city = speaks_of_city(words)
            fitting = [actor for actor in actors if ("city" in actor.name.lower()) == city]
            if len(fitting) != 1:
                return None
            chosen = fitting[0]
        why = f"“{said}” is a name of the known actor {chosen.name}."
        told = frozenset(word.low for word in part) | frozenset(plain_words(chosen.name))
        return Figure(chosen.name, chosen.id, chosen.kind, chosen.country, part[0].start, part[-1].end, why, told)


def _key(lows: Iterable[str]) -> tuple[str, ...]:
    key = tuple(low for low in lows if low not in ("the", "a", "an"))
    return key[:_LONGEST_NAME]


def speaks_of_city(words: Sequence[Word]) -> bool:
    """Whether the sentence is about cities, so that a capital's name means the city."""
    return any(word.low in _CITY_WORDS for word in words)
