"""JSON out: stored documents are spliced into the answer, not parsed, unless the question asks for some fields only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from events.exchange.addresses import Addresses
from events.models.ledger import EVENT
from events.querying.changes import Change
from events.querying.events import Revision
from events.querying.facets import Thing
from events.querying.question import Question


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


SLUG = '{"slug":"'


def slug(document: str) -> str:
    """The slug of an event's stored document, whose first key it is; it has no sign that JSON escapes."""
    return document[len(SLUG) : document.index('"', len(SLUG))]


def one(row: Revision, addresses: Addresses, *, events: int | None = None) -> str:
    """A noun as one object: what the answer knows around what is stored."""
    kind, noun_id, seq, revision, first_at, at, document, match = row
    # Written out: ids, slugs and instants have no sign that JSON writes otherwise, and no address that we allow has.
    page = f'"url":"{addresses.page(noun_id, slug(document))}",' if kind == EVENT else ""
    in_window = f'"in_window":"{match}",' if match else ""
    number = "" if events is None else f'"events":{events},'
    return (
        f'{{"id":"{noun_id}",{page}"api_url":"{addresses.thing(kind, noun_id)}",{in_window}{number}'
        f'{document[1:-1]},"revision":{revision},"seq":{seq},"published_at":"{first_at}","updated_at":"{at}"}}'
    )


def several(rows: Iterable[Revision], addresses: Addresses, question: Question) -> Iterator[str]:
    """Nouns as objects with the fields that the question asks for."""
    texts = (one(row, addresses) for row in rows)
    return (chosen(text, question) for text in texts) if question.keeps_some else texts


def thing(row: Thing, addresses: Addresses) -> str:
    """One thing of a facet, with how many events it has."""
    if row.revision:
        return one(row.revision, addresses, events=row.events)
    head = {"code": row.id, "api_url": addresses.thing(row.kind, row.id), "events": row.events}
    return dumps(head | dict(row.columns))


def change(row: Change, addresses: Addresses) -> str:
    """One change of the ledger; `data` is the noun as its own address shows it, null in a tombstone."""
    head = {"seq": row.seq, "kind": row.kind, "deed": row.deed, "id": row.noun_id, "at": row.at, "why": row.why}
    data = one(row.revision, addresses) if row.revision else "null"
    return f'{dumps(head)[:-1]},"data":{data},"merged_into":{dumps(row.merged_into)}}}'


def chosen(text: str, question: Question) -> str:
    """Only the fields that the question asks for."""
    if not question.keeps_some:
        return text
    keep, drop = question.shape("fields"), question.shape("omit")
    item = json.loads(text)
    return dumps({name: value for name, value in item.items() if (name in keep if keep else name not in drop)})


def answer(envelope: dict[str, Any], results: Iterable[str]) -> str:
    """The envelope with its results, which are JSON already."""
    return f'{dumps(envelope)[:-1]},"results":[{",".join(results)}]}}'
