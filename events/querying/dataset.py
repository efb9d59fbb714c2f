"""The dataset as a whole: how much there is, from when to when."""

from __future__ import annotations

from dataclasses import dataclass

from events.models.index import TALLIED, Tally
from events.querying import numbers
from events.querying.buckets import extent
from events.querying.sql import fetch
from events.querying.state import State, Where

FACETS = {"actors": "actor", "countries": "country", "types": "type", "documents": "document"}


@dataclass(frozen=True)
class Overview:
    counts: dict[str, int]
    first_day: str | None
    last_day: str | None


def overview(state: State) -> Overview:
    """How many things each collection has, and the first and last day that is known."""
    all_events = Where(state)
    days = extent(all_events)
    return Overview(
        counts={
            "events": numbers.count(all_events),
            "undated": numbers.undated(all_events),
            **{path: _things(state, facet) for path, facet in FACETS.items()},
        },
        first_day=days[0].isoformat() if days else None,
        last_day=days[1].isoformat() if days else None,
    )


def _things(state: State, facet: str) -> int:
    """How many things of a facet the events of a state have."""
    if state.current:
        return Tally.objects.filter(facet=facet, number__gt=0).count()
    table, column = TALLIED[facet]
    text, parameters = state.scan(f"e.{column} AS thing", table._meta.db_table)
    ((number,),) = fetch(f"SELECT COUNT(DISTINCT t.thing) FROM ({text}) t", parameters)
    return int(number)
