"""An example of each answer for the description, written by what writes answers, so that the two can't differ.

All of them are about one event of an imagined dataset.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any

from events.api import problems
from events.errors import Problem
from events.exchange import tables
from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.exchange.as_json import change, dumps, one, thing
from events.exchange.formats import FORMATS
from events.models.ledger import ACTOR, DOCUMENT, EVENT, MERGED, PUBLISHED
from events.querying import filters
from events.querying.changes import Change
from events.querying.events import Revision
from events.querying.facets import Thing
from events.querying.question import Question
from events.querying.state import State

ADDRESSES = Addresses("https://dateline.example")
TIMES = ("2019-11-05T09:00:00.000000Z", "2019-11-05T09:00:00.000000Z")
STATE = State(41, "9f86d081884c7d65", datetime(2019, 11, 5, 9, tzinfo=UTC), "2c26b46b68ffc68ff99b453c1d304134")
SOURCE = {
    "title": "The week in Taipei",
    "publisher": "The Gazette",
    "published": "2019-11-04",
    "url": "https://gazette.example/taipei",
    "archived_url": None,
}
PARTY = {"name": "City of Prague", "kind": "government", "country": "CZ"}
CZECHIA = {"code": "CZ", "name": "Czechia", "relation": "location"}
EVENT_DOCUMENT = {
    "slug": "prague-ends-a-partnership",
    "title": "Prague ends a partnership",
    "summary": "The city council voted to leave the agreement.",
    "type": "REJECT",
    "date": {
        "edtf": "2019-10-07",
        "text": "on October 7",
        "anchor": "2019-11-04",
        "rule": "year-omitted",
        **dict.fromkeys(("start_earliest", "start_latest", "end_earliest", "end_latest"), "2019-10-07"),
        "open_start": False,
        "open_end": False,
        "kind": "moment",
        "precision": "day",
        "approximate": False,
        "uncertain": False,
    },
    "location": {"country": "CZ", "place": "Prague", "lat": 50.0875, "lon": 14.4214},
    "countries": [CZECHIA],
    "actors": [{"id": "9xk4wz7tqd", "name": PARTY["name"], "role": "initiator", "kind": "government", "country": "CZ"}],
    "claimed_by": [],
    "evidence": [
        {
            "supports": ["title", "date"],
            "quote": "on October 7, Prague ended the partnership",
            "prefix": "After a long debate, ",
            "suffix": ".",
            "start": 120,
            "end": 162,
            "document": {"id": "6b55js4bv5"} | SOURCE,
        }
    ],
    "relations": [],
}
ACTOR_DOCUMENT = {
    **PARTY,
    "description": None,
    "external_id": None,
    "part_of": None,
    "names": [{"name": "Praha", "kind": "alias", "language": "cs"}],
}
SOURCE_DOCUMENT = {
    **{name: SOURCE[name] for name in ("title", "publisher")},
    "author": None,
    **{name: SOURCE[name] for name in ("url", "archived_url", "published")},
    "language": "en",
    "license": None,
    "length": 3120,
    "sha256": "a" * 64,
}


def _revision(kind: str, noun_id: str, seq: int, document: dict[str, Any]) -> Revision:
    return Revision(kind, noun_id, seq, 1, *TIMES, dumps(document))


EVENT_REVISION = _revision(EVENT, "4kq7m2xwzd", 41, EVENT_DOCUMENT)
THINGS = {
    "Actor": Thing(ACTOR, "9xk4wz7tqd", 1, _revision(ACTOR, "9xk4wz7tqd", 40, ACTOR_DOCUMENT)),
    "Document": Thing(DOCUMENT, "6b55js4bv5", 1, _revision(DOCUMENT, "6b55js4bv5", 39, SOURCE_DOCUMENT)),
    "Country": Thing("country", "CZ", 1, columns={"alpha3": "CZE", "name": "Czechia"}),
    "Type": Thing("type", "REJECT", 1, columns={"name": "rejections", "definition": "Refuses a request."}),
}
CHANGES = (
    Change(40, EVENT, EVENT_REVISION.noun_id, 1, PUBLISHED, TIMES[1], "", None, EVENT_REVISION),
    Change(41, EVENT, "7hq2m9xkzt", 2, MERGED, TIMES[1], "They are one.", EVENT_REVISION.noun_id, None),
)
BUCKET = {"edtf": "2019", "start": "2019-01-01", "end": "2019-12-31", "possible": 1, "certain": 1}
COLLECTION = {"Actor": "actors", "Document": "documents", "Country": "countries", "Type": "types"}


@cache
def answers() -> dict[str, Any]:
    """By the name of the component."""
    event = json.loads(one(EVENT_REVISION, ADDRESSES))
    nouns = {"Event": event} | {name: json.loads(thing(item, ADDRESSES)) for name, item in THINGS.items()}
    paths = {"Event": "events"} | COLLECTION
    pages = {f"{name}Page": _page(paths[name], noun) for name, noun in nouns.items()}
    published, merged = (json.loads(change(row, ADDRESSES)) for row in CHANGES)
    return {
        **nouns,
        **pages,
        "Buckets": {**_echo("dates"), "undated": 0, "results": [BUCKET]},
        "Changes": {"token": STATE.token, "next": None, "results": [published, merged]},
        "History": {"next": None, "results": [published]},
        "Dataset": _dataset(),
    }


def _echo(path: str) -> dict[str, Any]:
    address = f"{ADDRESSES.api}{path}/"
    echo: dict[str, Any] = {
        "text": "events",
        "url": address,
        "permalink": f"{address}?as_of={STATE.seq}",
        "window": None,
        "parameters": {},
    }
    return {"query": echo, "as_of": STATE.seq}


def _page(path: str, item: dict[str, Any]) -> dict[str, Any]:
    return {**_echo(path), "total": None, "next": None, "results": [item]}


def _dataset() -> dict[str, Any]:
    return {
        "name": "Dateline",
        "description": "Events of a digest.",
        "license": "CC BY 4.0",
        "attribution": "Dateline",
        "contact": "",
        "counts": {"events": 1, "undated": 0, "actors": 1, "countries": 1, "types": 1, "documents": 1},
        "first_day": "2019-10-07",
        "last_day": "2019-10-07",
        "as_of": STATE.seq,
        "head": {"seq": STATE.seq, "hash": STATE.chain_sha256},
        "updated_at": TIMES[1],
        "changes_token": STATE.token,
        "links": {"events": f"{ADDRESSES.api}events/"},
    }


@cache
def files(component: str) -> dict[str, str]:
    """The same events, things or buckets in each format but JSON."""
    if component == "EventPage":
        question = Question(filters.EventList, {}, {}, {}, (), None, None, None, "events", STATE)
        about = About("Dateline", question, f"{ADDRESSES.api}events/")
        return {name: "".join(form.rows([EVENT_REVISION], ADDRESSES, about)) for name, form in FORMATS.items()}
    if component == "Buckets":
        return {name: "".join(write([dumps(BUCKET)], "dates")) for name, write in tables.WRITERS.items()}
    if component == "Changes":
        items = [change(row, ADDRESSES) for row in CHANGES]
        return {name: "".join(write(items, "changes")) for name, write in tables.WRITERS.items()}
    noun = component.removesuffix("Page")
    item = thing(THINGS[noun], ADDRESSES)
    return {name: "".join(write([item], COLLECTION[noun])) for name, write in tables.WRITERS.items()}


@cache
def refusals() -> dict[str, Any]:
    """By status."""
    unknown = Problem(
        *("contry", "China", "unknown_parameter"),
        *("There is no parameter 'contry'. Did you mean country=CN?", "country=CN"),
    )
    gone = {"at": "2019-11-06T09:00:00.000000Z", "why": "It was another city."}
    made = {
        "400": problems.problem(400, unknown.detail, (unknown,)),
        "404": problems.problem(404, "There is no event with the id “4kq7m2xwzd”."),
        "405": problems.problem(405, f"Use one of {problems.METHODS}."),
        "406": problems.problem(406, "There is no such format here; ask for application/json, or say format=json."),
        "410": problems.problem(410, "This was retracted on 2019-11-06: It was another city.", also=gone),
        "503": problems.problem(503, "Try again in a moment."),
    }
    return {status: json.loads(response.content) for status, response in made.items()}
