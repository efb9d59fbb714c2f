"""What all paths share: one snapshot, one question, the ETag before the work, the headers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, ClassVar

import django_filters
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.views import APIView

from events.api import problems
from events.api.requests import MEDIA_TYPES, addresses, content_type, local_path, parameters, wanted
from events.exchange import tables
from events.exchange.addresses import Addresses
from events.exchange.as_json import answer
from events.querying.checks import AS_OF
from events.querying.question import Question, ask
from events.querying.snapshot import snapshot
from events.querying.state import State

EXPOSED = ("ETag", "Link", "Content-Disposition", "Dateline-As-Of", "Dateline-Changes", "Dateline-Omitted")
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": ", ".join(EXPOSED)}
PREFLIGHT = {
    "Access-Control-Allow-Methods": problems.METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match, Content-Type",
    "Access-Control-Max-Age": "86400",
    "Allow": problems.METHODS,
}


# Bytes of a stream that are sent at once.
BLOCK = 1 << 18


@lru_cache
def software() -> str:
    """Dateline's version: another one may write the same answer in other words."""
    try:
        return version("dateline")
    except PackageNotFoundError:
        return "unpackaged"


class Ask:
    """One request under way: its question, the state that this is about, and where its addresses begin."""

    def __init__(self, request: HttpRequest, question: Question, form: str) -> None:
        self.request, self.question, self.format = request, question, form
        self.state: State = question.state
        self.addresses: Addresses = addresses(request)

    def etag(self, *state: Any) -> str:
        """Strong: what the answer is made of, the question, the format, the addresses and the software."""
        question = self.question
        parts = [local_path(self.request), question.parameters, question.shape("cursor"), question.text, self.format]
        text = repr([*state, *parts, self.addresses.base, software()])
        return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'

    def address(self, **more: str) -> str:
        """The question's canonical address: its parameters normalised, in the order of their declaration."""
        return self.addresses.question(local_path(self.request), self.question.parameters | more)

    def following(self, cursor: str | None) -> str | None:
        """The address of the next page."""
        return self.address(cursor=cursor) if cursor else None

    def permalink(self) -> str | None:
        """The address at which the same question will have the same answer; None where there can't be one."""
        if not self.question.citable:
            return None
        dated = self.question.with_defaults({AS_OF: self.state.seq})
        return self.addresses.question(local_path(self.request), dated.parameters)


class PublicView(APIView):
    """A path of the API. Subclasses say which parameters it takes, how it answers, and what the schema calls that."""

    path: ClassVar[type[django_filters.FilterSet]]
    formats: ClassVar[tuple[str, ...]] = ("json",)
    component: ClassVar[str]
    # Statuses that this path may answer with and others may not.
    outcomes: ClassVar[tuple[str, ...]] = ()
    http_method_names = ["get", "head", "options"]

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """Nobody sends a body or logs in here, so there is nothing to parse and nobody to ask for."""
        return Request(request)

    @property
    def default_response_headers(self) -> dict[str, str]:
        """`finalize_response` has those of all answers."""
        return {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """`wanted` chooses the format."""

    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        plain: HttpRequest = request._request
        pairs = parameters(plain)
        form = wanted(plain, dict(pairs).get("format"), self.formats)
        with ExitStack() as stack:
            newest = stack.enter_context(snapshot())
            question = ask(self.path, pairs, newest, now=timezone.now(), form=form or "json")
            if form is None:
                raise problems.NotAcceptable(self.formats)
            defaults = {} if form == "json" else {"format": form}
            question = question.with_defaults(self.defaults(form) | defaults)
            response = self.answer(Ask(plain, question, form), **kwargs)
            if isinstance(response, StreamingHttpResponse) and plain.method == "GET":
                response.streaming_content = _Inside(stack.pop_all(), iter(response))
            return response

    def defaults(self, form: str) -> dict[str, Any]:
        """The parameters that are applied in a format where none was sent."""
        return {}

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        raise NotImplementedError

    def options(  # type: ignore[override]  # the stubs of Django and of REST framework contradict each other here
        self, request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return problems.bare(204, PREFLIGHT)

    def get_exception_handler(self) -> Callable[[Exception, dict[str, Any]], HttpResponse]:
        return problems.handle

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        for name, value in CORS.items():
            response[name] = value
        patch_vary_headers(response, ["Accept"])
        return _without_body(response) if self.request.method == "HEAD" else response


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    """The answer to HEAD: the headers of GET; a stream isn't begun."""
    without = problems.bare(response.status_code, {})
    for name, value in response.headers.items():
        without.headers[name] = value
    if isinstance(response, HttpResponse):
        without.headers["Content-Length"] = str(len(response.content))
    return without


def fresh(ask: Ask, etag: str, write: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer with its ETag, or 304 without the work where the client has it already."""
    response = problems.bare(304, {}) if _has(ask.request, etag) else write()
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = problems.KEEP
    return response


def _has(request: HttpRequest, etag: str) -> bool:
    """Whether the client has this answer already (RFC 9110, section 13.1.2); other conditions are not looked at."""
    sent = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    return sent == ["*"] or etag in (tag.removeprefix("W/") for tag in sent)


def as_json(text: str) -> HttpResponse:
    return HttpResponse(text, content_type=MEDIA_TYPES["json"])


def paged(envelope: dict[str, Any], following: str | None, results: Iterable[str]) -> HttpResponse:
    """One page of a list, with the address of the next one, also as `Link`."""
    response = as_json(answer(envelope | {"next": following}, results))
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def streamed(ask: Ask, name: str, lines: Iterable[str], also: Mapping[str, str] | None = None) -> StreamingHttpResponse:
    """A file of its name, with what JSON says in its envelope in the headers."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Dateline-As-Of": str(ask.state.seq),
        "Dateline-Changes": ask.state.token,
        "Link": f'<{ask.address()}>; rel="canonical"',
        **(also or {}),
    }
    return StreamingHttpResponse(_blocks(lines), content_type=content_type(ask.format), headers=headers)


def _blocks(lines: Iterable[str]) -> Iterator[bytes]:
    """The same text in fewer pieces: each costs the server a call of the system.

    Each line is encoded by itself, which costs next to nothing where it is ASCII.
    """
    kept: list[bytes] = []
    size = 0
    for line in lines:
        encoded = line.encode()
        kept.append(encoded)
        size += len(encoded)
        if size >= BLOCK:
            yield b"".join(kept)
            kept, size = [], 0
    if kept:
        yield b"".join(kept)


def tabular(
    ask: Ask, collection: str, items: Iterable[str], also: Mapping[str, str] | None = None
) -> StreamingHttpResponse:
    """A collection other than events as a table."""
    lines = tables.WRITERS[ask.format](items, collection)
    return streamed(ask, f"{collection}-{ask.state.seq}.{ask.format}", lines, also)


class _Inside:
    """Streamed content, inside its snapshot until it is read or the client has gone, even before the first line."""

    def __init__(self, stack: ExitStack, content: Iterator[bytes]) -> None:
        self._stack, self._content = stack, content

    def __iter__(self) -> Iterator[bytes]:
        with self._stack:
            yield from self._content

    def close(self) -> None:
        self._stack.close()
