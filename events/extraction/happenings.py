"""The happenings that a text tells of, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from events.extraction.cast import Cast, Figure, countries_in
from events.extraction.clauses import Clause, clauses
from events.extraction.dating import Dated, Dating
from events.extraction.judging import Verdict, judge, object_of
from events.extraction.mentions import Mention
from events.extraction.phrases import NounPhrase, noun_phrase
from events.extraction.sections import Sentence
from events.extraction.tellers import Tellers, Telling
from events.extraction.words import Word, inner_capitals, words


@dataclass(frozen=True)
class Part:
    """Somebody's part in a happening, and the place of the words that say so."""

    figure: Figure
    role: str


@dataclass
class Happening:
    """What one clause tells, with all that it was read from."""

    sentence: Sentence
    clause: Clause
    verdict: Verdict
    dated: Dated
    parts: list[Part]
    teller: Telling | None
    countries: list[tuple[str, int, int]]
    place: tuple[str, str, int, int] | None
    words: list[Word]
    title: str
    suspicious: tuple[str, ...] = ()
    also: list[Happening] = field(default_factory=list)


class Teller:
    """Reads the sentences of a text in order."""

    def __init__(self, text: str, mentions: Sequence[Mention], published: date, cast: Cast) -> None:
        self.text, self.mentions, self.published, self.cast = text, mentions, published, cast
        self.starts = [mention.start for mention in mentions]
        self.names = inner_capitals(text)
        self.section = self.paragraph = -1
        self.before: Dated | None = None

    def read(self, sentence: Sentence) -> Iterator[Happening]:
        """Yield the happenings of the next sentence."""
        if sentence.section != self.section:
            self.cast.begin_section()
        if sentence.paragraph != self.paragraph:
            self.before = None
        self.section, self.paragraph = sentence.section, sentence.paragraph
        told = list(_Telling(self, sentence).happenings())
        days = [one.dated for one in told if one.dated.mention is not None and one.dated.date.edtf]
        self.before = days[-1] if days else self._only(sentence)
        yield from told

    def _only(self, sentence: Sentence) -> Dated | None:
        return self.before if sentence.end - sentence.start < 60 else None  # noqa: PLR2004


class _Telling:
    """One sentence."""

    def __init__(self, teller: Teller, sentence: Sentence) -> None:
        self.teller, self.sentence = teller, sentence
        self.words = words(teller.text, sentence, teller.mentions, teller.starts, teller.names)
        self.clauses = clauses(self.words)
        teller.cast.suspicious.clear()
        self.figures = self._figures()
        self.suspicious = tuple(teller.cast.suspicious)
        self.dating = Dating(self.words, self.clauses, teller.mentions, teller.before, teller.published)
        self.tellers = Tellers(self.words, self.clauses, self.who)

    def _figures(self) -> dict[int, Figure]:
        """Who the noun phrases of the sentence mean, by the first word."""
        found: dict[int, Figure] = {}
        at = 0
        while at < len(self.words):
            phrase = noun_phrase(self.words, at) if self.words[at].tag not in "IT" else None
            figure = self.teller.cast.figure(self.words, phrase) if phrase else None
            if figure:
                found[at] = figure
            at = max(phrase.end if phrase else at, at + 1)
        return found

    def who(self, phrase: NounPhrase) -> Figure | None:
        return self.figures.get(phrase.start) or self.teller.cast.figure(self.words, phrase)

    def happenings(self) -> Iterator[Happening]:
        for clause in self.clauses:
            children = [one for one in self.clauses if one.parent is clause]
            dated = self.dating.of(clause)
            own = self.dating.own(clause)
            verdict = judge(self.words, clause, children, dated=own is not None and own.edtf is not None)
            if verdict:
                yield self._happening(clause, verdict, dated)

    def _happening(self, clause: Clause, verdict: Verdict, dated: Dated) -> Happening:
        teller = self.tellers.of(clause)
        return Happening(
            self.sentence, clause, verdict, dated, self._parts(clause, verdict), teller, self._countries(clause),
            self._place(clause), self.words, self._title(clause), self.suspicious,
        )  # fmt: skip

    # -- who

    def _parts(self, clause: Clause, verdict: Verdict) -> list[Part]:
        verb = clause.verb
        assert verb is not None
        subjects = [figure for phrase in clause.subjects if (figure := self.who(phrase))]
        passive = verb.passive or clause.link == "reduced"
        agents = self._after("by", clause) if passive else []
        objects = [] if passive else self._objects(clause)
        doers, done = (agents, subjects) if passive else (subjects, objects)
        together = verdict.type == "AGREE" and len(doers) > 1
        parts = [Part(figure, "participant" if together else "initiator") for figure in doers]
        if verdict.type in ("AGREE", "COOPERATE", "CONSULT"):
            parts += [Part(figure, "participant") for figure in self._after("with", clause)]
        parts += [Part(figure, "target") for figure in done]
        if not done:
            parts += [Part(figure, "target") for figure in (self._after("to", clause) or self._after("against", clause))]
        once: dict[str, Part] = {}
        for part in parts:
            once.setdefault(part.figure.name, part)
        return list(once.values())

    def _objects(self, clause: Clause) -> list[Figure]:
        phrase = object_of(self.words, clause)
        figure = self.who(phrase) if phrase else None
        return [figure] if figure else []

    def _after(self, preposition: str, clause: Clause) -> list[Figure]:
        """Who stands after a preposition in the clause, once its verb is told."""
        verb = clause.verb
        for at in clause.words:
            if verb and at >= verb.end and self.words[at].low == preposition and at + 1 < len(self.words):
                phrase = noun_phrase(self.words, at + 1)
                figure = self.who(phrase) if phrase else None
                if figure and figure.kind != "other":
                    return [figure]
        return []

    # -- where

    def _countries(self, clause: Clause) -> list[tuple[str, int, int]]:
        inside = [self.words[at] for at in self._extent(clause)]
        return [(word.code, inside[start].start, inside[end - 1].end) for word, start, end in countries_in(inside)]

    def _extent(self, clause: Clause) -> list[int]:
        """The words of a clause and of its subjects, in order."""
        extra = {at for phrase in clause.subjects for at in range(phrase.start, phrase.end)}
        return sorted(extra | set(clause.words))

    def _place(self, clause: Clause) -> tuple[str, str, int, int] | None:
        """The place that the clause names with `in`, `at` or `near`."""
        for at in clause.words:
            if self.words[at].low not in ("in", "at", "near") or at + 1 >= len(self.words):
                continue
            phrase = noun_phrase(self.words, at + 1)
            if phrase and self.words[phrase.head].tag == "P":
                inside = self.words[phrase.start : phrase.end]
                found = countries_in(inside)
                code = found[0][0].code if len({one[0].code for one in found}) == 1 else ""
                return self._said(inside), code, inside[0].start, inside[-1].end
        return None

    def _said(self, inside: list[Word]) -> str:
        return " ".join(self.teller.text[inside[0].start : inside[-1].end].split())

    # -- the title

    def _title(self, clause: Clause) -> str:
        """Who did what, in the words of the text, with the name where the text has a pronoun; without the date."""
        verb = clause.verb
        assert verb is not None
        subject = [self._subject(phrase) for phrase in clause.subjects]
        shown = [at for at in clause.words if at >= verb.start and not self._is_aside(at, clause)]
        shown = self._without_time(shown)[:_TITLE_WORDS]
        rest = self._joined(shown)
        title = f"{' and '.join(filter(None, subject))} {rest}".strip()
        return (title[0].upper() + title[1:]).rstrip(" ,;:—–-.“\"(")[:200]

    def _subject(self, phrase: NounPhrase) -> str:
        figure = self.figures.get(phrase.start)
        if figure and self.words[phrase.start].tag == "Q":
            return figure.name
        return self._said(self.words[phrase.start : phrase.end])

    def _is_aside(self, at: int, clause: Clause) -> bool:
        start, end = clause.verb.aside if clause.verb else (0, 0)
        return start - 1 <= at <= end and end > 0

    def _without_time(self, numbers: list[int]) -> list[int]:
        """Without time expressions and the prepositions before them."""
        kept = [at for at in numbers if self.words[at].tag != "T"]
        return [at for at in kept if not (self.words[at].tag == "I" and self._before_time(at))]

    def _before_time(self, at: int) -> bool:
        return at + 1 < len(self.words) and self.words[at + 1].tag == "T"

    def _joined(self, numbers: list[int]) -> str:
        made = ""
        for before, at in zip([None, *numbers], numbers, strict=False):
            word = self.words[at]
            gap = before is not None and (before != at - 1 or self.words[before].end < word.start)
            made += (" " if gap and word.tag not in ",.;:" else "") + word.text
        return " ".join(made.split())


_TITLE_WORDS = 24


def happenings(
    text: str, told: Sequence[Sentence], mentions: Sequence[Mention], published: date, cast: Cast
) -> list[Happening]:
    """Return what the sentences of a text tell of, in order."""
    teller = Teller(text, mentions, published, cast)
    return [happening for sentence in told for happening in teller.read(sentence)]
