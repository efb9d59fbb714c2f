"""The events of a question in each face, read by what users of that face read it with: their ids in its order."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import feedparser
import vobject

PAGE = re.compile(r"/events/([^/]+)/")


def _csv(text: str) -> list[str]:
    return [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)]


def _ics(text: str) -> list[str]:
    if "BEGIN:VEVENT" not in text:
        return []
    return [_id(event.url.value) for event in vobject.readOne(text).contents["vevent"]]


def _atom(text: str) -> list[str]:
    return [_id(entry.link) for entry in feedparser.parse(text.encode()).entries]


def _id(address: str) -> str:
    found = PAGE.search(address)
    assert found, address
    return found[1]


FORMATS: dict[str, Callable[[str], list[str]]] = {
    "json": lambda text: [event["id"] for event in json.loads(text)["results"]],
    "jsonl": lambda text: [json.loads(line)["id"] for line in text.split("\n") if line],
    "csv": _csv,
    "geojson": lambda text: [feature["id"] for feature in json.loads(text)["features"]],
    "ics": _ics,
    "atom": _atom,
    "timelinejs": lambda text: [slide["unique_id"] for slide in json.loads(text)["events"]],
    "jsonld": lambda text: [node["identifier"] for node in json.loads(text)["@graph"] if node["@type"] == "Event"],
}
# Leave out what has no date, or no known first day.
PLACING = {"ics", "timelinejs"}
