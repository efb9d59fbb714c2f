"""How many queries an answer costs: as many for a long page as for a short one; and what an empty dataset answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.querying import filters
from tests.api.conftest import Get
from tests.api.varied import build

pytestmark = pytest.mark.django_db

# Queries: the same number whatever the size of the page.

LISTS: list[tuple[str, int]] = [
    ("events/?", 4),  # head, dated events, undated ones, documents; the page of one needs no undated ones
    ("events/?ordering=updated&", 3),  # head, events, documents
    ("events/?date=2019&count=exact&", 5),  # head, events, documents, totals, undated
    ("events/?actor=Office%201,actor-2&", 7),  # as the first, and what is an id, what is a name, the names of those
    ("actors/?", 3),  # head, actors with counts, their documents
    (
        "actors/?name=office&home=CZ,CN,SK,US,DE,TW&count=exact&",
        5,
    ),  # head, codes of countries, total, actors, documents
    ("countries/?", 3),  # head, countries with counts, their names
    (
        "types/?date=2019&count=exact&",
        7,
    ),  # head, all events, those in the window, what events have, total, types by that, their names
    (
        "documents/?type=OTHER&",
        6,
    ),  # head, the code of the type, how often it is met, what events quote, documents by that, their documents
]


@pytest.mark.parametrize(("question", "expected"), LISTS)
def test_the_number_of_queries_is_constant(get: Get, question: str, expected: int) -> None:
    build(150, dates=("2019-10", "2019-10-16", "2019-11", "2018")).publish()
    numbers = []
    for limit in (1, 50, 1000):
        with CaptureQueriesContext(connection) as queries:
            get(f"{question}{urlencode({'limit': limit})}")
        numbers.append(len(queries))
    assert max(numbers) == expected
    assert min(numbers) >= expected - 1


@pytest.mark.parametrize("size", filters.BUCKETS)
def test_the_number_of_queries_is_that_of_no_bucket(
    get: Get, size: str, django_assert_num_queries: Callable[..., Any]
) -> None:
    build(60).publish()
    # Head; events by the buckets of their four days; undated.
    with django_assert_num_queries(3):
        assert len(get(f"dates/?date=2016/2019&by={size}")["results"]) > 0


def test_an_empty_dataset_answers_too(get: Get) -> None:
    root = get("")
    assert set(root["counts"].values()) == {0}
    assert root["first_day"] is root["last_day"] is root["updated_at"] is None
    for path in ("events", "actors", "countries", "types", "documents"):
        assert (get(f"{path}/?count=exact")["total"], get(f"{path}/")["results"]) == (0, [])
    assert get("dates/")["results"] == []
