"""What all pages share: the clean address, one snapshot, refusals as pages, the headers."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.decorators import method_decorator
from django.utils.encoding import escape_uri_path
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from events.errors import DatelineError
from events.pages import errors
from events.pages.addresses import address, cleaned, parameters
from events.pages.rendering import POLICY
from events.querying.checks import Pairs, declared
from events.querying.snapshot import snapshot
from events.querying.state import State


# Nothing is written here: what isn't a question is told so, and not that it lacks a token.
@method_decorator(csrf_exempt, name="dispatch")
class Page(View):
    """A page of the public. Subclasses say which parameters it takes and how it answers."""

    path: ClassVar[type[django_filters.FilterSet]]
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        sent = parameters(request)
        pairs = cleaned(sent, declared(self.path))
        if pairs != sent:
            return moved(303, address(escape_uri_path(request.path), pairs))
        try:
            with snapshot() as newest:
                response = self.answer(request, pairs, newest, **kwargs)
        except (DatelineError, OperationalError) as error:
            return errors.refusal(error, kwargs.get("event_id", ""))
        return fresh(request, response)

    def answer(self, request: HttpRequest, pairs: Pairs, newest: State, **kwargs: str) -> HttpResponse:
        raise NotImplementedError

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return errors.wrong_method()


def fresh(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The page with its ETag, or 304. The tag is of the content: templates and reference data change it too."""
    if response.status_code != 200:
        return response
    set_response_etag(response)
    response["Cache-Control"] = "public, no-cache"
    answer = get_conditional_response(request, response["ETag"], None, response) or response
    # The headers of a 304 replace those of the page that the browser has kept.
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def moved(status: int, location: str) -> HttpResponse:
    """Somewhere else, for now: what was merged or renamed can be so again, so no redirect is kept for ever."""
    return HttpResponse(status=status, headers={"Location": location, "Cache-Control": "public, no-cache"})
