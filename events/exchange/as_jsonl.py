"""JSON Lines out: one event a line, the same object as in the results of JSON; or one of its dyads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import loads
from typing import Any

from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.exchange.as_json import chosen, dumps, one, several
from events.exchange.dyads import dyads
from events.querying.events import Revision


def rows(revisions: Iterable[Revision], addresses: Addresses, about: About) -> Iterator[str]:
    if about.question.shape("rows") == "dyad":
        for text in (one(revision, addresses) for revision in revisions):
            yield from _dyads(loads(text), loads(chosen(text, about.question)))
        return
    for text in several(revisions, addresses, about.question):
        yield f"{text}\n"


def _dyads(event: dict[str, Any], shown: dict[str, Any]) -> Iterator[str]:
    """What is shown of the event, with an `initiator` and a `target` in place of its `actors`.

    The pair is what makes it a row of its own, so it stands whatever `fields` and `omit` say.
    """
    shown.pop("actors", None)
    for initiator, target in dyads(event):
        yield dumps(shown | {"initiator": initiator, "target": target}) + "\n"
