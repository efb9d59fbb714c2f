"""Retract a public event, leaving a tombstone; reinstate it as it was."""

from __future__ import annotations

from datetime import datetime

from events.curation import render
from events.curation.batch import Batch, last_document, released_relations, with_relations
from events.curation.deed import deed
from events.curation.publish import need_reason
from events.curation.release import differs, spread_rest, with_children
from events.errors import WrongState
from events.models import ledger, working
from events.models.working import Status


def retract(event_id: str, *, by: str, at: datetime, why: str) -> None:
    """Take a public event back: a tombstone with the public reason stands in its place."""
    need_reason(why)
    with deed():
        event = working.Event.objects.select_for_update().get(pk=event_id)
        if event.status != Status.PUBLISHED:
            raise WrongState(f"“{event}” is {event.status}; only a published event is retracted.")
        batch = Batch()
        batch.put(ledger.EVENT, event_id, ledger.RETRACTED, None)
        rest = batch.spread()
        batch.record(by=by, at=at, why=why)
        working.Event.objects.filter(pk=event_id).update(status=Status.RETRACTED, unpublished_edits=False)
    spread_rest(rest, by=by, at=at, why=why)


def reinstate(event_id: str, *, by: str, at: datetime, why: str) -> None:
    """Bring a retracted event back as the public last saw it; edits made since stay unpublished."""
    need_reason(why)
    with deed():
        event = working.Event.objects.select_for_update().get(pk=event_id)
        document = last_document(ledger.EVENT, event_id)
        if event.status != Status.RETRACTED or document is None:
            raise WrongState(f"“{event}” is {event.status}; only a retracted event is reinstated.")
        batch = Batch()
        waiting = released_relations([event_id])[event_id]
        fresh = render.refresh(with_relations(document, waiting), batch.pictures)
        batch.put(ledger.EVENT, event_id, ledger.REINSTATED, fresh)
        rest = batch.spread()
        batch.record(by=by, at=at, why=why)
        row = with_children(working.Event.objects.filter(pk=event_id)).get()
        working.Event.objects.filter(pk=event_id).update(status=Status.PUBLISHED, unpublished_edits=differs(row))
    spread_rest(rest, by=by, at=at, why=why)
