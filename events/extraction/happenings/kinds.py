"""What kind of event (PLOVER) a clause tells of: from its verb, or from the noun that goes with it."""

from __future__ import annotations

from dataclasses import dataclass

from events.extraction.happenings.clauses import Clause
from events.extraction.happenings.nouns import EVENT_NOUNS, LIGHT
from events.extraction.happenings.phrases import NounPhrase, VerbGroup, noun_phrase
from events.extraction.happenings.verbs import DECIDING, TYPES
from events.extraction.happenings.words import Word

OTHER = "OTHER"


@dataclass(frozen=True)
class Kind:
    """A type, the number of the word that it comes from, and why; OTHER where no table has the verb or noun."""

    type: str
    at: int
    why: str


def kind_of_act(words: list[Word], clause: Clause, children: list[Clause]) -> Kind:
    """The type of what a clause tells."""
    verb = clause.verb
    assert verb is not None
    found = (
        _by_noun(words, clause, verb)
        or _by_construction(words, clause, verb, children)
        or _by_decision(words, verb, children)
        or _by_subject(words, clause, verb)
    )
    return found or Kind(OTHER, verb.verb, f"no table has the verb “{verb.lemma}”")


def object_of(words: list[Word], clause: Clause) -> NounPhrase | None:
    """The noun phrase right after the verb."""
    verb = clause.verb
    at = verb.end if verb else len(words)
    while at < len(words) and words[at].tag in "R":
        at += 1
    return noun_phrase(words, at) if at < len(words) and words[at].tag != "T" else None


def _by_noun(words: list[Word], clause: Clause, verb: VerbGroup) -> Kind | None:
    """`made a trip`"""
    noun = _event_noun(words, clause) if verb.lemma in LIGHT else None
    if noun is None:
        return None
    return Kind(EVENT_NOUNS[words[noun].low], noun, f"“{words[noun].text}” with “{words[verb.verb].text}”")


def _by_construction(words: list[Word], clause: Clause, verb: VerbGroup, children: list[Clause]) -> Kind | None:
    """The verb itself, or what it means together with what follows it."""
    if verb.lemma == "conclude" and any(child.link == "that" for child in children):
        return Kind("INVESTIGATE", verb.verb, "“conclude” with what was found")
    if verb.lemma == "call" and _is_named_so(words, clause):
        return Kind("DISAPPROVE", verb.verb, "“call” with what it is called")
    if verb.lemma == "tell" and is_order(children):
        return Kind("DEMAND", verb.verb, "“tell” with what to do")
    return Kind(TYPES[verb.lemma], verb.verb, f"the verb “{verb.lemma}”") if verb.lemma in TYPES else None


def _by_decision(words: list[Word], verb: VerbGroup, children: list[Clause]) -> Kind | None:
    """`decided to end the agreement`, `opted for ending it`"""
    if verb.lemma not in DECIDING:
        return None
    following = words[verb.end : verb.end + 2]
    after = following[1].form if len(following) > 1 and following[0].tag == "I" else None
    inner = [child.verb.lemma for child in children if child.verb and child.link == "infinitive"]
    for lemma in [after.lemma] if after else inner:
        if lemma in TYPES:
            return Kind(TYPES[lemma], verb.verb, f"the verb “{lemma}” after “{verb.lemma}”")
    return None


def _by_subject(words: list[Word], clause: Clause, verb: VerbGroup) -> Kind | None:
    """`complaints reached the station`"""
    head = words[clause.subjects[0].head] if clause.subjects else None
    if head is None or head.low not in EVENT_NOUNS:
        return None
    return Kind(EVENT_NOUNS[head.low], verb.verb, f"“{head.text}” as the subject")


def is_order(children: list[Clause]) -> bool:
    """`told them to wait`"""
    return any(child.link == "infinitive" for child in children)


def _is_named_so(words: list[Word], clause: Clause) -> bool:
    """`called the order an insult`"""
    thing = object_of(words, clause)
    after = words[thing.end] if thing and thing.end < len(words) else None
    return after is not None and (after.low in ("a", "an") or after.tag in '“"')


def _event_noun(words: list[Word], clause: Clause) -> int | None:
    """The noun that says what was done with `make`, `hold`, `take` …: the object, or what the clause is about."""
    verb = clause.verb
    phrase = object_of(words, clause)
    if verb and verb.passive and clause.subjects:
        phrase = clause.subjects[0]
    if clause.link in ("relative", "that") and clause.start > 1 and words[clause.start - 1].low in ("which", "that"):
        outer = clause.parent
        phrase = object_of(words, outer) if outer and outer.verb else phrase
    return phrase.head if phrase and words[phrase.head].low in EVENT_NOUNS else None
