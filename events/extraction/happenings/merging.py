"""A happening told twice is one."""

from __future__ import annotations

from collections.abc import Iterable

from events.extraction.happenings.kinds import OTHER
from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.nouns import TITLES
from events.extraction.happenings.reader import Happening

# A happening is told again within so many others of its section; beyond, likeness is chance.
_WINDOW = 12
_NAMELESS = word_set("one year day time people part number way")


def merged(found: Iterable[Happening]) -> list[Happening]:
    """Put what tells the same into the first of them (`also`), each in the order of the text.

    Two tell the same if they stand in one section, are of one type, have a doer in common, speak of a common thing, and
    their dates don't differ; or if a colon stands between them and the first says only that its doer acted.
    """
    kept: list[Happening] = []
    for happening in found:
        twin = next((one for one in reversed(kept[-_WINDOW:]) if is_same(one, happening)), None)
        if twin:
            twin.also.append(happening)
        elif kept and explains(kept[-1], happening):
            happening.also.append(kept[-1])
            kept[-1] = happening
        else:
            kept.append(happening)
    return kept


def is_same(one: Happening, two: Happening) -> bool:
    """Whether two happenings are one."""
    if (
        one.sentence.section != two.sentence.section
        or one.verdict.type != two.verdict.type
        or one.sentence == two.sentence
    ):
        return False
    if one.verdict.happened != two.verdict.happened or (one.verdict.type == OTHER and one.lemma != two.lemma):
        return False
    doers = _doers(one) & _doers(two)
    shared = (one.about & two.about) - _NAMELESS - TITLES - {word for name in doers for word in name.lower().split()}
    return bool(doers and shared) and _dates_agree(one, two)


def explains(one: Happening, two: Happening) -> bool:
    """`The EU stepped in: it insisted on …`"""
    untyped = one.verdict.type == OTHER and two.link == "speech" and one.sentence == two.sentence
    return untyped and bool(_doers(one) & _doers(two)) and _dates_agree(one, two)


def _doers(happening: Happening) -> set[str]:
    return {part.figure.name for part in happening.parts if part.role != "target"}


def _dates_agree(one: Happening, two: Happening) -> bool:
    first, second = one.dated.date.edtf, two.dated.date.edtf
    return first is None or second is None or first == second
