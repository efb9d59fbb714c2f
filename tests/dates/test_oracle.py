"""Dateline's four days and matches against every world that a date allows: no disagreement."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from events.dates import DateValue, Window, parse
from tests.dates import oracle, strategies

VALUES, WINDOWS = 1_500, 8
"""Their product is the number of pairs that are tried in each run."""

FEW = 1_500
"""So many worlds are all looked at, one by one."""


def test_at_least_ten_thousand_pairs_are_tried() -> None:
    assert VALUES * WINDOWS >= 10_000


@settings(max_examples=VALUES)
@given(strategies.DESCRIPTIONS, st.lists(strategies.WINDOWS, min_size=WINDOWS, max_size=WINDOWS))
def test_match_agrees_with_the_worlds(description: oracle.Description, choices: list[strategies.Choice]) -> None:
    value = parse(oracle.text(description))
    for choice in choices:
        window = strategies.window(description, *choice)
        assert value.match(as_window(window)) == expected_match(description, window), (value, window)


@settings(max_examples=VALUES)
@given(strategies.DESCRIPTIONS)
def test_the_four_days_are_the_extremes_of_the_worlds(description: oracle.Description) -> None:
    value = parse(oracle.text(description))
    worlds = worlds_of(description, (oracle.FIRST, oracle.LAST))
    assert four_days(value) == oracle.extremes(worlds)


@settings(max_examples=300)
@given(strategies.DESCRIPTIONS.filter(lambda description: count(description) <= FEW), strategies.WINDOWS)
def test_the_telling_worlds_decide_like_all_worlds(description: oracle.Description, choice: strategies.Choice) -> None:
    window = strategies.window(description, *choice)
    every, telling = list(oracle.worlds(description)), list(oracle.telling_worlds(description, window))
    assert set(telling) <= set(every)
    assert oracle.verdict(telling, window, False) == oracle.verdict(every, window, False)
    assert oracle.extremes(telling) == oracle.extremes(every)


@settings(max_examples=VALUES)
@given(strategies.DESCRIPTIONS)
def test_the_canonical_text_means_the_same(description: oracle.Description) -> None:
    text = oracle.text(description)
    value = parse(text)
    assert parse(value.edtf) == value
    assert value.edtf == text.replace("-XX", "")


def count(description: oracle.Description) -> int:
    starts, ends = oracle.starts_and_ends(description)
    return len(starts) * len(ends) if isinstance(description, oracle.Interval) else len(starts)


def worlds_of(description: oracle.Description, window: oracle.World) -> list[oracle.World]:
    few = count(description) <= FEW
    return list(oracle.worlds(description) if few else oracle.telling_worlds(description, window))


def expected_match(description: oracle.Description, window: oracle.World) -> str | None:
    return oracle.verdict(worlds_of(description, window), window, oracle.is_uncertain(description))


def as_window(days: oracle.World) -> Window:
    return Window(*map(date.fromordinal, days))


def four_days(value: DateValue) -> tuple[int, ...]:
    days = (value.start_earliest, value.start_latest, value.end_earliest, value.end_latest)
    return tuple(day.toordinal() for day in days)
