"""Actors that may be one: names alike but for accents, order, small words or a slip; or the same identifier."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
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


@dataclass(frozen=True)
class Double:
    """Two actors that may be one, and why."""

    one: Actor
    other: Actor
    why: str


def doubles() -> list[Double]:
    """The pairs, the likeliest first: same identifier, same name, names a letter apart."""
    actors = {actor.pk: actor for actor in Actor.objects.filter(merged_into=None).select_related("country")}
    names: dict[str, set[str]] = {pk: {actor.name} for pk, actor in actors.items()}
    for pk, name in ActorName.objects.filter(actor__merged_into=None).values_list("actor_id", "name"):
        names[pk].add(name)
    found: dict[tuple[str, str], Double] = {}
    for one, other, why in (*_same_identifier(), *_same_id(actors), *_same_name(names), *_a_slip_apart(names)):
        pair = (min(one, other), max(one, other))
        if pair not in found and len(found) < MOST:
            found[pair] = Double(actors[pair[0]], actors[pair[1]], why)
    return list(found.values())


def folded(name: str) -> str:
    """A name without accents, case, punctuation, small words and order."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    words = re.findall(r"\w+", plain.casefold())
    return " ".join(sorted(word for word in words if word not in SMALL) or words)


def _pairs(groups: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Neighbours in each group: two actors, and the names by which each came into it."""
    for group in groups.values():
        members = sorted(group.items())
        for (one, name), (other, another) in pairwise(members):
            yield one, other, name, another


def _same_identifier() -> Iterator[tuple[str, str, str]]:
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    rows = ActorIdentifier.objects.filter(actor__merged_into=None)
    for row in rows:
        groups[str(row)][row.actor_id] = str(row)
    for one, other, identifier, _same in _pairs(groups):
        yield one, other, f"Both are {identifier}, so they are one."


def _same_id(actors: dict[str, Actor]) -> Iterator[tuple[str, str, str]]:
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for pk, actor in actors.items():
        for identifier in actor.external_id.split():
            groups[identifier][pk] = identifier
    for one, other, identifier, _same in _pairs(groups):
        yield one, other, f"Both are {identifier}."


def _same_name(names: dict[str, set[str]]) -> Iterator[tuple[str, str, str]]:
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for pk, all_names in names.items():
        for name in sorted(all_names):
            groups[folded(name)].setdefault(pk, name)
    for one, other, name, another in _pairs(groups):
        yield one, other, f"“{name}” and “{another}” are the same but for order, accents or small words."


def _a_slip_apart(names: dict[str, set[str]]) -> Iterator[tuple[str, str, str]]:
    """Names of which one letter is missing, too many, other, or which two letters changed places.

    Each name is filed under itself and under all that it is with one letter left out: two that are a slip apart meet.
    """
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for pk, all_names in names.items():
        for name in sorted(all_names):
            plain = folded(name)
            if len(plain) >= LONG_ENOUGH and not any(map(str.isdigit, plain)):
                for at in range(-1, len(plain)):
                    groups[plain if at < 0 else plain[:at] + plain[at + 1 :]].setdefault(pk, name)
    for one, other, name, another in _pairs(groups):
        if folded(name) != folded(another):
            yield one, other, f"“{name}” and “{another}” are a letter apart."
