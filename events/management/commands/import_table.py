"""`manage.py import_table`: one's own table in, proposals out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from events.curation.table import import_rows
from events.errors import DatelineError, InvalidTable
from events.exchange.table import read_table
from events.exchange.table_dates import DAY_FIRST, MONTH_FIRST
from events.exchange.table_map import read_map
from events.exchange.table_rows import told
from events.management.login import login


class Command(BaseCommand):
    help = (
        "Imports a CSV file or a spreadsheet: it is stored as a document, and each row becomes a proposal that quotes"
        " itself. A map (TOML) says which column is what. All or nothing; rows that are known already change nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV in UTF-8, or XLSX.")
        parser.add_argument("--map", type=Path, required=True, help="The map, as docs/curation.md says.")
        order = parser.add_mutually_exclusive_group()
        for name, meant in ((DAY_FIRST, "April"), (MONTH_FIRST, "March")):
            said = f"03/04/2019 is in {meant}."
            order.add_argument(f"--{name}", dest="order", action="store_const", const=name, help=said)
        parser.add_argument("--title", help="The title of the document (default: the file's name).")
        parser.add_argument("--by", help="Who imports, as the history will say (default: your login).")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be proposed, store nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        file, by = options["file"], options["by"] or login("import_table")
        try:
            table = read_table(file.name, file.read_bytes())
            rows = told(table, read_map(options["map"].read_bytes()), options["order"] or "")
            done = import_rows(
                options["title"] or file.name,
                table.text,
                rows,
                by=by,
                at=timezone.now(),
                why=f"Imported from {file.name}",
                dry_run=options["dry_run"],
            )
        except OSError as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        except DatelineError as error:
            ambiguous = isinstance(error, InvalidTable) and error.needs_order
            advice = " Say by --day-first or --month-first which comes first." if ambiguous else ""
            raise CommandError(f"Nothing was imported.{advice}\n{error}") from error
        verb = "would be proposed" if options["dry_run"] else "proposed"
        self.stdout.write(f"{file.name}: {done.proposed} rows {verb}, {done.known} known already.")
