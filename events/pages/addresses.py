"""What an address says, strictly decoded; its clean form; the addresses of links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.encoding import escape_uri_path

from events.exchange.addresses import Addresses, written
from events.querying.checks import WINDOW, Pairs
from events.querying.parameters import Parameter

# What advertisers and mailers hang on a link; it says nothing about the question.
TRACKING = re.compile("utm_.*|fbclid|gclid|mc_eid", re.DOTALL)


def parameters(request: HttpRequest) -> list[tuple[str, str]]:
    """The query as it was sent, in order. Bytes that aren't UTF-8 become lone surrogates, which no parameter takes."""
    text = _query(request).decode("utf-8", "surrogateescape")
    return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="surrogateescape")


def with_slash(request: HttpRequest) -> str:
    """The address that was asked for with a slash at the end of its path, its query as it was."""
    query = quote(_query(request), safe="!$%&'()*+,-./:;=?@_~")
    return f"{escape_uri_path(request.path)}/" + (f"?{query}" if query else "")


def _query(request: HttpRequest) -> bytes:
    """WSGI hands bytes over as Latin-1 text."""
    query: str = request.META.get("QUERY_STRING", "")
    return query.encode("latin-1")


def cleaned(pairs: Pairs, declared: Mapping[str, Parameter]) -> list[tuple[str, str]]:
    """The same question without what a form or a newsletter adds to it. What is unknown stays, to be refused."""
    windowed = any(name in WINDOW and text for name, text in pairs)
    clean: list[tuple[str, str]] = []
    places: dict[str, int] = {}
    for name, text in pairs:
        known = declared.get(name)
        if TRACKING.fullmatch(name) or (known and (not text or (name == "date_match" and not windowed))):
            continue
        if name in places and getattr(known and known.field, "many", False):
            clean[places[name]] = (name, f"{clean[places[name]][1]},{text}")
            continue
        places[name] = len(clean)
        clean.append((name, text))
    return clean


def address(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A path with a query; what reads well and does no harm stays readable."""
    query = urlencode(list(pairs), safe=",:/", encoding="utf-8", errors="surrogateescape")
    return f"{path}?{query}" if query else path


def pairs_of(echoed: Mapping[str, Any], *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The parameters of a question, as they are echoed, as they stand in an address."""
    return [(name, written(value)) for name, value in echoed.items() if name not in without]


def here() -> Addresses:
    """Addresses on this host."""
    return Addresses(get_script_prefix().rstrip("/"))


def absolute(request: HttpRequest) -> Addresses:
    """Whole addresses: under the configured base, else under the host that was asked."""
    configured: str = settings.DATELINE["base_url"]
    return Addresses(configured or f"{request.scheme}://{request.get_host()}{get_script_prefix().rstrip('/')}")


def short(event_id: str, kept: Pairs = ()) -> str:
    """The page of an event, met through its id alone."""
    return address(f"{here().base}/events/{event_id}/", kept)


def home() -> str:
    """The timeline."""
    return f"{here().base}/"


def filtered(name: str, value: str, kept: Pairs = ()) -> str:
    """The timeline of the events with one value of one filter, in the state that `kept` names."""
    return address(home(), [(name, value), *kept])
