"""Fixture files for the tests of this folder: a small sound dataset, and ways to change it."""

from __future__ import annotations

import copy
import io
import json
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

from events.models import Actor, ActorName, Document, Edit, Entry, Event, Evidence, Head, ReleasedRelation

Record = dict[str, Any]

TEXT = "On 16 October Prague ended the agreement.\nBeijing answered recently.\nBeijing answered in anger, it says."


def records() -> list[Record]:
    """Children before parents, relations forward, derived fields left out."""
    return copy.deepcopy(
        [
            {
                "model": "events.event",
                "pk": "end-of-it",
                "fields": {
                    "title": "Prague ends the agreement",
                    "type": "REJECT",
                    "edtf": "2019-10-16",
                    "date_text": "On 16 October",
                    "date_anchor": "2019-11-04",
                    "date_rule": "year-omitted",
                    "location_country": "CZ",
                    "participations": [
                        {"actor": "prague", "role": "initiator"},
                        {"actor": "beijing", "role": "target"},
                    ],
                    "countries": ["CN", "CZ"],
                    "evidence": [
                        {
                            "document": "digest",
                            "quote": "On 16 October Prague ended the agreement.",
                            "supports": ["title", "date"],
                        }
                    ],
                },
            },
            {
                "model": "events.event",
                "pk": "answer",
                "fields": {
                    "title": "Beijing answers",
                    "type": "DISAPPROVE",
                    "date_text": "recently",
                    "participations": [{"actor": "beijing", "role": "initiator"}],
                    "claimed_by": ["beijing"],
                    "evidence": [
                        {
                            "document": "digest",
                            "quote": "Beijing answered",
                            "suffix": " recently",
                            "supports": ["title", "claimed_by"],
                        }
                    ],
                    "relations": [{"relation": "response_to", "target": "end-of-it"}],
                },
            },
            {
                "model": "events.actor",
                "pk": "prague",
                "fields": {
                    "name": "Prague",
                    "kind": "government",
                    "country": "CZ",
                    "part_of": "czechia",
                    "names": [{"name": "Praha", "kind": "original", "language": "cs"}],
                },
            },
            {"model": "events.actor", "pk": "beijing", "fields": {"name": "Beijing", "kind": "government"}},
            {"model": "events.actor", "pk": "czechia", "fields": {"name": "Czechia", "kind": "government"}},
            {
                "model": "events.document",
                "pk": "digest",
                "fields": {"title": "Digest", "published": "2019-11-04", "url": "https://example.org/", "text": TEXT},
            },
        ]
    )


END, ANSWER, PRAGUE, BEIJING, CZECHIA, DIGEST = range(6)


def write(folder: Path, content: list[Record] | str | bytes, name: str = "small.json") -> Path:
    path = folder / name
    if isinstance(content, list):
        content = json.dumps(content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def load(*paths: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("loaddata", *map(str, paths), stdout=out, **options)
    return out.getvalue()


def refused(*paths: Path, **options: Any) -> list[str]:
    """The faults that a refused load names, a line each."""
    try:
        said = load(*paths, **options)
    except CommandError as error:
        return str(error).removeprefix("Nothing was loaded.\n").splitlines()
    raise AssertionError(f"It was loaded: {said}")


def state() -> dict[str, list[Any]]:
    """All that a load could write."""
    tables = (Document, Actor, Event, Evidence, ReleasedRelation, Entry, Edit, Head)
    return {table.__name__: list(table._default_manager.order_by("pk").values()) for table in tables}


def assert_nothing_written() -> None:
    for table in (Event, Actor, Document, Entry, Edit, ActorName):
        assert not table._default_manager.exists(), table


def changed(number: int, **fields: Any) -> list[Record]:
    content = records()
    content[number]["fields"] |= fields
    return content


def without(number: int, *names: str) -> list[Record]:
    content = records()
    for name in names:
        del content[number]["fields"][name]
    return content


def with_record(record: Any) -> list[Any]:
    return [*records(), record]
