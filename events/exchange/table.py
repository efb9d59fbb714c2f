"""Tables in: a CSV file or a spreadsheet as one text, of which each row is a passage that can be quoted."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from events.curation.evidence import normalise
from events.errors import DatelineError, InvalidTable
from events.exchange.spreadsheet import Numbered, read_sheet

MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 5_000
DELIMITERS: Final = ",;\t|"
# Our own files mark cells that a spreadsheet would take for a formula.
DEFUSED: Final = tuple("=+-@\t\r'＝＋－＠")


@dataclass(frozen=True)
class Row:
    """One row: its line in the file, where its passage starts in the text, the passage, and its cells by column."""

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
    sheet = read_sheet(content) if name.casefold().endswith(".xlsx") else None
    text = _decoded(content) if sheet is None else _as_csv(sheet)
    try:
        text = normalise(text)
    except DatelineError as error:
        raise InvalidTable([str(error)]) from None
    # Whoever has a spreadsheet open sees the numbers of its rows, not the lines of our text.
    return _table(text, [number for number, _cells in sheet or ()])


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidTable([f"Line {line}: it isn't UTF-8 (byte {error.start}); save it as “CSV UTF-8”."]) from None


def _as_csv(rows: Sequence[Numbered]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(cells for _number, cells in rows)
    return written.getvalue()


def _table(text: str, numbers: Sequence[int]) -> Table:
    # `splitlines` knows more line ends than CSV does.
    lines = io.StringIO(text, newline="\n").readlines()
    found = list(_records(lines, "," if numbers else _delimiter(lines)))
    if not found:
        raise InvalidTable(["It is empty."])
    if numbers:
        found = [(number, at, raw, cells) for number, (_line, at, raw, cells) in zip(numbers, found, strict=True)]
    top, _start, _quote, head = found[0]
    used = max((len(_upto(cells, 0)) for _line, _at, _raw, cells in found[1:]), default=0)
    columns = tuple(cell.strip() for cell in _upto(head, used))
    faults = [
        f"Line {top}: the column “{name}” stands twice." for name in dict.fromkeys(columns) if columns.count(name) > 1
    ]
    if "" in columns:
        faults.append(f"Line {top}: column {columns.index('') + 1} has no name.")
    if len(found) - 1 > MOST_ROWS:
        faults.append(f"It has more than {MOST_ROWS:,} rows; split it.")
    rows = []
    for line, start, quote, written in found[1:]:
        cells = _upto(written, len(columns))
        if len(cells) != len(columns):
            faults.append(f"Line {line}: it has {len(cells)} cells, and there are {len(columns)} columns.")
        rows.append(Row(line, start, quote, dict(zip(columns, map(_plain, cells), strict=False))))
    if faults:
        raise InvalidTable(faults)
    return Table(text, columns, tuple(rows))


def _delimiter(lines: Sequence[str]) -> str:
    """What stands most often in the first line that has anything, names of columns in quotes aside."""
    bare = re.sub(r'"[^"]*"', "", next((line for line in lines if line.strip()), ""))
    return max(DELIMITERS, key=bare.count)


def _upto(cells: Sequence[str], least: int) -> list[str]:
    """Without the empty cells at the end, which spreadsheets leave where something once stood."""
    width = len(cells)
    while width > least and not cells[width - 1].strip():
        width -= 1
    return list(cells[:width])


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
