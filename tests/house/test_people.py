"""Sessions, log-ins and tokens of forms: the admin has them, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

urlpatterns = [
    path("admin/bare/", lambda _request: HttpResponse()),
    path("bare/", lambda _request: HttpResponse()),
    # What is refused is told on a page of the desk.
    path("admin/", admin.site.urls),
]
HEADERS = (
    *("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"),
    "X-Frame-Options",
)


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[HttpRequest]:
    """Those that reached the choice of a view."""
    found: list[HttpRequest] = []
    resolve = BaseHandler.resolve_request

    def noted(self: BaseHandler, request: HttpRequest) -> Any:
        found.append(request)
        return resolve(self, request)

    monkeypatch.setattr(BaseHandler, "resolve_request", noted)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/events/", "/", "/nothing", "/events/x/"])
def test_what_everybody_sees_has_no_session(requests: list[HttpRequest], address: str) -> None:
    response = Client().get(address, headers={"Cookie": "sessionid=abc; csrftoken=def"})
    (request,) = requests
    assert not any(hasattr(request, name) for name in ("session", "user", "_messages"))
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert all(name in response.headers for name in HEADERS)


@pytest.mark.django_db
def test_the_admin_has_one(requests: list[HttpRequest]) -> None:
    response = Client().get("/admin/login/")
    (request,) = requests
    assert all(hasattr(request, name) for name in ("session", "user", "_messages"))
    assert "csrftoken" in response.cookies
    assert all(name in response.headers for name in HEADERS)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_form_of_the_admin_needs_its_token() -> None:
    """A view that nothing else protects: Django's own forms in the admin protect themselves too."""
    User.objects.create_superuser("zoe", password="a long password")
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get())
    assert client.get("/admin/bare/").status_code == 200
    assert client.post("/admin/bare/").status_code == 403
    assert client.post("/bare/").status_code == 403


@pytest.mark.django_db
def test_people_log_in_with_it() -> None:
    User.objects.create_superuser("zoe", password="a long password")
    client = Client(enforce_csrf_checks=True)
    token = client.get("/admin/login/").cookies["csrftoken"].value
    form = {"username": "zoe", "password": "a long password", "csrfmiddlewaretoken": token, "next": "/admin/"}
    assert client.post("/admin/login/", form).status_code == 302
    assert client.get("/admin/").status_code == 200
