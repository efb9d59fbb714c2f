"""When something goes wrong: a page for people, problem+json below `/api/`, and never a stack trace."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from events.querying import events
from tests.pages.conftest import Page
from tests.pages.reading import Read


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, client: Client) -> Client:
    def fail(*args: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(events, "page", fail)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(("path", "status"), [("/nowhere/", 404), ("/events/nothing/", 404), ("/admin/nowhere", 404)])
def test_people_get_a_page(admin_client: Client, path: str, status: int) -> None:
    response = admin_client.get(path)
    read = Read(response.content.decode())
    assert response.status_code == status
    assert read.headings == [(1, "There is nothing here")]
    assert read.hrefs("Show all events") == ["/"]


@pytest.mark.parametrize("path", ["/api/", "/api/v2/events/", "/api/v1/nowhere/", "/api/nowhere"])
def test_programs_get_problem_json(db: None, client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["errors"] == []


def test_what_fails_says_so_and_no_more(db: None, broken: Client) -> None:
    page, api = broken.get("/"), broken.get("/api/v1/events/")
    assert (page.status_code, api.status_code) == (500, 500)
    assert Read(page.content.decode()).headings == [(1, "Something failed here")]
    assert api["Content-Type"] == "application/problem+json"
    assert b"secret" not in page.content + api.content


def test_a_busy_database_asks_for_patience(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(events, "page", busy)
    response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "1")
    assert b"locked" not in response.content


@pytest.mark.parametrize(("path", "kind"), [("/", "text/html"), ("/api/v1/", "application/problem+json")])
def test_another_host_is_refused(db: None, client: Client, path: str, kind: str) -> None:
    response = client.get(path, headers={"Host": "elsewhere.example.org"})
    assert response.status_code == 400
    assert response["Content-Type"].startswith(kind)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/events/event-a/"])
def test_a_page_is_read_only(db: None, path: str, method: str) -> None:
    response = Client(enforce_csrf_checks=True).generic(method, path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert Read(response.content.decode()).headings == [(1, "Pages can only be read")]


def test_an_error_page_asks_the_database_nothing(client: Client) -> None:
    """Without the database's fixture any query fails this test."""
    assert client.get("/nowhere/").status_code == 404


def test_no_error_page_is_indexed_or_kept(db: None, page: Page) -> None:
    assert {"name": "robots", "content": "noindex"} in page("/nowhere/", 404).head
