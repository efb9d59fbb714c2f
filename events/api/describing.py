"""The description of the API for machines, and the page to try it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django_filters import FilterSet

from events.api import schema
from events.api.base import Ask, PublicView, as_json, fresh
from events.exchange.as_json import dumps
from events.querying import filters


class Schema(PublicView):
    """This description: OpenAPI 3.1."""

    path, component = filters.Nothing, "Schema"
    # What is described; `urls` gives it.
    paths: schema.Paths = {}

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        known, server = settings.DATELINE, ask.addresses.api.rstrip("/")
        found = schema.document(self.paths, title=known["name"], description=known["description"], server=server)
        text = dumps(found)
        return fresh(ask, ask.etag(text), lambda: as_json(text))


class Docs(PublicView):
    """A page to try the API on; it takes no parameters."""

    path = FilterSet

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        return HttpResponse(render_to_string("api/docs.html", {"name": settings.DATELINE["name"]}))
