"""`manage.py cascade`: bring public events up to date with what they repeat, where a long cascade was cut off."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from events.curation.cascade import go_on, waiting
from events.models import Pending


class Command(BaseCommand):
    help = (
        "Goes on with cascades that a page left, or that were cut off: the new name of an actor, a document or a"
        " country reaches every public event that repeats it. Others can publish meanwhile. It may be stopped, and"
        " started again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        number = waiting(Pending.objects.all())
        self.stdout.write(f"{number} events wait." if number else "No event waits.")
        if number:
            go_on()
            self.stdout.write("All are up to date now.")
