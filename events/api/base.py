"""What all paths share: one snapshot, one question, the ETag before the work, the headers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, ClassVar

import django_filters
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework.request import Request
from rest_framework.views import APIView

from events.api import problems
from events.api.requests import MEDIA_TYPES, Negotiation, addresses, parameters, wanted
from events.exchange.addresses import Addresses
from events.querying.question import Question, ask
from events.querying.snapshot import Snapshot, snapshot

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Content-Disposition, Dateline-As-Of, Dateline-Changes",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, Content-Type",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}


@lru_cache
def software() -> str:
    """Dateline's version: another one may write the same answer in other words."""
    try:
        return version("dateline")
    except PackageNotFoundError:
        return "unpackaged"


class Ask:
    """One request under way: its snapshot, its question, and where its addresses begin."""

    def __init__(self, request: HttpRequest, at: Snapshot, question: Question, form: str) -> None:
        self.request, self.at, self.question, self.format = request, at, question, form
        self.addresses: Addresses = addresses(request)

    def etag(self, newest: int) -> str:
        """Strong: the state, the question, the format, the addresses and the software that wrote it."""
        parts = [newest, self.request.path, self.question.parameters, self.question.shape("cursor"), self.format]
        text = json.dumps([*parts, self.addresses.base, software()], sort_keys=True)
        return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


class PublicView(APIView):
    """A path of the API. Subclasses say which parameters it takes and how it answers."""

    path: ClassVar[type[django_filters.FilterSet]]
    formats: ClassVar[tuple[str, ...]] = ("json",)
    content_negotiation_class = Negotiation
    http_method_names = ["get", "head", "options"]  # Django's declaration isn't a ClassVar

    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        with ExitStack() as stack:
            at = stack.enter_context(snapshot())
            question = ask(self.path, parameters(request._request))
            form = wanted(request._request, question.shape("format"), self.formats)
            question = question.with_defaults(self.defaults(form))
            response = self.answer(Ask(request._request, at, question, form), **kwargs)
            if isinstance(response, StreamingHttpResponse) and request.method == "GET":
                response.streaming_content = _inside(stack.pop_all(), iter(response))
            return response

    def defaults(self, form: str) -> dict[str, Any]:
        """The parameters that are applied in a format where none was sent."""
        return {}

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        raise NotImplementedError

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(status=204, headers=PREFLIGHT)

    def get_exception_handler(self) -> Callable[[Exception, dict[str, Any]], HttpResponse]:
        return problems.handle

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        for name, value in CORS.items():
            response[name] = value
        patch_vary_headers(response, ["Accept"])
        if request.method == "HEAD" and not response.streaming:
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response


def fresh(ask: Ask, etag: str, write: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer with its ETag, or 304 without the work where the client has it already."""
    unchanged = get_conditional_response(ask.request, etag=etag)
    response = unchanged if unchanged is not None else write()
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    return response


def as_json(text: str) -> HttpResponse:
    return HttpResponse(text, content_type=MEDIA_TYPES["json"])


def _inside(stack: ExitStack, content: Iterator[Any]) -> Iterator[Any]:
    """Streamed content, inside its snapshot to the end."""
    with stack:
        yield from content
