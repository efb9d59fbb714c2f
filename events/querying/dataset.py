"""The dataset as a whole: how much there is, from when to when."""

from __future__ import annotations

from dataclasses import dataclass

from events.models.index import CURRENT, SPAN_UNDATED, CountryIndex, EventIndex
from events.models.ledger import ACTOR, DOCUMENT, Entry
from events.querying.buckets import extent
from events.querying.conditions import Where


@dataclass(frozen=True)
class Overview:
    counts: dict[str, int]
    first_day: str | None
    last_day: str | None


def overview() -> Overview:
    """Counts of what is public and has events, and the first and last day that is known."""
    events = EventIndex.objects.filter(CURRENT)
    days = extent(Where())
    return Overview(
        counts={
            "events": events.count(),
            "undated": events.filter(span=SPAN_UNDATED).count(),
            "actors": Entry.objects.public().filter(kind=ACTOR).count(),
            "documents": Entry.objects.public().filter(kind=DOCUMENT).count(),
            "countries": CountryIndex.objects.filter(CURRENT).values("country").distinct().count(),
        },
        first_day=days[0].isoformat() if days else None,
        last_day=days[1].isoformat() if days else None,
    )
