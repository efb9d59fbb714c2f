"""The questions of the benchmark: how each is asked of Dateline and of its rivals, on random instances."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

# Of each question so many random instances are asked.
INSTANCES = 200
DATELINE, RAW, DRF, DATASETTE = "Dateline", "raw", "DRF", "Datasette"


@dataclass(frozen=True)
class Sample:
    """What random instances are made of: nouns drawn as often as events have them, windows as often as events lie."""

    actors: list[str]
    countries: list[str]
    types: list[str]
    days: list[str]
    events: list[str]
    seqs: list[int]
    epoch: str
    words: list[str]


Instance = dict[str, str]
Address = Callable[[Instance], str]


@dataclass(frozen=True)
class Question:
    name: str
    draw: Callable[[random.Random, Sample], Instance]
    asked: Mapping[str, Address]
    """The address at each server; beside `raw`, which is three queries, perhaps `stored`."""


def nothing(chance: random.Random, sample: Sample) -> Instance:
    return {}


def window(chance: random.Random, sample: Sample) -> Instance:
    """A month or a year."""
    day = chance.choice(sample.days)
    if chance.random() < 0.5:
        return {"from": f"{day[:4]}-01-01", "to": f"{day[:4]}-12-31"}
    return {"from": f"{day[:7]}-01", "to": f"{day[:7]}-28"}


def drawn(*names: str) -> Callable[[random.Random, Sample], Instance]:
    def draw(chance: random.Random, sample: Sample) -> Instance:
        found = window(chance, sample) if "window" in names else {}
        pools = {"actor": sample.actors, "country": sample.countries, "type": sample.types}
        return found | {name: chance.choice(pool) for name, pool in pools.items() if name in names}

    return draw


def two_actors(chance: random.Random, sample: Sample) -> Instance:
    """A common actor with any other: few events or none, and much to look through."""
    return {"actor": chance.choice(sample.actors), "other": chance.choice(sample.actors)}


def one(name: str, pool: Callable[[Sample], list[Any]]) -> Callable[[random.Random, Sample], Instance]:
    return lambda chance, sample: {name: str(chance.choice(pool(sample)))}


def dateline(path: str, **more: str) -> Address:
    names = {"from": "date_from", "to": "date_to"}

    def address(asked: Instance) -> str:
        pairs = {names.get(name, name): value for name, value in asked.items() if name != "id"} | more
        return f"/api/v1/{path.format(**asked)}?{urlencode(pairs)}"

    return address


def raw(path: str, **more: str) -> Address:
    def address(asked: Instance) -> str:
        days = {name: value.replace("-", "") for name, value in asked.items() if name in ("from", "to")}
        return f"/{path}/?{urlencode(asked | days | more)}"

    return address


def drf(path: str, **more: str) -> Address:
    names = {"from": "date_from", "to": "date_to"}

    def address(asked: Instance) -> str:
        pairs = {names.get(name, name): value for name, value in asked.items() if name != "id"} | more
        return f"/{path.format(**asked)}?{urlencode(pairs)}"

    return address


def token(epoch: str, seq: str) -> str:
    """Where somebody who has followed changes up to a seq goes on."""
    text = f"{epoch}-{seq}"
    return f"{text}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


LINKS = {
    "actor": "events_event.id in (select event_id from events_participation where actor_id = '{}')",
    "country": "events_event.id in (select event_id from events_eventcountry where country_id = '{}')",
    "type": "type_id = '{}'",
    "from": "end_latest >= '{}'",
    "to": "start_earliest <= '{}'",
}


def datasette(**more: str) -> Address:
    """The table of events, filtered: flat rows, without actors, countries and evidence."""

    def address(asked: Instance) -> str:
        where = [("_where", LINKS[name].format(value)) for name, value in asked.items() if name in LINKS]
        pairs = [
            ("_shape", "objects"),
            ("_size", "50"),
            ("_sort", "start_earliest"),
            ("_nofacet", "1"),
            ("_nocount", "1"),
        ]
        return f"/DATABASE/events_event.json?{urlencode([*pairs, *where, *more.items()])}"

    return address


def sql(select: str, group: str) -> Address:
    """A query of one's own, which Datasette allows."""

    def address(asked: Instance) -> str:
        where = " and ".join(["status = 'published'", *(LINKS[n].format(v) for n, v in asked.items() if n in LINKS)])
        text = f"select {group} k, count(*) n from {select} where {where} group by 1 order by 2 desc limit 51"
        return f"/DATABASE.json?_shape=objects&sql={quote(text)}"

    return address


JOINED = "events_event join events_{} on event_id = events_event.id"


def listed(name: str, *parts: str) -> Question:
    return Question(
        name,
        drawn(*parts),
        {DATELINE: dateline("events/"), RAW: raw("three"), "stored": raw("stored"), DRF: drf("events/")}
        | {DATASETTE: datasette()},
    )


QUESTIONS = [
    listed("window", "window"),
    listed("window + actor", "window", "actor"),
    listed("window + country + type", "window", "country", "type"),
    Question(
        "certain window",
        window,
        {DATELINE: dateline("events/", date_match="certain"), RAW: raw("three", certain="1")}
        | {"stored": raw("stored", certain="1")},
    ),
    Question(
        "two actors together (few or none)",
        two_actors,
        {DATELINE: lambda asked: f"/api/v1/events/?actor_all={asked['actor']},{asked['other']}"},
    ),
    Question(
        "actor + country + type, any time",
        drawn("actor", "country", "type"),
        {DATELINE: dateline("events/"), DRF: drf("events/"), DATASETTE: datasette()},
    ),
    Question(
        "one event",
        one("id", lambda sample: sample.events),
        {DATELINE: dateline("events/{id}/"), RAW: raw("event"), DRF: drf("events/{id}/")}
        | {DATASETTE: lambda asked: f"/DATABASE/events_event/{asked['id']}.json?_shape=objects"},
    ),
    Question("one event again (304)", one("id", lambda sample: sample.events), {DATELINE: dateline("events/{id}/")}),
    Question("window again (304)", window, {DATELINE: dateline("events/")}),
    Question(
        "changes in the middle",
        lambda chance, sample: {"seq": str(chance.choice(sample.seqs)), "epoch": sample.epoch},
        {
            DATELINE: lambda asked: f"/api/v1/changes/?since={token(asked['epoch'], asked['seq'])}",
            "stored": lambda asked: f"/changes/?after={asked['seq']}",
        },
    ),
    Question(
        "month buckets, all of 2000–2025",
        lambda chance, sample: {"from": "2000-01-01", "to": "2025-12-31"},
        {DATELINE: dateline("dates/", by="month"), RAW: raw("months"), DRF: drf("events/months/")}
        | {DATASETTE: sql("events_event", "substr(start_earliest, 1, 7)")},
    ),
    Question(
        "month buckets of a country, 1990–2025",
        lambda chance, sample: {"from": "1990-01-01", "to": "2025-12-31", "country": chance.choice(sample.countries)},
        {DATELINE: dateline("dates/", by="month"), RAW: raw("months"), DRF: drf("events/months/")}
        | {DATASETTE: sql("events_event", "substr(start_earliest, 1, 7)")},
    ),
    Question(
        "year buckets of an actor",
        drawn("actor"),
        {DATELINE: dateline("dates/", by="year"), RAW: raw("months")},
    ),
    Question(
        "countries, all",
        nothing,
        {DATELINE: dateline("countries/"), RAW: raw("counts", by="country"), DRF: drf("events/by_country/")}
        | {DATASETTE: sql(JOINED.format("eventcountry"), "country_id")},
    ),
    Question(
        "countries of a window and type",
        drawn("window", "type"),
        {DATELINE: dateline("countries/"), RAW: raw("counts", by="country"), DRF: drf("events/by_country/")}
        | {DATASETTE: sql(JOINED.format("eventcountry"), "country_id")},
    ),
    Question(
        "types of a country",
        drawn("country"),
        {DATELINE: dateline("types/"), RAW: raw("counts", by="type"), DRF: drf("events/types/")}
        | {DATASETTE: sql("events_event", "type_id")},
    ),
    Question(
        "actors of a window and country",
        drawn("window", "country"),
        {DATELINE: dateline("actors/"), RAW: raw("counts", by="actor"), DRF: drf("events/by_actor/")}
        | {DATASETTE: sql(JOINED.format("participation"), "actor_id")},
    ),
    Question(
        "actors of a country, any time",
        drawn("country"),
        {DATELINE: dateline("actors/"), RAW: raw("counts", by="actor")},
    ),
    Question(
        "q, rare",
        lambda chance, sample: {"q": chance.choice(("zeppelin", "quicksilver", "palimpsest", "世界青年", "Pribram"))},
        {DATELINE: dateline("events/"), DRF: drf("events/")},
    ),
    Question("q, common", one("q", lambda sample: sample.words), {DATELINE: dateline("events/"), DRF: drf("events/")}),
    Question(
        "q, by relevance", one("q", lambda sample: sample.words), {DATELINE: dateline("events/", ordering="relevance")}
    ),
    Question(
        "q + window + country",
        lambda chance, sample: drawn("window", "country")(chance, sample) | {"q": chance.choice(sample.words)},
        {DATELINE: dateline("events/")},
    ),
    Question("window, count=exact", window, {DATELINE: dateline("events/", count="exact"), DRF: drf("events/")}),
    Question(
        "latest revisions of a country",
        drawn("country"),
        {DATELINE: dateline("events/", ordering="-updated")},
    ),
    Question(
        "as_of, window + country",
        lambda chance, sample: drawn("window", "country")(chance, sample) | {"as_of": str(chance.choice(sample.seqs))},
        {DATELINE: dateline("events/")},
    ),
    Question(
        "as_of, window", lambda c, s: window(c, s) | {"as_of": str(c.choice(s.seqs))}, {DATELINE: dateline("events/")}
    ),
]
