"""Atom out (RFC 4287): an entry an event, named for ever, updated when the event was revised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import loads
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from events.exchange import prose
from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.querying.events import Revision

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'


def rows(revisions: Iterable[Revision], addresses: Addresses, about: About) -> Iterator[str]:
    yield HEAD + _head(about)
    for revision in revisions:
        yield f"<entry>\n{_entry(revision, loads(revision.document), addresses)}</entry>\n"
    yield "</feed>\n"


def _head(about: About) -> str:
    return (
        # A feed is its question at its address; at another host it is another feed of the same entries.
        _tag("id", about.address)
        + _tag("title", about.title)
        + _tag("updated", about.changed_at)
        + f"<author>{_tag('name', about.dataset)}</author>\n"
        + _tag("link", rel="self", type="application/atom+xml", href=about.address)
        + _tag("generator", "Dateline")
    )


def _entry(revision: Revision, event: dict[str, Any], addresses: Addresses) -> str:
    source = prose.evidence(event)["document"]["url"]
    return (
        _tag("id", prose.urn(revision.noun_id))
        + _tag("title", event["title"])
        + _tag("published", revision.first_at)
        + _tag("updated", revision.at)
        + _tag("link", rel="alternate", type="text/html", href=addresses.page(revision.noun_id, event["slug"]))
        + (_tag("link", rel="via", href=source) if source else "")
        + _tag("category", term=event["type"])
        + _tag("content", prose.html(event), type="html")
    )


def _tag(name: str, text: str = "", **attributes: str) -> str:
    written = "".join(f" {key}={quoteattr(prose.plain(value))}" for key, value in attributes.items())
    return f"<{name}{written}>{escape(prose.plain(text))}</{name}>\n"
