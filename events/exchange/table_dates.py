"""Dates of a table's row: in pieces or in one cell, with codes for what is unknown and how sharp it is. No guesses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from events import dates
from events.dates import phrases
from events.errors import InvalidDate, UnreadableDate

DAY_FIRST: Final = "day-first"
MONTH_FIRST: Final = "month-first"
RULE: Final = "table"
PRECISIONS: Final = ("year", "month", "day")
QUALIFIERS: Final = ("approximate", "uncertain")
# Words that mean the same on days so far apart need no day to be read against.
_FAR_APART: Final = (date(1901, 2, 3), date(2097, 11, 30))
_NUMBERS = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
# What a precision can make coarser or mark: a year, a month, a day.
_PLAIN = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}")
_YEAR_FIRST = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[./]([0-9]{4})")
_WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.]+Z?")


class WrongDate(Exception):
    """Why a row's date can't be read: the column, and a sentence."""

    def __init__(self, column: str, detail: str) -> None:
        super().__init__(detail)
        self.column = column


class TwoDays(WrongDate):
    """Nobody said whether days or months come first."""


@dataclass(frozen=True)
class DateMap:
    """Where a table has its dates. Columns are names; a piece or a cell that says one of `unknown` says nothing."""

    column: str = ""
    end: str = ""
    pieces: tuple[str, ...] = ()
    end_pieces: tuple[str, ...] = ()
    unknown: frozenset[str] = frozenset({""})
    precision: str = ""
    # By code, lower case: what it means.
    codes: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> tuple[str, ...]:
        named = (self.column, self.end, *self.pieces, *self.end_pieces, self.precision)
        return tuple(name for name in named if name)


def read(row: Mapping[str, str], where: DateMap, order: str) -> tuple[str, str] | None:
    """The EDTF of a row and the words that it has for it; None where it says no date. Raises WrongDate."""
    start = _side(row, where, where.column, where.pieces, order)
    end = _side(row, where, where.end, where.end_pieces, order)
    if start is None and end is None:
        return None
    text = _qualified(row, where, start or "")
    if end is not None and not (end == start and len(end) == len("2019-10-16")):
        text = f"{text}/{_qualified(row, where, end)}"
    cells = (row[name] for name in where.columns() if name != where.precision)
    try:
        return dates.parse(text).edtf, " ".join(cell for cell in cells if not _says_nothing(cell, where))
    except InvalidDate as error:
        first, last = (where.column, *where.pieces, ""), (where.end, *where.end_pieces, "")
        column = next(filter(None, last if end is not None and _stands(start or "") else first), "")
        raise WrongDate(column, str(error)) from None


def _stands(text: str) -> bool:
    try:
        dates.parse(text)
    except InvalidDate:
        return not text
    return True


def _says_nothing(cell: str, where: DateMap) -> bool:
    return cell.casefold() in where.unknown


def _side(row: Mapping[str, str], where: DateMap, column: str, pieces: tuple[str, ...], order: str) -> str | None:
    if pieces:
        return _from_pieces(row, where, pieces)
    if not column or _says_nothing(row[column], where):
        return None
    text = _from_cell(row[column], column, order)
    if not _meanings(row, where):
        return text
    if not _PLAIN.fullmatch(text):
        raise WrongDate(column, f"“{row[column]}” says itself how sharp it is; leave the precision of this row empty.")
    return _coarser(text, row, where)


def _from_pieces(row: Mapping[str, str], where: DateMap, pieces: tuple[str, ...]) -> str | None:
    numbers: list[str] = []
    missing = ""
    for name, column, width in zip(PRECISIONS, pieces, (4, 2, 2), strict=False):
        cell = row[column]
        if _says_nothing(cell, where):
            missing = missing or name
            continue
        if missing:
            raise WrongDate(column, f"There is a {name}, and no {missing}.")
        if not re.fullmatch(rf"[0-9]{{1,{width}}}", cell) or (name == "year" and len(cell) < width):
            raise WrongDate(column, f"“{cell}” isn't a {name}; codes for unknown ones stand in the map.")
        numbers.append(cell.zfill(width))
    return _coarser("-".join(numbers), row, where) if numbers else None


def _meanings(row: Mapping[str, str], where: DateMap) -> list[str]:
    """What the cell of the precision says: codes of the map, apart by spaces."""
    found = []
    for code in row[where.precision].casefold().split() if where.precision else ():
        if code not in where.codes:
            raise WrongDate(where.precision, f"“{code}” isn't in the map; it has {', '.join(sorted(where.codes))}.")
        found.append(where.codes[code])
    return found


def _coarser(text: str, row: Mapping[str, str], where: DateMap) -> str:
    """No sharper than the row says it is."""
    parts = text.split("-")
    for meaning in _meanings(row, where):
        if meaning in PRECISIONS:
            wanted = PRECISIONS.index(meaning) + 1
            if wanted > len(parts):
                raise WrongDate(where.precision, f"It says that the {meaning} is known, and there is none.")
            parts = parts[:wanted]
    return "-".join(parts)


def _qualified(row: Mapping[str, str], where: DateMap, text: str) -> str:
    approximate, uncertain = (name in _meanings(row, where) for name in QUALIFIERS)
    if not text or not (approximate or uncertain):
        return text
    return text + ("%" if approximate and uncertain else "~" if approximate else "?")


def _from_cell(cell: str, column: str, order: str) -> str:
    if timed := _WITH_TIME.fullmatch(cell):
        cell = timed[1]
    if numbers := _NUMBERS.fullmatch(cell):
        return _ordered(numbers, cell, column, order)
    if year_first := _YEAR_FIRST.fullmatch(cell):
        return _day(*(int(part) for part in year_first.groups()), cell=cell, column=column)
    if month_year := _MONTH_YEAR.fullmatch(cell):
        return f"{month_year[2]}-{month_year[1].zfill(2)}"
    if _SHORT_YEAR.fullmatch(cell):
        raise WrongDate(column, f"“{cell}” has a year of two digits; write all four.")
    try:
        return dates.parse(cell).edtf
    except InvalidDate as error:
        return _words(cell, column, error)


def _words(cell: str, column: str, error: InvalidDate) -> str:
    try:
        first, second = (phrases.read(cell, day) for day in _FAR_APART)
    except UnreadableDate:
        raise WrongDate(column, str(error)) from None
    if first != second:
        raise WrongDate(column, f"“{cell}” counts from a day; write the date in full.")
    return first.edtf


def _ordered(numbers: re.Match[str], cell: str, column: str, order: str) -> str:
    one, two, year = (int(part) for part in numbers.groups())
    if not order and one <= 12 and two <= 12 and one != two:
        raise TwoDays(column, f"“{cell}” may be two days; say which comes first, the day or the month.")
    day_first = order == DAY_FIRST or (not order and one > 12)
    day, month = (one, two) if day_first else (two, one)
    return _day(year, month, day, cell=cell, column=column)


def _day(year: int, month: int, day: int, *, cell: str, column: str) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise WrongDate(column, f"“{cell}” isn't a day.") from None
