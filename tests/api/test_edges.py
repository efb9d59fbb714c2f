"""The edges of the API: what is nearly right is told what is right, and what has no body says nothing of one."""

from __future__ import annotations

import hashlib
import logging

import pytest
from django.test import Client

from events.curation.merge import Seen, merge
from events.models import Actor
from tests.api import small
from tests.api.conftest import Get
from tests.api.making import AT, Making


@pytest.fixture
def dataset(db: None) -> None:
    small.build().publish()


# Paths that aren't there, with what is.
NEARLY = {
    "countries/cz/": "CZ",
    "countries/CZE/": "CZ",
    "countries/UK/": "GB",
    "types/threaten/": "THREATEN",
    "types/threats/": "THREATEN",
    "events/VISITS/": "visits",
    "events/Visits/history/": "visits",
    "actors/Huawei/": "huawei",
    "documents/GAZETTE/": "gazette",
}


@pytest.mark.parametrize("path", NEARLY)
def test_a_path_that_is_nearly_right_is_told_the_right_one(dataset: None, get: Get, path: str) -> None:
    detail = get(path, 404)["detail"]
    assert detail.endswith(f"Did you mean “{NEARLY[path]}”?")
    wrong = path.split("/")[1]
    get(path.replace(wrong, NEARLY[path]))


def test_what_is_near_nothing_public_has_no_suggestion(dataset: None, get: Get) -> None:
    for path in ("countries/xx/", "types/zzzzz/", "events/NOTHING/", "events/%00/", "countries/%FF/"):
        assert "Did you mean" not in get(path, 404)["detail"]


def test_a_path_is_told_no_more_than_was_public_then(dataset: None, get: Get) -> None:
    assert "Did you mean" not in get("events/VISITS/?as_of=0", 404)["detail"]


def test_a_field_within_a_field_is_told_the_whole_one(dataset: None, get: Get) -> None:
    for written in ("date.edtf", "date__edtf"):
        (problem,) = get(f"events/?fields={written}", 400)["errors"]
        assert problem["suggestion"] == "fields=date"


def test_a_token_of_no_dataset_is_one_of_its_beginning_alone(dataset: None, get: Get) -> None:
    def token(seq: int) -> str:
        return f"-{seq}-{hashlib.sha256(f'-{seq}'.encode()).hexdigest()[:8]}"

    assert get(f"changes/?since={token(0)}")["results"]
    (problem,) = get(f"changes/?since={token(5)}", 400)["errors"]
    assert problem["code"] == "invalid_token"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("changes/?country=CZ", "Changes are followed whole"),
        ("changes/?as_of=3", "Each change has its seq"),
        ("changes/?cursor=x", "as 'since' to go on"),
        ("events/visits/history/?date=2019", "all that one thing ever was"),
        ("changes/?fields=id", "isn't taken at this address."),
    ],
)
def test_what_a_path_does_not_take_is_refused_with_its_own_reason(
    dataset: None, get: Get, question: str, reason: str
) -> None:
    (problem,) = get(question, 400)["errors"]
    assert reason in problem["detail"]
    assert problem["suggestion"] is None


def test_filters_on_actors_are_in_the_sentence(dataset: None, get: Get) -> None:
    text = get("actors/?country=US&name=wei&kind=company,person&home=CN")["query"]["text"]
    assert text == (
        "events that involve the United States; of their actors those that"
        " have “wei” in a name, are of the kind company or person and are of China"
    )


def test_next_goes_on_when_an_actor_that_it_names_was_merged(db: None, get: Get) -> None:
    made = Making()
    made.document("gazette")
    for name in ("old", "new", "other"):
        made.actor(name, name)
    for number in range(7):
        made.event(f"event-{number}", f"201{number}", actors={"old": "host", "other": "initiator"})
    made.event("event-7", "2018", actors={"new": "host"})
    made.publish()
    page = get("events/?actor=old&limit=3")
    seen = [event["id"] for event in page["results"]]
    facet = get("actors/?actor_all=old,other&limit=1")["next"]
    old, new = (Seen(name, Actor.objects.get(id=name).version) for name in ("old", "new"))
    merge(Actor, old, new, by="zoe", at=AT, why="the same")

    while page["next"]:
        page = get(page["next"].split("/api/v1/")[1])
        assert page["query"]["parameters"]["actor"] == ["new"]
        seen += [event["id"] for event in page["results"]]

    assert seen == [f"event-{number}" for number in range(8)]
    get(facet.split("/api/v1/")[1])
    # Of another question it is still refused.
    get(facet.split("/api/v1/")[1].replace("old,other", "new"), 400)


@pytest.mark.parametrize("method", ["get", "head"])
def test_an_answer_without_a_body_has_no_media_type(dataset: None, client: Client, method: str) -> None:
    moved = getattr(client, method)("/api/v1/events")
    assert (moved.status_code, moved["Location"]) == (308, "/api/v1/events/")
    assert "Content-Type" not in moved.headers
    preflight = client.options("/api/v1/events/")
    assert preflight.status_code == 204
    assert "Content-Type" not in preflight.headers


def test_head_has_the_media_type_of_get(dataset: None, client: Client) -> None:
    for path in ("events/", "events/?format=csv", "nothing/"):
        assert client.head(f"/api/v1/{path}")["Content-Type"] == client.get(f"/api/v1/{path}")["Content-Type"]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v2/events/"])
def test_everything_below_api_is_refused_as_json(dataset: None, client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert "/api/v1/" in response.json()["detail"]


def test_a_foreign_host_is_refused_and_fills_no_log(
    dataset: None, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        response = client.get("/api/v1/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert "host" in response.json()["detail"]
    assert not [record for record in caplog.records if record.name == "django.security.DisallowedHost"]


def test_a_pair_stands_whatever_fields_are_kept(dataset: None, client: Client) -> None:
    for chosen in ("omit=actors", "fields=id"):
        response = client.get(f"/api/v1/events/?format=jsonl&rows=dyad&{chosen}")
        lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert lines
        assert all('"initiator":' in line and '"target":' in line and '"actors":' not in line for line in lines)
