"""Events of the working copy as a table: the columns of the public CSV, led by how each stands at the desk.

UTF-8 with a byte-order mark, which spreadsheets look for. Its `url` is the page of the desk. What is public of an event
has `revision`, `seq` and `updated_at` as in the public CSV; a draft has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from events.curation import saved
from events.curation.record import canonical
from events.exchange import as_csv
from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.models import Edit, Entry, Event, ledger
from events.models.ledger import instant
from events.querying.events import Revision
from events.querying.filters import EventList
from events.querying.question import ask
from events.querying.state import State

STANDING: Final = ("version", "status", "unpublished_changes", "merged_into", "saved_at", "saved_by", "note")
BOM: Final = "\ufeff"
# A chunk has some kilobytes for each event.
CHUNK: Final = 200


@dataclass(frozen=True)
class Desk(Addresses):
    """Addresses below the desk's."""

    def page(self, event_id: str, slug: str) -> str:
        return f"{self.base}/events/event/{event_id}/change/"


def rows(events: QuerySet[Event], desk: Desk, newest: State, now: datetime) -> Iterator[str]:
    """The header and a line for each event, in the order of ids; some are read at a time, inside a snapshot."""
    about = About("", ask(EventList, [], newest, now=now), "")
    yield BOM + _line(STANDING) + next(as_csv.rows([], desk, about))
    for ids in _chunks(events):
        standing, revisions = _standing(ids), list(_revisions(ids))
        _header, *lines = as_csv.rows(revisions, desk, about)
        for revision, line in zip(revisions, lines, strict=True):
            yield _line(standing[revision.noun_id]) + line


def _chunks(events: QuerySet[Event]) -> Iterator[list[str]]:
    last = ""
    while ids := list(events.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield ids
        last = ids[-1]


def _line(cells: Iterable[Any]) -> str:
    """Cells that others follow."""
    return f"{as_csv.line(cells).removesuffix(as_csv.END)},"


def _standing(ids: list[str]) -> dict[str, tuple[Any, ...]]:
    """How each of these events stands, in the columns of STANDING."""
    edits = Edit.objects.filter(kind=ledger.EVENT, noun_id__in=ids)
    last = {(row.noun_id, row.version): (instant(row.at), row.by) for row in edits}
    return {
        event.pk: (
            event.version,
            event.status,
            "true" if event.unpublished_edits else "false",
            event.merged_into_id,
            *last.get((event.pk, event.version), (None, None)),
            event.note,
        )
        for event in Event.objects.filter(pk__in=ids)
    }


def _revisions(ids: list[str]) -> Iterator[Revision]:
    """The working copy of these events in the form of what is public, with the numbers of what is."""
    public = Entry.objects.public().filter(kind=ledger.EVENT, noun_id__in=ids)
    known: Any = {
        pk: (seq, revision, instant(first_at), instant(at))
        for pk, seq, revision, first_at, at in public.values_list("noun_id", "seq", "revision", "first_at", "at")
    }
    for pk, said in saved.pictures(Event, ids):
        shown = {name: value for name, value in said.items() if name not in saved.PRIVATE}
        seq, revision, first_at, at = known.get(pk, (None, None, None, None))
        yield Revision(ledger.EVENT, pk, seq, revision, first_at, at, canonical(shown))
