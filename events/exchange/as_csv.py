"""CSV out: UTF-8 without a byte-order mark, RFC 4180 quoting, one row an event; docs/api.md names the columns.

Text that a spreadsheet would take for a formula gets a leading apostrophe, which an import takes off again. Numbers
and JSON are exempt: a negative latitude stays a number.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from events.exchange.addresses import Addresses
from events.exchange.as_json import dumps
from events.querying.events import Revision

COLUMNS = (
    *("id", "url", "title", "summary", "type", "in_window", "date_edtf", "date_text", "start_earliest"),
    *("start_latest", "end_earliest", "end_latest", "open_start", "open_end", "date_kind", "date_precision"),
    *("date_approximate", "date_uncertain", "date_anchor", "date_rule", "location_country", "place", "lat", "lon"),
    *("countries", "initiators", "initiator_countries", "targets", "target_countries", "claimed_by", "quote"),
    *("document_title", "document_publisher", "document_published", "document_url", "revision", "seq", "updated_at"),
    *("actors_json", "countries_json", "evidence_json", "relations_json"),
)
EXEMPT = {"lat", "lon", "revision", "seq", "actors_json", "countries_json", "evidence_json", "relations_json"}
SEPARATOR = " | "
# What spreadsheets take for the beginning of a formula (fullwidth forms too), and our own mark.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "'")


def rows(revisions: Iterable[Revision], addresses: Addresses) -> Iterator[str]:
    """The header and a line for each event."""
    yield _line(COLUMNS)
    for revision in revisions:
        record = _record(revision, json.loads(revision.document), addresses)
        yield _line(_cell(name, record[name]) for name in COLUMNS)


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if name not in EXEMPT and text.startswith(FORMULA) else text


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
