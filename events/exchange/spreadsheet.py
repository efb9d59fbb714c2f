"""A spreadsheet's first sheet as rows of texts, with no more of a date than its cell shows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from events.errors import InvalidTable

# A spreadsheet is a packed file: what it holds may be many times as long.
MOST_UNPACKED: Final = 50_000_000
# A sheet may say of itself that it is a billion cells wide and long.
MOST_CELLS: Final = 1_000_000
# What a format has beside its letters: texts in quotes, escaped characters, colours and languages.
_NO_LETTERS: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Numbered = tuple[int, list[str]]


def read_sheet(content: bytes) -> list[Numbered]:
    """The rows that have anything, each with its number in the sheet. Raises InvalidTable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MOST_UNPACKED:
                raise InvalidTable([f"Unpacked it has more than {MOST_UNPACKED:,} bytes; save it as CSV."])
        said, meant = (_cells(content, data_only=values) for values in (True, False))
        rows = [
            (number, [_text(cell) for cell in row], _uncalculated(row, formulas))
            for number, (row, formulas) in enumerate(zip(said, meant, strict=True), 1)
        ]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError) as error:
        raise InvalidTable([f"It isn't a spreadsheet that can be read: {error}"]) from None
    if faults := [f"Line {number}, cell {place}: its formula has no value." for number, _, at in rows for place in at]:
        raise InvalidTable(
            [*faults[:50], "Open the file in a spreadsheet program and save it, so that values are in it."]
        )
    return _squared([(number, cells) for number, cells, _ in rows if any(cell.strip() for cell in cells)])


def _cells(content: bytes, *, data_only: bool) -> Iterator[Sequence[Any]]:
    sheet: Any = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only).worksheets[0]
    sheet.reset_dimensions()
    count = 0
    for row in sheet.iter_rows():
        # A row that has nothing costs something too.
        count += len(row) + 1
        if count > MOST_CELLS:
            raise InvalidTable([f"Its first sheet has more than {MOST_CELLS:,} cells; save it as CSV."])
        yield row


def _uncalculated(row: Sequence[Any], formulas: Sequence[Any]) -> list[str]:
    """The cells with a formula that no program has worked out."""
    pairs = zip(row, formulas, strict=True)
    return [other.coordinate for cell, other in pairs if cell.value is None and other.data_type == "f"]


def _squared(rows: list[Numbered]) -> list[Numbered]:
    """All rows as long as the longest: a sheet leaves out what is empty at the end of a row."""
    widths = (max((at for at, cell in enumerate(cells, 1) if cell), default=0) for _number, cells in rows)
    width = max(widths, default=0)
    return [(number, (cells + [""] * width)[:width]) for number, cells in rows]


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return _shown(value.date(), cell.number_format)
    if isinstance(value, date):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def _shown(day: date, number_format: str) -> str:
    """A cell that shows “2019” or “Oct 2019” holds a first day that nobody wrote."""
    letters = _NO_LETTERS.sub("", number_format).casefold()
    if "y" not in letters or "d" in letters:
        return day.isoformat()
    return day.isoformat()[: 7 if "m" in letters else 4]
