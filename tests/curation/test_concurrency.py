"""Several people at once, each with a connection of their own: no one is missed, nobody's work is lost.

On both databases; SQLite has one writer at a time and makes the others wait, PostgreSQL orders them by the head's lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import connection

from events.curation import batch
from events.curation.edit import editing
from events.curation.load import load
from events.curation.publish import publish, revise, revise_actor
from events.curation.reference import rename_country
from events.curation.retract import reinstate, retract
from events.errors import EditConflict, WrongState
from events.exchange.fixture import Reader
from events.models import Actor, Entry, Event, Evidence, Head
from tests.curation.world import AT, DEED, IDS, actor, assert_sound, document, edit, event, relate, seen

pytestmark = pytest.mark.django_db(transaction=True)

PUBLISHERS = 2
# A thousand in all where they truly write at once.
EACH = 500 if connection.vendor == "postgresql" else 100
# The default timeout of a lock is endless on PostgreSQL; a deadlock must fail the test, not hang it.
PATIENCE = 120
# Seconds between two looks of the reader: some for each publication, and the publishers still get on.
POLL = 0.003

T = TypeVar("T")


@contextmanager
def people(number: int) -> Iterator[Callable[[Callable[[], T]], Future[T]]]:
    """Threads that start together, each closing its own connection at the end."""
    start = threading.Barrier(number)

    def run(work: Callable[[], T]) -> T:
        try:
            connection.ensure_connection()
            start.wait(PATIENCE)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        yield lambda work: pool.submit(run, work)


def many_drafts(number: int) -> list[str]:
    ids = [f"event-{index:04}" for index in range(number)]
    document(text="\n".join(f"On 16 October, {pk} took place." for pk in ids))
    actor("prague")
    reader = Reader("drafts", Path())
    reader.read([{"model": "events.event", "pk": pk, "fields": draft(pk)} for pk in ids])
    load(reader.items, reader.faults, **DEED)
    return ids


def draft(pk: str) -> dict[str, Any]:
    quotation = {"document": "doc", "quote": f"{pk} took place.", "supports": ["title"]}
    return {
        "title": f"Title of {pk}",
        "type": "OTHER",
        "status": "draft",
        "participations": [{"actor": "prague", "role": "initiator"}],
        "claimed_by": ["prague"],
        "evidence": [quotation],
    }


def test_a_reader_that_follows_seq_misses_nothing_and_finds_nothing_late() -> None:
    ids = many_drafts(PUBLISHERS * EACH)
    done = threading.Event()

    def publisher(mine: list[str]) -> None:
        for pk in mine:
            publish(pk, **DEED)

    def reader() -> list[int]:
        """Polls by `seq > last`, once more after the last publisher has ended."""
        seqs: list[int] = []
        last_round = False
        while not last_round:
            last_round = done.wait(POLL)
            found = Entry.objects.filter(seq__gt=seqs[-1] if seqs else 0).order_by("seq").values_list("seq", flat=True)
            seqs.extend(found)
        return seqs

    with people(PUBLISHERS + 1) as start:
        reading = start(reader)
        publishing = [start(partial(publisher, ids[n::PUBLISHERS])) for n in range(PUBLISHERS)]
        try:
            for one in publishing:
                one.result(PATIENCE)
        finally:
            done.set()
        seqs = reading.result(PATIENCE)
    # Each event, and the actor and the document with the first of them.
    assert seqs == list(range(1, len(ids) + 3))
    assert set(Entry.objects.filter(kind="event").values_list("noun_id", flat=True)) == set(ids)
    assert Head.objects.get().seq == len(ids) + 2
    assert_sound()


def test_of_two_editors_of_one_event_the_second_is_told() -> None:
    document()
    event()
    opened = [Event.objects.get(), Event.objects.get()]

    def save(row: Event, title: str) -> str:
        try:
            with editing(row, version=row.version, by=title, at=AT):
                row.title = title
                row.save()
        except EditConflict:
            return "told"
        return title

    with people(2) as start:
        answers = [start(partial(save, row, f"Title {n}")) for n, row in enumerate(opened)]
        said = sorted(answer.result(PATIENCE) for answer in answers)
    assert said[1] == "told"
    stored = Event.objects.get()
    assert (stored.title, stored.version) == (said[0], 2)
    assert_sound()


def test_a_publisher_and_a_renamer_leave_no_stale_name() -> None:
    ids = many_drafts(60)
    publish(ids.pop(), **DEED)

    def renamer() -> None:
        for number in range(20):
            edit(Actor, "prague", name=f"Name {number}")
            revise_actor("prague", **DEED)
            rename_country("CZ", f"Country {number}", **DEED)

    def publisher() -> None:
        for pk in ids:
            publish(pk, **DEED)

    with people(2) as start:
        for one in [start(renamer), start(publisher)]:
            one.result(PATIENCE)
    assert {seen(pk)["actors"][0]["name"] for pk in ids} == {"Name 19"}
    assert_sound()


def test_a_tombstone_is_never_resurrected_by_a_cascade(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "CASCADE", 5)
    ids = many_drafts(30)
    for pk in ids:
        publish(pk, **DEED)

    def renamer() -> None:
        for number in range(3):
            edit(Actor, "prague", name=f"Name {number}")
            revise_actor("prague", **DEED)

    def retractor() -> None:
        for pk in ids:
            retract(pk, **DEED)

    with people(2) as start:
        for one in [start(renamer), start(retractor)]:
            one.result(PATIENCE)
    assert not Entry.objects.public().filter(kind="event").exists()
    assert_sound()


def edits(pk: str) -> None:
    row = Event.objects.get(pk=pk)
    with editing(row, version=row.version, by="ben", at=AT):
        row.title = f"{row.title[:40]}+"
        row.save()
        Evidence.objects.filter(event=row).update(prefix="")


def publishes(pk: str) -> None:
    try:
        publish(pk, **DEED)
    except WrongState:
        revise(pk, **DEED)


def retracts(pk: str) -> None:
    try:
        retract(pk, **DEED)
    except WrongState:
        reinstate(pk, **DEED)


def test_editors_publishers_and_retractors_of_the_same_events() -> None:
    """Each event relates to the next: every deed touches what the others hold."""
    document()
    for pk in IDS:
        event(pk)
    for pk, target in zip(IDS, [*IDS[1:], IDS[0]], strict=True):
        relate(pk, "follows", target)

    def tries(deed: Callable[[str], None]) -> None:
        for pk in IDS * 4:
            with suppress(EditConflict, WrongState):
                deed(pk)

    with people(4) as start:
        for one in [start(partial(tries, deed)) for deed in (edits, publishes, retracts, edits)]:
            one.result(PATIENCE)
    assert Entry.objects.filter(kind="event").count() > len(IDS)
    assert_sound()
