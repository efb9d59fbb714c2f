"""GeoJSON out (RFC 7946): a Feature an event, its properties the event as in JSON.

An event without coordinates has a null geometry (section 3.2); a position is longitude first (section 3.1.1).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.exchange.as_json import chosen, dumps, one
from events.exchange.listing import listing
from events.querying.events import Revision


def rows(revisions: Iterable[Revision], addresses: Addresses, about: About) -> Iterator[str]:
    features = (_feature(revision, addresses, about) for revision in revisions)
    return listing('{"type":"FeatureCollection","features":', features, "}")


def _feature(revision: Revision, addresses: Addresses, about: About) -> str:
    head = {"type": "Feature", "id": revision.noun_id, "geometry": _point(json.loads(revision.document)["location"])}
    return f'{dumps(head)[:-1]},"properties":{chosen(one(revision, addresses), about.question)}}}'


def _point(location: dict[str, Any]) -> dict[str, Any] | None:
    if location["lat"] is None:
        return None
    return {"type": "Point", "coordinates": [location["lon"], location["lat"]]}
