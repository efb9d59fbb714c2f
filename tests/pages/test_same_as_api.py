"""The page of a question shows the events that the API's answer has, in the API's order but for years and months."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.test import Client

from tests.pages.conftest import Page

QUESTIONS = 120
CHOICES = {
    "country": ["CN", "US", "CZ", "CA", "MY", "TW", "FR"],
    "country_not": ["CN", "US,CA"],
    "country_all": ["CN,US", "CN,CZ"],
    "actor": ["Huawei", "Xi Jinping", "Kenneth Yau", "Huawei,Kenneth Yau"],
    "initiator_country": ["CN", "US,CZ"],
    "target_country_not": ["CN", "CZ"],
    "type": ["DISAPPROVE", "COERCE,SANCTION", "OTHER"],
    "type_not": ["OTHER", "INVESTIGATE,DEMAND"],
    "claimed_by": ["none"],
    "precision": ["day", "year,month", "range"],
    "date": ["2019", "2019-10", "2019-10-17", "201X", "[2018..]", "2019-09-30/2019-10-03"],
    "date_from": ["2014", "2019-05", "2019-10-16"],
    "date_to": ["2014", "2019-05", "2019-10-16", "2020"],
    "date_match": ["possible", "certain"],
    "dated": ["true", "false"],
    "ordering": ["date", "-date", "updated", "-updated"],
    "limit": ["1", "7", "1000"],
}


def questions() -> Iterator[str]:
    """Some are refused; then the page has to refuse them too."""
    chance = random.Random(11)
    for _number in range(QUESTIONS):
        names = chance.sample(sorted(CHOICES), chance.randrange(5))
        if "date_match" in names and not {"date", "date_from", "date_to"} & set(names):
            names.remove("date_match")
        yield urlencode({name: chance.choice(CHOICES[name]) for name in names})


def test_it_shows_what_the_api_answers(db: None, client: Client, page: Page) -> None:
    call_command("loaddata", "china-digest-2019-11", verbosity=0)
    answered = 0
    for question in questions():
        response = client.get(f"/api/v1/events/?{question}")
        read = page(f"/?{question}", response.status_code)
        expected = [item["id"] for item in response.json().get("results", [])]
        assert sorted(read.ids) == sorted(expected), question
        assert len(set(read.ids)) == len(read.ids)
        assert bool(read.hrefs("Next page")) == bool(response.json().get("next")), question
        if "updated" in question:
            assert read.ids == expected
        answered += bool(expected)
    assert answered > QUESTIONS / 3


@pytest.mark.parametrize("limit", [4, 50])
def test_so_do_its_pages_together(db: None, client: Client, page: Page, limit: int) -> None:
    call_command("loaddata", "china-digest-2019-11", verbosity=0)
    question = "country=CN&ordering=-date"
    expected = [item["id"] for item in client.get(f"/api/v1/events/?{question}&limit=1000").json()["results"]]
    seen, address = [], f"/?{question}&limit={limit}"
    while address:
        read = page(address)
        seen += read.ids
        address = next(iter(read.hrefs("Next page")), "")
    assert sorted(seen) == sorted(expected)
    assert len(seen) == len(expected) > limit / 2
