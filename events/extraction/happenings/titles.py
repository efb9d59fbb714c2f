"""The title of a candidate: who did what, in the words of the text, without the date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from events.extraction.happenings.clauses import Clause
from events.extraction.happenings.figure import Figure
from events.extraction.happenings.hidden import without_hidden
from events.extraction.happenings.kinds import object_of
from events.extraction.happenings.nouns import EVENT_NOUNS, LIGHT
from events.extraction.happenings.phrases import NounPhrase, VerbGroup
from events.extraction.happenings.words import Word

# Longer ones are cut after so many words, and so many characters.
_WORDS = 24
_CHARACTERS = 200
# What no title ends with: a preposition, an article, a conjunction, a sign.
_LEFT_OVER = frozenset('IDCSW,;:“"')


def title(text: str, words: list[Word], clause: Clause, aims: Sequence[int], figures: Mapping[int, Figure]) -> str:
    """The subject, with the name where the text has a pronoun, the verb, and what follows it in its clause.

    `aims` are the words of the infinitives that hang on it: `decided to end …`.
    """
    verb = clause.verb
    assert verb is not None
    subject = " and ".join(_subject(text, words, phrase, figures) for phrase in clause.subjects)
    noun = _noun_before(words, clause)
    if noun:
        what = said(text, words[noun.start : max(noun.end, clause.start - 1)])
        return tidy(f"{subject} {said(text, words[verb.start : verb.end])} {what}")
    shown = [at for at in sorted({*clause.words, *aims}) if at >= verb.start and not _is_aside(at, verb)]
    shown = _without_time(words, shown)[:_WORDS]
    while len(shown) > 1 and shown[-1] >= verb.end and words[shown[-1]].tag in _LEFT_OVER:
        shown.pop()
    return tidy(f"{subject} {_joined(words, shown)}")


def said(text: str, words: Sequence[Word]) -> str:
    """Those words as the text has them, on one line."""
    return " ".join(text[words[0].start : words[-1].end].split())


def tidy(title: str) -> str:
    """With a capital at its beginning and no sign left over at its end."""
    title = without_hidden(title)
    if title.count("“") > title.count("”"):
        title = title[: title.rindex("“")] or title
    kept = title.strip()[:_CHARACTERS].strip(" ,;:—–-.“”\"'’(") or title.strip()[:_CHARACTERS]
    return kept[0].upper() + kept[1:]


def _subject(text: str, words: list[Word], phrase: NounPhrase, figures: Mapping[int, Figure]) -> str:
    figure = figures.get(phrase.start)
    if figure and words[phrase.start].tag == "Q":
        return figure.name
    return said(text, words[phrase.start : phrase.end])


def _noun_before(words: list[Word], clause: Clause) -> NounPhrase | None:
    """What a relative clause is about: `made a trip` for `a trip which he made`."""
    if clause.link != "relative" or clause.verb is None or clause.verb.lemma not in LIGHT or clause.parent is None:
        return None
    thing = object_of(words, clause.parent) if clause.parent.verb else None
    return thing if thing and words[thing.head].low in EVENT_NOUNS else None


def _is_aside(at: int, verb: VerbGroup) -> bool:
    start, end = verb.aside
    return start - 1 <= at <= end and end > 0


def _without_time(words: list[Word], numbers: list[int]) -> list[int]:
    """Without time expressions and the prepositions before them."""
    return [
        at
        for at in numbers
        if words[at].tag != "T" and not (words[at].tag == "I" and at + 1 < len(words) and words[at + 1].tag == "T")
    ]


def _joined(words: list[Word], numbers: list[int]) -> str:
    """The words with the spaces that the text has between them, and where some are left out."""
    made = ""
    for before, at in zip([None, *numbers], numbers, strict=False):
        word = words[at]
        gap = before is not None and (before != at - 1 or words[before].end < word.start)
        made += (" " if gap and word.tag not in ",.;:" else "") + word.text
    return " ".join(made.split())
