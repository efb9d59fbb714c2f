"""What `read_digest` says of each digest: a line of JSON, or a row of a table."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from events.curation.digest import Stored
from events.extraction.workers import Outcome


@dataclass(frozen=True)
class Result:
    """What became of a file: what was stored, or what went wrong."""

    outcome: Outcome
    stored: Stored | None = None
    warnings: list[str] = field(default_factory=list)
    fault: str = ""
    cut: bool = False

    def as_json(self, *, dry: bool) -> dict[str, Any]:
        """All that was read and stored; in a dry run, what was taken back again has no id and is counted."""
        reading, name = self.outcome.reading, self.outcome.file.name
        if self.stored is None or reading is None:
            return {"document": {"path": name}, "error": self.fault}
        stored = asdict(self.stored)
        day = self.stored.source.published
        about = stored.pop("source") | {"published": str(day) if day else None}
        pk = stored.pop("document")
        if dry:
            pk = None if self.stored.new else pk
            stored["proposed"] = len(self.stored.proposed)
        document = {"path": name, "id": pk} | about | stored | {"warnings": self.warnings}
        return {"document": document} | reading.as_json()


def table_of(results: list[Result], *, dry: bool) -> str:
    """The results in columns, with their sum."""
    table = Table(show_footer=len(results) > 1, box=None, pad_edge=False)
    sums: dict[str, int] = {"Proposed": 0, "Known": 0, "Superseded": 0, "Not happened": 0}
    rows = [_row(result) for result in results]
    for _name, _what, numbers in rows:
        sums = {column: sums[column] + number for column, number in zip(sums, numbers, strict=True)}
    table.add_column("Digest", footer="Together", overflow="fold")
    table.add_column("Document", footer="")
    for column, total in sums.items():
        table.add_column(column, footer=str(total), justify="right")
    for name, what, numbers in rows:
        table.add_row(name, what, *map(str, numbers))
    console = Console(width=None if sys.stdout.isatty() else 160, no_color=True, highlight=False)
    with console.capture() as captured:
        console.print(table)
        if dry:
            console.print("Nothing was stored.")
    return captured.get().rstrip()


def _row(result: Result) -> tuple[str, str, tuple[int, ...]]:
    stored, name = result.stored, result.outcome.file.name
    if stored is None:
        return name, "failed", (0, 0, 0, 0)
    what = "known" if not stored.new else "correction" if stored.corrects else "new"
    cut = ", cut" if result.cut else ""
    numbers = (len(stored.proposed), stored.known, stored.superseded, stored.not_happened)
    return name, what + cut, numbers
