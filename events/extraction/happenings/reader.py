"""The happenings that a text tells of, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from events.extraction.happenings.cast import Cast
from events.extraction.happenings.clauses import Clause, clauses
from events.extraction.happenings.dating import Dated, Dating
from events.extraction.happenings.figures import Figures, topic
from events.extraction.happenings.judging import Verdict, is_supposed, judge
from events.extraction.happenings.kinds import object_of
from events.extraction.happenings.occasions import Occasion, occasions
from events.extraction.happenings.parts import Part, parts
from events.extraction.happenings.places import Named, countries, place
from events.extraction.happenings.tellers import Tellers, Telling
from events.extraction.happenings.titles import said, tidy, title
from events.extraction.happenings.verbs import REPORTING
from events.extraction.happenings.words import inner_capitals, is_english, words
from events.extraction.mentions import Mention
from events.extraction.sections import Sentence

# A date told is one that words refer back to in the next sentence and in the one after it.
_REMEMBERED = 1


@dataclass
class Happening:
    """What one clause or noun tells, with all that it was read from.

    `link` is how its clause hangs on the sentence, `noun` for a noun; `about` are its nouns and names; `also` are
    others that tell the same.
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
    countries: list[Named]
    place: Named | None
    title: str
    suspicious: tuple[str, ...] = ()
    also: list[Happening] = field(default_factory=list)


def happenings(
    text: str, told: Sequence[Sentence], mentions: Sequence[Mention], published: date, cast: Cast
) -> Iterator[Happening]:
    """Yield what the sentences of a text tell of, in order."""
    reader = _Reader(text, mentions, published, cast)
    for sentence in told:
        yield from reader.read(sentence)


class _Reader:
    """What is remembered from sentence to sentence."""

    def __init__(self, text: str, mentions: Sequence[Mention], published: date, cast: Cast) -> None:
        self.text, self.mentions, self.published, self.cast = text, mentions, published, cast
        self.starts = [mention.start for mention in mentions]
        self.names = inner_capitals(text)
        self.section = self.paragraph = -1
        self.before: Dated | None = None
        self.since = 0

    def read(self, sentence: Sentence) -> list[Happening]:
        """The happenings of the next sentence."""
        if sentence.section != self.section:
            self.cast.begin_section()
        if sentence.paragraph != self.paragraph:
            self.before = None
        self.section, self.paragraph = sentence.section, sentence.paragraph
        reading = _Sentence(self, sentence)
        told = list(reading.acts())
        told += reading.occasions(told)
        told.sort(key=lambda one: one.verdict.start)
        self.cast.topic = topic(reading.clauses, reading.figures) or self.cast.topic
        self._remember(told)
        return told

    def _remember(self, told: list[Happening]) -> None:
        days = [one.dated for one in told if one.dated.mention is not None and one.dated.date.edtf]
        self.before, self.since = (days[-1], 0) if days else (self.before, self.since + 1)
        if self.since > _REMEMBERED:
            self.before = None


class _Sentence:
    """One sentence while it is read."""

    def __init__(self, reader: _Reader, sentence: Sentence) -> None:
        self.text, self.sentence = reader.text, sentence
        self.words = words(reader.text, sentence, reader.mentions, reader.starts, reader.names)
        self.clauses = clauses(self.words) if is_english(self.words) else []
        reader.cast.suspicious.clear()
        self.figures = Figures(self.words, self.clauses, reader.cast)
        self.suspicious = tuple(reader.cast.suspicious)
        self.dating = Dating(
            self.words, self.clauses, reader.mentions, reader.before, reader.published, alone=sentence.listed
        )
        self.tellers = Tellers(self.words, self.clauses, self.figures.who)

    def acts(self) -> Iterator[Happening]:
        """What its verbs tell of."""
        for clause in self.clauses:
            children = [one for one in self.clauses if one.parent is clause]
            dated = self.dating.of(clause)
            own = self.dating.own(clause) or self.dating.purpose(clause)
            verdict = judge(self.words, clause, children, dated=own is not None and dated.date.edtf is not None)
            if verdict:
                yield self._act(clause, verdict, dated)

    def _act(self, clause: Clause, verdict: Verdict, dated: Dated) -> Happening:
        assert clause.verb is not None
        subjects = {at for phrase in clause.subjects for at in range(phrase.start, phrase.end)}
        extent = sorted(subjects | set(clause.words))
        aims = [at for one in self.clauses if one.parent is clause and one.link == "infinitive" for at in one.words]
        return Happening(
            self.sentence, clause.link, clause.quoted, clause.verb.lemma, self._about([*extent, *aims]), verdict, dated,
            parts(self.words, clause, verdict, self.figures), self.tellers.of(clause),
            countries(self.text, self.words, extent), place(self.text, self.words, clause.words),
            title(self.text, self.words, clause, aims, self.figures.found), self.suspicious,
        )  # fmt: skip

    def _about(self, numbers: Sequence[int]) -> frozenset[str]:
        return frozenset(self.words[at].low for at in numbers if self.words[at].tag in "NP")

    def occasions(self, told: Sequence[Happening]) -> Iterator[Happening]:
        """What its nouns tell of, where no verb has told it."""
        taken = [(one.verdict.start, one.verdict.end) for one in told]
        heads = {phrase.head for clause in self.clauses for phrase in clause.subjects}
        for occasion in occasions(self.words) if self.clauses else ():
            start = self.words[occasion.noun].start
            around = next((clause for clause in self.clauses if occasion.noun in clause.words), None)
            used = occasion.noun in heads or any(first <= start < last for first, last in taken)
            if not used and not is_supposed(around) and not self._is_heard(occasion, around):
                yield self._occasion(occasion, around)

    def _is_heard(self, occasion: Occasion, around: Clause | None) -> bool:
        """`reported threats`: the verb tells it already."""
        if around is None or around.verb is None or around.verb.lemma not in REPORTING | {"receive", "get"}:
            return False
        thing = object_of(self.words, around)
        return thing is not None and thing.head == occasion.noun

    def _occasion(self, occasion: Occasion, around: Clause | None) -> Happening:
        numbers = range(occasion.start, occasion.end)
        noun = self.words[occasion.noun]
        roles = ((occasion.doer, "initiator"), (occasion.sufferer, "target"))
        made = [Part(figure, role) for phrase, role in roles if phrase and (figure := self.figures.who(phrase))]
        return Happening(
            self.sentence, "noun", bool(around and around.quoted), noun.low, self._about(numbers),
            Verdict(occasion.type, noun.start, noun.end, True, occasion.why),
            self.dating.of_noun(occasion.start, occasion.end, around), made,
            self.tellers.of(around) if around else None, countries(self.text, self.words, numbers),
            place(self.text, self.words, numbers),
            tidy(said(self.text, self.words[occasion.start : occasion.end])), self.suspicious,
        )  # fmt: skip
