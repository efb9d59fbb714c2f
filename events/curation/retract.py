"""Retract a public event, leaving a tombstone; reinstate it as it was."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from events.curation import render
from events.curation.batch import Batch, with_released
from events.curation.cascade import go_on
from events.curation.deed import deed
from events.curation.flags import keep_flags
from events.curation.publish import need_reason
from events.curation.requote import standing
from events.errors import WrongState
from events.models import ledger, working
from events.models.ledger import Entry
from events.models.working import Status


def retract(event_id: str, *, by: str, at: datetime, why: str) -> None:
    """Take a public event back: a tombstone with the public reason stands in its place."""
    need_reason(why)
    with deed():
        event = working.Event.objects.get(pk=event_id)
        if event.status != Status.PUBLISHED:
            raise WrongState(f"“{event}” is {event.status}; only a published event is retracted.")
        batch = Batch()
        batch.put(ledger.EVENT, event_id, ledger.RETRACTED, None)
        batch.spread()
        batch.record(by=by, at=at, why=why)
        working.Event.objects.filter(pk=event_id).update(status=Status.RETRACTED, unpublished_edits=False)
    go_on()


def reinstate(event_id: str, *, by: str, at: datetime, why: str) -> None:
    """Bring a retracted event back as the public last saw it; edits made since stay unpublished."""
    need_reason(why)
    with deed():
        event = working.Event.objects.get(pk=event_id)
        if event.status != Status.RETRACTED:
            raise WrongState(f"“{event}” is {event.status}; only a retracted event is reinstated.")
        batch = Batch()
        last = standing(event_id, last_document(ledger.EVENT, event_id))
        document = with_released({event_id: last})[event_id]
        batch.put(ledger.EVENT, event_id, ledger.REINSTATED, render.refresh(document, batch.pictures))
        batch.spread()
        batch.record(by=by, at=at, why=why)
        working.Event.objects.filter(pk=event_id).update(status=Status.PUBLISHED)
        keep_flags(working.Event, [event_id])
    go_on()


def last_document(kind: str, noun_id: str) -> dict[str, Any]:
    """The newest public document of a noun, tombstones passed over."""
    rows = Entry.objects.filter(kind=kind, noun_id=noun_id, document__isnull=False)
    document: dict[str, Any] = json.loads(rows.order_by("-seq").values_list("document", flat=True)[0] or "")
    return document
