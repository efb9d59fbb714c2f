"""The paths of the pages. An id is matched strictly: what can't be one never reaches the database."""

from __future__ import annotations

from django.urls import path, re_path

from events.pages import views

app_name = "pages"

ID = "(?P<event_id>[a-z0-9-]{3,32})"

urlpatterns = [
    path("", views.Timeline.as_view(), name="timeline"),
    re_path(rf"^events/{ID}/\Z", views.EventPage.as_view(), name="short"),
    re_path(rf"^events/{ID}/(?P<slug>[^/]+)/\Z", views.EventPage.as_view(), name="event"),
    re_path(rf"^events/{ID}(?:/[^/]+)?\Z", views.Slash.as_view(), name="slash"),
]
