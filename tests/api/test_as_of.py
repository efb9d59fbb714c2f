"""What was answered once is answered again: by its permalink, whatever has happened since, byte for byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from events.curation.publish import publish
from events.curation.reference import rename_country
from events.curation.retract import retract
from events.models import Entry
from events.querying.filters import FORMATS
from tests.api import small
from tests.api.conftest import Get
from tests.api.deeds import ALL_EVENTS, Doing, world
from tests.api.making import AT
from tests.curation.world import DEED

# Every path and page, and questions that look names up, count, and go on from page to page.
ASKED = (
    *("/api/v1/", "/api/v1/events/", "/api/v1/events/?date=2019&count=exact", "/api/v1/events/?dated=false"),
    *("/api/v1/events/?ordering=-updated&limit=7", "/api/v1/events/?type=THREATEN&country_not=CZ"),
    *("/api/v1/events/?claimed_by_not=none", "/api/v1/events/?updated_since=2024-05-20"),
    *("/api/v1/events/?actor=Office%202", "/api/v1/events/?initiator_country=CZ&date_from=2018"),
    *("/api/v1/dates/?date=19XX", "/api/v1/dates/?by=month&date=2019&country=CN,SK"),
    *("/api/v1/actors/", "/api/v1/actors/?name=ma&date=2019", "/api/v1/countries/", "/api/v1/types/?document=paper-1"),
    *("/api/v1/documents/", "/api/v1/countries/CZ/", "/api/v1/types/AGREE/", "/api/v1/actors/actor-3/"),
    *("/api/v1/documents/paper-2/", "/", "/?date=2019&count=exact", "/?ordering=updated"),
    *(f"/api/v1/events/?format={form}" for form in FORMATS),
    *(f"/api/v1/events/{pk}/" for pk in ALL_EVENTS[::7]),
    *(f"/api/v1/events/{pk}/history/" for pk in ALL_EVENTS[::11]),
    *(f"/events/{pk}/" for pk in ALL_EVENTS[::9]),
)
HEADERS = ("ETag", "Location", "Content-Type", "Content-Disposition", "Dateline-As-Of", "Dateline-Changes")


def as_of(address: str, seq: int | str) -> str:
    return f"{address}{'&' if '?' in address else '?'}as_of={seq}"


def answered(client: Client, address: str) -> tuple[int, dict[str, str | None], bytes]:
    response = client.get(address)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, {name: response.get(name) for name in HEADERS}, body


@pytest.mark.django_db
def test_what_was_answered_is_answered_again(client: Client) -> None:
    """Recorded while the number was the newest, compared when it has long been not."""
    world().publish()
    doing, recorded = Doing(11), {}
    for _round in range(3):
        seq = client.get("/api/v1/").json()["as_of"]
        for address in ASKED:
            dated = as_of(address, seq)
            recorded[dated] = answered(client, dated)
            _same_as_undated(client, address, recorded[dated])
        for _deed in range(25):
            doing.something()
    statuses = {status for status, _headers, _body in recorded.values()}
    assert statuses >= {200, 308, 404, 410}
    for dated, before in recorded.items():
        assert answered(client, dated) == before, dated


def _same_as_undated(client: Client, address: str, dated: tuple[int, Any, bytes]) -> None:
    """What is asked as of the newest number is what is there; its own address apart."""
    status, headers, body = answered(client, address)
    assert (status, headers["Content-Type"]) == (dated[0], dated[1]["Content-Type"]), address
    if headers["Content-Type"] == "application/json" and "timelinejs" not in address:
        assert _without_addresses(body) == _without_addresses(dated[2])
    elif status == 200 and any(address.endswith(form) for form in ("csv", "jsonl", "geojson")):
        assert body == dated[2]


def _without_addresses(body: bytes) -> Any:
    answer = json.loads(body)
    return {name: value for name, value in answer.items() if name not in ("query", "next")}


@pytest.mark.django_db
def test_a_page_by_cursor_stays_in_its_state(client: Client) -> None:
    world().publish()
    doing = Doing(3)
    for _deed in range(10):
        doing.something()
    whole = client.get("/api/v1/events/?limit=1000").json()
    address, met = as_of("/api/v1/events/?limit=3", whole["as_of"]), []
    while address:
        page = client.get(f"{urlsplit(address).path}?{urlsplit(address).query}").json()
        assert page["as_of"] == whole["as_of"]
        met += page["results"]
        address = page["next"]
        doing.something()
    assert met == whole["results"]


@pytest.mark.django_db
def test_an_instant_is_the_last_change_until_then(get: Get) -> None:
    small.build().publish()
    retract("visits", by="ann", at=AT + timedelta(hours=1), why="It was another year.")
    retract("meets", by="ann", at=AT + timedelta(hours=2), why="It was another year.")
    for after, seq in ((-1, 0), (0, 18), (3599, 18), (3600, 19), (7199, 19), (7200, 20), (90_000, 20)):
        instant = (AT + timedelta(seconds=after)).strftime("%Y-%m-%dT%H:%M:%SZ")
        answer = get(f"events/?as_of={instant}")
        assert (answer["as_of"], answer["query"]["parameters"]["as_of"]) == (seq, seq)
        assert answer["query"]["url"].endswith(f"as_of={seq}&limit=50&ordering=date")
    with_zone = get("events/?as_of=2024-05-01T15:00:00%2B02:00")
    assert with_zone["as_of"] == 19


@pytest.mark.django_db
def test_the_clock_says_what_is_the_future(get: Get) -> None:
    small.build().publish()
    now = datetime.now(UTC)
    assert get(f"events/?as_of={now.strftime('%Y-%m-%dT%H:%M:%SZ')}")["as_of"] == 18
    (error,) = get(f"events/?as_of={(now + timedelta(days=2)).strftime('%Y-%m-%dT%H:%M:%SZ')}", 400)["errors"]
    assert (error["code"], error["suggestion"]) == ("future", "as_of=18")


@pytest.mark.django_db
def test_before_all_there_was_nothing(get: Get) -> None:
    small.build().publish()
    root = get("?as_of=0")
    assert set(root["counts"].values()) == {0}
    assert (root["as_of"], root["head"], root["updated_at"], root["first_day"]) == (
        0,
        {"seq": 0, "hash": ""},
        None,
        None,
    )
    for path in ("events/", "actors/", "countries/", "types/", "documents/", "dates/"):
        assert get(f"{path}?as_of=0")["results"] == []
    get("events/visits/?as_of=0", 404)
    get("events/visits/history/?as_of=0", 404)
    assert get("countries/CZ/?as_of=0")["events"] == 0


@pytest.mark.django_db
def test_the_dataset_as_it_stood_has_the_hash_of_then(get: Get) -> None:
    small.build().publish()
    before = get("")
    retract("visits", **DEED)
    then = get(f"?as_of={before['as_of']}")
    assert {**then, "links": None} == {**before, "links": None}
    assert then["head"]["hash"] == Entry.objects.get(seq=18).chain_sha256
    assert [change["seq"] for change in get(f"changes/?since={then['changes_token']}")["results"]] == [19]


@pytest.mark.django_db
def test_what_was_not_public_yet_is_like_what_never_was(client: Client) -> None:
    world().publish()
    seq = client.get("/api/v1/").json()["as_of"]
    publish("draft-3", **DEED)
    assert client.get("/api/v1/actors/novice-3/").status_code == 200
    for hidden, missing in (
        ("actors/novice-3/", "actors/nobody-3/"),
        ("events/draft-3/", "events/nothing/"),
        ("events/?actor=novice-3", "events/?actor=nobody-3"),
        ("events/?actor=Novice%203", "events/?actor=Nobody%203"),
    ):
        one, other = (client.get(f"/api/v1/{as_of(path, seq)}") for path in (hidden, missing))
        assert one.status_code == other.status_code
        assert one.status_code in (400, 404)


@pytest.mark.django_db
def test_countries_are_named_as_now_in_lists_and_as_then_in_events(get: Get) -> None:
    small.build().publish()
    rename_country("CZ", "Bohemia", **DEED)
    assert get("countries/CZ/?as_of=18")["name"] == "Bohemia"
    assert {"code": "CZ", "name": "Czechia", "relation": "location"} in get("events/warns/?as_of=18")["countries"]
