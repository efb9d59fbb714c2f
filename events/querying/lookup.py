"""From what a client writes to what it means: ids and names of public nouns, codes of countries and types.

A hidden noun is not in these tables, so it is answered exactly like one that never was.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from events.models.index import CURRENT, ActorIndex, DocumentIndex, NameIndex, fold
from events.models.reference import Country, EventType

# So many names with the same beginning are compared for a suggestion.
NEAR_LIMIT = 500


@dataclass(frozen=True)
class Found:
    """What a word means: the id or code that stands for it, and what people call it."""

    id: str
    name: str


class NotFound(Exception):
    """No such thing; `suggestion` is what to write instead, if something comes near."""

    def __init__(self, detail: str, code: str, suggestion: str | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.suggestion = suggestion


def actors(words: Iterable[str]) -> dict[str, Found | NotFound]:
    """Actors by id, or by exact name or alias."""
    words = list(words)
    by_id = _names(words)
    named: dict[str, set[str]] = defaultdict(set)
    rows = NameIndex.objects.filter(CURRENT, folded__in={fold(word) for word in words if word not in by_id})
    for folded, actor_id in rows.values_list("folded", "actor_id"):
        named[folded].add(actor_id)
    names = by_id | _names({actor_id for ids in named.values() for actor_id in ids})
    return {word: _actor(word, word in by_id, named.get(fold(word), set()), names) for word in words}


def _names(ids: Iterable[str]) -> dict[str, str]:
    return dict(ActorIndex.objects.filter(CURRENT, noun_id__in=ids).values_list("noun_id", "name"))


def _actor(word: str, is_id: bool, ids: set[str], names: dict[str, str]) -> Found | NotFound:
    if is_id:
        return Found(word, names[word])
    if len(ids) == 1:
        (actor_id,) = ids
        return Found(actor_id, names[actor_id])
    if ids:
        both = " and ".join(f"{actor_id} ({names[actor_id]})" for actor_id in sorted(ids))
        return NotFound(f"“{word}” names more than one actor: {both}. Use the id.", "ambiguous", sorted(ids)[0])
    near = _near_name(word)
    return NotFound(f"No actor has the id, name or alias “{word}”.", "unknown", near)


def _near_name(word: str) -> str | None:
    folded = fold(word)
    rows = NameIndex.objects.filter(CURRENT, folded__gte=folded[:2], folded__lt=folded[:2] + "\U0010ffff")
    candidates = dict(rows.order_by("folded").values_list("folded", "actor_id")[:NEAR_LIMIT]) if folded else {}
    near = difflib.get_close_matches(folded, candidates, 1)
    return _names([candidates[near[0]]])[candidates[near[0]]] if near else None


def documents(words: Iterable[str]) -> dict[str, Found | NotFound]:
    """Documents by id."""
    words = list(words)
    titles = dict(DocumentIndex.objects.filter(CURRENT, noun_id__in=words).values_list("noun_id", "title"))
    return {
        word: Found(word, titles[word])
        if word in titles
        else NotFound(f"No document has the id “{word}”; documents/ lists them.", "unknown")
        for word in words
    }


# What people write for a country that is the code of none, or of another.
COUNTRY_HABITS = {"UK": "GB", "EN": "GB", "USA": "US", "U.S.": "US", "U.S.A.": "US", "AMERICA": "US", "ENGLAND": "GB"}


def countries(words: Iterable[str]) -> dict[str, Found | NotFound]:
    """Countries by alpha-2, alpha-3 or, former ones, four-letter code."""
    words = list(words)
    rows = Country.objects.filter(Q(code__in=words) | Q(alpha3__in=[word for word in words if word]))
    known = {}
    for code, alpha3, name in rows.values_list("code", "alpha3", "name"):
        known[code] = known[alpha3 or code] = Found(code, name)
    return {word: known.get(word) or _no_country(word) for word in words}


def _no_country(word: str) -> NotFound:
    rows = list(Country.objects.values_list("code", "alpha3", "name"))
    codes = {code.upper(): code for code, _alpha3, _name in rows}
    codes |= {alpha3: alpha3 for _code, alpha3, _name in rows if alpha3}
    names = {fold(name): code for code, _alpha3, name in rows}
    near = difflib.get_close_matches(fold(word), names, 1, 0.75)
    suggestion = (
        COUNTRY_HABITS.get(word.upper())
        or codes.get(word.upper())
        or names.get(fold(word))
        or (names[near[0]] if near else None)
    )
    return NotFound(f"“{word}” isn't a country code (ISO 3166: CN or CHN; CSHH).", "unknown", suggestion)


def types(words: Iterable[str]) -> dict[str, Found | NotFound]:
    """Kinds of event by code."""
    words = list(words)
    known = dict(EventType.objects.values_list("code", "name"))
    return {word: Found(word, known[word]) if word in known else _no_type(word, known) for word in words}


def _no_type(word: str, known: dict[str, str]) -> NotFound:
    near = difflib.get_close_matches(word.upper(), known, 1)
    by_name = {fold(name): code for code, name in known.items()}
    suggestion = by_name.get(fold(word)) or (near[0] if near else None)
    return NotFound(f"“{word}” isn't a type of event; types/ lists them.", "unknown", suggestion)
