"""Of a fixture, leave out what stands in the database exactly as its record says, retractions and merges included."""

from __future__ import annotations

from collections import defaultdict

from events.curation.load_rows import Item, owner_of
from events.exchange.fixture import Reader
from events.exchange.public_records import PublicSide
from events.exchange.working_copy import noun_records
from events.models import Event, Merge
from events.models.working import Noun


def leave_out_unchanged(reader: Reader) -> int:
    """Take these records out of what was read; how many rows they were. Of other records the load itself tells."""
    by_model: dict[type[Noun], list[str]] = defaultdict(list)
    for model, pk in reader.stateful:
        by_model[model].append(pk)
    same: set[tuple[type[object], str]] = set()
    public = PublicSide()
    for model, ids in by_model.items():
        there = sorted(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True))
        if there:
            records = noun_records(model, there, public)
            same |= {(model, one["pk"]) for one in records if one["fields"] == reader.stateful[model, one["pk"]]}
    before = len(reader.items)
    reader.items = _others(reader.items, same)
    states = reader.states
    states.edits = _others(states.edits, same)
    states.retracted = [one for one in states.retracted if (Event, one.pk) not in same]
    states.merged = [one for one in states.merged if not _is_done(one.row)]
    states.places = {noun: place for noun, place in states.places.items() if noun not in same}
    return before - len(reader.items)


def _is_done(row: Merge) -> bool:
    done = Merge.objects.filter(kind=row.kind, loser_id=row.loser_id, survivor_id=row.survivor_id, undone_at=None)
    return any(one.changes == row.changes for one in done)


def _others(items: list[Item], same: set[tuple[type[object], str]]) -> list[Item]:
    return [item for item in items if owner_of(item.row) not in same]
