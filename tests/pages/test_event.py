"""The page of one event: all that is known of it, at one address."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.curation.publish import revise
from events.curation.retract import reinstate, retract
from events.models import Event
from tests.curation import world
from tests.pages.conftest import Page

LATER = world.AT + timedelta(days=1)
AT_A = "/events/event-a/title-of-event-a/"


@pytest.mark.parametrize(
    ("asked", "status", "location"),
    [
        ("/events/event-a/", 308, AT_A),
        ("/events/event-a/another-slug/", 308, AT_A),
        ("/events/event-a", 308, "/events/event-a/"),
        ("/events/event-a?a=b%20c&d", 308, "/events/event-a/?a=b%20c&d"),
        ("/events/event-a/title-of-event-a", 308, AT_A),
        ("/events/event-a/title-of-event-a?country=CZ,SK", 308, f"{AT_A}?country=CZ,SK"),
        ("/events/nothing?x=1", 308, "/events/nothing/?x=1"),
    ],
)
def test_there_is_one_address(small: None, client: Client, asked: str, status: int, location: str) -> None:
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (status, location)


@pytest.mark.parametrize(
    "path",
    [
        *("/events/nothing/", "/events/event-e/", "/events/event-e/title-of-event-e/", "/events/EVENT-A/", "/events/"),
        *(
            "/events/a%00b/",
            "/events/event-a/%00/x/",
            "/events/%ff%fe/",
            f"/events/{'a' * 5000}/",
            "/events/event-a/x/y/",
        ),
        *("/events/event-a%0A/", "/nowhere", "/index.html"),
    ],
)
def test_a_hidden_event_is_answered_like_none(small: None, page: Page, path: str) -> None:
    read = page(path, 404)
    assert read.text == page("/events/another-id/", 404).text


def test_it_shows_everything(small: None, page: Page) -> None:
    world.document("doc-2", url="https://example.org/a", archived_url="https://archive.example.org/a")
    world.event(
        "event-f",
        actors=["prague"],
        claimed_by=["beijing"],
        countries=["CN"],
        relations=[("response_to", "event-a")],
        source="doc-2",
        summary="What it was about.",
        type_id="THREATEN",
        place="Prague",
        location_country_id="CZ",
        lat=50.09,
        lon=14.42,
        date_anchor=world.AT.date(),
        public=True,
    )
    read = page("/events/event-f/title-of-event-f/")
    assert read.headings[0] == (1, "Title of event-f")
    for words in (
        *("16 October 2019", "2019-10-16", "On 16 October", "1 May 2024", "year-omitted"),
        *("Day and month without a year", "What it was about.", "Prague, Czechia", "50.09, 14.42"),
        *("On 16 October, event-f took place.", "Supports: title, date.", "Document doc-2", "Gazette"),
        *("In response to", "Published", "revision 1", "because", "event-f", "CC BY 4.0"),
        "http://testserver/events/event-f/title-of-event-f/",
    ):
        assert words in read.words, words
    assert read.hrefs("Threats") == ["/?type=THREATEN"]
    assert read.hrefs("City of Prague") == ["/?actor=prague"]
    assert read.hrefs("City of Beijing") == ["/?claimed_by=beijing"]
    assert read.hrefs("China") == ["/?country=CN"]
    assert read.hrefs("Document doc-2") == ["https://example.org/a"]
    assert read.hrefs("Events from this source") == ["/?document=doc-2"]
    assert page(read.hrefs("Title of event-a")[0] + "title-of-event-a/").ids == ["event-a"]
    assert [link["href"] for link in read.link("alternate")] == ["/api/v1/events/event-f/"] == read.hrefs("JSON")
    assert read.link("canonical")[0]["href"] == "http://testserver/events/event-f/title-of-event-f/"


def test_the_quotation_stands_in_its_context(small: None, page: Page) -> None:
    text = page("/events/event-c/title-of-event-c/").text
    assert "<mark>On 16 October, event-c took place.</mark>" in text
    assert '<span class="around">…' in text
    assert text.count("<blockquote") == text.count("<cite") == 1


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("[2019-10-16..2019-10-18]", "16 October 2019", "18 October 2019"),
        ("[..2016]", "no known limit", "31 December 2016"),
        ("2016/..", "1 January 2016", "no known limit"),
        ("0001-01-01", "1 January AD 1", "1 January AD 1"),
    ],
)
def test_the_four_days(db: None, page: Page, edtf: str, first: str, last: str) -> None:
    world.document()
    world.event(edtf=edtf, date_rule="curator", public=True)
    read = page(AT_A)
    table = read.text.split("<tbody>")[1].split("</tbody>")[0]
    assert f">{first}<" in table
    assert f">{last}<" in table
    assert "a curator read them" in read.words


def test_an_undated_event_says_what_its_source_says(small: None, page: Page) -> None:
    read = page("/events/event-d/title-of-event-d/")
    assert "No date" in read.words
    assert "Its source says only recently, which names no day" in " ".join(read.words.split())
    assert "<table" not in read.text


def test_its_history_is_public_and_its_people_are_not(small: None, page: Page) -> None:
    world.edit(Event, "event-a", title="A better title")
    revise("event-a", by="ann", at=LATER, why="The title was wrong.")
    retract("event-a", by="ann", at=LATER, why="It never happened.")
    reinstate("event-a", by="ann", at=LATER, why="It did.")
    read = page(AT_A)
    history = read.text.split('<ol class="history">')[1].split("</ol>")[0]
    said = re.findall(r"\w+", history)
    assert [word for word in said if word in ("Published", "Revised", "Retracted")] == [
        *("Retracted", "Revised", "Published")
    ]
    for words in ("It did.", "It never happened.", "The title was wrong.", "because", "2 May 2024", "revision 4"):
        assert words in read.words
    assert "ann" not in read.words.split()


def test_a_retracted_event_says_when_and_why(small: None, page: Page) -> None:
    retract("event-a", by="ann", at=LATER, why="It never happened: <b>a mistake</b>.")
    for path in (AT_A, "/events/event-a/", "/events/event-a/any/"):
        read = page(path, 410)
        assert read.headings == [(1, "This event was retracted")]
        assert "2 May 2024" in read.words
        assert "It never happened: <b>a mistake</b>." in read.words
        assert "Title of event-a" not in read.text
        assert read.hrefs("All that it was, as JSON") == ["/api/v1/events/event-a/history/"]


def test_its_headers(small: None, client: Client) -> None:
    response = client.get(AT_A)
    assert response["Cache-Control"] == "public, no-cache"
    assert not response.has_header("Vary")
    assert not response.cookies
    assert client.get(AT_A, headers={"If-None-Match": response["ETag"]}).status_code == 304


QUERIES = [
    "events_head",  # where the ledger stands
    "events_entry",  # the event
    "events_eventtype",  # what types are called
    "events_country",  # and countries
    "events_entry",  # its history
]


def test_how_often_it_asks_the_database(small: None, client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get(AT_A)
    said = [query["sql"] for query in asked]
    assert len(said) == len(QUERIES), said
    assert all(part in sql for part, sql in zip(QUERIES, said, strict=True))
