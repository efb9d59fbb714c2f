"""The happenings that a text tells of, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from events.extraction.cast import Cast, Figure, countries_in
from events.extraction.clauses import Clause, clauses
from events.extraction.dating import Dated, Dating
from events.extraction.judging import Verdict, is_supposed, judge, object_of
from events.extraction.mentions import Mention
from events.extraction.occasions import Occasion, occasions
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
    """What one clause or noun tells, with all that it was read from.

    `link` is how its clause hangs on the sentence, `noun` for a noun; `about` are its nouns and names.
    """

    sentence: Sentence
    link: str
    quoted: bool
    lemma: str
    about: frozenset[str]
    verdict: Verdict
    dated: Dated
    parts: list[Part]
    teller: Telling | None
    countries: list[tuple[str, int, int]]
    place: tuple[str, str, int, int] | None
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
        self.since = 0

    def read(self, sentence: Sentence) -> Iterator[Happening]:
        """Yield the happenings of the next sentence."""
        if sentence.section != self.section:
            self.cast.begin_section()
        if sentence.paragraph != self.paragraph:
            self.before = None
        self.section, self.paragraph = sentence.section, sentence.paragraph
        telling = _Telling(self, sentence)
        told = list(telling.happenings())
        told += telling.occasions(told)
        told.sort(key=lambda one: one.verdict.start)
        self.cast.topic = telling.topic() or self.cast.topic
        days = [one.dated for one in told if one.dated.mention is not None and one.dated.date.edtf]
        # A date told is one that words refer back to for two sentences.
        self.before, self.since = (days[-1], 0) if days else (self.before, self.since + 1)
        if self.since > _REMEMBERED:
            self.before = None
        yield from told


class _Telling:
    """One sentence."""

    def __init__(self, teller: Teller, sentence: Sentence) -> None:
        self.teller, self.sentence = teller, sentence
        self.words = words(teller.text, sentence, teller.mentions, teller.starts, teller.names)
        self.clauses = clauses(self.words)
        teller.cast.suspicious.clear()
        self.figures = self._figures()
        self.suspicious = tuple(teller.cast.suspicious)
        self.dating = Dating(
            self.words, self.clauses, teller.mentions, teller.before, teller.published, alone=sentence.listed
        )
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
            at = max(self._past(phrase, figure) if phrase else at, at + 1)
        return found

    def _past(self, phrase: NounPhrase, figure: Figure | None) -> int:
        """Where to look for the next one: after the apposition of somebody, which is the same one."""
        at = phrase.end
        if figure and at + 1 < len(self.words) and self.words[at].tag == "," and self.words[at + 1].tag == "D":
            beside = noun_phrase(self.words, at + 1)
            if beside and beside.end < len(self.words) and self.words[beside.end].tag in ",.":
                return beside.end
        return at

    def who(self, phrase: NounPhrase) -> Figure | None:
        return self.figures.get(phrase.start) or self.teller.cast.figure(self.words, phrase)

    def happenings(self) -> Iterator[Happening]:
        for clause in self.clauses:
            children = [one for one in self.clauses if one.parent is clause]
            dated = self.dating.of(clause)
            own = self.dating.own(clause) or self.dating.purpose(clause)
            verdict = judge(self.words, clause, children, dated=own is not None and dated.date.edtf is not None)
            if verdict:
                yield self._happening(clause, verdict, dated)

    def topic(self) -> Figure | None:
        """Whom the sentence is about: the subject of its first clause that has one with a name."""
        for clause in self.clauses:
            if clause.link in ("main", "coordinate") and clause.subjects:
                figure = self.figures.get(clause.subjects[0].start)
                if figure:
                    return figure
        return None

    def _happening(self, clause: Clause, verdict: Verdict, dated: Dated) -> Happening:
        teller = self.tellers.of(clause)
        assert clause.verb is not None
        extent = self._extent(clause)
        return Happening(
            self.sentence, clause.link, clause.quoted, clause.verb.lemma, self._about(extent), verdict, dated,
            self._parts(clause, verdict), teller, self._countries(extent), self._place(clause.words),
            self._title(clause), self.suspicious,
        )  # fmt: skip

    def _about(self, numbers: Sequence[int]) -> frozenset[str]:
        return frozenset(self.words[at].low for at in numbers if self.words[at].tag in "NP")

    def occasions(self, told: Sequence[Happening]) -> Iterator[Happening]:
        """What nouns tell of, where no verb has told it."""
        taken = [(one.verdict.start, one.verdict.end) for one in told]
        heads = {self.words[phrase.head].start for clause in self.clauses for phrase in clause.subjects}
        for occasion in occasions(self.words):
            noun = self.words[occasion.noun]
            around = next((clause for clause in self.clauses if occasion.noun in clause.words), None)
            used = noun.start in heads or any(start <= noun.start < end for start, end in taken)
            if not used and not is_supposed(around):
                yield self._occasion(occasion, around)

    def _occasion(self, occasion: Occasion, around: Clause | None) -> Happening:
        numbers = list(range(occasion.start, occasion.end))
        parts = [
            Part(figure, role)
            for phrase, role in ((occasion.doer, "initiator"), (occasion.sufferer, "target"))
            if phrase and (figure := self.who(phrase))
        ]
        title = self._said(self.words[occasion.start : occasion.end])
        noun = self.words[occasion.noun]
        return Happening(
            self.sentence, "noun", bool(around and around.quoted), noun.low, self._about(numbers),
            Verdict(occasion.type, noun.start, noun.end, True, occasion.why),
            self.dating.of_noun(occasion.start, occasion.end, around), parts,
            self.tellers.of(around) if around else None, self._countries(numbers), self._place(numbers),
            title[0].upper() + title[1:], self.suspicious,
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
            parts += [
                Part(figure, "target") for figure in (self._after("to", clause) or self._after("against", clause))
            ]
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

    def _countries(self, numbers: Sequence[int]) -> list[tuple[str, int, int]]:
        inside = [self.words[at] for at in numbers]
        return [(word.code, inside[start].start, inside[end - 1].end) for word, start, end in countries_in(inside)]

    def _extent(self, clause: Clause) -> list[int]:
        """The words of a clause and of its subjects, in order."""
        extra = {at for phrase in clause.subjects for at in range(phrase.start, phrase.end)}
        return sorted(extra | set(clause.words))

    def _place(self, numbers: Sequence[int]) -> tuple[str, str, int, int] | None:
        """The place that those words name with `in`, `at` or `near`."""
        for at in numbers:
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
        return (title[0].upper() + title[1:]).rstrip(' ,;:—–-.“"(')[:200]

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
_REMEMBERED = 1


def happenings(
    text: str, told: Sequence[Sentence], mentions: Sequence[Mention], published: date, cast: Cast
) -> list[Happening]:
    """Return what the sentences of a text tell of, in order."""
    teller = Teller(text, mentions, published, cast)
    return [happening for sentence in told for happening in teller.read(sentence)]
