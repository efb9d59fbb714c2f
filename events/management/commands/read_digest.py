"""`manage.py read_digest`: digests in, documents and proposals out."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from events.curation.digest import Source, Stored, check_source, known_actors, store
from events.errors import DatelineError
from events.exchange.fixture_values import DAY
from events.extraction.sources import ENDINGS
from events.extraction.workers import File, Outcome, read_files
from events.management.login import login

STDIN: Final = "-"
STDIN_NAME: Final = "standard input"
LONGEST_TITLE: Final = 300
_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")


@dataclass(frozen=True)
class Result:
    """What became of a file: what was stored, or what went wrong."""

    outcome: Outcome
    source: Source | None = None
    stored: Stored | None = None
    fault: str = ""
    cut: bool = False

    def as_json(self) -> dict[str, Any]:
        reading, name = self.outcome.reading, self.outcome.file.name
        if self.source is None or self.stored is None or reading is None:
            return {"document": {"path": name}, "error": self.fault}
        about = asdict(self.source) | {"published": self.source.published.isoformat()}
        stored = asdict(self.stored)
        return {"document": {"path": name, "id": stored.pop("document")} | about | stored} | reading.as_json()


class Command(BaseCommand):
    help = (
        "Reads digests (plain text, Markdown, HTML, in UTF-8) and stores each with a proposal for each happening that"
        " it tells of, for curators to decide. The same text again changes nothing; of a corrected text only what is"
        " new is proposed. See docs/curation.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="A file, a folder, or - for standard input.")
        parser.add_argument(
            "--published",
            type=_day,
            metavar="DAY",
            help="The day of publication, 2019-11-04. Without it, the day with which the name of each file begins.",
        )
        parser.add_argument("--title", default="", help="Default: that of the page, or the first heading.")
        parser.add_argument("--publisher", default="")
        parser.add_argument("--url", default="", help="Where the digest is; the same address again is a correction.")
        parser.add_argument("--language", default="", help="For example: en.")
        parser.add_argument("--license", default="")
        parser.add_argument("--by", help="Who reads, as the history will say (default: your login).")
        parser.add_argument("--dry-run", action="store_true", help="Store nothing; say what would be stored.")
        parser.add_argument(
            "--format",
            choices=["table", "json"],
            default="table",
            help="json: a line for each digest with all that was read, and nothing else on standard output.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = list(_files(options["paths"], options["published"]))
        if len(files) > 1 and (options["title"] or options["url"]):
            raise CommandError("--title and --url are for one digest; give the others their own run.")
        self._options = options
        self._source = Source(
            options["title"] or "?",
            files[0].published,
            *(options[name] for name in ("publisher", "url", "language", "license")),
        )
        try:
            check_source(self._source)
        except DatelineError as error:
            raise CommandError(f"Nothing was read. {error}") from error
        self._announce(len(files))
        results = list(self._results(files))
        if options["format"] == "table":
            self.stdout.write(_table(results, dry=options["dry_run"]))
        if failed := [result for result in results if result.fault]:
            names = "\n".join(f"{result.outcome.file.name}: {result.fault}" for result in failed)
            raise CommandError(f"{len(failed)} of {len(results)} digests weren't stored.\n{names}")

    def _announce(self, count: int) -> None:
        where = f"{connection.vendor} database {connection.settings_dict['NAME']}"
        what = "1 digest" if count == 1 else f"{count} digests"
        if self._options["dry_run"]:
            said = f"Reading {what}; nothing is written to the {where}."
        else:
            said = (
                f"Reading {what}. Each is stored in the {where}, with a proposal for each new happening; what is there"
                " stays, and a digest that fails leaves nothing."
            )
        self.stderr.write(said, self.style.NOTICE)

    def _results(self, files: list[File]) -> Iterator[Result]:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, disable=len(files) < 2 or not sys.stderr.isatty()) as progress:
            task = progress.add_task("Reading", total=len(files))
            for outcome in read_files(files, known_actors()):
                result = self._store(outcome)
                if self._options["format"] == "json":
                    self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False))
                progress.advance(task)
                # What is kept for the summary needs no text.
                cut = outcome.reading is not None and bool(outcome.reading.cut)
                yield replace(result, outcome=replace(outcome, reading=None), cut=cut)

    def _store(self, outcome: Outcome) -> Result:
        if outcome.reading is None:
            return Result(outcome, fault=outcome.fault)
        source = replace(self._source, title=self._title(outcome), published=outcome.file.published)
        by, why = self._options["by"] or login("read_digest"), f"Read from {Path(outcome.file.name).name}"
        try:
            with transaction.atomic():
                stored = store(source, outcome.reading, by=by, at=timezone.now(), why=why)
                transaction.set_rollback(self._options["dry_run"])
        except DatelineError as error:
            return Result(outcome, fault=str(error))
        return Result(outcome, source, stored)

    def _title(self, outcome: Outcome) -> str:
        headings = [section.title for section in outcome.reading.sections] if outcome.reading else []
        named = [self._options["title"], outcome.title, *headings, Path(outcome.file.name).stem]
        return str(next(title for title in named if title))[:LONGEST_TITLE]


def _day(text: str) -> date:
    if not DAY.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


_day.__name__ = "day like 2019-11-04"


def _files(paths: list[str], published: date | None) -> Iterator[File]:
    """The digests at these paths, a folder's in the order of their names. Raises CommandError with all faults."""
    found: dict[str, File] = {}
    faults = []
    for path in paths:
        names = _inside(path)
        faults += [] if names else [f"{path}: there is no digest in it ({', '.join(ENDINGS)})."]
        for name in names:
            day = published or _day_in(Path(name).name)
            if day is None:
                faults.append(f"{name}: say with --published on which day it was published, or begin its name with it.")
            else:
                found[name] = File(name, day, sys.stdin.buffer.read() if name == STDIN_NAME else None)
    if faults:
        raise CommandError("Nothing was read.\n" + "\n".join(faults))
    yield from found.values()


def _inside(path: str) -> list[str]:
    if path == STDIN:
        return [STDIN_NAME]
    if not Path(path).is_dir():
        return [path]
    inside = (file for file in Path(path).rglob("*") if file.suffix.lower() in ENDINGS and file.is_file())
    return sorted(str(file) for file in inside if not file.name.startswith("."))


def _day_in(name: str) -> date | None:
    found = _DATED.match(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _table(results: list[Result], *, dry: bool) -> str:
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
