"""Four curators at once, thousands of deeds of every kind, some rolled back, and a client that follows `changes/`.

    DATABASE_URL=sqlite:////tmp/follow.sqlite3 .venv/bin/python -m benchmarks.follow 10000

The database must be a new one: it is migrated and filled here. Each curator is a process of its own. In the end the
client must have what the API exports, every change once and in order, and `check_dataset` must find nothing.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections import Counter
from contextlib import suppress

from benchmarks.database import ready

CURATORS = 4
# Seconds between two looks of the client, and between two deeds of a curator: SQLite's lock isn't handed on in turn.
POLL = 0.2
PAUSE = 0.005


def curate(seed: int, deeds: int) -> None:
    """What one curator does."""
    ready()
    from django.db import OperationalError

    from tests.api.deeds import Doing

    doing = Doing(seed, by=f"curator {seed}")
    while doing.days < deeds:
        # Who waited for the lock too long is told so, and tries again.
        with suppress(OperationalError):
            doing.something()
        time.sleep(PAUSE)


def main(deeds: int) -> None:
    ready()
    from django.core.management import call_command
    from django.test import Client

    from events.curation.check import faults
    from events.models import Entry, Head
    from tests.api.deeds import world
    from tests.api.following import Follower, export

    call_command("migrate", verbosity=0)
    if Entry.objects.exists():
        sys.exit("This database isn't a new one.")
    world().publish()
    client = Client(headers={"Host": "localhost"})
    follower, began = Follower(client), time.monotonic()
    spawn = multiprocessing.get_context("spawn")
    curators = [spawn.Process(target=curate, args=(seed, deeds // CURATORS)) for seed in range(CURATORS)]
    for curator in curators:
        curator.start()
    looks = 0
    while any(curator.is_alive() for curator in curators):
        follower.look(limit=100)
        looks += 1
        time.sleep(POLL)
    follower.look()
    failed = [curator.exitcode for curator in curators if curator.exitcode]
    seconds = time.monotonic() - began
    last = Head.objects.get().seq
    found = {
        "every curator came to the end": not failed,
        "every change once, in order": follower.seqs == list(range(1, last + 1)),
        "equal to the export": follower.nouns == export(client),
        "sound": list(faults()) == [],
    }
    counted = dict(Counter(Entry.objects.values_list("deed", flat=True)))
    said = f"{deeds} deeds by {CURATORS} curators in {seconds:.0f} s, {looks} looks, {last} changes: {counted}"
    sys.stdout.write(f"{said}\n{found}\n")
    sys.exit(0 if all(found.values()) else 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
