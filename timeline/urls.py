"""Where each face is found, and what answers where something goes wrong."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from events.api.views import Nowhere

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("events.api.urls")),
    # What lacks the last slash below it is mended there; this one is above.
    path("api/v1", Nowhere.as_view()),
    path("", include("events.pages.urls")),
]

handler400 = "timeline.errors.bad_request"
handler404 = "timeline.errors.not_found"
handler500 = "timeline.errors.failed"
