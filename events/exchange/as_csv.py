"""CSV out: UTF-8 without a byte-order mark, RFC 4180 quoting, one row an event or a dyad; docs/api.md has the columns.

Text that a spreadsheet would take for a formula gets a leading apostrophe, which an import takes off again. Numbers
and JSON are exempt: a negative latitude stays a number.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.exchange.as_json import dumps
from events.exchange.dyads import Dyad, dyads
from events.querying.events import Revision

COLUMNS = (
    *("id", "url", "title", "summary", "type", "in_window", "date_edtf", "date_text", "start_earliest"),
    *("start_latest", "end_earliest", "end_latest", "open_start", "open_end", "date_kind", "date_precision"),
    *("date_approximate", "date_uncertain", "date_anchor", "date_rule", "location_country", "place", "lat", "lon"),
    *("countries", "initiators", "initiator_countries", "targets", "target_countries", "claimed_by", "quote"),
    *("document_title", "document_publisher", "document_published", "document_url", "revision", "seq", "updated_at"),
    *("actors_json", "countries_json", "evidence_json", "relations_json"),
)
_SIDES = ("initiators", "initiator_countries", "targets", "target_countries")
_DYAD = ("initiator_id", "initiator", "initiator_country", "target_id", "target", "target_country")
_BEFORE = COLUMNS[: COLUMNS.index(_SIDES[0])]
_AFTER = COLUMNS[COLUMNS.index(_SIDES[-1]) + 1 :]
# With `rows=dyad`.
DYAD_COLUMNS = (*_BEFORE, *_DYAD, *(name for name in _AFTER if not name.endswith("_json")))
# Numbers, and (by its name) JSON.
EXEMPT = {"lat", "lon", "revision", "seq", "events", "length", "possible", "certain"}
SEPARATOR = " | "
# What spreadsheets take for the beginning of a formula (fullwidth forms too), and our own mark.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "'")


def rows(revisions: Iterable[Revision], addresses: Addresses, about: About) -> Iterator[str]:
    """The header and a line for each event, or for each of its dyads."""
    by_dyad = about.question.shape("rows") == "dyad"
    columns = DYAD_COLUMNS if by_dyad else COLUMNS
    yield line(columns)
    for revision in revisions:
        event = json.loads(revision.document)
        record = _record(revision, event, addresses)
        for pair in map(_pair, dyads(event)) if by_dyad else [{}]:
            row = record | pair
            yield line(cell(name, row[name]) for name in columns)


def line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


def cell(name: str, value: Any) -> str:
    """A value of a column as it is written."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    exempt = name in EXEMPT or name.endswith("_json")
    return f"'{text}" if text.startswith(FORMULA) and not exempt else text


def _pair(dyad: Dyad) -> dict[str, str | None]:
    sides = zip(("initiator", "target"), dyad, strict=True)
    named = ((role, actor or {"id": None, "name": None, "country": None}) for role, actor in sides)
    return {
        column: value
        for role, actor in named
        for column, value in ((f"{role}_id", actor["id"]), (role, actor["name"]), (f"{role}_country", actor["country"]))
    }


def _record(revision: Revision, event: dict[str, Any], addresses: Addresses) -> dict[str, Any]:
    when, location = event["date"], event["location"]
    return {
        "id": revision.noun_id,
        "url": addresses.page(revision.noun_id, event["slug"]),
        "title": event["title"],
        "summary": event["summary"],
        "type": event["type"],
        "in_window": revision.in_window,
        "date_edtf": when["edtf"],
        "date_text": when["text"],
        **{name: when[name] for name in ("start_earliest", "start_latest", "end_earliest", "end_latest")},
        **{name: when[name] for name in ("open_start", "open_end")},
        **{f"date_{name}": when[name] for name in ("kind", "precision", "approximate", "uncertain", "anchor", "rule")},
        "location_country": location["country"],
        **{name: location[name] for name in ("place", "lat", "lon")},
        "countries": SEPARATOR.join(item["code"] for item in event["countries"]),
        **_side(event, "initiator"),
        **_side(event, "target"),
        "claimed_by": SEPARATOR.join(item["name"] for item in event["claimed_by"]),
        **_source(event["evidence"]),
        "revision": revision.revision,
        "seq": revision.seq,
        "updated_at": revision.at,
        **{f"{name}_json": dumps(event[name]) for name in ("actors", "countries", "evidence", "relations")},
    }


def _side(event: dict[str, Any], role: str) -> dict[str, str]:
    """The actors in a role and, parallel to them, their countries."""
    actors = [actor for actor in event["actors"] if actor["role"] == role]
    return {
        f"{role}s": SEPARATOR.join(actor["name"] for actor in actors),
        f"{role}_countries": SEPARATOR.join(actor["country"] or "" for actor in actors),
    }


def _source(evidence: list[dict[str, Any]]) -> dict[str, Any]:
    """The first quotation for the title, and its document."""
    item = next(item for item in evidence if "title" in item["supports"])
    document = item["document"]
    return {"quote": item["quote"]} | {
        f"document_{name}": document[name] for name in ("title", "publisher", "published", "url")
    }
