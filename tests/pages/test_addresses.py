"""A page's address: cleaned once, in the ways that are promised and in no other; nothing is lost on the way."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from events.pages import filters
from events.pages.addresses import address, cleaned, parameters
from events.querying.checks import declared

TIMELINE = declared(filters.Timeline)
NAMES = st.sampled_from([*TIMELINE, "utm_source", "utm_", "fbclid", "gclid", "mc_eid", "contry", ""])
PAIRS = st.lists(st.tuples(NAMES | st.text(), st.text(st.characters(codec="utf-8")) | st.just("")), max_size=12)


@pytest.mark.parametrize(
    ("sent", "clean"),
    [
        ("date_from=&date_to=2019&country=", "date_to=2019"),
        ("country=CZ&country=SK", "country=CZ,SK"),
        ("country=CZ&type=AID&country=&country=SK,DE", "country=CZ,SK,DE&type=AID"),
        ("actor_not=a&actor_not=b", "actor_not=a,b"),
        ("date_match=certain", ""),
        ("date_match=certain&date_from=", ""),
        ("date_match=nonsense", ""),
        ("utm_source=x&utm_medium=y&fbclid=1&gclid=2&mc_eid=3&country=CZ", "country=CZ"),
        ("utm_source=x", ""),
    ],
)
def test_first_a_page_leads_to_its_clean_address(db: None, client: Client, sent: str, clean: str) -> None:
    response = client.get(f"/?{sent}")
    assert (response.status_code, response["Location"]) == (303, f"/?{clean}" if clean else "/")


@pytest.mark.parametrize(
    "query",
    ["date_match=certain&date=2019", "country=CZ,SK", "country=CZ%2CSK", "dated=true", "ordering=-date&limit=3"],
)
def test_what_is_clean_stays(db: None, client: Client, query: str) -> None:
    assert client.get(f"/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["contry=", "UTM_SOURCE=x", "utm=x", "xutm_source=x", "dated=true&dated=false", "="])
def test_the_rest_is_refused_and_never_dropped(db: None, client: Client, query: str) -> None:
    assert client.get(f"/?{query}").status_code == 400


@given(PAIRS)
def test_cleaning_twice_is_cleaning_once(pairs: list[tuple[str, str]]) -> None:
    once = cleaned(pairs, TIMELINE)
    assert cleaned(once, TIMELINE) == once


@given(PAIRS)
def test_unknown_parameters_survive(pairs: list[tuple[str, str]]) -> None:
    def unknown(some: list[tuple[str, str]]) -> list[tuple[str, str]]:
        tracking = ("fbclid", "gclid", "mc_eid")
        return [pair for pair in some if pair[0] not in (*TIMELINE, *tracking) and not pair[0].startswith("utm_")]

    assert unknown(cleaned(pairs, TIMELINE)) == unknown(pairs)


@given(st.binary(max_size=40))
def test_an_address_says_again_what_was_sent(raw: bytes) -> None:
    request = RequestFactory().get("/", QUERY_STRING=raw.decode("latin-1"))
    sent = parameters(request)
    query = address("", sent).removeprefix("?")
    assert query.isascii()
    assert parse_qsl(query, keep_blank_values=True, errors="surrogateescape") == sent


def test_the_other_pages_are_cleaned_too(small: None, client: Client) -> None:
    response = client.get("/events/event-a/?utm_source=letter")
    assert (response.status_code, response["Location"]) == (303, "/events/event-a/")
