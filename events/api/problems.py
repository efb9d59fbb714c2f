"""Every refusal as RFC 9457 `application/problem+json`: the one place that knows which HTTP status an error is."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework.exceptions import MethodNotAllowed

from events.api.requests import MEDIA_TYPES, addresses, with_query
from events.errors import DatelineError, Gone, InvalidQuestion, Merged, Problem, Unknown, UnknownPoint

MEDIA_TYPE = "application/problem+json"
# Ask each time: what isn't there may come, what was retracted may be reinstated.
KEEP = "public, no-cache"
METHODS = "GET, HEAD, OPTIONS"
# Read by people who wonder what a status means; the sentence that helps is `detail`.
TITLES = {
    400: "The question can't be answered as it stands",
    404: "There is nothing here",
    405: "The API is read-only",
    406: "No such format",
    410: "It is gone",
    500: "Dateline failed",
    503: "The database is busy",
}
log = logging.getLogger(__name__)


class NotAcceptable(Exception):
    """None of the media types that the client accepts is there; `formats` are the names of those that are."""

    def __init__(self, formats: tuple[str, ...]) -> None:
        self.formats = formats


def problem(
    status: int,
    detail: str,
    problems: tuple[Problem, ...] = (),
    *,
    also: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer to what is refused; `also` are members of this status alone."""
    content = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
        **(also or {}),
        "errors": [vars(item) for item in problems],
    }
    text = json.dumps(content, ensure_ascii=False)
    kept = {"Cache-Control": KEEP, **(headers or {})}
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE, headers=kept)


class Bare(HttpResponse):
    """An answer without a body, to which nobody adds that its length is 0: to HEAD and in a 304 a length would be that
    of the whole answer, and a 204 has none (RFC 9110, section 8.6)."""

    def has_header(self, header: str) -> bool:
        return header.lower() == "content-length" or super().has_header(header)


def bare(status: int, headers: Mapping[str, str]) -> HttpResponse:
    """An answer without a body, and so without a media type."""
    response = Bare(status=status, headers=headers)
    del response.headers["Content-Type"]
    return response


def _moved(request: HttpRequest, merged: Merged) -> HttpResponse:
    """To what it became, with the same query. Not to be kept for ever: a merge can be undone."""
    address = with_query(request, addresses(request).thing(merged.kind, merged.into))
    return bare(308, {"Location": address, "Cache-Control": KEEP, "Content-Length": "0"})


def handle(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """REST framework's exception handler."""
    match error:
        case Merged():
            return _moved(context["request"]._request, error)
        case DatelineError():
            found = _refusal(error)
        case _:
            found = _failure(error)
    if found is not None:
        return found
    log.error("Unexpected error", exc_info=error)
    got_request_exception.send(sender=None, request=context["request"])
    return problem(500, "This is our fault, and it was logged. Nothing was changed.")


def _refusal(error: DatelineError) -> HttpResponse | None:
    match error:
        case UnknownPoint():
            return problem(410, str(error), error.problems)
        case InvalidQuestion():
            return problem(400, str(error), error.problems)
        case Unknown():
            return problem(404, str(error))
        case Gone():
            return problem(410, str(error), also={"at": error.at, "why": error.why})
    return None


def _failure(error: Exception) -> HttpResponse | None:
    """What the framework or the database refuses."""
    match error:
        case SuspiciousOperation():
            return problem(400, "The request is malformed.")
        case Http404():
            return problem(404, "There is nothing at this address; /api/v1/ lists what there is.")
        case MethodNotAllowed():
            return problem(405, f"Use one of {METHODS}.", headers={"Allow": METHODS})
        case NotAcceptable():
            known = ", ".join(dict.fromkeys(MEDIA_TYPES[name] for name in error.formats))
            return problem(406, f"There is no such format here; ask for {known}, or say format=json.")
        case OperationalError() | InterfaceError():
            log.warning("The database didn't answer: %s", error)
            return problem(503, "Try again in a moment.", headers={"Retry-After": "1"})
    return None
