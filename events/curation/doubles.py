"""Actors that may be one: names alike but for accents, order, small words or a slip; or the same identifier."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from events.models import Actor, ActorIdentifier, ActorName

# A slip of one letter is told from another name only where there are enough letters.
LONG_ENOUGH: Final = 7
# Words that people put or leave out.
SMALL: Final = frozenset({"a", "an", "and", "de", "der", "die", "la", "le", "of", "the"})
# More pairs than anybody looks through in one go.
MOST: Final = 500

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Double:
    """Two actors that may be one, and why."""

    one: Actor
    other: Actor
    why: str


def doubles() -> list[Double]:
    """The pairs, the likeliest first: same identifier, same name, names a letter apart. Four queries, however many."""
    unmerged = Actor.objects.filter(merged_into=None)
    names, identifiers = [], []
    for pk, name, external in unmerged.values_list("pk", "name", "external_id"):
        names.append((pk, name))
        identifiers += [(pk, identifier) for identifier in external.split()]
    names += ActorName.objects.filter(actor__merged_into=None).values_list("actor_id", "name")
    plain = [(pk, name, folded(name)) for pk, name in sorted(names)]
    found: dict[tuple[str, str], str] = {}
    for one, other, why in (*_same_identifier(), *_same_id(identifiers), *_same_name(plain), *_a_slip_apart(plain)):
        if len(found) < MOST:
            found.setdefault((min(one, other), max(one, other)), why)
    actors = Actor.objects.select_related("country").in_bulk({pk for pair in found for pk in pair})
    return [Double(actors[one], actors[other], why) for (one, other), why in found.items()]


def folded(name: str) -> str:
    """A name without accents, case, punctuation, small words and order."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    words = re.findall(r"\w+", plain.casefold())
    return " ".join(sorted(word for word in words if word not in SMALL) or words)


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


def _same_name(names: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    for one, other, name, another in _neighbours((plain, pk, name) for pk, name, plain in names):
        yield one, other, f"“{name}” and “{another}” are the same but for order, accents or small words."


def _a_slip_apart(names: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Names of which one letter is missing, too many, other, or which two letters changed places.

    Each name is filed under itself and under all that it is with one letter left out: two that are a slip apart meet.
    A slip leaves one half of a name as it was, so that only those are filed that share a half with another's.
    """
    long = [(pk, name, plain) for pk, name, plain in names if len(plain) >= LONG_ENOUGH and not _DIGIT.search(plain)]
    owners: dict[str, str | None] = {}
    for pk, _name, plain in long:
        for half in _halves(plain):
            owners[half] = pk if owners.get(half, pk) == pk else None
    near = [row for row in long if any(owners[half] is None for half in _halves(row[2]))]
    filed = ((key, pk, name) for pk, name, plain in near for key in _less_a_letter(plain))
    for one, other, name, another in _neighbours(filed):
        if folded(name) != folded(another):
            yield one, other, f"“{name}” and “{another}” are a letter apart."


def _halves(plain: str) -> Iterator[str]:
    """Beginnings and ends, of which names a slip apart have one in common, also where one is a letter longer."""
    for length in {(len(plain) - 1) // 2, (len(plain) - 2) // 2}:
        yield f"^{plain[:length]}"
        yield f"{plain[-length:]}$"


def _less_a_letter(plain: str) -> Iterator[str]:
    yield plain
    for at in range(len(plain)):
        yield plain[:at] + plain[at + 1 :]
