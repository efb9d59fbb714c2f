"""`manage.py check_dataset`: verify quotations, days, ledger, index and working copy."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.curation.check import faults, summary
from events.querying.snapshot import snapshot


class Command(BaseCommand):
    help = (
        "Verifies all that can be verified: quotations, days, the hash chain, the index against the ledger, the ledger"
        " against the working copy. Names each fault; the exit status is 1 if there is one. It writes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        with snapshot():
            for fault in faults():
                count += 1
                self.stdout.write(fault)
            checked = ", ".join(f"{number} {what}" for what, number in summary().items())
        if count:
            raise CommandError(f"{count} faults; checked {checked}.")
        self.stdout.write(f"No faults; checked {checked}.")
