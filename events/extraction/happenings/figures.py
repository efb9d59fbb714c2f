"""Whom the noun phrases of one sentence mean."""

from __future__ import annotations

from dataclasses import replace

from events.extraction.happenings.cast import Cast
from events.extraction.happenings.clauses import Clause
from events.extraction.happenings.figure import Figure
from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.phrases import NounPhrase, noun_phrase
from events.extraction.happenings.words import Word

_PLACE = word_set("in at near")
_OBJECTS = word_set("him them her it")
# `whose original name was X`, `known as X`: another name of the one named before.
_SAME = (("name", "was"), ("name", "is"), ("known", "as"), ("called", "as"))


class Figures:
    """The figures of a sentence, found from its first word to its last."""

    def __init__(self, words: list[Word], clauses: list[Clause], cast: Cast) -> None:
        self.words, self.cast = words, cast
        self.found: dict[int, Figure] = {}
        self.subjects = {phrase.start: clause for clause in clauses for phrase in clause.subjects}
        self.owner = {at: clause for clause in clauses for at in clause.words}
        at = 0
        while at < len(words):
            phrase = noun_phrase(words, at) if words[at].tag not in "IT" else None
            figure = self._figure(phrase) if phrase else None
            if figure and phrase:
                self.found[at] = self._named_beside(figure, phrase)
            if phrase and phrase.head < phrase.end - 1:
                self._inner(phrase)
            at = max(self._past(phrase, figure) if phrase else at, at + 1)

    def who(self, phrase: NounPhrase) -> Figure | None:
        """Whom a noun phrase means."""
        return self.found.get(phrase.start) or self._figure(phrase)

    def _figure(self, phrase: NounPhrase) -> Figure | None:
        word, before = self.words[phrase.start], self.words[max(0, phrase.start - 2) : phrase.start]
        if word.tag == "Q":
            return self.cast.referred(word, self._avoided(phrase), self._preferred(phrase))
        lows = tuple(one.low for one in before)
        if lows in _SAME and self.cast.recent:
            return self.cast.also_named(self.words[phrase.start : phrase.end])
        if lows[-1:] == ("as",) and self.words[phrase.head].tag != "P":
            return None
        place = lows[-1:] and lows[-1] in _PLACE and self.words[phrase.head].tag == "P"
        return self.cast.figure(self.words, phrase, remembered=not place)

    def _named_beside(self, figure: Figure, phrase: NounPhrase) -> Figure:
        """Who is named after a description: `the deputy minister for aviation, Grace Wanjala`."""
        at = phrase.end
        if figure.named or figure.kind != "person":
            return figure
        if at + 1 < len(self.words) and self.words[at].low in ("for", "in"):
            inner = noun_phrase(self.words, at + 1)
            at = inner.end if inner else at
        if at + 1 >= len(self.words) or self.words[at].tag != "," or self.words[at + 1].tag != "P":
            return figure
        name = noun_phrase(self.words, at + 1)
        if name is None or (name.end < len(self.words) and self.words[name.end].tag not in ",.;"):
            return figure
        named = self.cast.figure(self.words, name)
        if named is None or not named.named:
            return figure
        told = replace(named, kind="person", sure=True, words=named.words | figure.words)
        self.cast.remember(told)
        return told

    def _inner(self, phrase: NounPhrase) -> None:
        """Remember a person in it: `the heirs of Viktor Löwy`."""
        for at in range(phrase.head + 1, phrase.end - 1):
            if self.words[at].low == "of" and self.words[at + 1].tag == "P":
                inner = NounPhrase(at + 1, phrase.end, phrase.end - 1)
                figure = self.cast.figure(self.words, inner, remembered=False)
                if figure and figure.kind == "person":
                    self.found[at + 1] = figure
                    self.cast.remember(figure)

    def _avoided(self, phrase: NounPhrase) -> str:
        """The subject of the clause, whom an object such as `him` can't mean."""
        clause = self.owner.get(phrase.start)
        if self.words[phrase.start].low not in _OBJECTS or clause is None or phrase.start in self.subjects:
            return ""
        subject = self.found.get(clause.subjects[0].start) if clause.subjects else None
        return subject.name if subject else ""

    def _preferred(self, phrase: NounPhrase) -> Figure | None:
        """The last subject before it in the sentence, which a subject such as `it` means first."""
        if phrase.start not in self.subjects:
            return None
        earlier = [start for start in self.subjects if start < phrase.start and start in self.found]
        return self.found[max(earlier)] if earlier else None

    def _past(self, phrase: NounPhrase, figure: Figure | None) -> int:
        """Where to look for the next one: after the apposition of somebody, which is the same one."""
        at = phrase.end
        if figure and at + 1 < len(self.words) and self.words[at].tag == "," and self.words[at + 1].tag == "D":
            beside = noun_phrase(self.words, at + 1)
            if beside and beside.end < len(self.words) and self.words[beside.end].tag in ",.":
                return beside.end
        return at


def topic(clauses: list[Clause], figures: Figures) -> Figure | None:
    """Whom the sentence is about: the subject of its first clause that has one."""
    for clause in clauses:
        if clause.link in ("main", "coordinate") and len(clause.subjects) == 1:
            figure = figures.found.get(clause.subjects[0].start)
            if figure:
                return figure
    return None
