"""JSON Lines out: one event a line, the same object as in the results of JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.exchange.as_json import chosen, one
from events.querying.events import Revision


def rows(revisions: Iterable[Revision], addresses: Addresses, about: About) -> Iterator[str]:
    for revision in revisions:
        yield chosen(one(revision, addresses), about.question) + "\n"
