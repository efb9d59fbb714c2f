"""The formats of a list of events that are written as a stream; JSON, which has an envelope, is `as_json`.

Add one: a module with `rows`, a line here and in `events.querying.filters`, a section in docs/formats.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from events.exchange import as_atom, as_csv, as_geojson, as_ics, as_jsonl, as_jsonld, as_timelinejs
from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.querying.events import Revision

Writer = Callable[[Iterable[Revision], Addresses, About], Iterator[str]]


@dataclass(frozen=True)
class Format:
    media_type: str
    suffix: str
    """Of a file's name."""
    rows: Writer
    needs_first_day: bool = False
    """Whether events without a known first day can't be placed, and are left out and counted."""
    defaults: dict[str, Any] = field(default_factory=dict)
    """The parameters that are applied where none was sent, besides the order by date."""


FORMATS: Mapping[str, Format] = {
    "jsonl": Format("application/x-ndjson", "jsonl", as_jsonl.rows),
    "csv": Format("text/csv", "csv", as_csv.rows),
    "geojson": Format("application/geo+json", "geojson", as_geojson.rows),
    "ics": Format("text/calendar", "ics", as_ics.rows, needs_first_day=True),
    # Who follows a feed wants what is new; a feed reader keeps the rest.
    "atom": Format("application/atom+xml", "atom", as_atom.rows, defaults={"ordering": "-updated", "limit": 50}),
    "timelinejs": Format("application/json", "timeline.json", as_timelinejs.rows, needs_first_day=True),
    "jsonld": Format("application/ld+json", "jsonld", as_jsonld.rows),
}
