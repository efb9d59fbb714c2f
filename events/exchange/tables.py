"""Collections other than events as tables: things (actors, countries, types, documents), buckets of time, changes.

JSON Lines has the objects of JSON, one a line. CSV has their keys as columns; of an actor, what it is part of as id and
name, and its other names joined, and once more as JSON, where nothing is lost. What something changed into is JSON too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from events.exchange.as_csv import SEPARATOR, line
from events.exchange.as_json import dumps

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "actors": (
        *("id", "api_url", "events", "name", "kind", "country", "description", "external_id", "part_of_id", "part_of"),
        *("names", "revision", "seq", "published_at", "updated_at", "names_json"),
    ),
    "countries": ("code", "api_url", "events", "alpha3", "name"),
    "types": ("code", "api_url", "events", "name", "definition"),
    "documents": (
        *("id", "api_url", "events", "title", "publisher", "author", "url", "archived_url", "published", "language"),
        *("license", "length", "sha256", "revision", "seq", "published_at", "updated_at"),
    ),
    "dates": ("edtf", "start", "end", "possible", "certain"),
    "changes": ("seq", "kind", "deed", "id", "at", "why", "merged_into", "data_json"),
}


def as_csv(items: Iterable[str], collection: str) -> Iterator[str]:
    """The header and a line for each item, which is JSON."""
    columns = COLUMNS[collection]
    yield line(columns)
    for item in items:
        record = _flat(json.loads(item))
        yield line([record[name] for name in columns])


def as_jsonl(items: Iterable[str], collection: str) -> Iterator[str]:
    return (f"{item}\n" for item in items)


WRITERS: Mapping[str, Callable[[Iterable[str], str], Iterator[str]]] = {"jsonl": as_jsonl, "csv": as_csv}


def _flat(item: dict[str, Any]) -> dict[str, Any]:
    if "data" in item:
        return {**item, "data_json": dumps(item["data"]) if item["data"] else None}
    if "names" not in item:
        return item
    whole = item["part_of"] or {"id": None, "name": None}
    return {
        **item,
        "part_of_id": whole["id"],
        "part_of": whole["name"],
        "names": SEPARATOR.join(name["name"] for name in item["names"]),
        "names_json": dumps(item["names"]),
    }
