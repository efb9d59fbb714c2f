"""Edit the working copy of a noun: locked, version-checked, logged; nobody's edit overwrites another's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from events.curation import render
from events.curation.deed import deed
from events.curation.evidence import settle, settle_document
from events.curation.record import canonical
from events.curation.release import differs, with_children
from events.errors import EditConflict
from events.models import ledger, working
from events.models.working import Status

N = TypeVar("N", bound=working.Noun)

KINDS: dict[type[working.Noun], str] = {
    working.Event: ledger.EVENT,
    working.Actor: ledger.ACTOR,
    working.Document: ledger.DOCUMENT,
}


@contextmanager
def editing(noun: N, *, version: int, by: str, at: datetime, why: str = "") -> Iterator[N]:
    """Write a noun and what hangs on it inside the block. `version` is the one that was read; 0 is a new noun.

    At the end quotations are found again, the version is counted up, the flags are kept and the edit is logged; a
    block that writes nothing leaves no trace. Raises EditConflict where somebody saved the noun since.
    """
    model = type(noun)
    with deed() as gate:
        stored = model._default_manager.select_for_update().filter(pk=noun.pk).first()
        if (stored.version if stored else 0) != version:
            raise EditConflict(f"“{stored or noun}” was saved by somebody else since you opened it.")
        wrote_before, gate.wrote = gate.wrote, False
        yield noun
        wrote, gate.wrote = gate.wrote, gate.wrote or wrote_before
        if wrote:
            settle_noun(noun)
            model._default_manager.filter(pk=noun.pk).update(version=version + 1)
            noun.version = version + 1
            working.Edit(kind=KINDS[model], noun_id=noun.pk, version=version + 1, by=by, at=at, why=why).save()


def settle_noun(noun: working.Noun) -> None:
    """Derive what follows from a noun's new working copy: hash, offsets of quotations, flags."""
    if isinstance(noun, working.Document):
        settle_document(noun)
        noun.save()
        _settle_quotations(working.Evidence.objects.filter(document=noun))
        keep_flags(working.Event.objects.filter(evidence__document=noun).distinct().values_list("pk", flat=True))
    if isinstance(noun, working.Event):
        _settle_quotations(working.Evidence.objects.filter(event=noun))
        keep_flags([noun.pk])
    else:
        type(noun)._default_manager.filter(pk=noun.pk).update(unpublished_edits=noun_differs(noun))


def keep_flags(event_ids: Iterable[str]) -> None:
    """Recompute the flag for unpublished edits of published events."""
    rows = working.Event.objects.filter(pk__in=list(event_ids), status=Status.PUBLISHED)
    for row in with_children(rows):
        flag = differs(row)
        if flag != row.unpublished_edits:
            working.Event.objects.filter(pk=row.pk).update(unpublished_edits=flag)


def noun_differs(noun: working.Noun) -> bool:
    """Whether an actor or a document is public and would be shown differently now."""
    pictures = render.Pictures()
    public = pictures.get(KINDS[type(noun)], noun.pk)
    if public is None:
        return False
    if isinstance(noun, working.Actor):
        fresh = render.actor(working.Actor.objects.prefetch_related("names").get(pk=noun.pk), pictures)
    else:
        fresh = render.document(working.Document.objects.get(pk=noun.pk))
    return canonical(fresh) != canonical(public)


def _settle_quotations(rows: Iterable[working.Evidence]) -> None:
    for row in rows:
        before = (row.start, row.end, row.prefix, row.suffix, row.quote)
        settle(row)
        if before != (row.start, row.end, row.prefix, row.suffix, row.quote):
            row.save()
