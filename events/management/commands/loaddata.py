"""`manage.py loaddata`: Django's own, but Dateline's records are loaded as one deed."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import loaddata
from django.utils import timezone

from events.curation.load import load
from events.curation.load_rows import Item
from events.errors import DatelineError
from events.exchange import fixture
from events.models import Entry


class Command(loaddata.Command):
    help = (
        "Loads fixtures. Events, actors and documents are verified, loaded as one deed and published: what is equal is"
        " skipped, and nothing that a curator changed and didn't publish is overwritten. See docs/fixtures.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where something was published already.")
        parser.add_argument("--by", default=getpass.getuser(), help="Who loads, as the history will say.")

    def handle(self, *fixture_labels: str, **options: Any) -> None:
        if options["if_empty"] and Entry.objects.exists():
            self.stdout.write("The dataset isn't empty; nothing was loaded.")
            return
        self.by: str = options["by"]
        try:
            super().handle(*fixture_labels, **options)
        except DatelineError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error

    def loaddata(self, fixture_labels: Sequence[str]) -> None:
        """Called by Django inside one transaction."""
        self.serialization_formats = serializers.get_public_serializer_formats()
        rows: list[Item] = []
        foreign, names = [], []
        for label in fixture_labels:
            for file, _folder, name in self.find_fixtures(label):
                records = self._records(file)
                if records is None:
                    foreign.append(label if file == loaddata.READ_STDIN else file)
                else:
                    rows += fixture.items(records, Path.cwd() if file == loaddata.READ_STDIN else Path(file).parent)
                    names.append(Path(name).name)
        if foreign:
            super().loaddata(foreign)
        if names:
            self._load(rows, ", ".join(names))

    def _records(self, file: str) -> list[Any] | None:
        """The records of a fixture of Dateline; None for a fixture of other apps, or in another format."""
        if file == loaddata.READ_STDIN:
            records = json.load(sys.stdin)
        elif file.endswith(".json"):
            records = fixture.records(Path(file))
        else:
            return None
        mine = [record for record in records if fixture.ours(record)]
        if mine and len(mine) != len(records):
            raise CommandError(
                f"{Path(file).name} has records of other apps too; put Dateline's into a file of their own."
            )
        return records if mine else None

    def save_obj(self, obj: Any) -> bool:
        if obj.object._meta.app_label == "events":
            raise CommandError("Dateline's records are loaded from JSON only.")
        return bool(super().save_obj(obj))

    def _load(self, rows: Sequence[Item], names: str) -> None:
        report = load(rows, by=self.by, at=timezone.now(), why=f"Loaded from {names}")
        self.stdout.write(
            f"{names}: {report.added} rows added, {report.changed} changed, {report.equal} equal;"
            f" {len(report.published)} events published, {len(report.revised)} revised."
        )
