"""Atom, read by feedparser: identity, times, links, content, and what XML can't hold."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import feedparser
import pytest

from events.exchange import prose
from events.exchange.addresses import Addresses
from events.exchange.formats import FORMATS
from tests.exchange import cases
from tests.exchange.cases import CONTROLS, DATES, HOSTILE, dated, hostile, lf, revision, written

ATOM = "{http://www.w3.org/2005/Atom}"
WORDS = {
    "day": "16 October 2019",
    "month": "October 2019",
    "season": "Spring 2019",
    "decade": "The 1940s",
    "interval": "From 16 to 18 October 2019",
    "one day of three": "One day between 16 and 18 October 2019",
    "open end": "From March 2016 on, still going on",
    "unknown end": "From 2016 to an unknown day",
    "unknown start": "From an unknown day to March 2016",
    "open start": "In 2016 or before",
    "approximate": "About 16 October 2016",
    "uncertain": "16 October 2019, uncertain",
    "undated": "No date",
    "year 1": "AD 1",
    "first day": "1 January AD 1",
    "year 9999": "9999",
    "last day": "31 December 9999",
}


def read(text: str) -> Any:
    feed = feedparser.parse(text.encode(), sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


@pytest.mark.parametrize("case", DATES)
def test_every_event_stands_with_its_date_in_words(case: str) -> None:
    (entry,) = read(written("atom", dated(case))).entries
    assert entry.content[0].value.startswith(f"<p>{WORDS[case]} (in the source: “on October 16”)</p>")


def test_an_entry_is_named_timed_and_linked() -> None:
    (entry,) = read(written("atom", revision())).entries
    assert entry.id == prose.urn("event-a")
    assert entry.title == "A title"
    assert (entry.published, entry.updated) == ("2024-05-01T12:00:00.000000Z", "2024-05-02T13:30:00.250000Z")
    assert {link.rel: link.href for link in entry.links} == {
        "alternate": "https://example.org/dateline/events/event-a/a-title/",
        "via": "https://gazette.example/?a=1&b=2",
    }
    assert [tag.term for tag in entry.tags] == ["CONSULT"]


def test_an_entry_keeps_its_name_after_a_revision_and_at_another_host() -> None:
    later = revision(title="After")._replace(revision=4, seq=99, at="2025-01-01T00:00:00.000000Z")
    elsewhere = "".join(FORMATS["atom"].rows([later], Addresses("http://elsewhere.example"), cases.about()))
    (before,), (after,) = read(written("atom", revision())).entries, read(elsewhere).entries
    assert before.id == after.id
    assert before.updated < after.updated
    assert prose.urn("event-a") != prose.urn("event-b")


def test_the_content_says_claim_quotation_and_source() -> None:
    (entry,) = read(written("atom", revision())).entries
    assert entry.content[0].type == "text/html"
    assert entry.content[0].value == (
        "<p>16 October 2019 (in the source: “on October 16”)</p><p>A summary.</p><p>Claimed by A ministry.</p>"
        "<blockquote>It was said.</blockquote>"
        '<p><a href="https://gazette.example/?a=1&amp;b=2">A digest, Gazette, 2019-11-04</a></p>'
    )


def test_without_an_address_the_source_is_no_link() -> None:
    event = cases.document()
    event["evidence"][0]["document"] |= {"url": None, "publisher": None, "published": None}
    (entry,) = read(written("atom", revision(**event))).entries
    assert [link.rel for link in entry.links] == ["alternate"]
    assert entry.content[0].value.endswith("<p>A digest</p>")


def test_the_head_has_what_the_standard_demands() -> None:
    """RFC 4287, section 4.1.1: id, title, updated, an author, a link to itself."""
    feed = read(written("atom", asked=(("date", "2019-10"),))).feed
    assert feed.title == "Ann & Bob's <dataset>: events that may have happened in October 2019"
    assert feed.id == cases.about().address
    assert feed.updated == "2024-05-03T00:00:00.000000Z"
    assert feed.author == "Ann & Bob's <dataset>"
    assert [(link.rel, link.href) for link in feed.links] == [("self", cases.about().address)]


def elements(text: str) -> list[str]:
    return sorted({element.tag for element in ET.fromstring(text).iter()})


def test_hostile_text_stays_text() -> None:
    text = written("atom", hostile())
    (entry,) = read(text).entries
    title = ET.fromstring(text).findtext(f"{ATOM}entry/{ATOM}title")
    assert title == lf(HOSTILE)
    assert "<script" not in entry.content[0].value
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &amp;amp;" in entry.content[0].value
    assert elements(text) == elements(written("atom", revision()))


def test_control_characters_are_shown_as_missing() -> None:
    text = written("atom", hostile(CONTROLS))
    read(text)
    assert ET.fromstring(text).findtext(f"{ATOM}entry/{ATOM}title") == "a\ufffdb\ufffdc\ufffdd\ufffde"
