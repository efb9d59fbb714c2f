"""CSV out: UTF-8 without a byte-order mark, RFC 4180 quoting, one row an event or a dyad; docs/api.md has the columns.

Text that a spreadsheet would take for a formula gets a leading apostrophe, which an import takes off again. Numbers
and JSON are exempt: a negative latitude stays a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from json import loads
from typing import Any

from events.exchange.about import About
from events.exchange.addresses import Addresses
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
_LOSSLESS = ("actors", "countries", "evidence", "relations")
_JSON = tuple(f"{name}_json" for name in _LOSSLESS)
_PLAIN = COLUMNS[: -len(_JSON)]
_SIDES = ("initiators", "initiator_countries", "targets", "target_countries")
_DYAD = ("initiator_id", "initiator", "initiator_country", "target_id", "target", "target_country")
_FIRST_SIDE = _PLAIN.index(_SIDES[0])
# With `rows=dyad`.
DYAD_COLUMNS = (*_PLAIN[:_FIRST_SIDE], *_DYAD, *_PLAIN[_FIRST_SIDE + len(_SIDES) :])
SEPARATOR = " | "
END = "\r\n"
# What spreadsheets take for the beginning of a formula (fullwidth forms too), and our own mark.
FORMULA = frozenset("=+-@＝＋－＠\t\r'")
# Signs for which a cell is quoted. The writer of the library looks at every sign by itself.
_SEPARATES = re.compile('[",\r\n]').search
_LISTS = re.compile(',"(countries|actors|claimed_by|evidence|relations)":')
_WORDS = {True: "true", False: "false"}
_NO_SOURCE = {"quote": None, "document": dict.fromkeys(("title", "publisher", "published", "url"))}


def rows(revisions: Iterable[Revision], addresses: Addresses, about: About) -> Iterator[str]:
    """The header and a line for each event, or for each of its dyads."""
    if about.question.shape("rows") == "dyad":
        yield line(DYAD_COLUMNS)
        for revision in revisions:
            event = loads(revision.document)
            record = _record(revision, event, addresses)
            for dyad in dyads(event):
                row = record | _pair(dyad)
                yield line([row[name] for name in DYAD_COLUMNS])
        return
    yield line(COLUMNS)
    for revision in revisions:
        record = _record(revision, loads(revision.document), addresses)
        cells = [_cell(record[name]) for name in _PLAIN]
        yield ",".join([*cells, *map(_quoted, _lossless(revision.document))]) + END


def line(values: Iterable[Any]) -> str:
    return ",".join(map(_cell, values)) + END


def _cell(value: Any) -> str:
    """A value as it stands in a cell: text without the beginning of a formula, quoted where it has to be."""
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return _quoted(f"'{value}" if value[:1] in FORMULA else value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _SEPARATES(text) else text


def _lossless(document: str) -> list[str]:
    """The JSON of the members that are kept whole, the last ones of a stored document, as it stands there.

    Only a key is found so: in a text JSON escapes the quotes.
    """
    _before, *members = _LISTS.split(document.removesuffix("}"))
    texts = dict(zip(members[::2], members[1::2], strict=True))
    return [texts[name] for name in _LOSSLESS]


def _pair(dyad: Dyad) -> dict[str, str | None]:
    sides = zip(("initiator", "target"), dyad, strict=True)
    named = ((role, actor or {"id": None, "name": None, "country": None}) for role, actor in sides)
    return {
        column: value
        for role, actor in named
        for column, value in ((f"{role}_id", actor["id"]), (role, actor["name"]), (f"{role}_country", actor["country"]))
    }


def _record(revision: Revision, event: dict[str, Any], addresses: Addresses) -> dict[str, Any]:
    when, location, source = event["date"], event["location"], _source(event["evidence"])
    document = source["document"]
    return {
        "id": revision.noun_id,
        "url": addresses.page(revision.noun_id, event["slug"]),
        "title": event["title"],
        "summary": event["summary"],
        "type": event["type"],
        "in_window": revision.in_window,
        "date_edtf": when["edtf"],
        "date_text": when["text"],
        "start_earliest": when["start_earliest"],
        "start_latest": when["start_latest"],
        "end_earliest": when["end_earliest"],
        "end_latest": when["end_latest"],
        "open_start": _WORDS[when["open_start"]],
        "open_end": _WORDS[when["open_end"]],
        "date_kind": when["kind"],
        "date_precision": when["precision"],
        "date_approximate": _WORDS[when["approximate"]],
        "date_uncertain": _WORDS[when["uncertain"]],
        "date_anchor": when["anchor"],
        "date_rule": when["rule"],
        "location_country": location["country"],
        "place": location["place"],
        "lat": location["lat"],
        "lon": location["lon"],
        "countries": SEPARATOR.join([item["code"] for item in event["countries"]]),
        **_side(event, "initiator"),
        **_side(event, "target"),
        "claimed_by": SEPARATOR.join([item["name"] for item in event["claimed_by"]]),
        "quote": source["quote"],
        "document_title": document["title"],
        "document_publisher": document["publisher"],
        "document_published": document["published"],
        "document_url": document["url"],
        "revision": revision.revision,
        "seq": revision.seq,
        "updated_at": revision.at,
    }


def _side(event: dict[str, Any], role: str) -> dict[str, str]:
    """The actors in a role and, parallel to them, their countries."""
    actors = [actor for actor in event["actors"] if actor["role"] == role]
    return {
        f"{role}s": SEPARATOR.join([actor["name"] for actor in actors]),
        f"{role}_countries": SEPARATOR.join([actor["country"] or "" for actor in actors]),
    }


def _source(evidence: list[dict[str, Any]]) -> dict[str, Any]:
    """The first quotation for the title; only a draft may have none."""
    return next((item for item in evidence if "title" in item["supports"]), _NO_SOURCE)
