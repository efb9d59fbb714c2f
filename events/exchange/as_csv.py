"""CSV out: UTF-8 without a byte-order mark, RFC 4180 quoting, one row an event or a dyad; docs/api.md has the columns.

Text that a spreadsheet would take for a formula gets a leading apostrophe, which an import takes off again. Numbers
and JSON are exempt: a negative latitude stays a number.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from json import JSONDecoder
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
_WORDS = {True: "true", False: "false"}
_NO_SOURCE = {"quote": None, "document": dict.fromkeys(("title", "publisher", "published", "url"))}
_decode = JSONDecoder().raw_decode


def rows(revisions: Iterable[Revision], addresses: Addresses, about: About) -> Iterator[str]:
    """The header and a line for each event, or for each of its dyads."""
    if about.question.shape("rows") == "dyad":
        yield line(DYAD_COLUMNS)
        for revision in revisions:
            event, _texts = _read(revision.document)
            record = _record(revision, event, addresses)
            for dyad in dyads(event):
                row = record | _pair(dyad)
                yield line(guarded([row[name] for name in DYAD_COLUMNS]))
        return
    yield line(COLUMNS)
    for revision in revisions:
        event, texts = _read(revision.document)
        record = _record(revision, event, addresses)
        plain = guarded([record[name] for name in _PLAIN])
        # Written by hand: the writer of the library looks at every sign of a cell by itself.
        whole = ",".join([_quoted(texts[name]) for name in _LOSSLESS])
        yield f"{line(plain).removesuffix(END)},{whole}{END}"


class _Line:
    """A file that gives back what is written into it."""

    @staticmethod
    def write(text: str) -> str:
        return text


def line(cells: Sequence[Any]) -> str:
    text: str = csv.writer(_Line, lineterminator=END).writerow(cells)
    return text


def guarded(values: Iterable[Any]) -> list[Any]:
    """Values as they stand in cells: text without the beginning of a formula."""
    return [f"'{value}" if isinstance(value, str) and value[:1] in FORMULA else value for value in values]


def _quoted(text: str) -> str:
    """A cell of JSON, which has commas and signs to be quoted where it has strings."""
    return '"' + text.replace('"', '""') + '"' if '"' in text else text


def _read(document: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The members of a stored document, which has no space between them; and the JSON that each is."""
    members, texts, at = {}, {}, 1
    while at < len(document):
        name, start = _decode(document, at)
        members[name], end = _decode(document, start + 1)
        texts[name] = document[start + 1 : end]
        at = end + 1
    return members, texts


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
