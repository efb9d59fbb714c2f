"""Actors that may be one: names alike but for accents, order, spaces, small words or a slip; or the same identifier."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import Final, NamedTuple

from events.models import Actor, ActorIdentifier, ActorName

# A slip of one letter is told from another name only where there are enough letters.
LONG_ENOUGH: Final = 7
# Words that people put or leave out.
SMALL: Final = frozenset({"a", "an", "and", "de", "der", "die", "la", "le", "of", "the"})
# More pairs than anybody looks through in one go.
MOST: Final = 500

_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")


class Name(NamedTuple):
    """A name of an actor; `plain`, without accents, case, punctuation, small words and order; and its letters, in their
    order and without spaces."""

    pk: str
    name: str
    plain: str
    letters: str


@dataclass(frozen=True)
class Double:
    """Two actors that may be one, and why."""

    one: Actor
    other: Actor
    why: str


def doubles() -> list[Double]:
    """The pairs, the likeliest first: same identifier, same name, names a letter apart. Four queries, however many.

    Each time all names are looked at anew: nothing that is remembered could be stale.
    """
    unmerged = Actor.objects.filter(merged_into=None)
    names, identifiers = [], []
    for pk, name, external in unmerged.values_list("pk", "name", "external_id"):
        names.append((pk, name))
        identifiers += [(pk, identifier) for identifier in external.split()]
    names += ActorName.objects.filter(actor__merged_into=None).values_list("actor_id", "name")
    rows = [_name(pk, name) for pk, name in sorted(names)]
    alike = (*_same_name(rows), *_same_letters(rows), *_a_slip_apart(rows))
    found: dict[tuple[str, str], str] = {}
    for one, other, why in (*_same_identifier(), *_same_id(identifiers), *alike):
        if len(found) < MOST:
            found.setdefault((min(one, other), max(one, other)), why)
    actors = Actor.objects.select_related("country").in_bulk({pk for pair in found for pk in pair})
    return [Double(actors[one], actors[other], why) for (one, other), why in found.items()]


def _name(pk: str, name: str) -> Name:
    words = _words(name)
    return Name(pk, name, " ".join(sorted(words)), "".join(words))


def _words(name: str) -> list[str]:
    plain = name
    if not name.isascii():
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    words: list[str] = _WORD.findall(plain.casefold())
    return [word for word in words if word not in SMALL] or words


def _neighbours(filed: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Of what is filed under a key, as (key, actor, name): two actors that share one, and the names that did it."""
    first: dict[str, tuple[str, str]] = {}
    shared: dict[str, dict[str, str]] = {}
    for key, pk, name in filed:
        there = first.setdefault(key, (pk, name))
        if there[0] != pk:
            shared.setdefault(key, dict([there])).setdefault(pk, name)
    for group in shared.values():
        for (one, name), (other, another) in pairwise(sorted(group.items())):
            yield one, other, name, another


def _same_identifier() -> Iterator[tuple[str, str, str]]:
    rows = ActorIdentifier.objects.filter(actor__merged_into=None).order_by("actor_id", "pk")
    for one, other, identifier, _same in _neighbours((str(row), row.actor_id, str(row)) for row in rows):
        yield one, other, f"Both are {identifier}, so they are one."


def _same_id(identifiers: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    filed = ((identifier, pk, identifier) for pk, identifier in sorted(identifiers))
    for one, other, identifier, _same in _neighbours(filed):
        yield one, other, f"Both are {identifier}."


def _same_name(names: Iterable[Name]) -> Iterator[tuple[str, str, str]]:
    for one, other, name, another in _neighbours((row.plain, row.pk, row.name) for row in names):
        yield one, other, f"“{name}” and “{another}” are the same but for order, accents or small words."


def _same_letters(names: Iterable[Name]) -> Iterator[tuple[str, str, str]]:
    for one, other, name, another in _neighbours((row.letters, row.pk, row.name) for row in names):
        yield one, other, f"“{name}” and “{another}” are the same but for spaces."


def _a_slip_apart(names: Iterable[Name]) -> Iterator[tuple[str, str, str]]:
    """Names of which one word lacks a letter, has one too many or another one, or has two that changed places.

    Each word is looked up among all words that there are, and the name with the other word among the names.
    """
    first: dict[str, Name] = {}
    for row in names:
        if len(row.plain) >= LONG_ENOUGH and not _DIGIT.search(row.plain):
            first.setdefault(row.plain, row)
    near = _near({word for plain in first for word in plain.split(" ")})
    for plain, row in first.items():
        words = plain.split(" ")
        for at, word in enumerate(words):
            for slip in near.get(word, ()):
                other = first.get(" ".join(sorted([*words[:at], slip, *words[at + 1 :]])))
                if other is not None and row.plain < other.plain and row.pk != other.pk:
                    yield row.pk, other.pk, f"“{row.name}” and “{other.name}” are a letter apart."


def _near(words: Iterable[str]) -> dict[str, list[str]]:
    """The words that are a slip from each: both are filed under what they are without a letter."""
    filed: dict[str, list[str]] = {}
    for word in sorted(words):
        for key in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            filed.setdefault(key, []).append(word)
    pairs = {pair for alike in filed.values() for pair in permutations(alike, 2)}
    found: dict[str, list[str]] = {}
    for one, other in sorted(pairs):
        if _is_slip(one, other):
            found.setdefault(one, []).append(other)
    return found


def _is_slip(one: str, other: str) -> bool:
    """Whether what isn't common to both is at most a letter each, or two that changed places."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])
