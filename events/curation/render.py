"""From the working copy to public documents.

An event's document repeats what readers want in one piece: names, kinds and countries of actors, titles of documents
and related events. These come from the *public* pictures of those nouns, so that an unpublished edit of an actor
never slips out with an event. `bare_event` says what an event names; `refresh` puts in the pictures, when a working
copy is published and when the nouns of a public document have changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from events import dates
from events.curation.reading import values
from events.curation.whole import Whole
from events.models import ledger, working
from events.models.ledger import Entry
from events.models.reference import Country, Role
from events.models.sql import fetch

NO_DATE: dict[str, Any] = dict.fromkeys(
    ("edtf", "text", "anchor", "rule", "start_earliest", "start_latest", "end_earliest", "end_latest")
) | {"open_start": False, "open_end": False, "kind": None, "precision": None, "approximate": False, "uncertain": False}

# What may be merged.
MERGING: dict[str, type[working.Mergeable]] = {ledger.EVENT: working.Event, ledger.ACTOR: working.Actor}
ROLE_RANK = {role: rank for rank, role in enumerate(Role.values)}


class Pictures:
    """What the public sees of nouns: now, and as it will be after this deed. Nouns that aren't public have none."""

    def __init__(self) -> None:
        self._public: dict[tuple[str, str], dict[str, Any] | None] = {}
        self._coming: dict[tuple[str, str], dict[str, Any] | None] = {}
        self._countries: dict[str, str] | None = None
        self._survivors: dict[str, dict[str, str]] = {}

    def load(self, kind: str, ids: Iterable[str]) -> None:
        """Read many current documents at once; what is known already stays."""
        unknown = [noun_id for noun_id in ids if (kind, noun_id) not in self._public]
        self._public.update({(kind, noun_id): None for noun_id in unknown})
        public = f"kind = '{kind}' AND superseded_by IS NULL AND document IS NOT NULL"
        for noun_id, document in values(Entry, ("noun_id", "document"), "noun_id", unknown, public):
            self._public[kind, noun_id] = json.loads(document)

    def load_named(self, documents: Iterable[dict[str, Any]]) -> None:
        """Read at once what these event documents name."""
        for kind, ids in named(documents).items():
            self.load(kind, {self.survivor(kind, noun_id) for noun_id in ids})

    def survivor(self, kind: str, noun_id: str) -> str:
        """What a noun has become by merging, however many times; itself where it wasn't merged."""
        return self.survivors(kind).get(noun_id, noun_id)

    def survivors(self, kind: str) -> dict[str, str]:
        """All nouns of a kind that were merged, with what they have become in the end."""
        if kind not in self._survivors:
            into = merged(MERGING[kind]) if kind in MERGING else {}
            self._survivors[kind] = {noun_id: _end(into, noun_id) for noun_id in into}
        return self._survivors[kind]

    def set(self, kind: str, noun_id: str, document: dict[str, Any] | None) -> None:
        self._coming[kind, noun_id] = document

    def get(self, kind: str, noun_id: str) -> dict[str, Any] | None:
        """As it will be."""
        if (kind, noun_id) in self._coming:
            return self._coming[kind, noun_id]
        return self.public(kind, noun_id)

    def public(self, kind: str, noun_id: str) -> dict[str, Any] | None:
        """As it is."""
        if (kind, noun_id) not in self._public:
            self.load(kind, [noun_id])
        return self._public[kind, noun_id]

    def with_merged(self, kind: str, ids: Iterable[str]) -> list[str]:
        """These nouns and all that was merged into them: what was stated of those is shown of these."""
        wanted = set(ids)
        merged = (noun_id for noun_id, end in self.survivors(kind).items() if end in wanted)
        return sorted({*wanted, *merged})

    def country(self, code: str) -> str:
        if self._countries is None:
            self._countries = dict(fetch(f"SELECT code, name FROM {Country._meta.db_table}"))
        return self._countries[code]


def merged(model: type[working.Mergeable]) -> dict[str, str]:
    """What the merged nouns of a table were merged into."""
    # In no order: to have one, SQLite would read every noun there is.
    return dict(fetch(f"SELECT id, merged_into_id FROM {model._meta.db_table} WHERE merged_into_id IS NOT NULL"))


def _end(into: Mapping[str, str], noun_id: str) -> str:
    while noun_id in into:
        noun_id = into[noun_id]
    return noun_id


def named(documents: Iterable[dict[str, Any]]) -> dict[str, set[str]]:
    """The nouns that event documents name, by kind."""
    found: dict[str, set[str]] = {ledger.ACTOR: set(), ledger.DOCUMENT: set(), ledger.EVENT: set()}
    for document in documents:
        found[ledger.ACTOR].update(item["id"] for item in (*document["actors"], *document["claimed_by"]))
        found[ledger.DOCUMENT].update(item["document"]["id"] for item in document["evidence"])
        found[ledger.EVENT].update(item["id"] for item in document["relations"])
    return found


def document(row: working.Document) -> dict[str, Any]:
    """A source as the public sees it: metadata, length and hash, never the text."""
    return {
        "title": row.title,
        "publisher": row.publisher or None,
        "author": row.author or None,
        "url": row.url or None,
        "archived_url": row.archived_url or None,
        "published": row.published.isoformat() if row.published else None,
        "language": row.language or None,
        "license": row.license or None,
        "length": len(row.text),
        "sha256": row.text_sha256,
    }


def actor(row: working.Actor, pictures: Pictures) -> dict[str, Any]:
    names = sorted(row.names.all(), key=lambda name: (name.kind, name.name))
    return {
        "name": row.name,
        "kind": row.kind,
        "country": row.country_id,
        "description": row.description or None,
        "external_id": row.external_id or None,
        "part_of": _part_of(row.part_of_id, pictures),
        "names": [{"name": name.name, "kind": name.kind, "language": name.language or None} for name in names],
    }


def bare_event(whole: Whole) -> dict[str, Any]:
    """The document of an event from its working copy alone; `refresh` adds the pictures of what it names."""
    row = whole.event
    codes = {involved.country_id for involved in whole.countries} - {row.location_country_id}
    countries = [{"code": code, "relation": "involved"} for code in codes]
    if row.location_country_id:
        countries.append({"code": row.location_country_id, "relation": "location"})
    return {
        "slug": row.slug,
        "title": row.title,
        "summary": row.summary or None,
        "type": row.type_id,
        "date": _date(row),
        "location": {
            "country": row.location_country_id,
            "place": row.place or None,
            "lat": row.lat,
            "lon": row.lon,
        },
        "countries": countries,
        "actors": [{"id": part.actor_id, "role": part.role} for part in whole.participations],
        "claimed_by": [{"id": claim.actor_id} for claim in whole.claims],
        "evidence": [_evidence(item) for item in whole.evidence],
        "relations": [{"relation": item.relation, "id": item.target_id} for item in whole.relations],
    }


def refresh(document: dict[str, Any], pictures: Pictures) -> dict[str, Any]:
    """The same event document with the current pictures of what it names, in the documented order.

    What was merged is named by what it became. A relation to an event that isn't public is left out.
    """
    fresh = document = follow(document, pictures)
    fresh["countries"] = sorted(
        (
            {"code": item["code"], "name": pictures.country(item["code"]), "relation": item["relation"]}
            for item in document["countries"]
        ),
        key=lambda item: (item["relation"] != "location", item["name"]),
    )
    fresh["actors"] = sorted(
        (_participation(item, pictures) for item in document["actors"]),
        key=lambda item: (ROLE_RANK[item["role"]], item["name"], item["id"]),
    )
    fresh["claimed_by"] = sorted(
        (
            {"id": item["id"], "name": _picture(pictures, ledger.ACTOR, item["id"])["name"]}
            for item in document["claimed_by"]
        ),
        key=lambda item: (item["name"], item["id"]),
    )
    fresh["evidence"] = sorted(
        ({**item, "document": _source(item["document"]["id"], pictures)} for item in document["evidence"]),
        # A quotation that isn't found has no place; it is compared with what is public, never published.
        key=lambda item: (item["document"]["id"], item["start"] or 0, item["end"] or 0),
    )
    targets = ((item, pictures.get(ledger.EVENT, item["id"])) for item in document["relations"])
    fresh["relations"] = sorted(
        (
            {"relation": item["relation"], "id": item["id"], "title": target["title"]}
            for item, target in targets
            if target
        ),
        key=lambda item: (item["relation"], item["id"]),
    )
    return fresh


def follow(document: dict[str, Any], pictures: Pictures) -> dict[str, Any]:
    """The document with the survivors of what it names. Where it names both, what it says of the survivor stands."""
    fresh = dict(document)
    for name, kind in (("actors", ledger.ACTOR), ("claimed_by", ledger.ACTOR), ("relations", ledger.EVENT)):
        if not any(item["id"] in pictures.survivors(kind) for item in document[name]):
            continue
        items: dict[tuple[str, str], dict[str, Any]] = {}
        # What names a survivor directly comes first.
        for item in sorted(document[name], key=lambda item: item["id"] in pictures.survivors(kind)):
            survivor = pictures.survivor(kind, item["id"])
            items.setdefault((item.get("relation", ""), survivor), item | {"id": survivor})
        fresh[name] = list(items.values())
    return fresh


def refresh_actor(document: dict[str, Any], pictures: Pictures) -> dict[str, Any]:
    """The same actor document with the current name of the actor that it is part of."""
    part_of = document["part_of"]
    whole = pictures.survivor(ledger.ACTOR, part_of["id"]) if part_of else None
    return {**document, "part_of": _part_of(whole, pictures)}


def _picture(pictures: Pictures, kind: str, noun_id: str) -> dict[str, Any]:
    picture = pictures.get(kind, noun_id)
    if picture is None:
        raise LookupError(f"{kind} {noun_id} is named by a public document and has no public picture.")
    return picture


def _part_of(actor_id: str | None, pictures: Pictures) -> dict[str, str] | None:
    whole = pictures.get(ledger.ACTOR, actor_id) if actor_id else None
    return {"id": actor_id, "name": whole["name"]} if actor_id and whole else None


def _participation(item: dict[str, Any], pictures: Pictures) -> dict[str, Any]:
    picture = _picture(pictures, ledger.ACTOR, item["id"])
    return {
        "id": item["id"],
        "name": picture["name"],
        "role": item["role"],
        "kind": picture["kind"],
        "country": picture["country"],
    }


def _source(document_id: str, pictures: Pictures) -> dict[str, Any]:
    picture = _picture(pictures, ledger.DOCUMENT, document_id)
    return {"id": document_id} | {
        name: picture[name] for name in ("title", "publisher", "published", "url", "archived_url")
    }


def _evidence(item: working.Evidence) -> dict[str, Any]:
    return {
        "supports": item.supports,
        "quote": item.quote,
        "prefix": item.prefix,
        "suffix": item.suffix,
        "start": item.start,
        "end": item.end,
        "document": {"id": item.document_id},
    }


def _date(row: working.Event) -> dict[str, Any]:
    if not row.edtf:
        return NO_DATE | {"text": row.date_text or None}
    value = dates.parse(row.edtf)
    return {
        "edtf": value.edtf,
        "text": row.date_text,
        "anchor": row.date_anchor.isoformat() if row.date_anchor else None,
        "rule": row.date_rule,
        "start_earliest": value.start_earliest.isoformat(),
        "start_latest": value.start_latest.isoformat(),
        "end_earliest": value.end_earliest.isoformat(),
        "end_latest": value.end_latest.isoformat(),
        "open_start": value.open_start,
        "open_end": value.open_end,
        "kind": value.kind,
        "precision": value.precision,
        "approximate": value.approximate,
        "uncertain": value.uncertain,
    }
