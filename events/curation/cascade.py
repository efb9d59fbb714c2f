"""The rest of a long cascade: the events that wait for it, some in a deed, so that nobody waits long for the lock.

Which events wait is written down in the deed that began the cascade. So nothing is lost where a process ends in
between, and whoever calls `go_on` later goes on with it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from events.curation.batch import Batch, events_repeating, number_repeating
from events.curation.chunks import chunks
from events.curation.deed import deed
from events.curation.flags import keep_flags_reached
from events.curation.inserting import bare, insert_alike
from events.curation.mentions import Restoring
from events.models.gate import gate_is_open
from events.models.working import Pending

# Seconds for which a deed holds the lock, about: how many events it reaches follows from how long the last one took.
HELD = 0.25
FIRST, MOST = 50, 400
# Seconds between two deeds: SQLite hands its lock on to nobody, others have to find it free.
PAUSE = 0.05


def go_on(*, by: str | None = None, seconds: float | None = None) -> None:
    """Reach the events that wait, those of all or of one person, to the end or for so many seconds.

    Inside a deed nothing happens: whoever began that deed calls this after it.
    """
    if gate_is_open():
        return
    began = time.monotonic()
    for _deed in _deeds(Pending.objects.all() if by is None else Pending.objects.filter(by=by)):
        if seconds is not None and time.monotonic() - began > seconds:
            break
        time.sleep(PAUSE)


def at_once(*, by: str, at: datetime) -> None:
    """Inside a deed that must be whole: reach what waits for that deed before it ends, however long it holds the lock.

    What others have left waits for them.
    """
    for _deed in _deeds(Pending.objects.filter(by=by, at=at)):
        pass


def waiting(rows: QuerySet[Pending]) -> int:
    """How many events wait in these rows, one that waits for two deeds twice."""
    return sum(number_repeating(**row.named) if row.named else len(row.events) for row in rows)


def _deeds(rows: QuerySet[Pending]) -> Iterator[None]:
    """A deed each time, until nothing waits."""
    size = FIRST
    while (row := rows.first()) is not None:
        if row.named:
            _find(row, row.named)
        else:
            began = time.monotonic()
            _reach(rows, size)
            took = time.monotonic() - began
            size = max(1, min(MOST, 2 * size, int(size * HELD / max(took, 0.001))))
        yield


def _find(row: Pending, named: dict[str, Any]) -> None:
    """Find what repeats the names that changed, before the lock is taken: whatever is revised meanwhile has the new
    ones already."""
    events = events_repeating(**named)
    with deed():
        # Somebody else may have gone on with the same cascade.
        if Pending.objects.filter(pk=row.pk).delete()[0]:
            said = {"named": None, "undone_id": None, "by": row.by, "at": row.at, "why": row.why}
            insert_alike([bare(Pending, events=some, **said) for some in chunks(events)])


def _reach(rows: QuerySet[Pending], size: int) -> None:
    with deed():
        row = rows.filter(named__isnull=True).first()
        if row is None:
            return
        ids, left = row.events[:size], row.events[size:]
        batch = Batch()
        batch.refresh_events(ids, Restoring(row.undone) if row.undone else None)
        batch.record(by=row.by, at=row.at, why=row.why)
        # An event that the cascade hadn't reached was marked as edited where it was looked at in between.
        keep_flags_reached(ids, batch.reached if row.undone else ())
        if left:
            row.events = left
            row.save()
        else:
            row.delete()
