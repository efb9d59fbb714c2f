"""The timeline: what it says of each event, its counts, its pages, its files, its form, its headers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import feedparser
import pytest
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import clear_script_prefix, set_script_prefix

from events.curation.retract import retract
from events.models import Event
from tests.curation import world
from tests.pages.conftest import Page


@pytest.mark.parametrize(
    ("query", "question", "counted"),
    [
        ("", "Events", "4 events; 1 of them has no date."),
        ("?country=CZ", "Events that involve Czechia", "1 event."),
        ("?dated=false", "Events that have no date", "1 event."),
        ("?dated=true", "Events that have a date", "3 events."),
        (
            "?date=2019-10-16",
            "Events that may have happened on 16 October 2019",
            "3 events may have, 1 certainly; 1 more has no date.",
        ),
        (
            "?date_from=2019-10-20",
            "Events that may have happened on or after 20 October 2019",
            "2 events may have, none certainly; 1 more has no date.",
        ),
        (
            "?date=2019-10&date_match=certain",
            "Events that certainly happened in October 2019",
            "2 events certainly did; 1 more has no date.",
        ),
        ("?date=1950", "Events that may have happened in 1950", "No event may have; 1 more has no date."),
        ("?date=2019&country=CZ", "Events that may have happened in 2019 and involve Czechia", None),
    ],
)
def test_the_question_and_its_counts(small: None, page: Page, query: str, question: str, counted: str | None) -> None:
    read = page(f"/{query}")
    assert read.headings[0] == (1, question)
    assert f"<title>{question} – Dateline</title>" in read.text
    assert f'<p class="counted">{counted or "1 event may have, 1 certainly."}' in read.text


def test_what_it_says_of_an_event(small: None, page: Page) -> None:
    read = page("/?country=CZ")
    assert read.hrefs("Title of event-a") == ["/events/event-a/title-of-event-a/"]
    assert read.hrefs("Rejections") == ["/?type=REJECT"]
    assert read.hrefs("City of Prague") == ["/?actor=prague"]
    assert read.hrefs("Czechia") == ["/?country=CZ"]
    assert read.hrefs("Document doc") == ["/?document=doc"]
    for words in ("16 October 2019", "2019-10-16", "On 16 October", "Initiator", "On 16 October, event-a took place."):
        assert words in read.words
    assert '<time datetime="2019-10-16">16 October 2019</time>' in read.text
    assert page("/?claimed_by=beijing").hrefs("City of Beijing") == ["/?claimed_by=beijing"]


def test_a_source_is_linked_where_it_has_an_address(db: None, page: Page) -> None:
    world.document(url="https://example.org/a?b=1&c=2", archived_url="https://archive.example.org/a")
    world.event(public=True)
    read = page("/")
    assert read.hrefs("Document doc") == ["https://example.org/a?b=1&c=2"]
    assert read.hrefs("archived copy") == ["https://archive.example.org/a"]


def test_a_time_that_html_cannot_say_is_words_alone(db: None, page: Page) -> None:
    world.document()
    world.event(edtf="[2019-10-16..2019-10-18]", date_rule="curator", public=True)
    assert '<p class="words">One day between 16 and 18 October 2019</p>' in page("/").text


def test_links_lead_to_what_they_say(small: None, page: Page) -> None:
    read = page("/")
    for words, expected in [("Rejections", ["event-a"]), ("City of Beijing", None), ("China", ["event-a"])]:
        for href in read.hrefs(words):
            assert page(href).ids == expected or (expected is None and page(href).ids)


def test_only_what_is_possible_is_marked_so(small: None, page: Page) -> None:
    text = page("/?date=2019-10-16").text
    assert text.count("possibly in this time") == 2
    assert "possibly in this time" not in page("/").text


def test_drafts_edits_and_retracted_events_are_nowhere(small: None, page: Page) -> None:
    world.edit(Event, "event-c", title="An edit that nobody published")
    retract("event-b", by="ann", at=world.AT + timedelta(days=1), why="Wrong")
    read = page("/")
    assert read.ids == ["event-c", "event-a", "event-d"]
    for hidden in ("event-e", "nobody published", "event-b"):
        assert hidden not in read.text


def test_following_next_meets_every_event_once(small: None, page: Page) -> None:
    seen, address = [], "/?limit=1"
    while address:
        read = page(address)
        seen += read.ids
        (address,) = read.hrefs("Next page") or [""]
        assert len(read.ids) == 1
    assert seen == ["event-b", "event-c", "event-a", "event-d"]
    assert read.hrefs("First page") == ["/?limit=1"]


def test_a_cursor_is_of_its_question(small: None, page: Page) -> None:
    (address,) = page("/?limit=1").hrefs("Next page")
    assert "another question" in page(address.replace("?", "?dated=true&"), 400).words


def test_the_files_have_the_same_events(small: None, page: Page, client: Client) -> None:
    read = page("/?date=2019-10-16&limit=1&ordering=-date")
    (json_file,), (csv_file,), (calendar,), (feed,) = map(read.hrefs, ("JSON", "CSV", "Calendar", "Feed"))
    assert [link["href"] for link in read.link("alternate")] == [json_file, csv_file, calendar, feed]
    expected = ["event-a", "event-c", "event-b"]
    assert [item["id"] for item in client.get(json_file).json()["results"]] == expected
    lines = b"".join(client.get(csv_file)).decode()
    assert [row["id"] for row in csv.DictReader(io.StringIO(lines))] == expected
    days = vobject.readOne(b"".join(client.get(calendar)).decode()).vevent_list
    assert sorted(day.url.value.split("/events/")[1].split("/")[0] for day in days) == sorted(expected)
    entries = feedparser.parse(b"".join(client.get(feed))).entries
    assert sorted(entry.link.split("/events/")[1].split("/")[0] for entry in entries) == sorted(expected)


def test_the_form_keeps_what_was_asked(small: None, page: Page) -> None:
    read = page("/?date_from=2019&actor=Praha&type=REJECT,AID&dated=true&target_not=beijing&limit=7&ordering=-date")
    given = {name: value for name, value in read.fields.items() if value}
    assert given == {
        "date_from": "2019",
        "actor": "Praha",
        "type": "REJECT,AID",
        "dated": "true",
        "target_not": "beijing",
        "limit": "7",
        "ordering": "-date",
    }
    in_view, more = read.text.split("<details>")
    assert all(f'id="{name}"' in in_view for name in given)
    assert 'id="initiator_not"' in more


def test_what_nobody_types_has_no_field(small: None, page: Page) -> None:
    assert page("/").fields.keys().isdisjoint({"cursor", "count", "fields", "format"})


def test_an_empty_answer_says_so(small: None, page: Page) -> None:
    read = page("/?type=AID")
    assert "No event answers this question." in read.words
    assert read.ids == []
    (address,) = page("/?date=1950&country=CN,CZ").hrefs("Show those without a date") or [""]
    assert address == ""  # none has no date there
    (address,) = page("/?date=1950").hrefs("Show those without a date")
    assert page(address).ids == ["event-d"]


def test_an_empty_dataset_says_so(db: None, page: Page) -> None:
    assert "Nothing has been published yet." in page("/").words


def test_what_it_tells_machines(small: None, page: Page) -> None:
    read = page("/?country=CZ,CN&date=2019")
    assert [link["href"] for link in read.link("canonical")] == [
        "http://testserver/?date=2019&date_match=possible&country=CZ,CN"
    ]
    named = {attributes["name"]: attributes["content"] for attributes in read.head if "name" in attributes}
    assert named["robots"] == "noindex, follow"
    assert "1 event may have" in named["description"]
    assert 'content="index, follow"' in page("/").text


def test_its_headers(small: None, client: Client) -> None:
    response = client.get("/")
    assert response["Cache-Control"] == "public, no-cache"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not response.has_header("Vary")
    assert not response.cookies
    again = client.get("/", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Content-Security-Policy"] == response["Content-Security-Policy"]
    head = client.head("/")
    assert (head.status_code, head["ETag"], head.content) == (200, response["ETag"], b"")


def test_the_tag_changes_with_what_is_shown(small: None, client: Client) -> None:
    before = client.get("/")["ETag"]
    retract("event-b", by="ann", at=world.AT + timedelta(days=1), why="Wrong")
    assert client.get("/", headers={"If-None-Match": before}).status_code == 200


def test_nothing_comes_from_elsewhere_or_runs(small: None, page: Page) -> None:
    for address in ("/", "/events/event-a/title-of-event-a/", "/?date=nonsense"):
        read = page(address, 400 if "nonsense" in address else 200)
        assert not {"script", "style", "iframe", "img"} & set(read.tags)
        assert " style=" not in read.text
        loaded = [link["href"] for link in read.head if link.get("rel") in ("stylesheet", "icon")]
        assert loaded
        assert all(href.startswith("/static/events/") for href in loaded)


QUERIES = [
    "events_head",  # where the ledger stands
    "events_eventtype",  # what types are called
    "events_country",  # and countries
    "start_earliest ASC",  # the dated events of the page
    "e.key ASC",  # the undated ones
    "events_entry",  # their documents
    "events_tally",  # how many there are
    "events_daytally",  # and have no date
]


@pytest.mark.parametrize("limit", [1, 3, 1000])
def test_how_often_it_asks_the_database(small: None, client: Client, limit: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/?limit={limit}")
    said = [query["sql"] for query in asked]
    # A page that the dated events fill doesn't look for others.
    expected = QUERIES if limit >= 3 else [query for query in QUERIES if query != "e.key ASC"]
    assert len(said) == len(expected), said
    assert all(part in sql for part, sql in zip(expected, said, strict=True))


@pytest.fixture
def mounted() -> Iterator[str]:
    """As the server says it before each request; the test client doesn't."""
    set_script_prefix("/dateline/")
    yield "/dateline"
    clear_script_prefix()


def test_it_answers_in_the_mounted_path(small: None, client: Client, mounted: str) -> None:
    text = client.get("/?limit=1", SCRIPT_NAME=mounted).content.decode()
    assert 'href="/dateline/events/event-b/title-of-event-b/"' in text
    assert 'href="/dateline/?type=OTHER"' in text
    assert 'action="/dateline/"' in text
    assert 'href="/dateline/api/v1/events/"' in text
    assert '<link rel="canonical" href="http://testserver/dateline/?limit=1">' in text
