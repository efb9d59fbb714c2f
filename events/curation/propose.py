"""Propose events and changes of events; take proposals back that something newer supersedes.

    propose([Suggestion("table:prices.csv:17", {"title": …, "type": …, "evidence": […]}, Origin.IMPORT, document=pk)],
            by="ann", at=now, why="Imported from prices.csv")

Of what has the same key only the first is ever kept: proposing the same again changes nothing, and what was rejected
stays rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from events.curation.chunks import CHUNK, chunks
from events.curation.deed import deed
from events.curation.oddities import oddities
from events.curation.suggestion import Shelf, Suggestion, faults_of, with_context
from events.errors import DeedRefused
from events.models import Edit, Event
from events.models.proposals import Decision, Proposal

# What an edit of a proposal is called in the log.
PROPOSAL: Final = "proposal"
# More faults than anybody reads.
MOST_REASONS = 50


@dataclass(frozen=True)
class Proposed:
    """The proposals that were made, and the keys that were known before, in the order of the suggestions."""

    added: tuple[Proposal, ...]
    known: tuple[str, ...]


def propose(suggestions: Sequence[Suggestion], *, by: str, at: datetime, why: str = "") -> Proposed:
    """Make a proposal of each suggestion whose key is new: all of them, or none.

    Raises DeedRefused with what is wrong, each sentence led by the suggestion's title or key.
    """
    with deed():
        taken = _taken(suggestion.key for suggestion in suggestions)
        fresh: dict[str, Suggestion] = {}
        known = []
        for suggestion in suggestions:
            if suggestion.key in taken or suggestion.key in fresh:
                known.append(suggestion.key)
            else:
                fresh[suggestion.key] = suggestion
        rows = _rows(list(fresh.values()), at)
        Proposal.objects.bulk_create(rows, batch_size=CHUNK)
        log(rows, by=by, at=at, why=why)
    return Proposed(tuple(rows), tuple(known))


def _taken(keys: Iterable[str]) -> set[str]:
    return {key for some in chunks(keys) for key in Proposal.objects.filter(key__in=some).values_list("key", flat=True)}


def _rows(suggestions: Sequence[Suggestion], at: datetime) -> list[Proposal]:
    shelf = Shelf(
        (one.values for one in suggestions),
        (pk for one in suggestions for pk in (one.event, one.into)),
        (pk for one in suggestions for pk in (one.actor, one.actor_into)),
    )
    reasons = [f"{one.name}: {fault}" for one in suggestions for fault in faults_of(one, shelf)]
    if reasons:
        more = len(reasons) - MOST_REASONS
        raise DeedRefused(*reasons[:MOST_REASONS], *([f"And {more} more."] if more > 0 else []))
    return [_row(one, shelf, at) for one in suggestions]


def _row(one: Suggestion, shelf: Shelf, at: datetime) -> Proposal:
    about = shelf.events[one.event] if one.event else Event()
    return Proposal(
        key=one.key,
        kind=one.kind,
        origin=one.origin,
        document_id=one.document,
        event_id=one.event,
        into_id=one.into,
        actor_id=one.actor,
        actor_into_id=one.actor_into,
        title=one.values.get("title") or (shelf.actors[one.actor].name if one.actor else about.title),
        type_id=one.values.get("type") or about.type_id,
        values=with_context(one.values, shelf),
        alternatives=list(one.alternatives),
        explanation=list(one.explanation),
        warnings=list(dict.fromkeys([*one.warnings, *oddities(one.values)])),
        confidence=one.confidence,
        proposed_at=at,
    )


def supersede(proposals: Sequence[Proposal], *, newer: Proposal | None = None, by: str, at: datetime, why: str) -> None:
    """Close open proposals because something newer has taken their place; `newer` says what, if it is a proposal."""
    with deed():
        ids = [row.pk for row in proposals]
        for some in chunks(ids):
            Proposal.objects.filter(pk__in=some, status=Decision.OPEN).update(
                status=Decision.SUPERSEDED, superseded_by=newer, reason=why, decided_at=at, decided_by=by
            )
        log(counted_up(ids), by=by, at=at, why=why)


def counted_up(ids: Sequence[int]) -> list[Proposal]:
    """The proposals, each with its next version."""
    rows = [row for some in chunks(ids) for row in Proposal.objects.filter(pk__in=some)]
    for row in rows:
        row.version += 1
    Proposal.objects.bulk_update(rows, ["version"], batch_size=CHUNK)
    return rows


def log(rows: Iterable[Proposal], *, by: str, at: datetime, why: str) -> None:
    Edit.objects.bulk_create(
        [Edit(kind=PROPOSAL, noun_id=str(row.pk), version=row.version, by=by, at=at, why=why) for row in rows],
        batch_size=CHUNK,
    )
