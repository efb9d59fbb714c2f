"""The paths of `/api/v1/`."""

from __future__ import annotations

from typing import Any

from django.urls import path, re_path

from events.api import describing, ledger, views
from events.api.schema import Paths

app_name = "api"

LISTS: Paths = {
    "events/": views.Events,
    "dates/": views.Dates,
    "actors/": views.Actors,
    "countries/": views.Countries,
    "types/": views.Types,
    "documents/": views.Documents,
}
PATHS: Paths = {
    "": views.Root,
    **LISTS,
    "events/<str:id>/": views.Event,
    "events/<str:id>/history/": ledger.EventHistory,
    "actors/<str:id>/": views.Actor,
    "actors/<str:id>/history/": ledger.ActorHistory,
    "countries/<str:code>/": views.Country,
    "types/<str:code>/": views.Type,
    "documents/<str:id>/": views.Document,
    "documents/<str:id>/history/": ledger.DocumentHistory,
    "changes/": ledger.Changes,
    "schema/": describing.Schema,
}
LINKS = (*(route.strip("/") for route in LISTS), "changes", "schema", "docs")
GIVEN: dict[str, dict[str, Any]] = {"": {"links": LINKS}, "schema/": {"paths": PATHS}}

urlpatterns = [
    *(path(route, view.as_view(**GIVEN.get(route, {})), name=view.__name__.lower()) for route, view in PATHS.items()),
    path("docs/", describing.Docs.as_view(), name="docs"),
    re_path("", views.Nowhere.as_view(), name="nowhere"),
]
