"""What a load does to nouns besides publishing them: edits that stay unpublished, what was retracted or merged.

Only for nouns that the database doesn't have yet: how others stand is for the deeds of curators.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from events.curation.batch import Batch
from events.curation.flags import KINDS
from events.curation.load_rows import Fault, Item
from events.curation.render import MERGING
from events.models import Entry, Event, Merge, ledger
from events.models.working import Noun, Status

THERE_ALREADY: Final = (
    "It is there already, and stands otherwise; what is retracted, merged or has unpublished changes"
    " is only loaded where it is new."
)
# What undoing a merge reads: `curation.merge` writes it.
CHANGES: Final = {"before", "after", "had", "has", "mentions", "naming"}


@dataclass(frozen=True)
class Retracted:
    """An event that was retracted, and the public reason."""

    pk: str
    place: str
    why: str


@dataclass(frozen=True)
class Merged:
    """A merge as its record has it, unsaved."""

    row: Merge
    place: str


@dataclass
class States:
    """Of a load: the working copies of nouns that are public otherwise, and what isn't public any more."""

    edits: list[Item] = field(default_factory=list)
    retracted: list[Retracted] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    # By table and id, the places of the nouns that are so.
    places: dict[tuple[type[Noun], str], str] = field(default_factory=dict)


def state_faults(states: States, items: Sequence[Item]) -> Iterator[Fault]:
    """Nouns that are there already; merges of what isn't there, twice, or in a circle."""
    for (model, pk), place in states.places.items():
        if model._default_manager.filter(pk=pk).exists():
            yield Fault(place, "", THERE_ALREADY)
    loaded = {(type(item.row), item.row.pk) for item in items if states.merged}
    into: dict[tuple[str, str], str] = {}
    for merged in states.merged:
        row = merged.row
        if row.kind not in MERGING:
            yield Fault(merged.place, "kind", f"There is no kind “{row.kind}”; there are {', '.join(MERGING)}.")
            continue
        model = MERGING[row.kind]
        for name, pk in (("loser_id", row.loser_id), ("survivor_id", row.survivor_id)):
            if (model, pk) not in loaded and not model._default_manager.filter(pk=pk).exists():
                yield Fault(merged.place, name, f"There is no {row.kind} “{pk}”.")
        if not row.why.strip():
            yield Fault(merged.place, "why", "Say why; the public sees it.")
        if not (isinstance(row.changes, dict) and row.changes.keys() >= CHANGES):
            yield Fault(merged.place, "changes", f"It is an object with {', '.join(sorted(CHANGES))}.")
        if into.setdefault((row.kind, row.loser_id), row.survivor_id) != row.survivor_id or _circles(into, row):
            yield Fault(merged.place, "survivor_id", "It was merged into another one, or leads back to itself.")


def _circles(into: Mapping[tuple[str, str], str], row: Merge) -> bool:
    passed, following = {row.loser_id}, into.get((row.kind, row.loser_id))
    while following is not None:
        if following in passed:
            return True
        passed.add(following)
        following = into.get((row.kind, following))
    return False


def never_public(merged: Sequence[Merged]) -> Iterator[Fault]:
    """What was public can only have become something that was; asked when all is published."""
    for one in merged:
        row = one.row
        known = Entry.objects.filter(kind=row.kind, noun_id__in=(row.loser_id, row.survivor_id))
        if set(known.values_list("noun_id", flat=True)) == {row.loser_id}:
            yield Fault(one.place, "survivor_id", f"“{row.survivor_id}” was never public, and “{row.loser_id}” was.")


def retract_and_merge(states: States, *, by: str, at: datetime) -> None:
    """Inside a deed: take back what was retracted, hide what was merged; a tombstone for each that was public.

    Whatever else the load has says already what it says without these, or with what became of them.
    """
    for one in states.retracted:
        Event.objects.filter(pk=one.pk).update(status=Status.RETRACTED, unpublished_edits=False)
        _tombstone(ledger.EVENT, one.pk, ledger.RETRACTED, by=by, at=at, why=one.why)
    for merged in states.merged:
        row = merged.row
        hidden = {"status": Status.MERGED} if row.kind == KINDS[Event] else {}
        rows = MERGING[row.kind]._default_manager.filter(pk=row.loser_id)
        rows.update(merged_into=row.survivor_id, unpublished_edits=False, **hidden)
        row.save()
        _tombstone(row.kind, row.loser_id, ledger.MERGED, by=by, at=at, why=row.why, into=row.survivor_id)


def _tombstone(kind: str, pk: str, verb: str, *, by: str, at: datetime, why: str, into: str | None = None) -> None:
    if Entry.objects.public().filter(kind=kind, noun_id=pk).exists():
        batch = Batch()
        batch.put(kind, pk, verb, None, merged_into=into)
        batch.spread()
        batch.record(by=by, at=at, why=why)
