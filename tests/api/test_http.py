"""How answers travel: caching, methods, other sites, formats, slashes, failures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import OperationalError
from django.test import Client

from events.curation.publish import revise, revise_actor
from events.curation.reference import rename_country
from events.models import Actor, Event
from events.querying import events
from tests.api import small
from tests.api.conftest import Get
from tests.api.making import AT
from tests.curation.world import DEED, edit

LATER = DEED | {"at": AT + timedelta(hours=3), "why": "A better source."}
# One question to each path that has an ETag.
CACHED = [
    *("", "events/", "events/?date=2019&count=exact", "events/visits/", "events/visits/history/", "dates/", "schema/"),
    *("actors/", "actors/zeman/", "countries/", "countries/CZ/", "types/", "types/AID/", "documents/gazette/"),
]


@pytest.fixture(autouse=True)
def _small(db: None) -> None:
    small.build().publish()


def revise_title(title: str) -> None:
    edit(Event, "visits", title=title)
    revise("visits", **LATER)


# Caching.


@pytest.mark.parametrize("question", CACHED)
def test_what_the_client_has_is_not_sent_again(client: Client, question: str) -> None:
    address = f"/api/v1/{question}"
    whole = client.get(address)
    etag = whole["ETag"]
    assert etag.startswith('"')
    assert whole["Cache-Control"] == "public, no-cache"
    assert "Accept" in whole["Vary"]
    for sent in (etag, f"W/{etag}", f'"another", {etag}', "*"):
        response = client.get(address, headers={"If-None-Match": sent})
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag), sent
        assert "Content-Length" not in response.headers
        assert response["Cache-Control"] == "public, no-cache"
        assert response["Vary"] == whole["Vary"]
        assert response["Access-Control-Allow-Origin"] == "*"
    assert client.head(address, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("header", ["If-Modified-Since", "If-Unmodified-Since"])
@pytest.mark.parametrize("day", ["Sat, 01 Jan 2000 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_no_date_is_a_condition(client: Client, header: str, day: str) -> None:
    for path in ("events/", "events/visits/", "events/?format=csv"):
        assert client.get(f"/api/v1/{path}", headers={header: day}).status_code == 200


def test_a_list_that_is_unchanged_costs_one_query(client: Client, django_assert_num_queries: Any) -> None:
    etag = client.get("/api/v1/events/?date=2019&count=exact")["ETag"]
    with django_assert_num_queries(1):  # the head
        client.get("/api/v1/events/?date=2019&count=exact", headers={"If-None-Match": etag})


def etags(client: Client, questions: list[str]) -> dict[str, str]:
    return {question: client.get(f"/api/v1/{question}")["ETag"] for question in questions}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {question for question, etag in before.items() if after[question] != etag}


def test_a_revision_makes_new_etags(client: Client) -> None:
    """Of the event and of all lists, which say as of when they are; not of other things."""
    questions = [*CACHED, "events/warns/", "actors/huawei/", "events/?format=csv"]
    before = etags(client, questions)
    assert len(set(before.values())) == len(questions)
    assert etags(client, questions) == before
    revise_title("The president called")
    assert changed(before, etags(client, questions)) == {
        *("", "events/", "events/?date=2019&count=exact", "events/?format=csv", "events/visits/"),
        *("events/visits/history/", "dates/", "actors/", "countries/", "types/"),
    }


def test_a_name_makes_new_etags_where_it_is_repeated(client: Client) -> None:
    before = etags(client, ["events/visits/", "actors/zeman/", "events/warns/", "actors/huawei/"])
    edit(Actor, "zeman", name="Miloš Zeman")
    revise_actor("zeman", **LATER)
    assert changed(before, etags(client, list(before))) == {"events/visits/", "actors/zeman/"}


def test_a_new_name_of_a_country_makes_new_etags_of_it(client: Client) -> None:
    before = etags(client, ["countries/", "countries/FR/", "countries/CN/"])
    rename_country("FR", "The French Republic", **LATER)
    assert changed(before, etags(client, list(before))) == {"countries/FR/"}


def test_an_etag_is_of_one_format_and_one_host(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    found = {
        client.get("/api/v1/events/")["ETag"],
        client.get("/api/v1/events/?format=csv")["ETag"],
        client.get("/api/v1/events/", headers={"Host": "example.org"})["ETag"],
        client.get("/api/v1/events/", secure=True)["ETag"],
    }
    assert len(found) == 4


def test_addresses_begin_where_the_settings_say(client: Client, get: Get, settings: Any) -> None:
    settings.DATELINE = settings.DATELINE | {"base_url": "https://example.org/dateline"}
    answer = get("events/?limit=1")
    for address in (answer["next"], answer["query"]["url"], answer["results"][0]["api_url"]):
        assert address.startswith("https://example.org/dateline/api/v1/events/")


# Methods and formats.


HEADED = [*CACHED, "docs/", "events/?limit=1", "events/?limit=0", "events/?format=csv", "events/nothing/"]


@pytest.mark.parametrize("question", HEADED)
def test_head_has_the_headers_of_get(client: Client, question: str) -> None:
    whole, head = client.get(f"/api/v1/{question}"), client.head(f"/api/v1/{question}")
    assert head.content == b""
    assert head.status_code == whole.status_code
    assert dict(head.headers) == dict(whole.headers)


@pytest.mark.parametrize("path", ["", "events/", "events/visits/", "events/nothing/", "docs/", "nowhere/"])
def test_another_site_may_ask_whether_it_may(client: Client, path: str) -> None:
    sent = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    response = client.options(f"/api/v1/{path}", headers=sent)
    assert (response.status_code, response.content) == (204, b"")
    assert "Content-Length" not in response.headers
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert response["Allow"] == response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["", "events/?limit=1", "events/?limit=0", "events/nothing/", "docs/", "nowhere/"])
def test_every_site_may_read(client: Client, path: str) -> None:
    response = client.get(f"/api/v1/{path}", headers={"Origin": "https://example.org"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Link"} <= set(response["Access-Control-Expose-Headers"].split(", "))
    assert "Access-Control-Allow-Credentials" not in response
    assert response.cookies == {}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["", "events/", "events/visits/", "events/nothing/", "dates/", "docs/", "nowhere"])
def test_nothing_can_be_written(client: Client, method: str, path: str) -> None:
    response = getattr(client, method)(f"/api/v1/{path}")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize("accept", [BROWSER, "text/html", "*/*", "application/*", "application/json;q=0.1", ""])
@pytest.mark.parametrize("path", ["", "events/", "actors/zeman/", "schema/"])
def test_json_for_browsers_and_for_those_who_take_anything(client: Client, path: str, accept: str) -> None:
    response = client.get(f"/api/v1/{path}", headers={"Accept": accept})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/json; charset=utf-8", "application/json"),
        ("text/csv;charset=utf-8, application/json;q=0.5", "text/csv; charset=utf-8"),
        ("application/json;q=0.5, text/csv; header=absent; q=0.7", "text/csv; charset=utf-8"),
        ("application/atom+xml;type=feed", "application/atom+xml"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
    ],
)
def test_parameters_of_a_media_type_choose_nothing(client: Client, accept: str, media_type: str) -> None:
    response = client.get("/api/v1/events/", headers={"Accept": accept})
    assert (response.status_code, response["Content-Type"]) == (200, media_type)


def test_what_is_not_there_is_not_acceptable(client: Client) -> None:
    for path, offered in (("events/", "text/csv"), ("actors/", "application/json")):
        response = client.get(f"/api/v1/{path}", headers={"Accept": "image/png"})
        assert response.status_code == 406
        assert offered in response.json()["detail"]
        assert client.get(f"/api/v1/{path}?format=json", headers={"Accept": "image/png"}).status_code == 200
    assert client.get("/api/v1/actors/", headers={"Accept": "text/calendar"}).status_code == 406
    assert "text/calendar" not in response.json()["detail"]
    wrong = client.get("/api/v1/events/?limit=0", headers={"Accept": "image/png"})
    assert (wrong.status_code, wrong.json()["errors"][0]["parameter"]) == (400, "limit")


@pytest.mark.parametrize(
    "path", ["", "/events", "/events/visits", "/events/visits/history", "/actors", "/docs", "/schema", "/nowhere"]
)
@pytest.mark.parametrize("query", ["", "?date=2019-10&actor=%22A%2C+B%22&x=%C3%A4%FF"])
def test_a_missing_slash_is_mended_and_the_query_kept(client: Client, path: str, query: str) -> None:
    for ask in (client.get, client.head):
        response = ask(f"/api/v1{path}{query}")
        assert response.status_code == 308
        location = urlsplit(response["Location"])
        assert location.path == f"/api/v1{path}/"
        read = {"keep_blank_values": True, "errors": "surrogateescape"}
        assert parse_qsl(location.query, **read) == parse_qsl(query[1:], **read)  # type: ignore[arg-type]  # as keywords


def test_a_mended_address_never_leaves_this_host(client: Client) -> None:
    for path in ("/api/v1//example.org", "/api/v1/https://example.org", "/api/v1/%5Cexample.org"):
        assert client.get(path)["Location"].startswith("/api/v1/")


@pytest.mark.parametrize(("error", "status"), [(OperationalError("locked"), 503), (RuntimeError("a secret"), 500)])
def test_what_fails_here_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(question: Any) -> None:
        raise error

    monkeypatch.setattr(events, "page", fail)
    client.raise_request_exception = False
    response = client.get("/api/v1/events/")
    assert response.status_code == response.json()["status"] == status
    assert response["Content-Type"] == "application/problem+json"
    assert (response.get("Retry-After") is not None) == (status == 503)
    assert str(error).encode() not in response.content
    assert str(error) in caplog.text
