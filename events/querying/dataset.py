"""The dataset as a whole: how much there is, from when to when."""

from __future__ import annotations

from dataclasses import dataclass

from events.models import index
from events.models.index import TALLIED, Tally
from events.models.reference import Country, EventType
from events.models.sql import fetch
from events.querying.buckets import overall
from events.querying.state import State, Where

# Of each collection the facet under which its things are tallied, their table and the column that names them.
THINGS = {
    "actors": ("actor", index.ActorIndex, "noun_id"),
    "countries": ("country", Country, "code"),
    "types": ("type", EventType, "code"),
    "documents": ("document", index.DocumentIndex, "noun_id"),
}


@dataclass(frozen=True)
class Overview:
    counts: dict[str, int]
    first_day: str | None
    last_day: str | None


def overview(state: State) -> Overview:
    """How many things each collection has, and the first and last day that is known."""
    events, undated, days = overall(Where(state))
    return Overview(
        counts={"events": events, "undated": undated, **{path: _things(state, path) for path in THINGS}},
        first_day=days[0].isoformat() if days else None,
        last_day=days[1].isoformat() if days else None,
    )


def _things(state: State, path: str) -> int:
    """How many things of a collection the events of a state have."""
    facet, things, name = THINGS[path]
    if state.current:
        return Tally.objects.filter(facet=facet, number__gt=0).count()
    links, column = TALLIED[facet]
    # Of each thing events are looked for until there is one.
    known, parameters = state.sql("t") if issubclass(things, index.Derived) else ("TRUE", [])
    found = []
    for part, values in state.parts("e"):
        found.append(f"EXISTS (SELECT 1 FROM {links._meta.db_table} e WHERE e.{column} = t.{name} AND {part})")
        parameters = [*parameters, *values]
    text = f"SELECT COUNT(*) FROM {things._meta.db_table} t WHERE {known} AND ({' OR '.join(found)})"
    ((number,),) = fetch(text, parameters)
    return int(number)
