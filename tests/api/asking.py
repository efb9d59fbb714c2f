"""Random questions about the varied dataset: filters of every kind, also for what no event has, and windows."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator

from tests.api import naive
from tests.api.naive import Question
from tests.api.varied import COUNTRIES, TYPES

ALL_FORMS = ("actor", "initiator", "target", "country", "document")
SINCE = ("2024-05-01", "2024-05-02", "2024-05-02T13:30:00Z", "2025-01-01")


def values(actors: Collection[str]) -> dict[str, list[str]]:
    """What random questions ask for."""
    actors, countries = list(actors), [*COUNTRIES, "AT", "FR"]
    return {
        **dict.fromkeys(("actor", "initiator", "target"), actors),
        **{name: countries for name in naive.HAS if name.endswith("country")},
        "claimed_by": [*actors, "none"],
        "type": [*TYPES, "AID"],
        "document": [f"paper-{number}" for number in range(6)],
        "precision": ["day", "month", "season", "quarter", "half", "year", "decade", "century", "range"],
    }


def questions(actors: Collection[str], number: int, seed: int, *, matching: bool = True) -> Iterator[Question]:
    chance, choices = random.Random(seed), values(actors)
    for _number in range(number):
        question: Question = {}
        for name in chance.sample(sorted(choices), chance.choice((0, 1, 1, 2, 3))):
            forms = ["", *(["_not"] if name != "precision" else []), *(["_all"] if name in ALL_FORMS else [])]
            question[name + chance.choice(forms)] = chance.sample(choices[name], chance.choice((1, 1, 2, 3)))
        question |= _when(chance, matching=matching)
        if chance.random() < 0.1:
            question["updated_since"] = chance.choice(SINCE)
        yield question


def _when(chance: random.Random, *, matching: bool) -> Question:
    kind = chance.choice(("none", "date", "date", "from", "to", "both", "dated"))
    if kind == "none":
        return {}
    if kind == "dated":
        return {"dated": chance.choice((True, False))}
    if kind == "date":
        found: Question = {"date": chance.choice(sorted(naive.WINDOWS))}
    else:
        sides = sorted(chance.sample(sorted(naive.SIDES), 2), key=lambda side: naive.SIDES[side])
        found = {"date_from": sides[0], "date_to": sides[1]}
        if kind != "both":
            del found["date_to" if kind == "from" else "date_from"]
    return found | (
        {"date_match": chance.choice(("possible", "certain"))} if matching and chance.random() < 0.5 else {}
    )
