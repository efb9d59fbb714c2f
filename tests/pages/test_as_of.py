"""Pages as they stood, and where merged events lead: the state is kept in every link, until one asks for the newest."""

from __future__ import annotations

import pytest
from django.test import Client

from events.curation.merge import Seen, merge
from events.curation.publish import revise
from events.curation.retract import retract
from events.models import Entry, Event
from tests.curation import world
from tests.curation.world import DEED
from tests.pages.conftest import Page

AT_A = "/events/event-a/title-of-event-a/"


@pytest.fixture
def then(small: None) -> int:
    """The number after which much happened: an event got another title, one was retracted, one published."""
    seq = Entry.objects.order_by("seq").last()
    world.edit(Event, "event-a", title="A better title")
    revise("event-a", **DEED)
    retract("event-b", **DEED)
    assert seq is not None
    return int(seq.pk)


def test_the_list_as_it_stood_says_so_and_keeps_it_in_its_links(then: int, page: Page) -> None:
    read = page(f"/?as_of={then}")
    assert set(read.ids) == {"event-a", "event-b", "event-c", "event-d"}
    assert f"As it stood after change {then}, on 1 May 2024." in read.words
    assert read.hrefs("Show it as it is now") == ["/"]
    assert read.hrefs("Title of event-a") == [f"{AT_A}?as_of={then}"]
    assert set(read.hrefs("City of Beijing")) == {f"/?actor=beijing&as_of={then}", f"/?claimed_by=beijing&as_of={then}"}
    assert read.fields["as_of"] == str(then)
    assert read.hrefs("CSV") == [f"/api/v1/events/?as_of={then}&format=csv"]
    assert read.hrefs("Feed") == []
    assert {"name": "robots", "content": "noindex, follow"} in read.head


def test_the_list_as_it_is_says_nothing_of_it(then: int, page: Page) -> None:
    read = page("/")
    assert set(read.ids) == {"event-a", "event-c", "event-d"}
    assert "As it stood" not in read.words.replace("As it stood after change or instant", "")
    assert read.hrefs("A better title") == ["/events/event-a/title-of-event-a/"]


def test_a_list_can_be_cited(then: int, page: Page) -> None:
    (address,) = page("/?country=CZ").hrefs("this list as it stands, for ever")
    assert address == f"http://testserver/?country=CZ&as_of={then + 2}"
    retract("event-a", **DEED)
    assert page(address).ids == ["event-a"]
    assert page("/?country=CZ").ids == []


def test_an_event_as_it_stood(then: int, page: Page, client: Client) -> None:
    read = page(f"{AT_A}?as_of={then}")
    assert read.headings[0] == (1, "Title of event-a")
    assert read.hrefs("Show it as it is now") == [AT_A]
    assert {"name": "robots", "content": "noindex"} in read.head
    assert read.hrefs("JSON") == [f"/api/v1/events/event-a/?as_of={then}"]
    assert "The title" not in read.words
    # A retracted one has a page as it stood; a page as of before all has none.
    page("/events/event-b/title-of-event-b/", 410)
    assert page(f"/events/event-b/title-of-event-b/?as_of={then}").ids == ["event-b"]
    page(f"{AT_A}?as_of=0", 404)


def test_its_history_leads_to_each_page_that_it_was(then: int, page: Page, client: Client) -> None:
    read = page("/events/event-a/title-of-event-a/")
    hrefs = [*read.hrefs("Revised"), *read.hrefs("Published")]
    titles = []
    for href in hrefs:
        moved = client.get(href)
        assert moved.status_code == 308
        titles.append(page(moved["Location"]).headings[0][1])
    assert titles == ["A better title", "Title of event-a"]


def test_an_event_can_be_cited(then: int, page: Page) -> None:
    read = page("/events/event-a/title-of-event-a/")
    address = f"http://testserver/events/event-a/title-of-event-a/?as_of={then + 2}"
    assert read.hrefs(address) == [address]
    retract("event-a", **DEED)
    assert page(address).headings[0] == (1, "A better title")


def test_a_merged_event_leads_to_what_it_became_in_one_step(small: None, client: Client, page: Page) -> None:
    before = Entry.objects.count()
    for loser, survivor in (("event-a", "event-c"), ("event-c", "event-d")):
        merge(Event, *(Seen(pk, Event.objects.get(pk=pk).version) for pk in (loser, survivor)), **DEED)
    for path in ("/events/event-a/", AT_A, "/events/event-c/"):
        moved = client.get(path)
        assert (moved.status_code, moved["Location"]) == (308, "/events/event-d/title-of-event-d/")
        assert moved["Cache-Control"] == "public, no-cache"
    assert page(f"{AT_A}?as_of={before}").ids == ["event-a"]
    assert client.get(f"{AT_A}?as_of={before}").status_code == 200
    retract("event-d", **DEED)
    moved = client.get(AT_A)
    assert (moved.status_code, moved["Location"]) == (308, "/events/event-d/")
    page(moved["Location"], 410)


@pytest.mark.parametrize("as_of", ["999", "yesterday", "2019-11-04"])
def test_a_state_that_is_none_is_refused_at_its_field(small: None, page: Page, as_of: str) -> None:
    read = page(f"/?as_of={as_of}", 400)
    assert read.fields["as_of"] == as_of
    assert 'id="fault-as_of"' in read.text
    page(f"{AT_A}?as_of={as_of}", 400)
