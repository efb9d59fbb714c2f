"""The dataset as a whole: how much there is, from when to when."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model

from events.models.index import SPAN_UNDATED, CountryIndex, EventIndex, ParticipationIndex, SourceIndex
from events.querying.buckets import extent
from events.querying.state import State, Where


@dataclass(frozen=True)
class Overview:
    counts: dict[str, int]
    first_day: str | None
    last_day: str | None


def overview(state: State) -> Overview:
    """How many things each collection has, and the first and last day that is known."""
    events = EventIndex.objects.filter(state.rows)
    days = extent(Where(state))
    return Overview(
        counts={
            "events": events.count(),
            "undated": events.filter(span=SPAN_UNDATED).count(),
            "actors": _distinct(state, ParticipationIndex, "actor_id"),
            "countries": _distinct(state, CountryIndex, "country"),
            "types": _distinct(state, EventIndex, "type"),
            "documents": _distinct(state, SourceIndex, "document_id"),
        },
        first_day=days[0].isoformat() if days else None,
        last_day=days[1].isoformat() if days else None,
    )


def _distinct(state: State, table: type[Model], column: str) -> int:
    return table._default_manager.filter(state.rows).values(column).distinct().count()
