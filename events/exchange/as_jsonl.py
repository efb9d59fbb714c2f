"""JSON Lines out: one event a line, the same object as in the results of JSON; or one of its dyads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import loads
from typing import Any

from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.exchange.as_json import chosen, dumps, one
from events.exchange.dyads import dyads
from events.querying.events import Revision


def rows(revisions: Iterable[Revision], addresses: Addresses, about: About) -> Iterator[str]:
    by_dyad = about.question.shape("rows") == "dyad"
    for revision in revisions:
        text = one(revision, addresses)
        if by_dyad:
            yield from _dyads(loads(text), loads(chosen(text, about.question)))
        else:
            yield chosen(text, about.question) + "\n"


def _dyads(event: dict[str, Any], shown: dict[str, Any]) -> Iterator[str]:
    """What is shown of the event, with an `initiator` and a `target` in place of its `actors`."""
    shown.pop("actors", None)
    for initiator, target in dyads(event):
        yield dumps(shown | {"initiator": initiator, "target": target}) + "\n"
