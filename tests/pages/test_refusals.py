"""What the API refuses, a page refuses with the same status and the same words, each at its field."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from tests.pages.conftest import Page

REFUSED = [
    "contry=China",
    "country=China",
    "country=China,Germany",
    "date_from=2019-02-30",
    "date_from=2020&date_to=2019",
    "date=2019&date_from=2019",
    "date=2019&dated=false",
    "dated=maybe",
    "dated=true&dated=false",
    "date_match=perhaps&date=2019",
    "limit=0",
    "limit=100000",
    "ordering=size",
    "type=CRIM",
    "type=CRIM&type=AID",
    "actor=Praga",
    "actor=event-e",
    "document=nothing",
    "cursor=abc",
    "q=%22words",
    "q=.",
    "ordering=relevance",
    "as_of=999",
    "as_of=2999-01-01T00:00:00Z",
    "as_of=yesterday",
    "updated_since=yesterday",
    "bbox=1,2,3,4",
    "country=,CZ",
    "contry=China&country=China&date_to=2019-13&precision=weak",
    f"actor={'a' * 100_000}",
    f"{'a' * 100_000}=1",
    "actor=%00",
    "actor=a%00b",
    "actor=%ff",
    "actor=%ed%a0%80",
    "%ff=%ff",
    "&".join(f"x{number}=1" for number in range(300)),
]


@pytest.mark.parametrize("query", REFUSED, ids=lambda query: query[:40])
def test_it_is_refused_as_in_the_api(small: None, page: Page, client: Client, query: str) -> None:
    joined = query.replace("type=CRIM&type=AID", "type=CRIM,AID")
    answer = client.get(f"/api/v1/events/?{joined}")
    assert answer.status_code == 400
    address = f"/?{query}"
    if joined != query:
        address = client.get(address)["Location"]
    read = page(address, 400)
    for problem in answer.json()["errors"]:
        if problem["parameter"] not in ("fields", "omit", "format"):
            assert " ".join(problem["detail"].split()) in " ".join(read.words.split())
    assert read.ids == []


@pytest.mark.parametrize(
    ("query", "name", "kept"),
    [
        ("country=China", "country", "China"),
        ("date_from=2019-02-30", "date_from", "2019-02-30"),
        ("dated=maybe", "dated", "maybe"),
        ("type=CRIM,AID", "type", "CRIM,AID"),
        ("initiator_not=Praga", "initiator_not", "Praga"),
        ("limit=0", "limit", "0"),
        (f"actor={quote('“a”, <b> & c')}", "actor", "“a”, <b> & c"),
    ],
)
def test_each_refusal_stands_at_its_field(small: None, page: Page, query: str, name: str, kept: str) -> None:
    read = page(f"/?{query}", 400)
    assert read.fields[name] == kept
    assert f'id="fault-{name}"' in read.text
    assert f'href="#{name}"' in read.text
    field = read.text.split(f'id="{name}"')[1].split(">")[0]
    assert 'aria-invalid="true"' in field
    assert f"fault-{name}" in field


def test_two_fields_share_a_refusal(small: None, page: Page) -> None:
    read = page("/?date_from=2020&date_to=2019&country=CZ", 400)
    assert 'id="fault-date_from"' in read.text
    assert 'id="fault-date_to"' in read.text
    assert read.hrefs("Try date_from=2019&date_to=2020")[0] == "/?country=CZ&date_from=2019&date_to=2020"


@pytest.mark.parametrize(
    ("query", "suggestion", "href"),
    [
        ("contry=China&dated=true", "country=CN", "/?dated=true&country=CN"),
        ("country=China,CZ", "country=CN,CZ", "/?country=CN,CZ"),
        ("start_date=2019-10", "date_from=2019-10", "/?date_from=2019-10"),
        ("actor=Pragu", "actor=City of Prague", "/?actor=City+of+Prague"),
        ("limit=5000", "limit=1000", "/?limit=1000"),
        ("precision=days", "precision=day", "/?precision=day"),
    ],
)
def test_a_suggestion_can_be_followed(small: None, page: Page, query: str, suggestion: str, href: str) -> None:
    read = page(f"/?{query}", 400)
    assert set(read.hrefs(f"Try {suggestion}")) == {href}
    page(href)


def test_unknown_parameters_are_named_at_the_top(small: None, page: Page) -> None:
    read = page("/?contry=China&wolf=1&country=CZ", 400)
    top = read.text.split("<form")[0]
    assert "There is no parameter &#x27;contry&#x27;" in top
    assert "There is no parameter &#x27;wolf&#x27;" in top
    assert read.fields["country"] == "CZ"
    assert read.text.index("<h1>") < read.text.index("<form")


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}"])
def test_what_was_sent_is_text(small: None, page: Page, value: str) -> None:
    for query in (f"actor={quote(value)}", f"{quote(value)}=1", f"type={quote(value)}", f"document={quote(value)}"):
        read = page(f"/?{query}", 400)
        assert not {"script", "img"} & set(read.tags)


def test_a_page_of_one_event_takes_no_filters(small: None, page: Page) -> None:
    assert "There is no parameter 'country'" in page("/events/event-a/title-of-event-a/?country=CZ", 400).words.replace(
        "'country' isn't taken at this address", "There is no parameter 'country'"
    )


def test_an_error_page_is_not_kept_or_indexed(small: None, page: Page, client: Client) -> None:
    response = client.get("/?contry=China")
    assert not response.has_header("ETag")
    assert '<meta name="robots" content="noindex">' in response.content.decode()
