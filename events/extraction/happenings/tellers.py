"""Who says so: the one whose words a clause is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from events.extraction.happenings.clauses import Clause
from events.extraction.happenings.figure import Figure
from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.phrases import NounPhrase, noun_phrase
from events.extraction.happenings.verbs import REPORTING
from events.extraction.happenings.words import Word

_ACCOUNT = word_set("account view opinion words")
_SAYING = REPORTING - word_set("expect hope fear threaten think hold")


@dataclass(frozen=True)
class Telling:
    """Who says it, and where the words are that say so."""

    figure: Figure
    start: int
    end: int


class Tellers:
    """The tellers of one sentence; `who` says whom a noun phrase means."""

    def __init__(
        self, words: list[Word], clauses: Sequence[Clause], who: Callable[[NounPhrase], Figure | None]
    ) -> None:
        self.words, self.clauses, self.who = words, clauses, who
        self.by_words = self._by_words()

    def of(self, clause: Clause) -> Telling | None:
        """Who says what the clause says; None where the text itself does."""
        return self._beside(clause) or self._around(clause) or self._after(clause) or self.by_words

    def _telling(self, clause: Clause) -> Telling | None:
        if clause.verb is None or clause.verb.lemma not in _SAYING or clause.verb.negated or not clause.subjects:
            return None
        phrase = clause.subjects[0]
        figure = self.who(phrase)
        if figure is None:
            return None
        edge = [self.words[at] for at in (phrase.start, phrase.end - 1, clause.verb.start, clause.verb.end - 1)]
        return Telling(figure, min(word.start for word in edge), max(word.end for word in edge))

    def _beside(self, clause: Clause) -> Telling | None:
        """`China, he reported, has …`, and what is joined to it."""
        for one in self.clauses:
            if one.link == "aside" and one.parent in (clause, clause.root):
                return self._telling(one)
        return None

    def _around(self, clause: Clause) -> Telling | None:
        """`X said that …`, `X said: …`."""
        inner = clause
        for outer in clause.within():
            if inner.link in ("that", "speech") and (found := self._telling(outer)):
                return found
            inner = outer
        return None

    def _after(self, clause: Clause) -> Telling | None:
        """`…, said X.` and `…, X said.` at the end of a sentence or before a semicolon."""
        for one in self.clauses:
            if one.link != "main" or one.start <= clause.start or one is clause or one.verb is None:
                continue
            if one.verb.lemma not in _SAYING or any(
                inner.parent is one for inner in self.clauses if inner.link == "that"
            ):
                return None
            return self._telling(one)
        return None

    def _by_words(self) -> Telling | None:
        """`according to X`, `by X's account`, `in X's view`."""
        for at, word in enumerate(self.words[:-2]):
            if word.low == "according" and self.words[at + 1].low == "to":
                phrase = noun_phrase(self.words, at + 2)
                figure = self.who(phrase) if phrase else None
                return Telling(figure, word.start, self.words[phrase.end - 1].end) if figure and phrase else None
            if word.low in ("by", "in") and (phrase := noun_phrase(self.words, at + 1)) and self._is_account(phrase):
                owner = NounPhrase(phrase.start, phrase.head - 1, phrase.head - 2)
                figure = self.who(owner)
                return Telling(figure, word.start, self.words[phrase.end - 1].end) if figure else None
        return None

    def _is_account(self, phrase: NounPhrase) -> bool:
        named = self.words[phrase.head].low in _ACCOUNT and phrase.head - phrase.start > 1
        return named and self.words[phrase.head - 1].tag == "'"
