"""Who has which part in what a clause tells: from the voice of its verb, and from `by`, `with`, `to` and `against`."""

from __future__ import annotations

from dataclasses import dataclass

from events.extraction.happenings.clauses import Clause
from events.extraction.happenings.figure import Figure
from events.extraction.happenings.figures import Figures
from events.extraction.happenings.judging import Verdict
from events.extraction.happenings.kinds import object_of
from events.extraction.happenings.nouns import EVENT_NOUNS
from events.extraction.happenings.phrases import NounPhrase, noun_phrase
from events.extraction.happenings.words import Word

_WITH = frozenset({"AGREE", "COOPERATE", "CONSULT"})
# What these are about goes to somebody: money, a thing, or words.
_TOWARDS = frozenset({"AID", "COOPERATE", "CONCEDE", "RETREAT", "DEMAND", "DISAPPROVE", "SUPPORT", "THREATEN"})


@dataclass(frozen=True)
class Part:
    """Somebody's part in a happening."""

    figure: Figure
    role: str


def parts(words: list[Word], clause: Clause, verdict: Verdict, figures: Figures) -> list[Part]:
    """The parts in what the clause tells, each figure once.

    The subject acts and the object is the target; in the passive the subject is the target, and who comes after `by`
    acts. Several who agree are participants, and so is who comes after `with`. Without an object, who comes after `to`
    or `against` is the target.
    """
    verb = clause.verb
    assert verb is not None
    subjects = [
        figure for phrase in clause.subjects if (figure := figures.who(phrase) or _source(words, phrase, figures))
    ]
    if verb.passive or clause.link == "reduced":
        doers, done = _after("by", words, clause, figures), subjects
    else:
        thing = object_of(words, clause)
        figure = figures.who(thing) if thing else None
        doers, done = subjects, [figure] if figure else []
    together = verdict.type == "AGREE" and len(doers) > 1
    made = [Part(figure, "participant" if together else "initiator") for figure in doers]
    if verdict.type in _WITH:
        made += [Part(figure, "participant") for figure in _after("with", words, clause, figures)]
    if not done and verdict.type in _TOWARDS:
        done = _after("to", words, clause, figures)
    done = done or _after("against", words, clause, figures)
    made += [Part(figure, "target") for figure in done]
    once: dict[str, Part] = {}
    for part in made:
        once.setdefault(part.figure.name, part)
    return [part for part in once.values() if part.figure.acts or part.role != "target"]


def _source(words: list[Word], phrase: NounPhrase, figures: Figures) -> Figure | None:
    """Whom an act comes from: `complaints from listeners reached …`."""
    if words[phrase.head].low not in EVENT_NOUNS or phrase.end + 1 >= len(words) or words[phrase.end].low != "from":
        return None
    source = noun_phrase(words, phrase.end + 1)
    return figures.who(source) if source else None


def _after(preposition: str, words: list[Word], clause: Clause, figures: Figures) -> list[Figure]:
    """Who stands after a preposition in the clause, once its verb is told."""
    verb = clause.verb
    for at in clause.words:
        if verb and at >= verb.end and words[at].low == preposition and at + 1 < len(words):
            phrase = noun_phrase(words, at + 1)
            figure = figures.who(phrase) if phrase else None
            if figure and figure.acts:
                return [figure]
    return []
