"""Where each face is found."""

from __future__ import annotations

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("events.api.urls")),
]
if find_spec("events.pages") and find_spec("events.pages.urls"):
    urlpatterns.append(path("", include("events.pages.urls")))
