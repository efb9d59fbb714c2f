"""What a date means, by enumeration: no formula, no parser, nothing of `events`.

A description says what a date is: which calendar units it names, how they are qualified, what joins them. From it come
the EDTF text to give to Dateline, and every *world* that the text allows, a world being one pair (day it began, day it
ended). Whether a date falls into a window is then decided by looking at the worlds: it is possible if one of them
overlaps the window, certain if all do and nothing is uncertain. Days are counted as `date.toordinal` does.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TypeAlias

FIRST, LAST = date(1, 1, 1).toordinal(), date(9999, 12, 31).toordinal()
World: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Unit:
    """The `number`th unit of its kind, and how its end is qualified. `tail` is another spelling of the same unit."""

    kind: str
    number: int
    qualifier: str = ""
    tail: str = ""


@dataclass(frozen=True)
class Interval:
    """Ends are units, `open` or `unknown`."""

    start: Unit | str
    end: Unit | str


@dataclass(frozen=True)
class OneOf:
    first: Unit | None
    last: Unit | None


Description: TypeAlias = Unit | Interval | OneOf


def number(kind: str, year: int, month: int) -> int:
    """Say which unit of a kind a month lies in, counting from the year 0."""
    if kind == "season":  # spring is March to May; January and February belong to the winter of the year before
        return year * 4 + (month - 3) // 3 if month >= 3 else year * 4 - 1
    return {
        "month": year * 12 + month - 1,
        "quarter": year * 4 + (month - 1) // 3,
        "half": year * 2 + (month > 6),
        "year": year,
        "decade": year // 10,
        "century": year // 100,
    }[kind]


@cache
def _days_by_unit(kind: str) -> dict[int, range]:
    """Walk through every month there is, and collect the days of each unit."""
    units: dict[int, list[range]] = defaultdict(list)
    for year in range(1, 10_000):
        for month in range(1, 13):
            first = date(year, month, 1).toordinal()
            units[number(kind, year, month)].append(range(first, first + monthrange(year, month)[1]))
    return {unit: _joined(months) for unit, months in units.items()}


def _joined(runs: Iterable[range]) -> range:
    """Join runs of days that follow on one another."""
    runs = list(runs)
    assert all(before.stop == after.start for before, after in pairwise(runs))
    return range(runs[0].start, runs[-1].stop)


def days(unit: Unit) -> range:
    """Return the days of the unit, and of its neighbours if it is approximate, as far as the calendar goes."""
    reach = (-1, 0, 1) if unit.qualifier in ("~", "%") else (0,)
    numbers = [unit.number + step for step in reach]
    if unit.kind == "day":
        return _joined(range(day, day + 1) for day in numbers if FIRST <= day <= LAST)
    known = _days_by_unit(unit.kind)
    return _joined(known[number] for number in numbers if number in known)


def text(description: Description) -> str:
    """Write the description as EDTF."""
    if isinstance(description, Interval):
        return f"{_end_text(description.start)}/{_end_text(description.end)}"
    if isinstance(description, OneOf):
        first, last = (text(unit) if unit else "" for unit in (description.first, description.last))
        return f"[{first}..{last}]"
    return _unit_text(description.kind, description.number) + description.tail + description.qualifier


def _end_text(end: Unit | str) -> str:
    return {"open": "..", "unknown": ""}[end] if isinstance(end, str) else text(end)


def _unit_text(kind: str, number: int) -> str:
    if kind == "day":
        return date.fromordinal(number).isoformat()
    if kind in ("year", "decade", "century"):
        masked = {"year": 0, "decade": 1, "century": 2}[kind]
        return f"{number:0{4 - masked}}" + "X" * masked
    parts, first_code = {"month": (12, 1), "season": (4, 21), "quarter": (4, 33), "half": (2, 40)}[kind]
    return f"{number // parts:04}-{number % parts + first_code:02}"


def is_uncertain(description: Description) -> bool:
    if isinstance(description, Unit):
        return description.qualifier in ("?", "%")
    return any(isinstance(end, Unit) and is_uncertain(end) for end in vars(description).values())


def starts_and_ends(description: Description) -> tuple[range, range]:
    """Return the days on which it may have begun, and those on which it may have ended, each by itself."""
    if isinstance(description, Interval):
        return _end_days(description.start, FIRST), _end_days(description.end, LAST)
    if isinstance(description, Unit):
        return days(description), days(description)
    first = days(description.first)[0] if description.first else FIRST
    last = days(description.last)[-1] if description.last else LAST
    return range(first, last + 1), range(first, last + 1)


def _end_days(end: Unit | str, open_day: int) -> range:
    if isinstance(end, Unit):
        return days(end)
    return range(open_day, open_day + 1) if end == "open" else range(FIRST, LAST + 1)


def worlds(description: Description) -> Iterator[World]:
    """Return every world."""
    return _worlds(description, *starts_and_ends(description))


def telling_worlds(description: Description, window: World) -> Iterator[World]:
    """Return few of the worlds that decide as all of them do, for dates that have too many.

    Starts and ends are runs of days. Keep of them only the *telling* days: the first and last of either run, the
    window's first and last, the day before and the day after it. Any world left out decides like one that is kept:
    move its start down to the nearest telling day (there is one in the run, its first): it stays before its end, and on
    its side of the window's last day, because the day after that is telling. Move its end up likewise. For a moment
    move both down: it stays on its side of the window's first day too, which is telling. The extremes are kept as well:
    the latest start is the last of the starts or the last of the ends; the earliest end likewise.
    """
    starts, ends = starts_and_ends(description)
    telling = {starts[0], starts[-1], ends[0], ends[-1]}
    telling |= {window[0] - 1, window[0], window[1], window[1] + 1}
    return _worlds(description, *(sorted(day for day in telling if day in run) for run in (starts, ends)))


def _worlds(description: Description, starts: Iterable[int], ends: Iterable[int]) -> Iterator[World]:
    if isinstance(description, Interval):
        return ((start, end) for start in starts for end in ends if start <= end)
    return ((day, day) for day in starts)


def verdict(worlds: Iterable[World], window: World, uncertain: bool) -> str | None:
    """Decide from worlds whether a date falls into the window, both of its days included."""
    overlaps = {start <= window[1] and end >= window[0] for start, end in worlds}
    if True not in overlaps:
        return None
    return "possible" if False in overlaps or uncertain else "certain"


def extremes(worlds: Iterable[World]) -> tuple[int, int, int, int]:
    """Return the earliest and latest start and the earliest and latest end."""
    starts, ends = zip(*worlds, strict=True)
    return min(starts), max(starts), min(ends), max(ends)
