"""From a ledger row to its index rows: a pure function of the row, so that the index can be made again at any time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from events.curation.inserting import bare
from events.models import index, ledger
from events.models.index import packed, part
from events.models.ledger import Entry
from events.models.tokens import fold

TABLES: dict[str, tuple[type[index.Derived], ...]] = {
    ledger.EVENT: (
        index.EventIndex,
        index.ParticipationIndex,
        index.CountryIndex,
        index.ClaimIndex,
        index.SourceIndex,
    ),
    ledger.ACTOR: (index.ActorIndex, index.NameIndex),
    ledger.DOCUMENT: (index.DocumentIndex,),
}


def rows(entry: Entry, document: dict[str, Any] | None = None) -> list[index.Derived]:
    """The index rows of one revision; none for a tombstone. `document` is the entry's, where it was read already."""
    if entry.document is None:
        return []
    make = {ledger.EVENT: _event_rows, ledger.ACTOR: _actor_rows, ledger.DOCUMENT: _document_rows}[entry.kind]
    return make(entry, json.loads(entry.document) if document is None else document)


def span_class(start: str, end: str) -> int:
    """How long a value may last: up to a month, a year, ten years, or longer."""
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    return next((number for number, limit in enumerate(index.SPAN_DAYS) if days <= limit), index.SPAN_LONG)


_DAYS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def _dated(entry: Entry, document: dict[str, Any], sources: Iterable[str]) -> dict[str, Any]:
    """What every row about an event has."""
    when, actors = document["date"], document["actors"]
    columns: dict[str, Any] = {
        "seq": entry.seq,
        "superseded_by": entry.superseded_by,
        "key": entry.key,
        "uncertain": when["uncertain"],
        "type": document["type"],
        "precision": when["precision"] or "",
        "location_country": document["location"]["country"] or "",
        "countries": packed(country["code"] for country in document["countries"]),
        "actors": packed(part(actor["role"], actor["id"]) for actor in actors),
        "homes": packed({part(actor["role"], actor["country"]) for actor in actors if actor["country"]}),
        "claimants": packed(actor["id"] for actor in document["claimed_by"]),
        "documents": packed(sources),
    }
    if when["edtf"] is None:
        return columns | {"span": index.SPAN_UNDATED, **dict.fromkeys(_DAYS)}
    for name in _DAYS:
        columns[name] = index.day_number(date.fromisoformat(when[name]))
    return columns | {"span": span_class(when["start_earliest"], when["end_latest"])}


def _event_rows(entry: Entry, document: dict[str, Any]) -> list[index.Derived]:
    sources = {item["document"]["id"]: None for item in document["evidence"]}
    dated = _dated(entry, document, sources)
    return [
        bare(
            index.EventIndex,
            noun_id=entry.noun_id,
            open_start=document["date"]["open_start"],
            open_end=document["date"]["open_end"],
            at=entry.at,
            **dated,
        ),
        *(
            bare(
                index.ParticipationIndex,
                actor_id=actor["id"],
                role=actor["role"],
                country=actor["country"] or "",
                **dated,
            )
            for actor in document["actors"]
        ),
        *(
            bare(index.CountryIndex, country=country["code"], relation=country["relation"], **dated)
            for country in document["countries"]
        ),
        *(bare(index.ClaimIndex, actor_id=actor["id"], **dated) for actor in document["claimed_by"]),
        *(bare(index.SourceIndex, document_id=source, **dated) for source in sources),
    ]


def _actor_rows(entry: Entry, document: dict[str, Any]) -> list[index.Derived]:
    base = {"seq": entry.seq, "superseded_by": entry.superseded_by}
    names = {fold(name): None for name in [document["name"], *(item["name"] for item in document["names"])]}
    return [
        bare(
            index.ActorIndex,
            key=entry.key,
            noun_id=entry.noun_id,
            name=document["name"],
            kind=document["kind"],
            country=document["country"] or "",
            part_of_id=document["part_of"]["id"] if document["part_of"] else None,
            **base,
        ),
        *(bare(index.NameIndex, actor_id=entry.noun_id, folded=name, **base) for name in names),
    ]


def _document_rows(entry: Entry, document: dict[str, Any]) -> list[index.Derived]:
    return [
        bare(
            index.DocumentIndex,
            seq=entry.seq,
            superseded_by=entry.superseded_by,
            key=entry.key,
            noun_id=entry.noun_id,
            title=document["title"],
        )
    ]
