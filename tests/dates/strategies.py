"""Dates and windows for the oracle: crowded around what is easily got wrong."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from hypothesis import strategies as st

from tests.dates import oracle

YEARS = st.sampled_from((1, 2, 9, 10, 99, 100, 1900, 1999, 2000, 2019, 2020, 9989, 9998, 9999)) | st.integers(1, 9999)
TURNS = st.sampled_from(((1, 1), (1, 31), (2, 28), (3, 1), (6, 30), (11, 30), (12, 1), (12, 31)))
LEAP_DAYS = st.sampled_from([date(year, 2, 29).toordinal() for year in (4, 1600, 2000, 2020, 9996)])
ANY_DAY = st.integers(oracle.FIRST, oracle.LAST)
DAYS = st.builds(lambda year, turn: date(year, *turn).toordinal(), YEARS, TURNS) | LEAP_DAYS | ANY_DAY
STEPS = st.integers(-3, 3) | st.integers(-40, 40) | st.integers(-800, 800) | st.integers(-9000, 9000)
QUALIFIERS = st.sampled_from(("", "", "", "?", "~", "%"))
KINDS = st.sampled_from(("day", "day", "month", "season", "quarter", "half", "year", "decade", "century"))
TAILS = {"month": ("", "-XX"), "year": ("", "-XX", "-XX-XX")}
GAPS = st.sampled_from(("open", "unknown"))


def unit(kind: str, day: int, qualifier: str, tail: int = 0) -> oracle.Unit:
    """The unit of a kind in which a day lies."""
    when = date.fromordinal(day)
    number = day if kind == "day" else oracle.number(kind, when.year, when.month)
    if kind == "season":
        number = max(number, 4)  # January of the year 1 lies in the winter of the year 0, which has no name
    tails = TAILS.get(kind, ("",))
    return oracle.Unit(kind, number, qualifier, tails[tail % len(tails)])


UNITS = st.builds(unit, KINDS, DAYS, QUALIFIERS, st.integers(0, 2))
BARE_UNITS = st.builds(unit, KINDS, DAYS, st.just(""), st.integers(0, 2))


def neighbours(first: oracle.Unit, step: int, kind: str, qualifier: str) -> tuple[oracle.Unit, oracle.Unit]:
    """Two units that are near and may overlap, in order as far as they don't."""
    last = unit(kind, _within(_plain(first)[-1] + step), qualifier)
    return (last, first) if _plain(first)[0] > _plain(last)[-1] else (first, last)


def _plain(unit: oracle.Unit) -> range:
    return oracle.days(oracle.Unit(unit.kind, unit.number))


def _within(day: int) -> int:
    return min(max(day, oracle.FIRST), oracle.LAST)


DESCRIPTIONS = st.one_of(
    UNITS,
    st.builds(neighbours, UNITS, STEPS, KINDS, QUALIFIERS).map(lambda pair: oracle.Interval(*pair)),
    st.builds(oracle.Interval, UNITS, GAPS),
    st.builds(oracle.Interval, GAPS, UNITS),
    st.builds(neighbours, BARE_UNITS, STEPS, KINDS, st.just("")).map(lambda pair: oracle.OneOf(*pair)),
    st.builds(oracle.OneOf, BARE_UNITS, st.none()),
    st.builds(oracle.OneOf, st.none(), BARE_UNITS),
)

WindowDay: TypeAlias = tuple[str, int, int]
Choice: TypeAlias = tuple[WindowDay, WindowDay, bool]

WINDOW_DAYS = st.tuples(st.sampled_from("0123se*"), st.sampled_from((-1, 0, 0, 1)), ANY_DAY)
WINDOWS = st.tuples(WINDOW_DAYS, WINDOW_DAYS, st.sampled_from((True, False, False, False)))
"""How to choose a window for a description: see `window`."""


def window(description: oracle.Description, first: WindowDay, last: WindowDay, one_day: bool) -> oracle.World:
    """A window around, on or inside a date, or anywhere; of one day, or in order."""
    chosen = [_window_day(description, *choice) for choice in (first, first if one_day else last)]
    return min(chosen), max(chosen)


def _window_day(description: oracle.Description, where: str, step: int, any_day: int) -> int:
    """One of the four days, or the day before or after it; one day of the starts or ends; any day."""
    starts, ends = oracle.starts_and_ends(description)
    if where == "*":
        return any_day
    if where in "se":
        run = starts if where == "s" else ends
        return run[any_day % len(run)]
    return _within((starts[0], starts[-1], ends[0], ends[-1])[int(where)] + step)
