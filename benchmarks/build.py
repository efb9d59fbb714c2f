"""Build the dataset of the benchmark: `python -m benchmarks.build EVENTS`, into the database that DATABASE_URL names.

All is loaded by Dateline's own deed, `events.curation.load`, a deed for each 2,000 events; then two in a hundred events
are revised by loads too, and some are retracted and reinstated, so that there is a history to ask for.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from benchmarks.database import ready

ready()

from django.core.management import call_command  # noqa: E402  # the registry must be ready first
from django.db import connection  # noqa: E402

from benchmarks.dataset import BATCH, Dataset  # noqa: E402
from events.curation.load import load  # noqa: E402
from events.curation.load_rows import Item  # noqa: E402
from events.curation.retract import reinstate, retract  # noqa: E402
from events.models import Event  # noqa: E402

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
# One of so many events is revised; so many in all are retracted.
EVERY = 50
RETRACTED = 400


def build(size: int, base: int) -> None:
    """`base` events by deeds; `multiply` makes the others."""
    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-2000000")
    dataset = Dataset(size)
    batches = base // BATCH + 1
    clock = instants()
    busy = 0.0
    for number, items in enumerate(islice(dataset.batches(), batches)):
        began = time.process_time()
        load(items, by="benchmark", at=next(clock), why="Loaded")
        busy += time.process_time() - began
        if number % 10 == 0:
            say(f"{number * BATCH} events, {number * BATCH / busy:.0f} a second of CPU")
    change(islice(dataset.batches(), batches), base, clock)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def instants() -> Iterator[datetime]:
    """A deed every few minutes."""
    at = BEGIN
    while True:
        yield at
        at += timedelta(minutes=7)


def change(batches: Iterable[list[Item]], base: int, clock: Iterator[datetime]) -> None:
    """Revise some events, retract others, reinstate half of those."""
    for items in batches:
        events = [item.row for item in items if isinstance(item.row, Event)][::EVERY]
        chosen = {row.pk for row in events}
        for row in events:
            row.summary = f"{row.title}. It was looked into again."
        again = [item for item in items if owner(item) in chosen]
        if again:
            load(again, by="benchmark", at=next(clock), why="Looked into again")
    ids = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    for number, pk in enumerate(random.Random(base).sample(ids, min(RETRACTED, base // 100))):
        retract(pk, by="benchmark", at=next(clock), why="It was wrong")
        if number % 2:
            reinstate(pk, by="benchmark", at=next(clock), why="It was right")


def owner(item: Item) -> str:
    """The event that a row is, or hangs on."""
    return item.row.pk if isinstance(item.row, Event) else getattr(item.row, "event_id", "")


if __name__ == "__main__":
    build(int(sys.argv[1]), int(sys.argv[2]))
