"""`manage.py read_digest`: digests in, documents and proposals out."""

from __future__ import annotations

import json
import os
import re
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from events.curation.digest import Source, check_source, differences, known_actors, store
from events.errors import DatelineError
from events.exchange.fixture_values import DAY
from events.extraction.sources import ENDINGS
from events.extraction.workers import File, Outcome, read_files
from events.management.digest_results import Result, table_of
from events.management.login import login

STDIN: Final = "-"
STDIN_NAME: Final = "standard input"
LONGEST_TITLE: Final = 300
_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")


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
        self._options = options
        self._results: list[Result] = []
        self._count = 0
        try:
            self._read_all()
        except KeyboardInterrupt:
            stored = sum(not result.fault for result in self._results)
            kept = f"{stored} of {self._count} digests are" if stored and not options["dry_run"] else "nothing is"
            raise CommandError(f"Stopped: {kept} stored; run it again to go on.", returncode=130) from None

    def _read_all(self) -> None:
        options = self._options
        files = list(_files(options["paths"], options["published"]))
        if len(files) > 1 and (options["title"] or options["url"]):
            raise CommandError("--title and --url are for one digest; give the others their own run.")
        given = (options[name] for name in ("title", "publisher", "url", "language", "license"))
        title, *others = given
        self._given = Source(title, files[0].published, *others)
        try:
            check_source(replace(self._given, title=title or "?"))
        except DatelineError as error:
            raise CommandError(f"Nothing was read. {error}") from error
        _check_database()
        self._count = len(files)
        self._announce()
        self._read(files)
        self._report()

    def _announce(self) -> None:
        what = "1 digest" if self._count == 1 else f"{self._count} digests"
        if self._options["dry_run"]:
            said = f"Reading {what}; nothing is written to the {_database()}."
        else:
            said = (
                f"Reading {what}. Each is stored in the {_database()}, with a proposal for each new happening; what is"
                " there stays, and a digest that fails leaves nothing."
            )
        self.stderr.write(said, self.style.NOTICE)

    def _read(self, files: list[File]) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with (
            Progress(*columns, console=console, disable=len(files) < 2 or not sys.stderr.isatty()) as progress,
            closing(read_files(files, known_actors())) as outcomes,
        ):
            task = progress.add_task("Reading", total=len(files))
            for outcome in outcomes:
                result = self._store(outcome)
                # What is kept for the summary needs no text.
                cut = outcome.reading is not None and bool(outcome.reading.cut)
                self._results.append(replace(result, outcome=replace(outcome, reading=None), cut=cut))
                if self._options["format"] == "json":
                    line = result.as_json(dry=self._options["dry_run"])
                    self.stdout.write(json.dumps(line, ensure_ascii=False))
                progress.advance(task)

    def _report(self) -> None:
        if self._options["format"] == "table":
            self.stdout.write(table_of(self._results, dry=self._options["dry_run"]))
        for result in self._results:
            for warning in result.warnings:
                self.stderr.write(f"{result.outcome.file.name}: {warning}", self.style.WARNING)
        if failed := [result for result in self._results if result.fault]:
            names = "\n".join(f"{result.outcome.file.name}: {result.fault}" for result in failed)
            raise CommandError(f"{len(failed)} of {len(self._results)} digests weren't stored.\n{names}")

    def _store(self, outcome: Outcome) -> Result:
        if outcome.reading is None:
            return Result(outcome, fault=outcome.fault)
        given = replace(self._given, published=outcome.file.published)
        source = replace(given, title=self._title(outcome))
        by, why = self._options["by"] or login("read_digest"), f"Read from {Path(outcome.file.name).name}"
        try:
            with transaction.atomic():
                stored = store(source, outcome.reading, by=by, at=timezone.now(), why=why)
                transaction.set_rollback(self._options["dry_run"])
        except DatelineError as error:
            return Result(outcome, fault=str(error))
        return Result(outcome, stored, differences(given, stored.source))

    def _title(self, outcome: Outcome) -> str:
        headings = [section.title for section in outcome.reading.sections] if outcome.reading else []
        named = [self._options["title"], outcome.title, *headings, Path(outcome.file.name).stem]
        return str(next(title for title in named if title))[:LONGEST_TITLE]


def _database() -> str:
    return f"{connection.vendor} database {connection.settings_dict['NAME']}"


def _check_database() -> None:
    """Raises CommandError where the database can't be opened, or hasn't the tables of this version."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise CommandError(f"Nothing was read. The {_database()} can't be opened: {error}") from error
    if missing:
        raise CommandError(f"Nothing was read. The {_database()} lacks tables; run: manage.py migrate")


def _day(text: str) -> date:
    if not DAY.fullmatch(text):
        raise ArgumentTypeError(f"“{text}” isn't a day; write it like 2019-11-04.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"There is no day {text} in the calendar.") from None


def _files(paths: list[str], published: date | None) -> Iterator[File]:
    """The digests at these paths, a folder's in the order of their names. Raises CommandError with all faults."""
    found: dict[str, File] = {}
    faults = []
    for path in paths:
        if path != STDIN and not os.access(path, os.R_OK):
            faults.append(f"{path}: {'it may not be read.' if os.path.lexists(path) else 'there is no such file.'}")
            continue
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
