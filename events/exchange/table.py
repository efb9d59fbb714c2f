"""Tables in: a CSV file or a spreadsheet as one text, of which each row is a passage that can be quoted."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from openpyxl import load_workbook

from events.curation.evidence import normalise
from events.errors import DatelineError, InvalidTable

MOST_BYTES: Final = 2_000_000
# A spreadsheet is a packed file: what it holds may be many times as long.
MOST_UNPACKED: Final = 50_000_000
MOST_ROWS: Final = 5_000
DELIMITERS: Final = ",;\t|"
# Our own files mark cells that a spreadsheet would take for a formula.
DEFUSED: Final = tuple("=+-@\t\r'＝＋－＠")


@dataclass(frozen=True)
class Row:
    """One row: its line in the text, where its passage starts, the passage, and its cells by column."""

    line: int
    start: int
    quote: str
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    text: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(name: str, content: bytes) -> Table:
    """The rows of a file, by the ending of its name. Raises InvalidTable with all that is wrong, by line."""
    if len(content) > MOST_BYTES:
        raise InvalidTable([f"It has more than {MOST_BYTES:,} bytes; split it."])
    text = _spreadsheet(content) if name.casefold().endswith(".xlsx") else _decoded(content)
    try:
        text = normalise(text)
    except DatelineError as error:
        raise InvalidTable([str(error)]) from None
    return _table(text)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidTable([f"Line {line}: it isn't UTF-8 (byte {error.start}); save it as “CSV UTF-8”."]) from None


def _spreadsheet(content: bytes) -> str:
    """The first sheet as CSV: dates as ISO has them, formulas as the values that they had."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MOST_UNPACKED:
                raise InvalidTable([f"Unpacked it has more than {MOST_UNPACKED:,} bytes; save it as CSV."])
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = [[_cell(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise InvalidTable([f"It isn't a spreadsheet that can be read: {error}"]) from None
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(row for row in rows if any(row))
    return written.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def _table(text: str) -> Table:
    # `splitlines` knows more line ends than CSV does.
    lines = io.StringIO(text, newline="\n").readlines()
    if not lines:
        raise InvalidTable(["It is empty."])
    delimiter = max(DELIMITERS, key=lines[0].count)
    found = list(_records(lines, delimiter))
    _line, _start, _quote, head = found[0]
    columns = tuple(cell.strip() for cell in head)
    faults = [
        f"Line 1: the column “{name}” stands twice." for name in dict.fromkeys(columns) if columns.count(name) > 1
    ]
    if "" in columns:
        faults.append(f"Line 1: column {columns.index('') + 1} has no name.")
    if len(found) - 1 > MOST_ROWS:
        faults.append(f"It has more than {MOST_ROWS:,} rows; split it.")
    rows = []
    for line, start, quote, cells in found[1:]:
        if len(cells) != len(columns):
            faults.append(f"Line {line}: it has {len(cells)} cells, and there are {len(columns)} columns.")
        rows.append(Row(line, start, quote, dict(zip(columns, map(_plain, cells), strict=False))))
    if faults:
        raise InvalidTable(faults)
    return Table(text, columns, tuple(rows))


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, int, str, list[str]]]:
    """Each record that has anything: its first line, where it starts, its passage, its cells."""
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    start = done = 0
    try:
        for cells in reader:
            raw = "".join(lines[done : reader.line_num])
            if any(cell.strip() for cell in cells):
                yield done + 1, start, raw.rstrip("\n"), cells
            start += len(raw)
            done = reader.line_num
    except csv.Error as error:
        raise InvalidTable([f"Line {reader.line_num}: it isn't CSV: {error}."]) from None


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DEFUSED) else cell
