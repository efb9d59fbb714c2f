"""What answers say: the echo of the question, keys, one thing, the root, history, what is gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from events.curation.publish import revise
from events.curation.retract import reinstate, retract
from events.models import Event
from events.querying import filters
from tests.api import small
from tests.api.conftest import Get
from tests.api.making import AT
from tests.curation.world import DEED, edit

LATER = DEED | {"at": AT + timedelta(hours=3), "why": "A better source."}


@pytest.fixture(autouse=True)
def _small(db: None) -> None:
    small.build().publish()


def revise_title(title: str) -> None:
    edit(Event, "visits", title=title)
    revise("visits", **LATER)


# The echo.

ECHOES: list[tuple[str, dict[str, Any], str]] = [
    ("events/", {"limit": 50, "ordering": "date"}, "events"),
    (
        "events/?date=2019-10&country=CZE,CN",
        {"date": "2019-10", "date_match": "possible", "country": ["CZ", "CN"], "limit": 50, "ordering": "date"},
        "events that may have happened in October 2019 and involve Czechia or China",
    ),
    (
        "events/?actor=华为&type_not=THREATEN&limit=7&fields=id",
        {"actor": ["huawei"], "type_not": ["THREATEN"], "limit": 7, "fields": ["id"], "ordering": "date"},
        "events that involve Huawei, except threats",
    ),
    (
        'events/?actor="zeman, MILOŠ","The ""Group"""&dated=true',
        {"actor": ["zeman", "group"], "dated": True, "limit": 50, "ordering": "date"},
        'events that have a date and involve Zeman, Miloš or The "Group"',
    ),
    (
        "events/?date_from=2019&date_to=2019-10&date_match=certain&claimed_by=none",
        {
            "date_from": "2019",
            "date_to": "2019-10",
            "date_match": "certain",
            "claimed_by": ["none"],
            "limit": 50,
            "ordering": "date",
        },
        "events that certainly happened between 1 January 2019 and 31 October 2019 and are claimed by nobody",
    ),
    (
        "events/?updated_since=2019-11-04T12:00:00%2B01:00",
        {"updated_since": "2019-11-04T11:00:00Z", "limit": 50, "ordering": "date"},
        "events that were revised since 2019-11-04T11:00:00Z",
    ),
    (
        "actors/?name=Min&home=CHN",
        {"name": "Min", "home": ["CN"], "limit": 50, "ordering": "-events"},
        "events; of their actors those that have “Min” in a name and are of China",
    ),
    (
        "dates/?date=2019&precision=day",
        {"date": "2019", "precision": ["day"], "by": "year"},
        "events that may have happened in 2019 and are dated to a day",
    ),
]


@pytest.mark.parametrize(("question", "parameters", "text"), ECHOES)
def test_the_echo_says_what_was_applied(get: Get, question: str, parameters: dict[str, Any], text: str) -> None:
    query = get(question)["query"]
    assert query["parameters"] == parameters
    assert query["text"] == text
    dated = [*parse_qsl(urlsplit(query["url"]).query), ("as_of", "18")]
    assert sorted(parse_qsl(urlsplit(query["permalink"]).query)) == sorted(dated)


def test_a_search_has_no_permanent_address_as_the_texts_of_the_past_are_not_kept(client: Client, get: Get) -> None:
    assert get("events/?q=Huawei")["query"]["permalink"] is None
    assert client.get("/api/v1/events/?q=Huawei&as_of=18").status_code == 400
    page = client.get("/", {"q": "Huawei"}).content.decode()
    assert "as_of=" not in page


@pytest.mark.parametrize("question", [question for question, *_rest in ECHOES])
def test_the_canonical_address_gives_the_same_answer(client: Client, get: Get, question: str) -> None:
    answer = get(question)
    response = client.get(answer["query"]["url"])
    assert response.json() == answer
    assert answer["query"]["url"].startswith(f"http://testserver/api/v1/{question.split('?')[0]}?")


def test_ways_to_ask_the_same_have_one_address_and_one_etag(client: Client) -> None:
    asked = ["country=CZ&actor=Huawei", "actor=huawei&country=CZE", "country=CZ,CZE&actor=HUAWEI&limit=50"]
    responses = [client.get(f"/api/v1/events/?{query}") for query in asked]
    assert len({response["ETag"] for response in responses}) == 1
    assert len({response.json()["query"]["url"] for response in responses}) == 1


@pytest.mark.parametrize(
    ("query", "window"),
    [
        ("", None),
        ("date=2019-10", {"from": "2019-10-01", "to": "2019-10-31", "match": "possible"}),
        ("date=2019-24&date_match=certain", {"from": "2019-12-01", "to": "2020-02-29", "match": "certain"}),
        ("date_from=2019-02", {"from": "2019-02-01", "to": None, "match": "possible"}),
        ("date_to=2020-02", {"from": None, "to": "2020-02-29", "match": "possible"}),
        ("date=2016/..", {"from": "2016-01-01", "to": None, "match": "possible"}),
        ("date=[..2018]", {"from": None, "to": "2018-12-31", "match": "possible"}),
    ],
)
def test_the_window_as_days(get: Get, query: str, window: dict[str, Any] | None) -> None:
    answer = get(f"events/?{query}")
    assert answer["query"]["window"] == window
    assert all(("in_window" in event) == (window is not None) for event in answer["results"])


# Keys.


def test_fields_and_omit(get: Get) -> None:
    keys = {"events/": filters.EVENT, "actors/": filters.ACTOR, "countries/": filters.COUNTRY}
    keys |= {"types/": filters.TYPE, "documents/": filters.DOCUMENT}
    for path, names in keys.items():
        for one in get(f"{path}?date=2019")["results"]:
            assert tuple(one) == names, path
        for name in names:
            assert all(list(one) == [name] for one in get(f"{path}?date=2019&fields={name}")["results"]), name
            kept = [other for other in names if other != name]
            assert all(list(one) == kept for one in get(f"{path}?date=2019&omit={name}")["results"]), name


def test_in_window_may_be_asked_for_without_a_window(get: Get) -> None:
    assert get("events/?fields=in_window&limit=1")["results"] == [{}]


def test_one_event_is_its_result_in_the_list(get: Get) -> None:
    for event in get("events/")["results"]:
        assert get(f"events/{event['id']}/") == event
        assert event["api_url"] == f"http://testserver/api/v1/events/{event['id']}/"
        assert event["url"] == f"http://testserver/events/{event['id']}/{event['slug']}/"
    assert get("events/visits/?fields=id,type") == {"id": "visits", "type": "CONSULT"}


@pytest.mark.parametrize("path", ["actors", "countries", "types", "documents"])
def test_one_thing_is_its_result_in_the_list(get: Get, path: str) -> None:
    things = get(f"{path}/")["results"]
    assert things
    for thing in things:
        assert get(f"{path}/{thing.get('id') or thing['code']}/") == thing


def test_known_without_events(client: Client, get: Get) -> None:
    """A country or type has none yet, an actor none any more: known, but in no list."""
    retract("sometime", **LATER)
    assert get("countries/FR/")["events"] == get("types/SANCTION/")["events"] == get("actors/nobody/")["events"] == 0
    assert "nobody" not in [actor["id"] for actor in get("actors/")["results"]]
    assert get("events/?actor=nobody")["results"] == []


def test_the_root(client: Client, get: Get, settings: Any) -> None:
    root = get("")
    assert {name: root[name] for name in ("name", "description", "license", "attribution", "contact")} == {
        name: settings.DATELINE[name] for name in ("name", "description", "license", "attribution", "contact")
    }
    assert root["head"]["seq"] == root["as_of"] == get("events/")["as_of"]
    assert get(f"changes/?since={root['changes_token']}")["token"] == root["changes_token"]
    for address in root["links"].values():
        assert client.get(address).status_code == 200, address
    before = root["head"]
    revise_title("The president called")
    assert get("")["head"]["hash"] != before["hash"]
    assert get("")["updated_at"] == "2024-05-01T15:00:00.000000Z"


# What was, and what is gone.


def test_history_has_all_that_an_event_was(client: Client, get: Get) -> None:
    first = get("events/visits/")
    revise_title("The president called")
    second = get("events/visits/")
    retract("visits", by="bob", at=AT + timedelta(days=1), why="It was another year.")
    reinstate("visits", by="bob", at=AT + timedelta(days=2), why="It wasn't.")
    third = get("events/visits/")
    history = get("events/visits/history/")
    assert [(entry["deed"], entry["why"], entry["data"]) for entry in history["results"]] == [
        ("reinstated", "It wasn't.", third),
        ("retracted", "It was another year.", None),
        ("revised", "A better source.", second),
        ("published", "Loaded for a test", first),
    ]
    assert [entry["seq"] for entry in history["results"]] == sorted(
        (e["seq"] for e in history["results"]), reverse=True
    )
    assert {entry["id"] for entry in history["results"]} == {"visits"}
    assert (first["title"], second["title"], third["title"]) == (
        "The president visits",
        "The president called",
        "The president called",
    )
    assert (first["revision"], second["revision"], third["revision"]) == (1, 2, 4)
    assert b"bob" not in client.get("/api/v1/events/visits/history/").content


def test_retracted_is_gone_with_when_and_why(get: Get) -> None:
    retract("visits", by="bob", at=AT + timedelta(days=1), why="It was another year.")
    gone = get("events/visits/", 410)
    assert gone["at"] == "2024-05-02T12:00:00.000000Z"
    assert gone["why"] == "It was another year."
    assert "2024-05-02" in gone["detail"]
    assert "It was another year." in gone["detail"]
    assert "bob" not in str(gone)
    assert gone["errors"] == []
    assert [entry["deed"] for entry in get("events/visits/history/")["results"]] == ["retracted", "published"]
    assert "visits" not in [event["id"] for event in get("events/")["results"]]


@pytest.mark.parametrize(
    "path",
    [
        *("events/nothing/", "events/nothing/history/", "actors/nothing/", "documents/nothing/", "countries/XX/"),
        *("countries/cz/", "countries/CZE/", "types/WAR/", "nowhere/", "events/visits/more/", "events/%00/"),
        *("events/ä/", f"events/{'a' * 5000}/", "events/VISITS/", "actors/visits/", "events/huawei/"),
    ],
)
def test_nothing_is_there(client: Client, path: str) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == response.json()["status"] == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"] == []
