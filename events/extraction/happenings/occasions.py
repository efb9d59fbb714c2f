"""Happenings that a noun tells of: `Canada's arrest of an executive`, `a visit by the president`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.nouns import EVENT_NOUNS
from events.extraction.happenings.phrases import NounPhrase, noun_phrase
from events.extraction.happenings.words import Word

# Nouns that name one act, so that the one before them has done it, and the one after `of` has suffered it.
_ACTS = word_set(
    "arrest visit trip attack killing murder assassination dismissal expulsion bombing invasion raid withdrawal "
    "release deportation detention kidnapping explosion crash collapse warning threat threats pressure resignation "
    "evacuation protests demonstrations riots complaints strike"
)
_OF_WHAT = word_set("explosion crash collapse arrest killing murder assassination kidnapping dismissal expulsion")
_MANY = word_set("protests demonstrations riots")
_SCENES = word_set("scene site")
# What is asked for, feared or planned is none, nor what is only spoken of in general.
_NO_ACT = word_set("without any no possible future planned alleged threatened next")


@dataclass(frozen=True)
class Occasion:
    """A noun that tells of a happening: the words from `start` to `end`, the noun, who did it, who suffered it."""

    start: int
    end: int
    noun: int
    type: str
    doer: NounPhrase | None
    sufferer: NounPhrase | None
    why: str


def occasions(words: list[Word]) -> Iterator[Occasion]:
    """Yield what the nouns of a sentence tell of, apart from its verbs."""
    for at, word in enumerate(words):
        if word.low in EVENT_NOUNS and word.tag in "NG":
            found = _there_was(words, at) or _scene(words, at) or _act(words, at)
            if found:
                yield found


def _act(words: list[Word], at: int) -> Occasion | None:
    if words[at].low not in _ACTS:
        return None
    start = at
    while start > 0 and words[start - 1].tag in "NP'#" and words[start].tag != "D":
        start -= 1
    if start > 0 and words[start - 1].tag == "D":
        start -= 1
    if start > 0 and words[start - 1].low in _NO_ACT:
        return None
    return _owned(words, start, at) or _by(words, start, at) or _of(words, start, at)


def _owned(words: list[Word], start: int, at: int) -> Occasion | None:
    """`Canada's arrest of an executive`, `Huawei's warning`"""
    mark = next((place for place in range(at - 1, start, -1) if words[place].tag == "'"), -1)
    if mark < 1 or at - mark > 2:
        return None
    doer = NounPhrase(start, mark, mark - 1)
    sufferer = _after(words, at, "of")
    end = sufferer.end if sufferer else at + 1
    return _made(words, start, end, at, doer, sufferer, f"“{words[at].text}” of an owner")


def _by(words: list[Word], start: int, at: int) -> Occasion | None:
    """`a visit by Xi to Prague`, `pressure from Huawei`"""
    doer = _after(words, at, "by") or _after(words, at, "from")
    if doer is None or words[doer.head].tag == "T":
        return None
    sufferer = _after(words, doer.end - 1, "to") or _after(words, doer.end - 1, "on")
    end = sufferer.end if sufferer else doer.end
    return _made(words, start, end, at, doer, sufferer, f"“{words[at].text}” and its doer")


def _of(words: list[Word], start: int, at: int) -> Occasion | None:
    """`the explosion of his phone`, `the protests in Hong Kong`"""
    if words[start].low != "the":
        return None
    if words[at].low in _OF_WHAT and (what := _after(words, at, "of")):
        return _made(words, start, what.end, at, None, what, f"“the {words[at].text} of”")
    place = _after(words, at, "in") if words[at].low in _MANY else None
    if place and words[place.head].tag == "P":
        return _made(words, start, place.end, at, None, None, f"“the {words[at].text}” in a place")
    return None


def _there_was(words: list[Word], at: int) -> Occasion | None:
    """`There was a barrage of complaints`"""
    for place in range(max(0, at - 6), at - 1):
        if words[place].low == "there" and words[place + 1].low in ("was", "were"):
            between = words[place + 2 : at]
            if all(word.tag in "DN#I" for word in between) and not any(word.low == "no" for word in between):
                return _made(words, place, at + 1, at, None, None, f"“there was”, and “{words[at].text}”")
    return None


def _scene(words: list[Word], at: int) -> Occasion | None:
    """`was the scene of a landing`"""
    for place in range(max(0, at - 6), at - 1):
        if words[place].low in _SCENES and words[place + 1].low == "of" and words[place - 1].low == "the":
            return _made(words, 0, at + 1, at, None, None, f"the scene of “{words[at].text}”")
    return None


def _after(words: list[Word], at: int, preposition: str) -> NounPhrase | None:
    if at + 2 < len(words) and words[at + 1].low == preposition:
        return noun_phrase(words, at + 2)
    return None


def _made(
    words: list[Word], start: int, end: int, noun: int, doer: NounPhrase | None, sufferer: NounPhrase | None, why: str
) -> Occasion:
    return Occasion(start, end, noun, EVENT_NOUNS[words[noun].low], doer, sufferer, why)
