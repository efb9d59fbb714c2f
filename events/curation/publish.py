"""Publish a draft; revise what is public already: an event, an actor, a document."""

from __future__ import annotations

from datetime import datetime

from events.curation import render
from events.curation.batch import Batch
from events.curation.cascade import go_on
from events.curation.deed import deed
from events.curation.flags import keep_flags_reached
from events.curation.release import release
from events.curation.requote import requote_public
from events.curation.whole import Whole, wholes
from events.errors import DeedRefused, WrongState
from events.models import working
from events.models.ledger import ACTOR, DOCUMENT, REVISED, Entry
from events.models.working import Status


def publish(event_id: str, *, by: str, at: datetime, why: str = "") -> None:
    """Make a draft public, with the actors and documents that it names.

    Raises WrongState unless it is a draft, DeedRefused where its evidence doesn't hold.
    """
    with deed():
        whole = _whole(event_id)
        if whole.event.status != Status.DRAFT:
            raise WrongState(f"“{whole.event}” is {whole.event.status}, not a draft; revise it, or reinstate it.")
        release([event_id], known={event_id: whole}, by=by, at=at, why=why)
    go_on()


def revise(event_id: str, *, by: str, at: datetime, why: str) -> None:
    """Publish the unpublished edits of a public event; `why` is public and required."""
    need_reason(why)
    with deed():
        whole = _whole(event_id)
        if whole.event.status != Status.PUBLISHED:
            raise WrongState(f"“{whole.event}” is {whole.event.status}; only a published event is revised.")
        _need_edits(whole.event)
        release([event_id], known={event_id: whole}, by=by, at=at, why=why)
    go_on()


def revise_actor(actor_id: str, *, by: str, at: datetime, why: str) -> None:
    """Publish the unpublished edits of a public actor, and put its new picture into every event that repeats it."""
    need_reason(why)
    with deed():
        _need_public(ACTOR, working.Actor.objects.get(pk=actor_id))
        release([], actors=[actor_id], by=by, at=at, why=why)
    go_on()


def revise_document(document_id: str, *, by: str, at: datetime, why: str, text_was: str | None = None) -> None:
    """Publish the unpublished edits of a public document, and put them into every event that quotes it.

    Where `editing` has just changed its text, `text_was` is the old one. Raises DeedRefused with every public quotation
    that doesn't stand in the new one.
    """
    need_reason(why)
    with deed():
        document = working.Document.objects.get(pk=document_id)
        _need_public(DOCUMENT, document)
        batch = Batch()
        if text_was is not None and text_was != document.text:
            batch.put(DOCUMENT, document_id, REVISED, render.document(document))
            requote_public(batch, document, text_was)
        release([], documents=[document_id], batch=batch, by=by, at=at, why=why)
        quoting = working.Evidence.objects.filter(document=document_id)
        events = quoting.order_by("event").values_list("event", flat=True).distinct()
        keep_flags_reached(list(events), batch.reached)
    go_on()


def _whole(event_id: str) -> Whole:
    for whole in wholes([event_id]):
        return whole
    raise working.Event.DoesNotExist(f"There is no event “{event_id}”.")


def need_reason(why: str) -> None:
    if not why.strip():
        raise DeedRefused("Give a reason; it is shown to the public.")


def _need_public(kind: str, noun: working.Noun) -> None:
    if not Entry.objects.public().filter(kind=kind, noun_id=noun.pk).exists():
        raise WrongState(f"“{noun}” isn't public yet; it becomes public with the first event that names it.")
    _need_edits(noun)


def _need_edits(noun: working.Noun) -> None:
    if not noun.unpublished_edits:
        raise WrongState(f"“{noun}” has no unpublished changes.")
