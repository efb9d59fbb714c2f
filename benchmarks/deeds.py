"""What writing costs in a big dataset: `python -m benchmarks.deeds FILE`, on a copy of the database of the benchmark.

It loads new events in bulk, publishes some one by one, and renames the most common actor of all, whose cascade revises
every event that names it, while a reader goes on asking. The cascade is followed for some deeds and then dropped: use a
copy that nobody needs.
"""

from __future__ import annotations

import json
import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.database import ready

ready()

from benchmarks.dataset import Dataset  # noqa: E402  # the registry must be ready first
from events.curation import cascade as cascading  # noqa: E402
from events.curation import deed  # noqa: E402
from events.curation import publish as publishing  # noqa: E402
from events.curation.cascade import waiting  # noqa: E402
from events.curation.edit import editing  # noqa: E402
from events.curation.load import load  # noqa: E402
from events.curation.load_rows import Item  # noqa: E402
from events.curation.publish import publish, revise_actor  # noqa: E402
from events.models import Actor, Entry, Event, EventIndex, Pending  # noqa: E402
from events.models.gate import open_gate  # noqa: E402
from events.models.index import CURRENT, Tally  # noqa: E402

AT = datetime(2040, 1, 1, tzinfo=UTC)
BULK, IN_A_DEED, SINGLE, DEEDS = 20_000, 10_000, 30, 20


def main(file: Path) -> None:
    events = EventIndex.objects.filter(CURRENT).count()
    found = {"events": events, "bulk": bulk(), "publish": single(), "cascade": cascade()}
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    file.write_text(json.dumps(found, indent=1))


def fresh(size: int) -> Iterator[list[Item]]:
    """New events, between actors of their own; new ones in every run."""
    return Dataset(size, seed=time.time_ns(), batch=IN_A_DEED).batches()


def bulk() -> dict[str, float]:
    """Complete events a second that `load` verifies, writes and publishes."""
    batches = fresh(BULK)
    load(next(batches), by="benchmark", at=AT, why="Loaded")
    cpu = wall = 0.0
    for items in batches:
        began, start = time.process_time(), time.perf_counter()
        load(items, by="benchmark", at=AT, why="Loaded")
        cpu, wall = cpu + time.process_time() - began, wall + time.perf_counter() - start
    return {"in_a_deed": IN_A_DEED, "events_a_second_of_cpu": BULK / cpu, "events_a_second": BULK / wall}


def single() -> dict[str, float]:
    batches = fresh(SINGLE)
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
    """The most common actor gets another name: the deed that says so, and some of those that carry it on."""
    common = Tally.objects.filter(facet="actor").order_by("-number").values_list("value", "number")[0]
    actor = Actor.objects.get(pk=common[0])
    with editing(actor, version=actor.version, by="benchmark", at=AT) as noun:
        noun.name = f"{noun.name.split(' the ')[0]} the {Entry.objects.order_by('-seq')[0].seq}th"
        noun.save()
    held: list[tuple[float, float]] = []
    with reading() as reads, timed(held):
        revise_actor(actor.pk, by="benchmark", at=AT, why="It has another name")
        began, waited = time.perf_counter(), waiting(Pending.objects.all())
        carried_on(DEEDS)
        seconds, reached = time.perf_counter() - began, waited - waiting(Pending.objects.all())
    with open_gate():
        Pending.objects.all().delete()
    (first, first_cpu), others = held[0], held[1:]
    return {
        "events": common[1],
        "reached": reached,
        "deeds": len(others),
        "events_a_second": reached / seconds,
        "events_a_second_of_cpu": reached / sum(cpu for _wall, cpu in others),
        "first_lock_ms": first * 1000,
        "first_lock_cpu_ms": first_cpu * 1000,
        "longest_lock_ms": max(wall for wall, _cpu in others) * 1000,
        "longest_lock_cpu_ms": max(cpu for _wall, cpu in others) * 1000,
        "median_lock_ms": statistics.median(wall for wall, _cpu in others) * 1000,
        "median_lock_cpu_ms": statistics.median(cpu for _wall, cpu in others) * 1000,
        "reads": len(reads),
        "median_read_ms": statistics.median(reads) * 1000,
        "slowest_read_ms": max(reads) * 1000,
    }


def carried_on(deeds: int) -> None:
    """So many deeds of the cascade that waits; each costs the same."""
    for _deed in islice(cascading._deeds(Pending.objects.all()), deeds):
        time.sleep(cascading.PAUSE)


@contextmanager
def timed(held: list[tuple[float, float]]) -> Iterator[None]:
    """Note how long each deed of a rename and its cascade holds the lock; none of them begins by itself."""
    original: Callable[..., Any] = deed.deed

    @contextmanager
    def noted() -> Iterator[Any]:
        with original() as gate:
            start, began = time.perf_counter(), time.thread_time()
            yield gate
        held.append((time.perf_counter() - start, time.thread_time() - began))

    with (
        patch.object(publishing, "deed", noted),
        patch.object(publishing, "go_on", lambda: None),
        patch.object(cascading, "deed", noted),
    ):
        yield


@contextmanager
def reading() -> Iterator[list[float]]:
    """Somebody who goes on reading pages, in a process of their own; in the end, the seconds that each page took."""
    spawn = multiprocessing.get_context("spawn")
    done, answers = spawn.Event(), spawn.Queue()
    reader = spawn.Process(target=read, args=(done, answers))
    reader.start()
    found: list[float] = []
    try:
        yield found
    finally:
        done.set()
        found += answers.get()
        reader.join()


def read(done: Any, answers: Any) -> None:
    from django.test import Client

    client, reads = Client(), []
    while not done.is_set() or not reads:
        start = time.perf_counter()
        assert client.get("/api/v1/events/?date=2019&limit=50", headers={"host": "127.0.0.1"}).status_code == 200
        reads.append(time.perf_counter() - start)
        # People look at a page before they ask for the next.
        time.sleep(0.02)
    answers.put(reads)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
