"""JSON-LD out: schema.org Events in one graph, with a context that needs no network.

Every date is an EDTF literal (`dcterms:date`); `startDate` and `endDate` stand only where the day is certain. An actor
is in `about` with a schema.org Role, since schema.org has no word for those who act in politics. Who claims an event is
the author of a Claim about it, so that no reader takes it for a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import loads
from typing import Any

from events.exchange import prose
from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.exchange.as_json import dumps
from events.exchange.listing import listing
from events.models.ledger import ACTOR, DOCUMENT, EVENT
from events.models.reference import ActorKind
from events.querying.events import Revision

CONTEXT = {
    "@vocab": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    # The Library of Congress names the datatype.
    "date": {"@id": "dcterms:date", "@type": "http://id.loc.gov/datatypes/edtf/EDTF"},
    "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
    "modified": {"@id": "dcterms:modified", "@type": "xsd:dateTime"},
    "relation": {"@id": "dcterms:relation", "@type": "@id"},
    **{name: {"@type": "xsd:date"} for name in ("startDate", "endDate", "datePublished")},
    **{name: {"@type": "@id"} for name in ("url", "archivedAt")},
}
KINDS = {
    ActorKind.PERSON: "Person",
    ActorKind.GOVERNMENT: "GovernmentOrganization",
    ActorKind.PARTY: "PoliticalParty",
    ActorKind.OTHER: "Thing",
}


def rows(revisions: Iterable[Revision], addresses: Addresses, about: About) -> Iterator[str]:
    nodes = (dumps(_event(revision, loads(revision.document), addresses)) for revision in revisions)
    return listing(f'{{"@context":{dumps(CONTEXT)},"@graph":', _after(_dataset(about), nodes), "}")


def _after(first: str, others: Iterable[str]) -> Iterator[str]:
    yield first
    yield from others


def _dataset(about: About) -> str:
    return dumps(
        {
            "@id": about.address,
            "@type": "Dataset",
            "name": about.dataset,
            "description": about.question.text,
            "version": str(about.as_of),
            "modified": about.changed_at,
        }
    )


def _event(revision: Revision, event: dict[str, Any], addresses: Addresses) -> dict[str, Any]:
    return _known(
        {
            "@id": addresses.thing(EVENT, revision.noun_id),
            "@type": "Event",
            "identifier": revision.noun_id,
            "url": addresses.page(revision.noun_id, event["slug"]),
            "name": event["title"],
            "description": event["summary"],
            "keywords": event["type"],
            "date": event["date"]["edtf"],
            **_days(event["date"]),
            "location": _place(event),
            "about": [*(_role(actor, addresses) for actor in event["actors"]), *_countries(event)],
            "subjectOf": [*_claims(event, addresses), *(_quotation(item, addresses) for item in event["evidence"])],
            "relation": [addresses.thing(EVENT, item["id"]) for item in event["relations"]],
            "created": revision.first_at,
            "modified": revision.at,
        }
    )


def _known(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value not in (None, [])}


def _days(when: dict[str, Any]) -> dict[str, str]:
    """The days that are certain."""
    if when["uncertain"] or when["approximate"]:
        return {}
    sides = {"startDate": ("start_earliest", "start_latest"), "endDate": ("end_earliest", "end_latest")}
    return {
        name: when[first]
        for name, (first, last) in sides.items()
        # An open end has the last day of all for both.
        if when[first] == when[last] and not when["open_start" if name == "startDate" else "open_end"]
    }


def _place(event: dict[str, Any]) -> dict[str, Any] | None:
    location = event["location"]
    geo = {"@type": "GeoCoordinates", "latitude": location["lat"], "longitude": location["lon"]}
    address = {"@type": "PostalAddress", "addressCountry": location["country"]}
    place = _known(
        {
            "name": prose.place(event) or None,
            "address": address if location["country"] else None,
            "geo": None if location["lat"] is None else geo,
        }
    )
    return {"@type": "Place", **place} if place else None


def _actor(item: dict[str, Any], addresses: Addresses) -> dict[str, Any]:
    return {"@id": addresses.thing(ACTOR, item["id"]), "name": item["name"]}


def _role(item: dict[str, Any], addresses: Addresses) -> dict[str, Any]:
    kind = KINDS.get(item["kind"], "Organization")
    return {"@type": "Role", "roleName": item["role"], "about": {**_actor(item, addresses), "@type": kind}}


def _countries(event: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"@type": "Country", "identifier": item["code"], "name": item["name"]} for item in event["countries"]]


def _claims(event: dict[str, Any], addresses: Addresses) -> list[dict[str, Any]]:
    authors = [_actor(item, addresses) for item in event["claimed_by"]]
    return [{"@type": "Claim", "text": event["title"], "author": authors}] if authors else []


def _quotation(item: dict[str, Any], addresses: Addresses) -> dict[str, Any]:
    document = item["document"]
    publisher = {"@type": "Organization", "name": document["publisher"]} if document["publisher"] else None
    work = {
        "@id": addresses.thing(DOCUMENT, document["id"]),
        "@type": "CreativeWork",
        "name": document["title"],
        "publisher": publisher,
        "datePublished": document["published"],
        "url": document["url"],
        "archivedAt": document["archived_url"],
    }
    return {"@type": "Quotation", "text": item["quote"], "isPartOf": _known(work)}
