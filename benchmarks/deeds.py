"""What writing costs in a big dataset: `python -m benchmarks.deeds FILE`, on a copy of the database of the benchmark.

It loads new events in bulk, publishes some one by one, and renames the most common actor of all, whose cascade revises
every event that names it, while a reader goes on asking.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
django.setup()

from benchmarks.dataset import Dataset  # noqa: E402  # the registry must be ready first
from events.curation import batch, deed  # noqa: E402
from events.curation.edit import editing  # noqa: E402
from events.curation.load import load  # noqa: E402
from events.curation.load_rows import Item  # noqa: E402
from events.curation.publish import publish, revise_actor  # noqa: E402
from events.models import Actor, Event  # noqa: E402
from events.models.index import Tally  # noqa: E402

AT = datetime(2040, 1, 1, tzinfo=UTC)
BULK, SINGLE = 2_000, 12
# The cascade is let go so far; each deed of it costs the same.
CASCADED = 500


class FarEnough(Exception):
    """A cascade went on long enough to know what a deed of it costs."""


def main(file: Path) -> None:
    found = {"bulk": bulk(), "publish": single(), "cascade": cascade()}
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    file.write_text(json.dumps(found, indent=1))


def fresh(size: int, seed: int) -> Iterator[list[Item]]:
    """New events, between actors of their own."""
    return Dataset(size, seed).batches()


def bulk() -> dict[str, float]:
    """Complete events a second that `load` verifies, writes and publishes."""
    batches = fresh(BULK, seed=1)
    load(next(batches), by="benchmark", at=AT, why="Loaded")
    cpu = wall = 0.0
    for items in batches:
        began, start = time.process_time(), time.perf_counter()
        load(items, by="benchmark", at=AT, why="Loaded")
        cpu, wall = cpu + time.process_time() - began, wall + time.perf_counter() - start
    return {"events_a_second_of_cpu": BULK / cpu, "events_a_second": BULK / wall}


def single() -> dict[str, float]:
    batches = fresh(SINGLE, seed=2)
    load(next(batches), by="benchmark", at=AT, why="Loaded")
    drafts = [Item(item.row, item.place, draft=isinstance(item.row, Event)) for items in batches for item in items]
    load(drafts, by="benchmark", at=AT, why="Loaded")
    cpu, wall = [], []
    for item in drafts:
        if isinstance(item.row, Event):
            began, start = time.process_time(), time.perf_counter()
            publish(item.row.pk, by="benchmark", at=AT)
            cpu.append(time.process_time() - began)
            wall.append(time.perf_counter() - start)
    return {"cpu_ms": statistics.median(cpu) * 1000, "ms": statistics.median(wall) * 1000}


def cascade() -> dict[str, Any]:
    common = Tally.objects.filter(facet="actor").order_by("-number").values_list("value", "number")[0]
    actor = Actor.objects.get(pk=common[0])
    with editing(actor, version=actor.version, by="benchmark", at=AT) as noun:
        noun.name = f"{noun.name} the Second"
        noun.save()
    held: list[tuple[float, float]] = []
    reads: list[float] = []
    done = threading.Event()
    reader = threading.Thread(target=read, args=(done, reads))
    reader.start()
    try:
        with timed(held):
            revise_actor(actor.pk, by="benchmark", at=AT, why="It has another name")
    except FarEnough:
        pass
    finally:
        done.set()
        reader.join()
    return {
        "events": common[1],
        "revised": len(held) * batch.CASCADE,
        "deeds": len(held),
        "longest_lock_ms": max(wall for wall, _cpu in held) * 1000,
        "median_lock_ms": statistics.median(wall for wall, _cpu in held) * 1000,
        "median_lock_cpu_ms": statistics.median(cpu for _wall, cpu in held) * 1000,
        "reads": len(reads),
        "slowest_read_ms": max(reads) * 1000,
    }


@contextmanager
def timed(held: list[tuple[float, float]]) -> Iterator[None]:
    """Note how long each deed holds the lock; break off a long cascade."""
    original: Callable[..., Any] = deed.deed

    @contextmanager
    def noted() -> Iterator[Any]:
        if len(held) * batch.CASCADE >= CASCADED:
            raise FarEnough
        start, began = time.perf_counter(), time.thread_time()
        with original() as gate:
            yield gate
        held.append((time.perf_counter() - start, time.thread_time() - began))

    batch.deed = noted  # type: ignore[assignment]
    try:
        yield
    finally:
        batch.deed = original


def read(done: threading.Event, reads: list[float]) -> None:
    from django.test import Client

    client = Client()
    while not done.is_set():
        start = time.perf_counter()
        assert client.get("/api/v1/events/?date=2019&limit=50", headers={"host": "127.0.0.1"}).status_code == 200
        reads.append(time.perf_counter() - start)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
