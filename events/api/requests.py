"""What a request says: its parameters, strictly decoded; the format it wants; the base of addresses in the answer."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.utils.mediatypes import order_by_precedence

from events.exchange.addresses import Addresses

MEDIA_TYPES = {"json": "application/json", "csv": "text/csv"}
# What browsers and tools send that have no wish of their own: they get JSON.
ANYTHING = {"*/*", "application/*", "text/*", "text/html", "application/xhtml+xml"}


class NotAcceptable(Exception):
    """None of the media types that the client accepts is there."""


def parameters(request: HttpRequest) -> list[tuple[str, str]]:
    """The query as it was sent, in order. Bytes that aren't UTF-8 become lone surrogates, which no parameter takes."""
    query = request.META.get("QUERY_STRING", "")
    return parse_qsl(query, keep_blank_values=True, encoding="utf-8", errors="surrogateescape")


def wanted(request: HttpRequest, asked: str | None, formats: tuple[str, ...]) -> str:
    """The format: the one asked for by name, else the first that `Accept` names. Raises NotAcceptable."""
    if asked:
        return asked
    accepted = [item.strip() for item in request.headers.get("Accept", "*/*").split(",") if item.strip()]
    by_type = {MEDIA_TYPES[name]: name for name in formats}
    for group in order_by_precedence(accepted):
        for item in group:
            media_type = item.split(";")[0].strip().lower()
            if media_type in by_type:
                return by_type[media_type]
            if media_type in ANYTHING:
                return formats[0]
    raise NotAcceptable


def addresses(request: HttpRequest) -> Addresses:
    """The base of addresses: the configured one, else the host that was asked, which ALLOWED_HOSTS has let in."""
    configured: str = settings.DATELINE["base_url"]
    here = f"{request.scheme}://{request.get_host()}{request.META.get('SCRIPT_NAME', '').rstrip('/')}"
    return Addresses((configured or here).rstrip("/"))


class Negotiation(BaseContentNegotiation):
    """Leaves the choice of format to `wanted`, which knows the question."""

    def select_parser(self, request: Request, parsers: list[BaseParser]) -> BaseParser:
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type or ""
