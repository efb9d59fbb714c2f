"""Unpublished edits: which public nouns would be shown differently if they were published now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from events.curation import render
from events.curation.chunks import chunks
from events.curation.record import canonical
from events.curation.whole import Whole, wholes
from events.models import ledger, working

KINDS: Final[dict[type[working.Noun], str]] = {
    working.Event: ledger.EVENT,
    working.Actor: ledger.ACTOR,
    working.Document: ledger.DOCUMENT,
}


def keep_flags(model: type[working.Noun], ids: Iterable[str]) -> None:
    """Mark the nouns that have unpublished edits, unmark those that have none."""
    for some in chunks(ids):
        edited = differing(model, some)
        rows = model._default_manager
        rows.filter(pk__in=edited, unpublished_edits=False).update(unpublished_edits=True)
        rows.filter(pk__in=set(some) - edited, unpublished_edits=True).update(unpublished_edits=False)


def keep_flags_reached(ids: Collection[str], reached: Collection[str]) -> None:
    """`keep_flags` of events, but for those without edits that a long cascade has still to reach: until then they
    differ from what is public, and nobody edited them."""
    edited = working.Event.objects.filter(unpublished_edits=True)
    found = {pk for some in chunks(ids) for pk in edited.filter(pk__in=some).values_list("pk", flat=True)}
    keep_flags(working.Event, [pk for pk in ids if pk in found or pk in reached])


def differing(model: type[working.Noun], ids: Iterable[str]) -> set[str]:
    """Those of these nouns that are public and whose working copy would be shown differently."""
    found: set[str] = set()
    for some in chunks(ids):
        pictures = render.Pictures()
        pictures.load(KINDS[model], some)
        public = {noun_id: picture for noun_id in some if (picture := pictures.public(KINDS[model], noun_id))}
        for noun_id, fresh in _fresh(model, public.keys(), pictures).items():
            if fresh is None or canonical(fresh) != canonical(public[noun_id]):
                found.add(noun_id)
    return found


def differs_from(noun: working.Noun, document: dict[str, Any]) -> bool:
    """Whether the working copy of a noun would be shown otherwise than in `document`, public now or not."""
    fresh = _fresh(type(noun), [noun.pk], render.Pictures())[noun.pk]
    return fresh is None or canonical(fresh) != canonical(document)


def _fresh(
    model: type[working.Noun], ids: Iterable[str], pictures: render.Pictures
) -> dict[str, dict[str, Any] | None]:
    """The documents that publishing now would give; None where it would change more than the noun's own document."""
    if model is working.Event:
        return _fresh_events(wholes(ids), pictures)
    if model is working.Document:
        return {row.pk: render.document(row) for row in working.Document.objects.filter(pk__in=ids)}
    actors = list(working.Actor.objects.filter(pk__in=ids).prefetch_related("names"))
    pictures.load(ledger.ACTOR, [actor.part_of_id for actor in actors if actor.part_of_id])
    return {actor.pk: render.actor(actor, pictures) for actor in actors}


def _fresh_events(rows: Iterable[Whole], pictures: render.Pictures) -> dict[str, dict[str, Any] | None]:
    bare = {row.event.pk: render.bare_event(row) for row in rows}
    pictures.load_named(bare.values())
    return {
        row.event.pk: render.refresh(bare[row.event.pk], pictures)
        if _adds_nothing(row, bare[row.event.pk], pictures)
        else None
        for row in rows
    }


def _adds_nothing(row: Whole, bare: dict[str, Any], pictures: render.Pictures) -> bool:
    """Publishing would bring no actor or document with it, and change no relation that waits for its target."""
    named = render.named([bare])
    public = all(pictures.get(kind, pk) for kind in (ledger.ACTOR, ledger.DOCUMENT) for pk in named[kind])
    now = {(item.relation, item.target_id) for item in row.relations}
    released = {(item.relation, pictures.survivor(ledger.EVENT, item.target_id)) for item in row.released_relations}
    return public and now == released
