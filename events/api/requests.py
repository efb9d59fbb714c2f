"""What a request says: its parameters, strictly decoded; the format it wants; where its addresses begin."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl, quote

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path

from events.exchange.addresses import Addresses
from events.exchange.formats import FORMATS

MEDIA_TYPES = {"json": "application/json"} | {name: form.media_type for name, form in FORMATS.items()}
# What a browser asks for before anything else: it gets JSON too.
PAGES = ("text/html", "application/xhtml+xml")


def content_type(form: str) -> str:
    """The media type of a format, with the charset where it is text."""
    media_type = MEDIA_TYPES[form]
    return media_type + ("; charset=utf-8" if media_type.startswith("text/") else "")


def parameters(request: HttpRequest) -> list[tuple[str, str]]:
    """The query as it was sent, in order. Bytes that aren't UTF-8 become lone surrogates, which no parameter takes."""
    text = _query(request).decode("utf-8", "surrogateescape")
    return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="surrogateescape")


def _query(request: HttpRequest) -> bytes:
    """WSGI hands bytes over as Latin-1 text."""
    query: str = request.META.get("QUERY_STRING", "")
    return query.encode("latin-1")


def with_slash(request: HttpRequest) -> str:
    """The address that was asked for, with a slash at the end of its path and its query as it was."""
    return with_query(request, f"{escape_uri_path(request.path)}/")


def with_query(request: HttpRequest, address: str) -> str:
    """An address with the query that was sent, as it was."""
    query = quote(_query(request), safe="!$%&'()*+,-./:;=?@_~")
    return address + (f"?{query}" if query else "")


def wanted(request: HttpRequest, asked: str | None, formats: tuple[str, ...]) -> str | None:
    """The format: the one asked for by name, else the one that `Accept` likes best; None where it likes none."""
    if asked in formats:
        return asked
    return _accepted(request.META.get("HTTP_ACCEPT", "*/*"), formats)


@lru_cache(maxsize=256)
def _accepted(header: str, formats: tuple[str, ...]) -> str | None:
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = _without_parameters(header)
    if not request.accepted_types:
        return formats[0]
    offered: dict[str, str] = {}
    for name in formats:
        # TimelineJS reads a JSON of its own, under the media type of all JSON.
        offered.setdefault(MEDIA_TYPES[name], name)
    offered |= dict.fromkeys(PAGES, formats[0])
    best = request.get_preferred_type(list(offered))
    return offered[best] if best else None


def _without_parameters(header: str) -> str:
    """Media types and how much each is liked: a charset or a profile chooses nothing here."""
    ranges = (part.split(";") for part in header.split(","))
    return ",".join(
        ";".join([media_type, *(more for more in parameters if more.strip().lower().startswith("q="))])
        for media_type, *parameters in ranges
    )


def addresses(request: HttpRequest) -> Addresses:
    """The base of addresses: the configured one, else the host that was asked, which ALLOWED_HOSTS has let in."""
    configured: str = settings.DATELINE["base_url"]
    here = f"{request.scheme}://{request.get_host()}{script(request)}"
    return Addresses((configured or here).rstrip("/"))


def local_path(request: HttpRequest) -> str:
    """The path below the base of addresses."""
    return request.path.removeprefix(script(request))


def script(request: HttpRequest) -> str:
    path: str = request.META.get("SCRIPT_NAME", "")
    return path.rstrip("/")
