"""What is refused, with which code and what to write instead: never a 500, never an unfiltered 200, never HTML."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from events.querying import checks, filters
from tests.api import small

KEYS = {"type", "title", "status", "detail", "errors"}

# Each query with the (parameter, code, suggestion) of its problems.
REFUSED: dict[str, list[tuple[str, str, str | None]]] = {
    "contry=China": [("contry", "unknown_parameter", "country=CN")],
    "country=": [("country", "empty", None)],
    "date=2019-02-30": [("date", "invalid_date", "date=2019-02")],
    "date_from=20190101": [("date_from", "invalid_date", "date_from=2019-01-01")],
    "date_from=2020&date_to=2019": [("date_from, date_to", "reversed_window", "date_from=2019&date_to=2020")],
    "date_from=2019&date_from=2018": [("date_from", "repeated", None)],
    "country=CZ&country=SK": [("country", "repeated", "country=CZ,SK")],
    "country=China": [("country", "unknown", "country=CN")],
    "country=UK": [("country", "unknown", "country=GB")],
    "country=cz": [("country", "unknown", "country=CZ")],
    "country=CS": [("country", "unknown", None)],
    "country=SUN": [("country", "unknown", "country=SUHH")],
    "type=threats": [("type", "unknown", "type=THREATEN")],
    "actor=Huawai": [("actor", "unknown", "actor=Huawei")],
    "actor=Foreign%20Ministry": [("actor", "ambiguous", None)],
    "actor=zeman, milo%C5%A1": [("actor", "unknown", 'actor="zeman,%20miloš"')],
    "document=nothing": [("document", "unknown", None)],
    "limit=0": [("limit", "out_of_range", "limit=1")],
    "limit=100000": [("limit", "out_of_range", "limit=1000")],
    "search=R%26D%2B": [("search", "unknown_parameter", "q=R%26D%2B")],
    "updated_since=2019-11-04T10:00:00+01:00": [
        ("updated_since", "invalid_instant", "updated_since=2019-11-04T10:00:00%2B01:00")
    ],
    "limit=1_0": [("limit", "out_of_range", None)],
    "limit=%2B5": [("limit", "out_of_range", "limit=5")],
    "limit=%EF%BC%95": [("limit", "out_of_range", "limit=5")],
    "actor=%00": [("actor", "invalid_text", None)],
    "actor=%ED%A0%80": [("actor", "invalid_text", None)],
    "actor=%FF": [("actor", "invalid_text", None)],
    "country=" + "CZ," * 120 + "CZ": [("country", "too_many", None)],
    f"actor={'a' * 100_000}": [("actor", "too_long", None)],
    "q=%22sister%20city": [("q", "invalid_words", "q=sister%20city")],
    "q=%E2%80%9E%20%26%20!": [("q", "invalid_words", None)],
    "q=-%20%22...%22": [("q", "no_words", None)],
    "q=%20": [("q", "no_words", None)],
    "q=": [("q", "empty", None)],
    "q=%09huawei": [("q", "invalid_text", None)],
    "q=" + "%20".join(map(str, range(33))): [("q", "too_many", None)],
    f"q={'a' * 501}": [("q", "too_long", None)],
    "ordering=relevance": [("ordering, q", "conflict", None)],
    "ordering=relevance&q=-huawei": [("ordering, q", "conflict", None)],
    "ordering=relevance&q=huawei&cursor=abc": [("ordering, cursor", "conflict", None)],
    "q=words&as_of=18": [("q, as_of", "conflict", None)],
    "as_of=19": [("as_of", "future", "as_of=18")],
    "as_of=2999-01-01T00:00:00Z": [("as_of", "future", "as_of=18")],
    "as_of=2024-05-01": [("as_of", "invalid_moment", "as_of=2024-05-01T00:00:00Z")],
    "as_of=-1": [("as_of", "invalid_moment", None)],
    "as_of=041": [("as_of", "invalid_moment", None)],
    "as_of=now": [("as_of", "invalid_moment", None)],
    "as_of=1&as_of=2": [("as_of", "repeated", None)],
    "as_of=99999999999999999999": [("as_of", "invalid_moment", None)],
    # Nothing was public then.
    "as_of=0&actor=Huawei": [("actor", "unknown", None)],
    "as_of=0&document=gazette": [("document", "unknown", None)],
    "as_of=4&country=China": [("country", "unknown", "country=CN")],
    "fields=id&omit=title": [("fields, omit", "conflict", None)],
    "date=2019&date_to=2020": [("date, date_to", "conflict", None)],
    "date=2019&dated=false": [("date, dated", "conflict", None)],
    "date_match=certain": [("date_match, date", "conflict", None)],
    "bbox=1,2,3,4": [("bbox", "unknown_parameter", None)],
    "page=2": [("page", "unknown_parameter", None)],
    "cursor=abc": [("cursor", "invalid_cursor", None)],
    "contry=China&date=2019-13&limit=0": [
        ("contry", "unknown_parameter", "country=CN"),
        ("date", "invalid_date", None),
        ("limit", "out_of_range", "limit=1"),
    ],
    "&".join(f"x{number}=1" for number in range(3000)): [("", "too_many", None)],
}
# What people bring along from other systems: the parameter that is suggested, with their value where it fits.
HABITS = {
    **dict.fromkeys(("start_date", "from", "since", "event_date", "date__gte", "start_date__gt"), "date_from=2019"),
    **dict.fromkeys(("end_date", "to", "until", "date__lte"), "date_to=2019"),
    **dict.fromkeys(("year", "month"), "date=2019"),
}
NOUN_HABITS = {
    **dict.fromkeys(("actor1", "source_actor"), "initiator=Huawei"),
    **dict.fromkeys(("actor2", "recipient"), "target=Huawei"),
    "actor__icontains": "actor=Huawei",
}
COUNTRY_HABITS: dict[str, str | None] = {
    **dict.fromkeys(("iso", "iso3", "country_code", "country__iexact"), "country=CN"),
    "location": "location_country=CN",
    **dict.fromkeys(("country_any", "country_or", "country__in"), "country=CN"),
    **dict.fromkeys(("country__not", "country__ne", "not_country", "exclude_country", "country!"), "country_not=CN"),
    **dict.fromkeys(("country_nto", "cuntry_not", "iso3_not"), "country_not=CN"),
    # There is nothing that excludes so: better no suggestion than the opposite.
    **dict.fromkeys(("date_not", "precision_not"), None),
}


@pytest.fixture
def dataset(db: None) -> None:
    small.build().publish()


@pytest.mark.parametrize("query", REFUSED, ids=lambda query: query[:40])
def test_refused(dataset: None, client: Client, query: str) -> None:
    response = client.get(f"/api/v1/events/?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem.keys() == KEYS
    assert [(one["parameter"], one["code"], one["suggestion"]) for one in problem["errors"]] == REFUSED[query]
    assert all(len(one["value"]) <= 101 and one["detail"] for one in problem["errors"])


@pytest.mark.parametrize(
    ("value", "habits"), [("2019", HABITS), ("Huawei", NOUN_HABITS), ("China", COUNTRY_HABITS)], ids=str
)
def test_habits(dataset: None, client: Client, value: str, habits: Mapping[str, str | None]) -> None:
    for name, suggestion in habits.items():
        (error,) = client.get(f"/api/v1/events/?{name}={value}").json()["errors"]
        assert (error["code"], error["suggestion"]) == ("unknown_parameter", suggestion), name


def test_habits_without_a_value_to_suggest(dataset: None, client: Client) -> None:
    said = {
        name: client.get(f"/api/v1/events/?{name}=x").json()["detail"]
        for name in ("search", "sort", "order_by", "page_size", "per_page", "event_type", "source", "offset")
    }
    meant = ("q", "ordering", "ordering", "limit", "limit", "type", "document", "next")
    assert all(word in text for word, text in zip(meant, said.values(), strict=True)), said


def test_a_name_of_two_actors_is_refused_with_both(dataset: None, client: Client) -> None:
    (error,) = client.get("/api/v1/events/?actor=foreign ministry").json()["errors"]
    assert "mfa-cn" in error["detail"]
    assert "mfa-cz" in error["detail"]


PATHS = {
    "": filters.Nothing,
    "events/": filters.EventList,
    "dates/": filters.Buckets,
    "actors/": filters.ActorList,
    "countries/": filters.CountryList,
    "types/": filters.TypeList,
    "documents/": filters.DocumentList,
    "events/warns/": filters.EventDetail,
}
NAMES = sorted({name for path in PATHS.values() for name in checks.declared(path)})
VALUES = [
    "2019",
    "2019-10",
    "CZ",
    "CZ,SK",
    "Huawei",
    "true",
    "day",
    "certain",
    "name",
    "csv",
    "json",
    "exact",
    "1",
    "id",
]


class AnyQuestion(TestCase):
    """Whatever is sent to whatever path: applied and echoed, or refused as a problem."""

    @classmethod
    def setUpTestData(cls) -> None:
        small.build().publish()

    @settings(max_examples=300)
    @given(
        st.sampled_from(sorted(PATHS)),
        st.lists(
            st.tuples(st.sampled_from(NAMES) | st.text(max_size=12), st.sampled_from(VALUES) | st.text(max_size=20)),
            max_size=4,
        ),
    )
    def test_it_is_applied_or_refused(self, path: str, pairs: list[tuple[str, str]]) -> None:
        written = "&".join("=".join(quote(part, errors="surrogatepass") for part in pair) for pair in pairs)
        response = self.client.get(f"/api/v1/{path}?{written}")
        if response.status_code != 200:
            assert response.status_code == 400, written
            assert response["Content-Type"] == "application/problem+json"
            assert response.json()["errors"]
        elif response["Content-Type"] == "application/json" and path not in ("", "events/warns/"):
            echoed = response.json()["query"]["parameters"]
            assert {name for name, value in pairs if name or value} <= echoed.keys(), written
