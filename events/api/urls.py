"""The paths of `/api/v1/`."""

from __future__ import annotations

from django.urls import path, re_path

from events.api import views

app_name = "api"

urlpatterns = [
    path("", views.Root.as_view(), name="root"),
    path("events/", views.Events.as_view(), name="events"),
    path("events/<str:noun_id>/", views.Event.as_view(), name="event"),
    path("events/<str:noun_id>/history/", views.History.as_view(), name="history"),
    path("dates/", views.Dates.as_view(), name="dates"),
    path("actors/", views.Actors.as_view(), name="actors"),
    path("actors/<str:noun_id>/", views.Actor.as_view(), name="actor"),
    path("countries/", views.Countries.as_view(), name="countries"),
    path("countries/<str:noun_id>/", views.Country.as_view(), name="country"),
    path("types/", views.Types.as_view(), name="types"),
    path("types/<str:noun_id>/", views.Type.as_view(), name="type"),
    path("documents/", views.Documents.as_view(), name="documents"),
    path("documents/<str:noun_id>/", views.Document.as_view(), name="document"),
    re_path(r"", views.Nowhere.as_view(), name="nowhere"),
]
