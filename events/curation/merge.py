"""Merge two events, or two actors, that are one; undo it.

The loser stays as it is, out of sight: its id leads to the survivor. What named it names the survivor; each public
document is patched, never rendered from unpublished edits. Several merges into one noun are undone newest first, so
that undoing one can't take away what another brought.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Q

from events.curation import mentions, render, saved
from events.curation.batch import Batch, with_released
from events.curation.cascade import go_on
from events.curation.deed import deed
from events.curation.edit import log, refuse_merged, settle_quotations
from events.curation.flags import KINDS, keep_flags, keep_flags_reached
from events.curation.mentions import Mention
from events.curation.publish import need_reason
from events.curation.release import release
from events.curation.requote import standing
from events.curation.retract import last_document
from events.curation.uniting import separate, unite
from events.errors import DeedRefused, EditConflict, WrongState
from events.models import Actor, Entry, Event, Evidence, Merge, ledger
from events.models.working import Mergeable, Noun, Pending, Status

N = TypeVar("N", Event, Actor)


@dataclass(frozen=True)
class Seen:
    """A noun and the version that the curator saw."""

    id: str
    version: int


@dataclass(frozen=True)
class Chosen:
    """What somebody chose who looked at both: which becomes part of which, and which of the loser's values stay."""

    loser: Seen
    survivor: Seen
    take: Collection[str] = ()


def merge(
    model: type[N], loser: Seen, survivor: Seen, *, take: Collection[str] = (), by: str, at: datetime, why: str
) -> None:
    """Make the loser part of the survivor, which takes the loser's values for what is in `take` (`uniting.CHOICES`).

    Raises EditConflict where either was saved since, DeedRefused with every reason against it.
    """
    need_reason(why)
    with deed():
        gone, stays = _seen(model, loser), _seen(model, survivor)
        _refuse(gone, stays)
        kind, was_public = KINDS[model], _is_public(gone)
        _keep_said(model, gone, stays, naming=gone)
        changes = unite(stays, gone, take)
        waiting: list[str] = mentions.stated(gone.pk, stays.pk) if model is Event else []
        moved = mentions.move(kind, gone.pk, stays.pk)
        changes["mentions"] = mentions.dump(moved)
        changes["naming"] = mentions.naming(kind, stays.pk)
        _hide(gone, stays)
        Merge(kind=kind, loser_id=gone.pk, survivor_id=stays.pk, by=by, at=at, why=why, changes=changes).save()
        _settle(model, (gone, stays), moved, by=by, at=at, why=why)
        batch = Batch()
        if was_public:
            batch.put(kind, gone.pk, ledger.MERGED, None, merged_into=stays.pk)
        _picture(batch, stays, public=was_public or _is_public(stays))
        batch.refresh_actors(_at(moved, "part_of", "public_part"))
        _release(batch, stays, waiting, was_public, by=by, at=at, why=why)
        _keep_flags(batch, model, (gone, stays), moved, waiting)
    go_on()


def unmerge(model: type[N], loser_id: str, survivor: Seen, *, by: str, at: datetime, why: str) -> list[str]:
    """Give back both as they were at the merge. Tells what was edited since, in sentences: it stays with the survivor.

    Raises EditConflict where the survivor was saved since, DeedRefused where something else must be undone first.
    """
    need_reason(why)
    with deed():
        stays, gone = _seen(model, survivor), model.objects.get(pk=loser_id)
        kind = KINDS[model]
        done = _undoable(kind, gone, stays)
        moved = mentions.parse(done.changes["mentions"])
        _keep_said(model, gone, stays, naming=stays)
        _show(gone)
        kept = separate(stays, done.changes, render.Pictures().survivors(kind))
        kept += mentions.move_back(moved, gone.pk, stays.pk)
        kept += _named_since(kind, stays, done)
        done.undone_by, done.undone_at, done.kept = by, at, kept
        done.save()
        _settle(model, (gone, stays), moved, by=by, at=at, why=why)
        batch = Batch()
        if _was_public(kind, gone):
            batch.put(kind, gone.pk, ledger.REINSTATED, _as_it_was(batch, kind, gone.pk))
        _picture(batch, stays, public=_is_public(stays))
        _parts_back(batch, moved, gone, stays)
        batch.restore(done)
        waiting: list[str] = mentions.stated(gone.pk, stays.pk) if model is Event else []
        _release(batch, stays, waiting, _is_public(gone), by=by, at=at, why=why)
        _keep_flags(batch, model, (gone, stays), moved, waiting)
    go_on()
    return kept


def _seen(model: type[N], seen: Seen) -> N:
    noun = model.objects.get(pk=seen.id)
    if noun.version != seen.version:
        raise EditConflict(f"“{noun}” was saved by somebody else since you opened it.")
    return noun


def _is_public(noun: Noun) -> bool:
    return Entry.objects.public().filter(kind=KINDS[type(noun)], noun_id=noun.pk).exists()


def _was_public(kind: str, noun: Noun) -> bool:
    return Entry.objects.current().filter(kind=kind, noun_id=noun.pk, deed=ledger.MERGED).exists()


def _refuse(loser: N, survivor: N) -> None:
    """Raises DeedRefused with all that stands against a merge."""
    if loser.pk == survivor.pk:
        raise DeedRefused("These are one already; choose another to merge it with.")
    _refuse_unrestored(KINDS[type(loser)], loser, survivor)
    reasons = []
    for noun in (loser, survivor):
        refuse_merged(noun)
        if isinstance(noun, Event) and noun.status == Status.RETRACTED:
            reasons.append(f"“{noun}” is retracted; reinstate it first.")
        if noun.unpublished_edits:
            reasons.append(f"“{noun}” has unpublished changes; publish them first, or undo them.")
    if isinstance(survivor, Event) and survivor.status == Status.DRAFT and _is_public(loser):
        reasons.append(f"“{loser}” is public and “{survivor}” isn't: merge the draft into the public one.")
    if reasons:
        raise DeedRefused(*reasons)


def _refuse_unrestored(kind: str, *nouns: Noun) -> None:
    """Raises WrongState where the undoing of an earlier merge has still to reach events: the order matters to them."""
    ids = [noun.pk for noun in nouns]
    either = Q(undone__loser_id__in=ids) | Q(undone__survivor_id__in=ids)
    if Pending.objects.filter(either, undone__kind=kind).exists():
        raise WrongState(
            "A merge of one of these was undone, and not every event names the right one yet. The command"
            " “manage.py cascade” goes on with that; try again after it."
        )


def _undoable(kind: str, loser: Noun, survivor: Noun) -> Merge:
    """The merge that is to be undone. Raises WrongState unless it is the newest into its survivor."""
    done = Merge.objects.filter(kind=kind, loser_id=loser.pk, survivor_id=survivor.pk, undone_at=None).first()
    if done is None:
        raise WrongState(f"“{loser}” isn't merged into “{survivor}”.")
    refuse_merged(survivor)
    _refuse_unrestored(kind, loser, survivor)
    newer = Merge.objects.filter(kind=kind, survivor_id=survivor.pk, undone_at=None, pk__gt=done.pk).last()
    if newer is not None:
        raise WrongState(f"Another one ({newer.loser_id}) was merged into “{survivor}” later; undo that merge first.")
    if survivor.unpublished_edits:
        raise WrongState(f"“{survivor}” has unpublished changes; publish them first, or undo them.")
    return done


def _keep_said(model: type[N], *both: N, naming: N) -> None:
    """Both, and what names the one of them that will be named otherwise, as they are before the deed."""
    saved.keep_all(model.objects.filter(pk__in=[noun.pk for noun in both]))
    saved.keep_all(mentions.events_naming(KINDS[model], naming.pk).filter(saved.UNLIKE_PUBLIC))
    if isinstance(naming, Actor):
        saved.keep_all(Actor.objects.filter(part_of=naming.pk))


def _hide(loser: Mergeable, survivor: Mergeable) -> None:
    loser.merged_into = survivor
    loser.unpublished_edits = False
    if isinstance(loser, Event):
        loser.status = Status.MERGED
    loser.save()


def _show(loser: Mergeable) -> None:
    loser.merged_into = None
    if isinstance(loser, Event):
        loser.status = Status.PUBLISHED if _was_public(ledger.EVENT, loser) else Status.DRAFT
    loser.save()


def _at(moved: Iterable[Mention], *tables: str) -> list[str]:
    """The nouns that named the loser in these tables."""
    return sorted({mention.noun for mention in moved if mention.table in tables})


def _touched(model: type[N], both: Iterable[N], moved: Sequence[Mention]) -> dict[type[Noun], list[str]]:
    """Every noun whose working copy a merge changes."""
    events = _at(moved, "participation", "claim", "relation")
    found: dict[type[Noun], list[str]] = {Event: events, Actor: _at(moved, "part_of")}
    found[model] = sorted({*found[model], *(noun.pk for noun in both)})
    return found


def _settle(model: type[N], both: tuple[N, N], moved: Sequence[Mention], *, by: str, at: datetime, why: str) -> None:
    """Count the versions up and log, so that no open form overwrites what moved."""
    touched = _touched(model, both, moved)
    for changed, ids in touched.items():
        log(changed, ids, by=by, at=at, why=why)
    if model is Event:
        settle_quotations(Evidence.objects.filter(event=both[1].pk))


def _keep_flags(
    batch: Batch, model: type[N], both: tuple[N, N], moved: Sequence[Mention], waiting: Sequence[str]
) -> None:
    touched: dict[type[Noun], list[str]] = _touched(model, both, moved)
    keep_flags(model, [noun.pk for noun in both])
    keep_flags_reached([*touched[Event], *waiting], batch.reached)
    keep_flags(Actor, touched[Actor])


def _release(
    batch: Batch, survivor: N, waiting: Sequence[str], loser_public: bool, *, by: str, at: datetime, why: str
) -> None:
    """Make the survivor public as it is now, if either is public, and whatever waits for it."""
    public = loser_public or _is_public(survivor)
    if isinstance(survivor, Event):
        events = [survivor.pk] if _is_public(survivor) else []
        release(events, batch=batch, also=waiting, by=by, at=at, why=why)
    else:
        release([], [survivor.pk] if public else [], batch=batch, by=by, at=at, why=why)


def _picture(batch: Batch, survivor: N, *, public: bool) -> None:
    """An actor's new picture, before that of anything that repeats it."""
    if public and isinstance(survivor, Actor):
        row = Actor.objects.prefetch_related("names").get(pk=survivor.pk)
        verb = ledger.REVISED if _is_public(survivor) else ledger.PUBLISHED
        batch.put(ledger.ACTOR, row.pk, verb, render.actor(row, batch.pictures))


def _as_it_was(batch: Batch, kind: str, noun_id: str) -> dict[str, Any]:
    """The loser's last public document, with newer names."""
    document = last_document(kind, noun_id)
    if kind == ledger.ACTOR:
        return render.refresh_actor(document, batch.pictures)
    return render.refresh(with_released({noun_id: standing(noun_id, document)})[noun_id], batch.pictures)


def _parts_back(batch: Batch, moved: Iterable[Mention], loser: N, survivor: N) -> None:
    """Public actors that were part of the loser are part of it again, unless that was edited since."""
    for pk in _at(moved, "public_part"):
        public = batch.pictures.public(ledger.ACTOR, pk)
        if public and public["part_of"] and public["part_of"]["id"] == survivor.pk:
            part_of = {"part_of": {"id": loser.pk, "name": str(loser)}}
            fresh = render.refresh_actor(public | part_of, batch.pictures)
            batch.put(ledger.ACTOR, pk, ledger.REVISED, fresh)


def _named_since(kind: str, survivor: Noun, done: Merge) -> list[str]:
    """Events that came to name the survivor after the merge: only a curator knows which of the two they mean."""
    fresh = sorted(set(mentions.naming(kind, survivor.pk)) - set(done.changes["naming"]))
    return [f"Event {pk} names it since the merge." for pk in fresh]
