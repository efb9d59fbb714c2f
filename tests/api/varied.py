"""A varied dataset: all precisions, qualifiers, intervals, open ends, undated events; all kinds of links."""

from __future__ import annotations

import random

from tests.api.making import Making

ROLES = ("initiator", "target", "participant", "host", "mediator", "victim", "beneficiary")
COUNTRIES = ("CN", "CZ", "SK", "US", "DE", "TW", "CSHH")
TYPES = ("AGREE", "CONSULT", "THREATEN", "PROTEST", "SANCTION", "OTHER")
DATES = (
    *("2019-10-16", "2019-10-31", "2019-11-01", "2020-02-29", "2019-10", "2019-12", "2018-02", "2019", "2018", "201X"),
    *("200X", "19XX", "2019-24", "2019-21", "2019-33", "2019-36", "2019-40", "2018-41", "0001", "9999-12-31"),
    *("2019-10-16/2019-10-18", "2018/2019", "2019-10/2019-11-20", "2019-10/2019-10-20", "2016/..", "2016/", "../2018"),
    *("/2018-05", "[2019-10-16..2019-10-18]", "[2019-01..2020-02]", "[..2017]", "[2019-11..]", "2019~", "2019-10?"),
    *("2019-10-16%", "2019-10~", "2018-05/2019-06?", "201X~", "2019-12-31~/2020-01-02", "19XX?", "1990", "1995/1998"),
)


def build(events: int, seed: int = 2, dates: tuple[str, ...] = DATES) -> Making:
    """`events` events with what they refer to; every date of `dates` is used before any is used again."""
    chance = random.Random(seed)
    made = Making()
    documents = [f"paper-{number}" for number in range(6)]
    for number, pk in enumerate(documents):
        made.document(pk, f"Paper {number % 4}")
    actors = [f"actor-{number}" for number in range(14)]
    for number, pk in enumerate(actors):
        country = chance.choice((*COUNTRIES, None))
        kind = chance.choice(("government", "person", "company", "media"))
        made.actor(
            pk, f"{'Ministry' if number % 3 else 'Mayor'} {number}", country, names=[f"Office {number}"], kind=kind
        )
    for number in range(events):
        made.event(
            f"event-{number}",
            dates[number % (len(dates) + 4)] if number % (len(dates) + 4) < len(dates) else "",
            kind=chance.choice(TYPES),
            actors={pk: chance.choice(ROLES) for pk in chance.sample(actors, chance.randrange(4))},
            countries=chance.sample(COUNTRIES, chance.randrange(3)),
            location=chance.choice((*COUNTRIES, None, None)),
            claimed_by=chance.sample(actors, chance.choice((0, 0, 0, 1, 2))),
            documents=chance.sample(documents, chance.choice((1, 1, 2))),
            summary=f"=Summary {number}" if number % 7 == 0 else "",
        )
    return made
