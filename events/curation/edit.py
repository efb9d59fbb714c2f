"""Edit the working copy of a noun: version-checked, logged; nobody's edit overwrites another's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import QuerySet

from events.curation import saved
from events.curation.chunks import chunks
from events.curation.deed import deed
from events.curation.evidence import settle, settle_document
from events.curation.flags import KINDS, keep_flags
from events.curation.inserting import insert
from events.curation.reanchor import reanchor
from events.curation.requote import requote
from events.errors import DeedRefused, EditConflict, WrongState
from events.models import ledger, working
from events.models.ledger import Entry

N = TypeVar("N", bound=working.Noun)

# What the deeds keep: an editor's form holds it as it was when the form was opened.
KEPT = ("status", "unpublished_edits", "merged_into_id")


@contextmanager
def editing(
    noun: N, *, version: int, by: str, at: datetime, why: str = "", note: str = "", publishing: bool = False
) -> Iterator[N]:
    """Write a noun and what hangs on it inside the block. `version` is the one that was read; 0 is a new noun.

    At the end what the version before said is kept, quotations are found again, the version is counted up, the flags
    are kept and the edit is logged, with a private `note` if there is one; a block that writes nothing leaves no trace.
    Raises EditConflict where somebody saved the noun since, DeedRefused where the text of a public document would
    change, unless the same deed goes on `publishing` it.
    """
    model = type(noun)
    with deed() as gate:
        stored = model._default_manager.filter(pk=noun.pk).first()
        if (stored.version if stored else 0) != version:
            raise EditConflict(f"“{stored or noun}” was saved by somebody else since you opened it.")
        refuse_merged(stored)
        _keep(noun, stored)
        before = saved.picture(stored) if stored else None
        wrote_before, gate.wrote = gate.wrote, False
        yield noun
        wrote, gate.wrote = gate.wrote, gate.wrote or wrote_before
        if wrote or note:
            if stored is not None and before is not None:
                saved.keep(stored, before)
            settle_noun(noun)
            if isinstance(noun, working.Document):
                _correct(noun, stored, publishing, by=by, at=at, why=why)
                if isinstance(stored, working.Document):
                    reanchor(noun, stored.published, by=by, at=at)
            keep_flags(model, [noun.pk])
            model._default_manager.filter(pk=noun.pk).update(version=version + 1)
            noun.version = version + 1
            edit = working.Edit(kind=KINDS[model], noun_id=noun.pk, by=by, at=at, why=why, note=note)
            edit.version = noun.version
            edit.save()


def refuse_merged(noun: working.Noun | None) -> None:
    """Raises WrongState where the noun was merged into another: what it was stays as it was, to be unmerged."""
    into = getattr(noun, "merged_into", None)
    if into is not None:
        raise WrongState(f"“{noun}” was merged into “{into}” ({into.pk}); change that one, or undo the merge.")


def log(model: type[N], ids: Iterable[str], *, by: str, at: datetime, why: str, loaded: bool = False) -> None:
    """Count up the versions of nouns whose working copies were written, and say who did it."""
    for some in chunks(ids):
        rows = model._default_manager.filter(pk__in=some)
        rows.update(version=models.F("version") + 1)
        insert(
            working.Edit(kind=KINDS[model], noun_id=pk, version=version, by=by, at=at, why=why, loaded=loaded)
            for pk, version in rows.values_list("pk", "version")
        )


def _keep(noun: working.Noun, stored: working.Noun | None) -> None:
    for name in KEPT:
        if stored is not None and hasattr(stored, name):
            setattr(noun, name, getattr(stored, name))


def settle_noun(noun: working.Noun) -> None:
    """Derive what follows from a noun's new working copy: its hash, the offsets of its quotations."""
    if isinstance(noun, working.Document):
        settle_document(noun)
        noun.save()
    if isinstance(noun, working.Event):
        settle_quotations(working.Evidence.objects.filter(event=noun))
        refuse_merged_mentions(noun)


def _correct(
    document: working.Document, stored: working.Noun | None, publishing: bool, *, by: str, at: datetime, why: str
) -> None:
    """Where the text changed, its quotations follow, and the events that quote it count as saved."""
    if not isinstance(stored, working.Document) or stored.text == document.text:
        return
    if not publishing and Entry.objects.public().filter(kind=ledger.DOCUMENT, noun_id=document.pk).exists():
        raise DeedRefused(
            f"Published events quote the text of “{document}”: publish the correction with its reason, as one step."
        )
    saved.keep_all(working.Event.objects.filter(saved.UNLIKE_PUBLIC, evidence__document=document).distinct())
    events = requote(document, stored.text)
    log(working.Event, events, by=by, at=at, why=why or f"The text of “{document}” was corrected.")
    if not publishing:
        keep_flags(working.Event, events)


def refuse_merged_mentions(event: working.Event) -> None:
    """Raises DeedRefused where an event names what was merged into something else."""
    actors = working.Actor.objects.filter(merged_into__isnull=False)
    named: list[working.Mergeable] = [
        *actors.filter(participations__event=event),
        *actors.filter(claims__event=event),
        *working.Event.objects.filter(merged_into__isnull=False, related_from__event=event),
    ]
    reasons = [
        f"“{noun}” was merged into “{into}” ({into.pk}); name that one." for noun in named if (into := noun.merged_into)
    ]
    if reasons:
        raise DeedRefused(*reasons)


def settle_quotations(rows: QuerySet[working.Evidence]) -> None:
    """Find quotations again where the text or their own words may have changed."""
    for row in rows.select_related("document"):
        before = (row.start, row.end, row.prefix, row.suffix, row.quote)
        settle(row)
        if before != (row.start, row.end, row.prefix, row.suffix, row.quote):
            row.save()
