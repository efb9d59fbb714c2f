"""`manage.py export_working_copy`: the working copy out, as a fixture that `loaddata` reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.exchange.working_copy import LEFT_OUT, Export
from events.querying.snapshot import snapshot


class Command(BaseCommand):
    help = (
        "Writes the working copy as a fixture: documents with their texts, actors, events (drafts, unpublished changes,"
        " what was retracted or merged) and proposals. loaddata reads it into an empty database. See docs/fixtures.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The file to write, such as copy.json; - for standard output.")

    def handle(self, *args: Any, **options: Any) -> None:
        export, path = Export(), options["file"]
        try:
            with snapshot():
                if str(path) == "-":
                    self.stdout.writelines(export.text())
                else:
                    _write(path, export)
        except OSError as error:
            raise CommandError(f"Nothing was written. {error}") from error
        counts = ", ".join(f"{number} {name}" for name, number in sorted(export.counts.items()))
        self.stderr.write("\n".join((f"{path}: {counts or 'nothing'}.", *export.lost, LEFT_OUT)), self.style.NOTICE)


def _write(path: Path, export: Export) -> None:
    """Whole or not at all: what stood there stays until the new file is complete."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(export.text())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
