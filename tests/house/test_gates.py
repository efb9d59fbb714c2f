"""The gates of the tests themselves: they must be able to fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path

from events.models.gate import open_gate
from tests import gates

READ = 'SELECT COUNT(*) FROM "events_event"'
WRITE = 'DELETE FROM "events_event"'


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def leak(request: HttpRequest) -> HttpResponse:
    run(READ)
    return HttpResponse("read")


def swallow(request: HttpRequest) -> HttpResponse:
    try:
        run(READ)
    except gates.GateBroken:
        return HttpResponse("hidden", status=500)
    return HttpResponse("read")


def stream(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[bytes]:
        yield b"first"
        run(READ)
        yield b"second"

    return StreamingHttpResponse(parts())


urlpatterns = [
    path("leak/", leak),
    path("swallow/", swallow),
    path("stream/", stream),
    path("admin/leak/", leak),
    path("admin/stream/", stream),
]


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('INSERT INTO "events_event" ("id") VALUES (%s)', {"events_event"}),
        ("insert or replace into events_event values (1)", {"events_event"}),
        ('UPDATE "events_actor" SET "name" = %s', {"events_actor"}),
        ('DELETE FROM "events_evidence" WHERE 1', {"events_evidence"}),
        ('WITH x AS (DELETE FROM "events_event" RETURNING id) SELECT * FROM x', {"events_event"}),
        ('TRUNCATE TABLE "events_event"', {"events_event"}),
        ('SELECT * FROM "events_event" FOR UPDATE OF "events_event"', set()),
        ('UPDATE "events_eventindex" SET "x" = (SELECT 1 FROM "events_event")', set()),
        ('INSERT INTO "auth_user" ("name") SELECT "name" FROM "events_actor"', set()),
    ],
)
def test_what_a_statement_writes(sql: str, tables: set[str]) -> None:
    assert gates.written(sql) == tables


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('SELECT "events_event"."id" FROM "events_event"', {"events_event"}),
        ("SELECT 1 FROM events_event JOIN events_actor", {"events_event", "events_actor"}),
        ('SELECT "events_eventindex"."id" FROM "events_eventindex"', set()),
        ('SELECT 1 FROM "new__events_event"', set()),
    ],
)
def test_what_a_statement_names(sql: str, tables: set[str]) -> None:
    assert gates.named(sql) == tables


@pytest.mark.django_db
def test_a_write_outside_a_deed_is_refused() -> None:
    with pytest.raises(gates.GateBroken, match="events_event written outside a deed"):
        run(WRITE)
    forgive()


@pytest.mark.django_db
def test_a_write_inside_a_deed_passes() -> None:
    with open_gate():
        run(WRITE)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_public_request_that_reads_a_working_table_is_refused(client: Client) -> None:
    with pytest.raises(gates.GateBroken, match="GET /leak/ is public and read events_event"):
        client.get("/leak/")
    forgive()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_stream_is_still_part_of_the_answer(client: Client) -> None:
    with pytest.raises(gates.GateBroken, match="GET /stream/"):
        client.get("/stream/").getvalue()
    forgive()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_leak_that_the_view_hides_is_remembered(client: Client) -> None:
    client.get("/swallow/")
    assert len(gates.Watch.broken) == 1
    forgive()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_the_admin_and_the_tests_themselves_may_read(client: Client) -> None:
    run(READ)
    assert client.get("/admin/leak/").content == b"read"
    assert client.get("/admin/stream/").getvalue() == b"firstsecond"


@pytest.mark.django_db(transaction=True)
def test_the_runner_may_empty_the_tables() -> None:
    run(READ)


def forgive() -> None:
    """What was refused here was meant to be."""
    gates.Watch.broken.clear()
