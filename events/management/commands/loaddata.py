"""`manage.py loaddata`: Django's own, but Dateline's records are loaded as one deed."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import loaddata
from django.utils import timezone

from events.curation.load import load
from events.curation.load_states import States
from events.errors import DatelineError, InvalidFixture
from events.exchange import fixture
from events.exchange.fixture_json import ours, parse
from events.exchange.unchanged import leave_out_unchanged
from events.management.login import login
from events.models import Entry

STDIN_NAME = "standard input"


class Command(loaddata.Command):
    help = (
        "Loads fixtures. Events, actors and documents are verified, loaded as one deed and published: what is equal is"
        " skipped, and nothing that a curator changed and didn't publish is overwritten. See docs/fixtures.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where something was published already.")
        parser.add_argument("--by", help="Who loads, as the history will say (default: your login).")

    def handle(self, *fixture_labels: str, **options: Any) -> None:
        if options["if_empty"] and Entry.objects.exists():
            self.stdout.write("The dataset isn't empty; nothing was loaded.")
            return
        self.by: str = options["by"] or login("loaddata")
        try:
            super().handle(*fixture_labels, **options)
        except DatelineError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error

    def loaddata(self, fixture_labels: Sequence[str]) -> None:
        """Called by Django inside one transaction."""
        self.serialization_formats = serializers.get_public_serializer_formats()
        readers: list[fixture.Reader] = []
        foreign: list[str] = []
        unreadable: list[str] = []
        for label in fixture_labels:
            for file, _folder, _name in self.find_fixtures(label):
                try:
                    reader = self._read(file)
                except InvalidFixture as error:
                    unreadable += error.faults
                    continue
                if reader:
                    readers.append(reader)
                else:
                    foreign.append(file)
        if unreadable:
            raise InvalidFixture([*unreadable, *(str(fault) for reader in readers for fault in reader.faults)])
        if foreign:
            super().loaddata(foreign)
        if readers:
            self._load(readers)

    def _read(self, file: str) -> fixture.Reader | None:
        """The rows of a fixture of Dateline; None for a fixture of other apps, or in another format."""
        if file == loaddata.READ_STDIN:
            content, reader = sys.stdin.buffer.read(), fixture.Reader(STDIN_NAME, Path.cwd())
            # It was read to its end: Django, if the records are for it, reads it from here.
            again = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig")
            opener: Any = (lambda *args: again, None)
            self.compression_formats["stdin"] = opener
        elif file.endswith(".json"):
            content, reader = Path(file).read_bytes(), fixture.Reader(Path(file).name, Path(file).parent)
        else:
            return None
        records = parse(reader.name, content)
        mine = [record for record in records if ours(record)]
        if not mine:
            return None
        if len(mine) != len(records):
            raise InvalidFixture([f"{reader.name}: it has records of other apps; put Dateline's into their own file."])
        if self.ignore or self.excluded_models or self.excluded_apps:
            raise CommandError("--ignorenonexistent and --exclude are for fixtures of other apps.")
        reader.read(records)
        return reader

    def save_obj(self, obj: Any) -> bool:
        if obj.object._meta.app_label == "events":
            raise CommandError("Dateline's records are loaded from JSON that isn't compressed.")
        return bool(super().save_obj(obj))

    def _load(self, readers: Sequence[fixture.Reader]) -> None:
        names = ", ".join(reader.name for reader in readers)
        unchanged = sum(map(leave_out_unchanged, readers))
        report = load(
            [item for reader in readers for item in reader.items],
            [fault for reader in readers for fault in reader.faults],
            states=States(
                [item for reader in readers for item in reader.states.edits],
                [event for reader in readers for event in reader.states.retracted],
                [merge for reader in readers for merge in reader.states.merged],
                {noun: place for reader in readers for noun, place in reader.states.places.items()},
            ),
            proposals=[proposal for reader in readers for proposal in reader.proposals],
            by=self.by,
            at=timezone.now(),
            why=f"Loaded from {names}",
        )
        if self.verbosity:
            more = f", {report.edited} with unpublished changes" if report.edited else ""
            more += f", {report.closed} retracted or merged" if report.closed else ""
            self.stdout.write(
                f"{names}: {report.added} rows added, {report.changed} changed, {report.equal + unchanged} equal;"
                f" {len(report.published)} events published, {len(report.revised)} revised{more}."
            )
