"""A seeded dataset of any size, skewed as real ones are: few actors and countries are in most events.

Dates reach from 1500 to 2025, two thirds of them after 2010; all precisions, qualifiers, long intervals, open and
unknown ends, and events without a date. The rows are those of a fixture, for `events.curation.load`.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate

from django.db import models

from events.curation.load_rows import Item
from events.models import Actor, ActorName, Claim, Document, Event, EventCountry, Evidence, Participation, Relation
from events.models.fields import ID_ALPHABET

SEED = 20191016
# Events loaded in one deed: they share documents, and no relation leaves them.
BATCH = 2000
PER_DOCUMENT = 25


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split())


COUNTRIES = _words(
    "US CN RU GB DE FR JP IN IR IL UA TR KR BR CA AU IT ES PL CZ SK TW PK SA EG IQ SY KP MX NL SE CH AT BE GR HU RO",
    "BG NG ZA KE ET SD LY TN DZ MA VN TH MY SG ID PH MM BD LK NP AF KZ UZ GE AM AZ BY LT LV EE FI NO DK IE PT HR RS",
    "BA SI MK AL ME XK MD CY MT IS LU CL AR PE CO VE EC BO PY UY CU DO HT JM GT HN SV NI CR PA TT GY SR QA AE KW OM",
    "BH YE JO LB CM GH CI SN ML NE TD BF TG BJ GM GN SL LR MR GA CG CD AO ZM ZW MW MZ TZ UG RW BI SO DJ ER MG MU NA",
    "BW LS SZ CF SS LA KH MN KG TJ TM BT MV FJ PG SB NZ VU WS TO CSHH SUHH DDDE YUCS",
)
TYPES = _words(
    "CONSULT OTHER AGREE DISAPPROVE SUPPORT COOPERATE ASSAULT DEMAND COERCE THREATEN PROTEST AID REJECT SANCTION",
    "CONCEDE INVESTIGATE MOBILIZE RETREAT CRIME",
)
KINDS = ("government", "person", "company", "media", "organisation", "party", "international", "group")
ROLES = ("initiator", "target", "target", "participant", "host", "mediator", "victim", "beneficiary")
VERBS = (
    *("meets", "warns", "criticises", "signs an agreement with", "visits", "sanctions", "threatens", "supports"),
    *("accuses", "invites", "rejects the offer of", "sends aid to", "detains a citizen of", "opens talks with"),
)
SUBJECTS = (
    *("trade", "a sister city", "5G networks", "the border", "fishing rights", "a railway", "vaccines", "visas"),
    *("the embassy", "human rights", "a loan", "grain exports", "the elections", "cyber security", "a nuclear plant"),
)
SYLLABLES = _words("ka lo mi re ta no vi su pe da zhang li wei no vak pra go mo ri sen ber ghe ulu chi")
RARE = ("zeppelin", "quicksilver", "ombudsman", "meridian", "palimpsest", "世界青年自由联盟", "Příbram")


class Zipf:
    """Picks items, the first most often: the n-th as often as 1/n**exponent of the first."""

    def __init__(self, items: Sequence[str], exponent: float) -> None:
        self._items = items
        self._sums = list(accumulate(1 / (rank + 1) ** exponent for rank in range(len(items))))

    def pick(self, chance: random.Random) -> str:
        return self._items[bisect_left(self._sums, chance.random() * self._sums[-1])]


class Dataset:
    """`events` events, `batch` of them in a deed; what is equal here makes equal rows."""

    def __init__(self, events: int, seed: int = SEED, batch: int = BATCH) -> None:
        self.events, self.batch = events, batch
        self._seed = seed
        chance = random.Random(f"{seed} nouns")
        self.actors = [_id(chance) for _number in range(max(200, events // 40))]
        self._names = {pk: _name(chance) + f" {number}" for number, pk in enumerate(self.actors)}
        self._homes = Zipf(COUNTRIES, 0.9)
        self._actor, self._country, self._type = Zipf(self.actors, 1.0), Zipf(COUNTRIES, 0.9), Zipf(TYPES, 0.7)

    def batches(self) -> Iterator[list[Item]]:
        """The actors first, then the events with their documents, so many events a batch."""
        chance = random.Random(f"{self._seed} actors")
        rows: list[Item] = []
        for number, pk in enumerate(self.actors):
            home = self._homes.pick(chance) if chance.random() < 0.9 else None
            rows.append(_item(Actor(pk=pk, name=self._names[pk], kind=chance.choice(KINDS), country_id=home)))
            if number % 3 == 0:
                rows.append(_item(ActorName(actor_id=pk, name=f"{_name(chance)} Office {number}", kind="alias")))
        yield rows
        for first in range(0, self.events, self.batch):
            yield self._batch(first, min(self.batch, self.events - first))

    def _batch(self, first: int, size: int) -> list[Item]:
        chance = random.Random(f"{self._seed} {first}")
        rows: list[Item] = []
        known: list[str] = []
        for start in range(0, size, PER_DOCUMENT):
            source = Document(
                pk=_id(chance),
                title=f"Digest {first + start}",
                publisher=f"Paper {(first + start) // PER_DOCUMENT % 40}",
                published=date(2000, 1, 1) + timedelta(days=chance.randrange(9000)),
                language="en",
            )
            lines: list[str] = []
            for number in range(first + start, first + min(size, start + PER_DOCUMENT)):
                rows += self._event(chance, number, source.pk, lines, known)
            source.text = "".join(lines)
            rows.append(_item(source))
        return rows

    def _event(
        self, chance: random.Random, number: int, source: str, lines: list[str], known: list[str]
    ) -> Iterator[Item]:
        pk = _id(chance)
        actors = list(dict.fromkeys(self._actor.pick(chance) for _one in range(chance.choice((1, 2, 2, 2, 3, 4)))))
        place = self._country.pick(chance) if chance.random() < 0.8 else None
        subject = chance.choice(SUBJECTS) if chance.random() > 0.00005 else chance.choice(RARE)
        title = f"{self._names[actors[0]]} {chance.choice(VERBS)} {self._names[actors[-1]]} over {subject}"
        edtf, words = _date(chance)
        quote = f"{words or 'Recently'}, {title[0].lower()}{title[1:]} ({number})."
        lines.append(f"{quote} Observers took note of it, and said so at length in the papers of the day.\n")
        dated = {"edtf": edtf, "date_text": words, "date_rule": "curator"} if edtf else {"date_text": "Recently"}
        located = {"lat": round(chance.uniform(-60, 70), 4), "lon": round(chance.uniform(-180, 180), 4)}
        yield _item(
            Event(
                pk=pk,
                title=title,
                summary=f"{title}. The talks of {chance.randrange(40)} days led to {chance.randrange(9)} results."
                if number % 2
                else "",
                type_id=self._type.pick(chance),
                location_country_id=place,
                place=_name(chance) if place else "",
                **dated,
                **(located if place and number % 3 else {}),
            )
        )
        yield _item(Evidence(event_id=pk, document_id=source, quote=quote, supports=["title", "date", "actors"]))
        for position, actor in enumerate(actors):
            role = chance.choice(ROLES) if position else ROLES[0]
            yield _item(Participation(event_id=pk, actor_id=actor, role=role))
        for code in {self._country.pick(chance) for _one in range(chance.choice((0, 1, 1, 2)))} - {place}:
            yield _item(EventCountry(event_id=pk, country_id=code))
        if chance.random() < 0.15:
            yield _item(Claim(event_id=pk, actor_id=self._actor.pick(chance)))
        if known and chance.random() < 0.05:
            yield _item(Relation(event_id=pk, relation="follows", target_id=chance.choice(known)))
        known.append(pk)


def _item(row: models.Model) -> Item:
    return Item(row, "generated")


def _id(chance: random.Random) -> str:
    return "".join(chance.choices(ID_ALPHABET, k=10))


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))).title()


def _day(chance: random.Random) -> date:
    spread = chance.random()
    if spread < 0.65:
        first, last = 2010, 2025
    elif spread < 0.9:
        first, last = 1945, 2009
    else:
        first, last = 1500, 1944
    return date(first, 1, 1) + timedelta(days=int((1 - chance.random() ** 2) * ((last - first + 1) * 365.2 - 1)))


# How often each form of date is met, in a thousand.
FORMS = (
    *((640, "day"), (110, "month"), (60, "year"), (30, "days"), (25, "months"), (15, "years"), (8, "centuries")),
    *((15, "open"), (8, "unknown"), (10, "season"), (10, "decade"), (4, "century"), (10, "one-of"), (15, "about")),
    *((15, "perhaps"), (25, "none")),
)
_FORM = [name for number, name in FORMS for _one in range(number)]


def _date(chance: random.Random) -> tuple[str, str]:
    """An EDTF value and words for it; both empty where there is no date."""
    day, form = _day(chance), chance.choice(_FORM)
    later = day + timedelta(days=chance.randrange(1, 25))
    edtf = {
        "day": f"{day}",
        "month": f"{day:%Y-%m}",
        "year": f"{day:%Y}",
        "days": f"{day}/{later}",
        "months": f"{day:%Y-%m}/{day + timedelta(days=chance.randrange(31, 700)):%Y-%m}",
        "years": f"{day:%Y}/{day.year + chance.randrange(1, 12)}",
        "centuries": f"{day:%Y}/{day.year + chance.randrange(12, 300)}",
        "open": f"{day}/..",
        "unknown": f"{day:%Y}/",
        "season": f"{day:%Y}-{chance.choice((21, 22, 23, 24, 33, 34, 35, 36, 40, 41))}",
        "decade": f"{day:%Y}"[:3] + "X",
        "century": f"{day:%Y}"[:2] + "XX",
        "one-of": f"[{day}..{later}]",
        "about": f"{day:%Y-%m}~",
        "perhaps": f"{day}?",
        "none": "",
    }[form]
    return edtf, f"On {edtf}" if edtf else ""
