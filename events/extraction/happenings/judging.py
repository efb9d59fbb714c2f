"""Which clauses tell that something happened, and what kind of event it is."""

from __future__ import annotations

from dataclasses import dataclass

from events.extraction.happenings.clauses import Clause
from events.extraction.happenings.kinds import OTHER, is_order, kind_of_act, object_of
from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.verbs import HABITUAL, PUBLIC, REPORTING, STATIVE, TYPES, UNREAL
from events.extraction.happenings.words import NEGATIVE, Word

# Clauses that hang on others tell of a happening only by a verb that is in the tables, or with a date of their own.
_HANGING = word_set("relative subordinate reduced")
_NOBODY = word_set("nobody nothing none who whoever whatever i we you my our your")
_REASONS = word_set("since although though whereas than why how what where so")
# These say something that is itself an act, whatever follows.
_ACTS = word_set("threaten insist promise pledge vow admit deny")
# Without a noun that names an event these say too little: `gave three reasons`.
# What is asked for, refused or threatened has not happened by that.
_WANTING = frozenset({"DEMAND", "REJECT", "THREATEN"})
_EMPTY = word_set("make give put do")
_TIMES = word_set("after when once before until because")


@dataclass(frozen=True)
class Verdict:
    """What a clause tells: the type and where the words stand that say so, whether it happened, and why."""

    type: str
    start: int
    end: int
    happened: bool
    why: str


def judge(words: list[Word], clause: Clause, children: list[Clause], *, dated: bool) -> Verdict | None:
    """What the clause tells; None if it tells of nothing that happened, will happen or is said not to have."""
    verb = clause.verb
    if verb is None or _is_idle(words, clause) or _is_saying(words, clause, children, dated=dated):
        return None
    kind = kind_of_act(words, clause, children)
    known = kind.type != OTHER or kind.at != verb.verb or verb.lemma in TYPES or verb.lemma in PUBLIC
    known = known or (verb.lemma == "tell" and clause.link == "reduced")
    if not known and verb.lemma in _EMPTY and not dated:
        return None
    if not known and (verb.lemma in STATIVE or verb.lemma in REPORTING - PUBLIC - {"find"}):
        return None
    happened = (
        verb.tense == "past" and not verb.negated and not _is_unreal(clause) and not _is_of_nothing(words, clause)
    )
    if not happened and not _is_worth_telling(words, clause, known=known):
        return None
    if clause.link in _HANGING and not (known or dated or clause.marker in _TIMES or clause.link == "reduced"):
        return None
    first, last = min(kind.at, verb.verb), max(kind.at, verb.end - 1)
    return Verdict(kind.type, words[first].start, words[last].end, happened, kind.why)


def _is_idle(words: list[Word], clause: Clause) -> bool:
    """Whether the clause is a condition, a question, a habit, or about nobody."""
    verb = clause.verb
    if verb is None or clause.link in ("aside", "infinitive", "condition") or verb.tense in ("present", "infinitive"):
        return True
    if clause.link == "reduced" and not _is_told_by(words, clause):
        return True
    if any(one.link == "condition" for one in clause.within()) or clause.marker in _REASONS:
        return True
    if any(words[at].low in HABITUAL for at in range(max(0, verb.start - 2), verb.verb)) or verb.progressive:
        return True
    first = clause.subjects[0].start if clause.subjects else -1
    if first < 0 or words[first].low in _NOBODY or words[first].low in NEGATIVE:
        return True
    return (first > 0 and words[first - 1].tag == "X") or _is_asked(words, clause)


def _is_asked(words: list[Word], clause: Clause) -> bool:
    """Whether the clause belongs to a question, which begins after the last colon or semicolon before its mark."""
    if words[-1].low != "?":
        return False
    return not any(words[at].tag in ":;" for at in range(clause.start, len(words)))


def _is_told_by(words: list[Word], clause: Clause) -> bool:
    """Whether a participle after its noun says by whom: `interviewed by a newspaper`."""
    verb = clause.verb
    return verb is not None and verb.lemma in TYPES | {"tell": ""} and _agent_follows(words, verb.end)


def _agent_follows(words: list[Word], at: int) -> bool:
    return at < len(words) and words[at].low == "by"


def _is_saying(words: list[Word], clause: Clause, children: list[Clause], *, dated: bool) -> bool:
    """Whether the verb only says who tells it: what is told is the happening, not that it is told."""
    verb = clause.verb
    if verb is None:
        return False
    if verb.lemma == "conclude" and verb.end < len(words) and words[verb.end].low == "that":
        return False
    told_of_it = verb.end < len(words) and words[verb.end].low == "that" and _begins_with_it(words, clause)
    if verb.lemma not in REPORTING or verb.lemma in _ACTS or (verb.lemma == "tell" and is_order(children)):
        return told_of_it
    if clause.link == "reduced":
        return verb.lemma not in PUBLIC | {"tell"}
    told = any(
        (child.link in ("that", "speech") and child.marker != "") or child.link == "speech" for child in children
    )
    thing = object_of(words, clause)
    if verb.lemma == "find":
        return thing is None or told or any(child.verb and child.verb.lemma == "be" for child in children)
    if verb.lemma not in PUBLIC:
        return True
    return not dated and thing is None and (told or not _goes_on(words, verb.end)) and not _publicly(words, clause)


def _goes_on(words: list[Word], at: int) -> bool:
    return at < len(words) and words[at].tag not in ",.;:"


def _begins_with_it(words: list[Word], clause: Clause) -> bool:
    """`It emerged that …`"""
    return bool(clause.subjects) and words[clause.subjects[0].start].low == "it"


def _publicly(words: list[Word], clause: Clause) -> bool:
    verb = clause.verb
    following = words[verb.end].low if verb and verb.end < len(words) else ""
    return following in ("on", "to")


def _is_unreal(clause: Clause) -> bool:
    """Whether the clause says what somebody hopes, plans, denies, or would do."""
    inner = clause
    for outer in clause.within():
        told = inner.link in ("that", "speech")
        if told and outer.verb and (outer.verb.lemma in UNREAL or outer.verb.tense == "modal"):
            return outer.verb.lemma != "be"
        inner = outer
    return False


def _is_of_nothing(words: list[Word], clause: Clause) -> bool:
    """`had received no warning`"""
    thing = object_of(words, clause)
    return thing is not None and words[thing.start].low in NEGATIVE


def _is_worth_telling(words: list[Word], clause: Clause, *, known: bool) -> bool:
    """Whether what did not happen, or not yet, is kept: a named act in a main clause."""
    subject = clause.subjects[0] if clause.subjects else None
    named = subject is not None and any(word.tag == "P" for word in words[subject.start : subject.end])
    return known and named and clause.link in ("main", "coordinate", "that")


def is_supposed(clause: Clause | None) -> bool:
    """Whether what stands in the clause may not have happened: it is a condition, a plan, or denied."""
    verb = clause.verb if clause else None
    if clause is None or verb is None:
        return False
    wanted = verb.lemma in UNREAL or TYPES.get(verb.lemma) in _WANTING
    return wanted or verb.tense == "modal" or verb.negated or clause.link == "condition" or _is_unreal(clause)
