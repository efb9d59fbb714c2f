"""The grammar: EDTF text to its parts, and the parts to the one text that Dateline stores.

The forms are those of ISO 8601-2:2019 (the Extended Date/Time Format), level 0 and 1 without times, negative and
five-digit years, and of level 2 the quarters, halves and one-of ranges. `docs/dates.md` lists them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from enum import Enum
from typing import Literal, NamedTuple, TypeAlias

Precision = Literal["day", "month", "season", "quarter", "half", "year", "decade", "century", "range"]

PRECISIONS: tuple[Precision, ...] = (
    "day",
    "month",
    "season",
    "quarter",
    "half",
    "year",
    "decade",
    "century",
    "range",
)
"""From sharp to coarse."""

LONGEST = len("[YYYY-MM-DD..YYYY-MM-DD]")
"""No supported text is longer, so nothing longer is looked at."""


class Point(NamedTuple):
    """One calendar unit: a day, a month, …, a century."""

    precision: Precision
    year: int
    """Of a decade or century its first year, which is 0 for `000X` and `00XX`."""
    part: int = 0
    """A month, 1 to 12, or a code of ISO 8601-2 for a season, quarter or half year; 0 where there is none."""
    day: int = 0
    qualifier: str = ""
    """`?` uncertain, `~` approximate, `%` both."""


class Limit(Enum):
    """The end of an interval that has no date."""

    OPEN = ".."
    UNKNOWN = ""


class Interval(NamedTuple):
    """Something that lasted from one end to the other."""

    start: Point | Limit
    end: Point | Limit


class OneOf(NamedTuple):
    """One day of a range; None where the range has no limit."""

    first: Point | None
    last: Point | None


Expression: TypeAlias = Point | Interval | OneOf

_POINT = re.compile(
    r"""(?: ([0-9]{3}X|[0-9]{2}XX)                    # a decade, a century
          | (?!0000)([0-9]{4})                        # a year, and in it …
            (?: -XX(?:-XX)?                           # … an unknown month
              | -(2[1-4]|3[3-6]|4[01])                # … a season, quarter or half
              | -(0[1-9]|1[0-2])(?:-XX|-([0-9]{2}))?  # … a month, and in it perhaps a day
            )?
        )([?~%]?)""",
    re.VERBOSE,
)
_ONE_OF = re.compile(r"\[([0-9X-]*)\.\.([0-9X-]*)\]")
_CODES: dict[str, Precision] = {"2": "season", "3": "quarter", "4": "half"}


def read(text: str) -> Expression | None:
    """Return the parts of an EDTF text, None if it is not of a supported form. Ends are not compared here."""
    if len(text) > LONGEST:
        return None
    if text.startswith("["):
        return _one_of(text)
    if "/" in text:
        return _interval(text)
    return _point(text)


def _point(text: str) -> Point | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    masked, year, code, month, day, qualifier = match.groups()
    if masked:
        return Point("century" if masked[2] == "X" else "decade", int(masked.replace("X", "0")), 0, 0, qualifier)
    if day:
        return Point("day", int(year), int(month), int(day), qualifier) if exists(year, month, day) else None
    if month:
        return Point("month", int(year), int(month), 0, qualifier)
    if code:
        return Point(_CODES[code[0]], int(year), int(code), 0, qualifier)
    return Point("year", int(year), 0, 0, qualifier)


def exists(year: str, month: str, day: str) -> bool:
    """Whether a year and month that exist have that day (Gregorian calendar)."""
    return 1 <= int(day) <= monthrange(int(year), int(month))[1]


def _interval(text: str) -> Interval | None:
    first, _, last = text.partition("/")
    start, end = _end(first), _end(last)
    if start is None or end is None:
        return None
    if isinstance(start, Limit) and isinstance(end, Limit):
        return None
    return Interval(start, end)


def _end(text: str) -> Point | Limit | None:
    if text == "..":
        return Limit.OPEN
    return _point(text) if text else Limit.UNKNOWN


def _one_of(text: str) -> OneOf | None:
    match = _ONE_OF.fullmatch(text)
    if match is None:
        return None
    before, after = match.groups()
    first, last = _point(before), _point(after)
    if (before and not first) or (after and not last) or not (before or after):
        return None
    return OneOf(first, last)


def write(expression: Expression) -> str:
    """Return the canonical text: what `read` takes, in one spelling for each meaning."""
    if isinstance(expression, Interval):
        return f"{_write_end(expression.start)}/{_write_end(expression.end)}"
    if isinstance(expression, OneOf):
        return "[" + "..".join(_write_point(side) if side else "" for side in expression) + "]"
    return _write_point(expression)


def _write_end(end: Point | Limit) -> str:
    return end.value if isinstance(end, Limit) else _write_point(end)


def _write_point(point: Point) -> str:
    year = f"{point.year:04}"
    if point.precision == "day":
        return f"{year}-{point.part:02}-{point.day:02}{point.qualifier}"
    if point.precision == "decade":
        return f"{year[:3]}X{point.qualifier}"
    if point.precision == "century":
        return f"{year[:2]}XX{point.qualifier}"
    return f"{year}-{point.part:02}{point.qualifier}" if point.part else f"{year}{point.qualifier}"


def points(expression: Expression) -> list[Point]:
    """Return the calendar units that the expression names: one or two."""
    if isinstance(expression, Point):
        return [expression]
    return [part for part in expression if isinstance(part, Point)]


def precision(expression: Expression) -> Precision:
    """Return how sharp the expression is; of an interval the coarser end, of a one-of value `range`."""
    if isinstance(expression, OneOf):
        return "range"
    return max((point.precision for point in points(expression)), key=PRECISIONS.index)
