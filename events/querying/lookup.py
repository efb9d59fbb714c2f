"""From what a client writes to what it means: ids and names of public nouns, codes of countries and types.

A hidden noun is not in these tables, so it is answered exactly like one that never was. What was not public yet in
the state that is asked about isn't known in it; countries and types have no history.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from events.models.index import ActorIndex, DocumentIndex, NameIndex
from events.models.ledger import ACTOR, Entry
from events.models.reference import Country, EventType
from events.models.sql import fetch, placeholders
from events.models.tokens import fold
from events.querying.state import State

# So many names with the same beginning are compared for a suggestion, and for so many words of a list.
NEAR_NAMES = 500
NEAR_WORDS = 5


@dataclass(frozen=True)
class Found:
    """What a word means: the id or code that stands for it, and what people call it."""

    id: str
    name: str


@dataclass(frozen=True)
class Missing:
    """A word that means nothing, or more than one thing; `suggestion` is what to write instead, if that can be told."""

    detail: str
    code: str = "unknown"
    suggestion: str | None = None


Meanings = Mapping[str, Found | Missing]


def became(kind: str, ids: Iterable[str], state: State) -> dict[str, str]:
    """What merged nouns are in the end, by their ids; those that aren't merged are left out."""
    ends = further = _merged(kind, ids, state)
    while further := _merged(kind, further.values(), state):
        ends = {noun_id: further.get(into, into) for noun_id, into in ends.items()}
    return ends


def _merged(kind: str, ids: Iterable[str], state: State) -> dict[str, str]:
    rows = state.select("t.noun_id, t.merged_into", Entry, "noun_id", ids, f"t.kind = '{kind}'")
    return {noun_id: into for noun_id, into in rows if into is not None}


def actors(words: Iterable[str], state: State) -> Meanings:
    """Actors by id, or by exact name or alias; an actor that was merged by its old id too."""
    words = list(words)
    ids = _actor_names(words, state)
    named: dict[str, set[str]] = defaultdict(set)
    others = {fold(word) for word in words if word not in ids}
    for folded, actor_id in state.select("t.folded, t.actor_id", NameIndex, "folded", others):
        named[folded].add(actor_id)
    strange = [word for word in words if word not in ids and fold(word) not in named]
    merged = became(ACTOR, strange, state) if strange else {}
    found = {*merged.values(), *(actor_id for matches in named.values() for actor_id in matches)}
    names = ids | _actor_names(found, state)
    meanings: dict[str, Found | Missing] = {}
    for word in words:
        known = merged.get(word, word)
        matches = [known] if known in names else sorted(named[fold(word)])
        if len(matches) == 1:
            meanings[word] = Found(matches[0], names[matches[0]])
        elif matches:
            both = " and ".join(f"{actor_id} ({names[actor_id]})" for actor_id in matches)
            meanings[word] = Missing(f"“{word}” names more than one actor: {both}. Use the id.", "ambiguous")
        else:
            meanings[word] = Missing(f"No actor has the id, name or alias “{word}”.")
    return _with_suggestions(meanings, lambda word: _near_actor(word, state))


def _actor_names(ids: Iterable[str], state: State) -> dict[str, str]:
    return dict(state.select("t.noun_id, t.name", ActorIndex, "noun_id", ids))


def _with_suggestions(meanings: dict[str, Found | Missing], near: Callable[[str], str | None]) -> Meanings:
    unknown = {w: m for w, m in meanings.items() if isinstance(m, Missing) and m.code == "unknown"}
    return meanings | {word: replace(unknown[word], suggestion=near(word)) for word in list(unknown)[:NEAR_WORDS]}


def _near_actor(word: str, state: State) -> str | None:
    """The id in the right case, else the name of the actor that has the nearest name."""
    if _actor_names([word.strip().lower()], state):
        return word.strip().lower()
    folded = fold(word.strip())
    if not folded:
        return None
    rows = NameIndex.objects.filter(state.rows, folded__gte=folded[:2], folded__lt=folded[:2] + "\U0010ffff")
    candidates = dict(rows.order_by("folded", "actor_id").values_list("folded", "actor_id")[:NEAR_NAMES])
    near = difflib.get_close_matches(folded, candidates, 1)
    return _actor_names([candidates[near[0]]], state)[candidates[near[0]]] if near else None


def documents(words: Iterable[str], state: State) -> Meanings:
    """Documents by id."""
    words = list(words)
    lowered = [word.strip().lower() for word in words]
    titles = dict(state.select("t.noun_id, t.title", DocumentIndex, "noun_id", [*words, *lowered]))
    return {
        word: Found(word, titles[word])
        if word in titles
        else Missing(
            f"No document has the id “{word}”; documents/ lists them.", suggestion=low if low in titles else None
        )
        for word, low in zip(words, lowered, strict=True)
    }


# What people write for a country that is the code of none, or of another.
COUNTRY_HABITS = {
    **dict.fromkeys(("UK", "U.K.", "EN", "ENGLAND", "BRITAIN", "GREAT BRITAIN"), "GB"),
    **dict.fromkeys(("USA", "U.S.", "U.S.A.", "AMERICA"), "US"),
    # The three letters that former countries had.
    "SUN": "SUHH",
    "USSR": "SUHH",
    "YUG": "YUCS",
    "DDR": "DDDE",
    "CSK": "CSHH",
}


# Countries that English names with an article: unions, republics, territories and groups of islands.
WITH_ARTICLE = re.compile(
    r"(Bahamas|Comoros|Gambia|Isle of Man|Maldives|Netherlands( Antilles)?|New Hebrides|Philippines|Seychelles)"
    r"|(Democratic )?Republic of .+|United (States|Kingdom|Arab Emirates)"
    r"|(?!The ).+ (Islands|Republic|SSR|Territor(y|ies)|Union|Zone)"
)


def countries(words: Iterable[str], state: State) -> Meanings:
    """Countries by alpha-2, alpha-3 or, former ones, four-letter code."""
    words = list(words)
    one_of = placeholders(words)
    text = f"SELECT code, alpha3, name FROM {Country._meta.db_table} WHERE code IN ({one_of}) OR alpha3 IN ({one_of})"
    known = {}
    for code, alpha3, name in fetch(text, [*words, *words]):
        known[code] = known[alpha3 or code] = Found(code, f"the {name}" if WITH_ARTICLE.fullmatch(name) else name)
    meanings: dict[str, Found | Missing] = {
        word: known.get(word) or Missing(f"“{word}” isn't a country code (ISO 3166: CN or CHN; CSHH).")
        for word in words
    }
    return _with_suggestions(meanings, _near_country)


def _near_country(word: str) -> str | None:
    rows = list(Country.objects.values_list("code", "alpha3", "name"))
    codes = {code: code for code, _alpha3, _name in rows} | {alpha3: alpha3 for _code, alpha3, _name in rows if alpha3}
    names = {fold(name): code for code, _alpha3, name in rows}
    upper, folded = word.strip().upper(), fold(word.strip())
    # The two letters that a former country had: its four-letter code begins with them.
    former = [code for code in codes if len(code) == 4 and code[:2] == upper]
    exact = COUNTRY_HABITS.get(upper) or codes.get(upper) or names.get(folded)
    near = difflib.get_close_matches(folded, names, 1, 0.75)
    return exact or (former[0] if len(former) == 1 else None) or (names[near[0]] if near else None)


def types(words: Iterable[str], state: State) -> Meanings:
    """Kinds of event by code."""
    words = list(words)
    known = dict(fetch(f"SELECT code, name FROM {EventType._meta.db_table}"))
    listed = ", ".join(sorted(known))
    return {
        word: Found(word, known[word])
        if word in known
        else Missing(f"“{word}” isn't a type of event; those are {listed}.", suggestion=_near_type(word, known))
        for word in words
    }


def _near_type(word: str, known: Mapping[str, str]) -> str | None:
    by_name = {fold(name): code for code, name in known.items()}
    near = difflib.get_close_matches(word.strip().upper(), known, 1)
    return by_name.get(fold(word.strip())) or (near[0] if near else None)
