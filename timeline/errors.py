"""Which face says that something went wrong: below `/api/` problem+json, elsewhere a page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse

from events.api import problems
from events.pages import errors


def _api(request: HttpRequest) -> bool:
    return request.path_info == "/api" or request.path_info.startswith("/api/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not _api(request):
        return errors.bad_request()
    host = isinstance(exception, DisallowedHost)
    return problems.problem(400, "This host isn't served here." if host else "The request is malformed.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problems.handle(Http404(), {"request": request}) if _api(request) else errors.not_found()


def failed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    detail = "This is our fault, and it was logged. Nothing was changed."
    return problems.problem(500, detail) if _api(request) else errors.failed()
