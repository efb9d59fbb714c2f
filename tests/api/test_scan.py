"""Scans find what one plain statement of the definition finds, whichever filter leads and wherever a page begins."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.curation.retract import reinstate, retract
from events.models.index import ClaimIndex, CountryIndex, EventIndex, ParticipationIndex, SourceIndex
from events.models.sql import fetch
from events.models.tokens import Phrase
from events.querying import scan
from events.querying.conditions import (
    AnyOf,
    Claimed,
    Column,
    Condition,
    Dated,
    HasFirstDay,
    InWindow,
    Link,
    Matching,
    Not,
    UpdatedSince,
)
from events.querying.scan import EVENTS, Order, Scan
from events.querying.snapshot import snapshot
from events.querying.state import State, Where
from tests.api.making import AT
from tests.api.varied import COUNTRIES, TYPES, build

pytestmark = pytest.mark.django_db

QUESTIONS = 120


def a_condition(chance: random.Random) -> Condition:
    """Any of the conditions, with what many events have or none."""
    values = tuple(chance.sample([*COUNTRIES, "FR"], chance.choice((1, 1, 2, 7))))
    actors = tuple(f"actor-{number}" for number in chance.sample(range(16), chance.choice((1, 1, 2, 8))))
    made: list[Condition] = [
        Link(ParticipationIndex, "actor_id", actors, chance.choice(("", "", "target"))),
        Link(ParticipationIndex, "country", values, chance.choice(("", "initiator"))),
        Link(CountryIndex, "country", values),
        Link(ClaimIndex, "actor_id", actors),
        Link(SourceIndex, "document_id", (f"paper-{chance.randrange(7)}",)),
        Column("type", tuple(chance.sample([*TYPES, "AID"], chance.choice((1, 2))))),
        Column("location_country", values),
        Column("precision", (chance.choice(("day", "month", "year", "")),)),
        Matching((Phrase((chance.choice(("place", "event", "mayor", "ministry")),)),)),
        Matching((), ((Phrase((chance.choice(("mayor", "ministry")),)),),)),
        UpdatedSince(AT + timedelta(hours=chance.choice((0, 30)))),
        HasFirstDay(),
        Dated(chance.random() < 0.8),
        Claimed(),
    ]
    condition = chance.choice(made)
    if chance.random() < 0.1:
        return AnyOf((condition, chance.choice(made)))
    return Not(condition) if chance.random() < 0.15 else condition


def a_window(chance: random.Random) -> InWindow | None:
    if chance.random() < 0.3:
        return None
    first = date(chance.choice((2015, 2018, 2019, 2019, 2020)), chance.randrange(1, 13), 1)
    last = min(first + timedelta(days=chance.choice((0, 20, 200, 2000))), date.max)
    sides = chance.choice(((first, last), (first, last), (first, None), (None, last)))
    return InWindow(sides[0], sides[1], certain=chance.random() < 0.3)


def plain(where: Where, window: InWindow | None, order: str) -> list[Any]:
    text, parameters = where.plus(window).sql()
    return fetch(f"SELECT e.seq, e.start_earliest, e.key FROM {EVENTS} e WHERE {text} ORDER BY {order}", parameters)


def asked(state: State, seed: int) -> Iterator[tuple[random.Random, Where, InWindow | None]]:
    chance = random.Random(seed)
    for _number in range(QUESTIONS):
        conditions = tuple(a_condition(chance) for _number in range(chance.choice((0, 1, 1, 2, 3))))
        # Words of what was aren't kept.
        words = any("Matching" in repr(condition) for condition in conditions)
        was = None if words or chance.random() < 0.7 else state.as_of(chance.randrange(1, state.seq))
        yield chance, Where(was or state, conditions), a_window(chance)


@pytest.fixture
def state() -> Iterator[State]:
    build(130).publish()
    for number in (3, 40, 77):
        retract(f"event-{number}", by="ann", at=AT + timedelta(days=1), why="It was wrong.")
    reinstate("event-40", by="ann", at=AT + timedelta(days=2), why="It was right.")
    with snapshot() as state:
        yield state


@pytest.mark.parametrize("rare", [0, 10_000])
def test_all_rows(state: State, monkeypatch: pytest.MonkeyPatch, rare: int) -> None:
    monkeypatch.setattr(scan, "RARE", rare)
    found = 0
    for _chance, where, window in asked(state, seed=rare):
        text, parameters = Scan(where, window).rows("e.seq")
        rows = sorted(seq for (seq,) in fetch(text, parameters))
        assert rows == sorted(seq for seq, _start, _key in plain(where, window, "e.seq")), (where, window)
        found += bool(rows)
    assert found > QUESTIONS // 4


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("rare", [0, 10_000])
def test_pages_in_the_order_of_time(state: State, monkeypatch: pytest.MonkeyPatch, rare: int, descending: bool) -> None:
    monkeypatch.setattr(scan, "RARE", rare)
    direction = "DESC" if descending else "ASC"
    for chance, where, window in asked(state, seed=rare + 1):
        expected = plain(where.plus(Dated(True)), window, f"e.start_earliest {direction}, e.key {direction}")
        limit, walked, after = chance.choice((1, 5, 40)), [], None
        while rows := Scan(where, window).first("e.seq", Order(descending, after, limit), dated=True):
            walked += rows
            after = rows[-1][1:]
        assert walked == expected, (where, window)
        if window is None:
            undated = plain(where.plus(Dated(False)), None, f"e.key {direction}")
            rows = Scan(where).first("e.seq", Order(descending, None, 1000), dated=False)
            assert [seq for seq, _key in rows] == [seq for seq, _start, _key in undated], where


def test_pages_in_the_order_of_revisions(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    for few in (0, 10_000):
        monkeypatch.setattr(scan, "SORTED", few)
        for chance, where, window in asked(state, seed=few + 2):
            expected = plain(where, window, "e.at DESC, e.key DESC")
            rows = Scan(where, window).by_revision("e.seq", None, True, limit := chance.choice((3, 1000)))
            assert [row[0] for row in rows] == [row[0] for row in expected[:limit]], (where, window)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("led_by", "now", "then"),
    [
        pytest.param((), "event_now_window", "event_then_window", id="everything"),
        pytest.param(
            (Link(ParticipationIndex, "actor_id", ("actor-1",)),),
            "participation_now_actor",
            "participation_then_actor",
            id="actor",
        ),
        pytest.param(
            (Link(ParticipationIndex, "country", ("CN",)),),
            "participation_now_country",
            "participation_then_country",
            id="country of an actor",
        ),
        pytest.param(
            (Link(CountryIndex, "country", ("CN",)),), "country_now_window", "country_then_window", id="country"
        ),
        pytest.param((Link(ClaimIndex, "actor_id", ("actor-1",)),), "claim_now", "claim_then", id="claim"),
        pytest.param((Link(SourceIndex, "document_id", ("paper-1",)),), "source_now", "source_then", id="source"),
    ],
)
def test_an_earlier_state_is_read_from_the_indexes_of_what_is_and_of_what_was(
    state: State, led_by: tuple[Condition, ...], now: str, then: str
) -> None:
    earlier = state.as_of(state.seq - 1)
    assert earlier
    for was, expected in ((state, {now}), (earlier, {now, then})):
        plan = planned(Scan(Where(was, led_by), InWindow(date(2019, 1, 1), date(2019, 12, 31))))
        used = {name for name in (now, then) if name in plan}
        assert used == expected, plan
        assert "SCAN e\n" not in plan, plan


def planned(scan: Scan) -> str:
    """How SQLite finds a page in the order of time; with so few rows PostgreSQL needs no index."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        asked.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        scan.first("e.seq", Order(False, None, 5), dated=True)
    sql, parameters = asked[-1]
    return "".join(f"{row[-1]}\n" for row in fetch(f"EXPLAIN QUERY PLAN {sql}", parameters))


def test_texts_of_links_say_what_the_links_say(state: State) -> None:
    """Where the text would be too long the links themselves are read."""
    packed = ("countries", "actors", "homes", "documents", "claimants")
    questions = [(where, window) for _chance, where, window in asked(state, seed=3)]
    by_texts = [plain(where, window, "e.seq") for where, window in questions]
    for table in (EventIndex, ParticipationIndex, CountryIndex, ClaimIndex, SourceIndex):
        for name in packed:
            table._default_manager.exclude(**{name: ""}).update(**{name: None})
    assert by_texts == [plain(where, window, "e.seq") for where, window in questions]
    assert any(by_texts)


def test_counts_in_texts_are_those_in_links(client: Client, state: State) -> None:
    asked = [f"/api/v1/{path}/?date=2019&limit=1000" for path in ("actors", "countries", "documents")]
    in_texts = [client.get(address).json()["results"] for address in asked]
    EventIndex.objects.filter(seq__lt=state.seq // 2).update(countries=None, actors=None, documents=None)
    assert in_texts == [client.get(address).json()["results"] for address in asked]
    assert all(in_texts)


@pytest.mark.sqlite  # PostgreSQL's planner goes by how much there is.
@pytest.mark.parametrize("certain", [False, True])
@pytest.mark.parametrize(
    ("conditions", "index"),
    [
        ((), "event_now_window"),
        ((Column("type", ("ASSAULT",)),), "event_now_type"),
        ((Link(CountryIndex, "country", ("CN",)),), "country_now_window"),
        (
            (Link(ParticipationIndex, "actor_id", ("actor-1",)), Column("precision", ("day",))),
            "participation_now_actor",
        ),
        ((Matching((Phrase(("mayor",)),)),), "event_now_window"),
    ],
)
def test_a_window_reads_the_index_of_what_leads(
    state: State, conditions: tuple[Condition, ...], index: str, certain: bool
) -> None:
    """And nothing but the index."""
    window = InWindow(date(2019, 1, 1), date(2019, 12, 31), certain)
    with CaptureQueriesContext(connection) as queries:
        Scan(Where(state, conditions), window).first("e.seq", Order(False, None, 51), dated=True)
    *_counted, page = queries.captured_queries
    plan = [row[3] for row in fetch(f"EXPLAIN QUERY PLAN {page['sql']}")]
    reads = [step for step in plan if step.startswith("SEARCH e ")]
    assert len(reads) == 4
    assert all(f"USING COVERING INDEX {index} " in step and "span=? AND start_earliest" in step for step in reads), plan
