"""Following changes: whoever does has in the end what the API answers, whatever happened meanwhile."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client

from events.curation.merge import Seen, merge
from events.curation.retract import retract
from events.models import Actor, Entry, Event, Head
from events.querying.filters import FORMATS
from events.querying.state import Point
from tests.api import small
from tests.api.conftest import Get
from tests.api.deeds import Doing, world
from tests.api.following import Follower, export, lines, read
from tests.api.making import AT
from tests.curation.test_concurrency import PATIENCE, people
from tests.curation.world import DEED

WRITERS = 4
# Together a hundred or two; benchmarks/follow.py does ten thousand.
DEEDS_EACH = 50 if connection.vendor == "postgresql" else 25
# Seconds between two looks of a follower.
POLL = 0.05


@pytest.mark.django_db(transaction=True)
def test_a_follower_has_what_is_exported_whatever_four_curators_do() -> None:
    """Deeds of every kind at once, some rolled back at their very end, one follower of large steps and one of small."""
    world().publish()
    done = threading.Event()

    def curator(seed: int) -> None:
        doing = Doing(seed, by=f"curator {seed}")
        for _deed in range(DEEDS_EACH):
            doing.something()

    def follower(limit: int) -> Follower:
        found, last_round = Follower(Client()), False
        while not last_round:
            last_round = done.wait(POLL)
            found.look(limit)
        return found

    with people(WRITERS + 2) as start:
        following = [start(partial(follower, limit)) for limit in (1000, 3)]
        try:
            for one in [start(partial(curator, seed)) for seed in range(WRITERS)]:
                one.result(PATIENCE)
        finally:
            done.set()
        followers = [one.result(PATIENCE) for one in following]
    exported = export(Client())
    head = Head.objects.get()
    assert Entry.objects.filter(deed="merged").exists()
    assert Entry.objects.filter(deed="retracted").exists()
    for found in followers:
        assert found.seqs == list(range(1, head.seq + 1))
        assert found.nouns == exported
        assert found.token == Point(head.epoch, head.seq).token


@pytest.fixture
def doing(db: None) -> Doing:
    world().publish()
    doing = Doing(7)
    for _deed in range(60):
        doing.something()
    return doing


def test_every_size_of_page_gives_the_same_changes(doing: Doing, client: Client) -> None:
    (whole, first) = (read(client, f"/api/v1/changes/?limit={limit}")["results"] for limit in (1000, 7))
    assert whole[:7] == first
    assert [change["seq"] for change in whole] == list(range(1, len(whole) + 1))
    assert {change["deed"] for change in whole} == {"published", "revised", "retracted", "reinstated", "merged"}
    for change in whole:
        assert (change["data"] is None) == (change["deed"] in ("retracted", "merged"))
        assert (change["merged_into"] is None) == (change["deed"] != "merged")
    for limit in (1, 13, 1000):
        follower = Follower(client)
        follower.look(limit)
        assert follower.seqs == [change["seq"] for change in whole]
        assert follower.nouns == export(client)


def test_kinds_narrow(doing: Doing, client: Client) -> None:
    whole = read(client, "/api/v1/changes/?limit=1000")
    for kinds in ("event", "actor", "document", "actor,event", "document,actor,event"):
        expected = [change["seq"] for change in whole["results"] if change["kind"] in kinds.split(",")]
        for limit in (5, 1000):
            follower = Follower(client, f"&kind={kinds}")
            follower.look(limit)
            assert follower.seqs == expected
            # Beyond all others too, or it would look through them again and again.
            assert follower.token == whole["token"]


def test_files_have_the_same_changes(doing: Doing, client: Client) -> None:
    whole = read(client, "/api/v1/changes/?limit=1000")
    jsonl = client.get("/api/v1/changes/?format=jsonl")
    assert lines(jsonl) == whole["results"]
    assert (jsonl["Content-Type"], jsonl["Dateline-Changes"]) == ("application/x-ndjson", whole["token"])
    table = client.get("/api/v1/changes/?format=csv")
    assert table["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(b"".join(table).decode(), newline="")))
    assert len(rows) == len(whole["results"])
    for row, change in zip(rows, whole["results"], strict=True):
        data = json.loads(row.pop("data_json") or "null")
        assert data == change.pop("data")
        assert row == {name: "" if value is None else str(value) for name, value in change.items()}


def test_a_file_with_a_limit_ends_where_its_token_says(doing: Doing, client: Client) -> None:
    whole = read(client, "/api/v1/changes/?limit=1000")["results"]
    for limit in (1, 20):
        file = client.get(f"/api/v1/changes/?format=jsonl&limit={limit}")
        assert lines(file) == whole[:limit]
        rest = client.get(f"/api/v1/changes/?format=jsonl&since={file['Dateline-Changes']}")
        assert lines(rest) == whole[limit:]


@pytest.mark.django_db
def test_a_file_of_events_says_where_to_go_on(client: Client) -> None:
    small.build().publish()
    forms = [form for form in FORMATS if form != "json"]
    tokens = {client.get(f"/api/v1/events/?format={form}")["Dateline-Changes"] for form in forms}
    assert len(forms) == 7
    (token,) = tokens
    retract("visits", **DEED)
    new = read(client, f"/api/v1/changes/?since={token}")["results"]
    assert [(change["deed"], change["id"]) for change in new] == [("retracted", "visits")]


@pytest.mark.django_db
def test_the_token_goes_on_also_where_nothing_is_new(client: Client, get: Get) -> None:
    small.build().publish()
    token = get("")["changes_token"]
    answer = read(client, f"/api/v1/changes/?since={token}")
    assert answer == {"token": token, "next": None, "results": []}


@pytest.mark.django_db
def test_an_empty_dataset_can_be_followed_from_its_first_moment(client: Client, get: Get) -> None:
    answer = get("changes/")
    assert answer["results"] == []
    small.build().publish()
    assert len(get(f"changes/?since={answer['token']}")["results"]) == 18


@pytest.mark.django_db
def test_a_dataset_without_a_name_yet_can_be_followed_too(client: Client, get: Get) -> None:
    Head.objects.all().delete()
    token = get("changes/")["token"]
    small.build().publish()
    assert len(get(f"changes/?since={token}")["results"]) == 18


def slips(token: str) -> Iterator[str]:
    """What comes of a token that is typed or cut wrongly."""
    epoch, seq, check = token.split("-")
    yield from (f"{epoch}-{int(seq) - 1}-{check}", f"{epoch}-0{seq}-{check}", f"{epoch}-{seq}", f"{epoch}-{seq}-")
    yield from (f"{epoch[1:]}-{seq}-{check}", f"{epoch.upper()}-{seq}-{check}", token[:-1], f"{token}0", f" {token}")
    yield from ("41", "0", "-1", "x", "2024-05-01", f"{epoch}-{'9' * 30}-{check}", "ä", f"{epoch}--{check}")


@pytest.mark.django_db
def test_a_token_that_was_changed_is_refused(client: Client, get: Get) -> None:
    small.build().publish()
    for token in slips(get("")["changes_token"]):
        response = client.get("/api/v1/changes/", {"since": token})
        assert response.status_code == 400, token
        assert [error["code"] for error in response.json()["errors"]] == ["invalid_token"]


@pytest.mark.django_db
def test_a_token_of_another_dataset_or_of_the_future_is_gone(get: Get) -> None:
    small.build().publish()
    head = Head.objects.get()
    for point in (Point(head.epoch, head.seq + 1), Point("0" * 32, 1), Point("f" * 32, 0)):
        refused = get(f"changes/?since={point.token}", 410)
        (error,) = refused["errors"]
        assert (error["parameter"], error["code"]) == ("since", "unknown_point")
        assert "start again" in refused["detail"]
        assert refused.keys() == {"type", "title", "status", "detail", "errors"}


@pytest.mark.parametrize("query", ["country=CZ", "actor=Office%201", "date=2019", "q=draft"])
@pytest.mark.django_db
def test_filters_are_refused_with_the_reason(get: Get, query: str) -> None:
    (error,) = get(f"changes/?{query}", 400)["errors"]
    assert error["code"] == "unknown_parameter"
    assert "followed whole" in error["detail"]


@pytest.mark.django_db
def test_what_was_seen_is_not_sent_again(client: Client) -> None:
    small.build().publish()
    first = client.get("/api/v1/changes/")
    again = client.get("/api/v1/changes/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    retract("visits", **DEED)
    assert client.get("/api/v1/changes/", headers={"If-None-Match": first["ETag"]}).status_code == 200


# The history of one noun.


def test_the_history_of_each_noun_is_its_changes(doing: Doing, client: Client) -> None:
    whole = read(client, "/api/v1/changes/?limit=1000")["results"]
    for kind, pk in {(change["kind"], change["id"]) for change in whole}:
        of_noun = [change for change in reversed(whole) if (change["kind"], change["id"]) == (kind, pk)]
        assert read(client, f"/api/v1/{kind}s/{pk}/history/?limit=1000")["results"] == of_noun
        paged, address = [], f"/api/v1/{kind}s/{pk}/history/?limit=2"
        while address:
            page = read(client, address)
            paged += page["results"]
            address = page["next"]
        assert paged == of_noun


def test_a_history_as_of_a_change_ends_there(doing: Doing, client: Client) -> None:
    pk = Entry.objects.filter(kind="event", revision=3)[0].noun_id
    whole = read(client, f"/api/v1/events/{pk}/history/?limit=1000")["results"]
    for change in whole:
        then = read(client, f"/api/v1/events/{pk}/history/?limit=1000&as_of={change['seq']}")["results"]
        assert then == [one for one in whole if one["seq"] <= change["seq"]]
    assert client.get(f"/api/v1/events/{pk}/history/?as_of={whole[-1]['seq'] - 1}").status_code == 404


def test_a_cursor_of_another_history_is_refused(doing: Doing, client: Client) -> None:
    one, other = Entry.objects.filter(kind="event", revision=2).values_list("noun_id", flat=True)[:2]
    following = read(client, f"/api/v1/events/{one}/history/?limit=1")["next"]
    query = urlsplit(following).query
    response = client.get(f"/api/v1/events/{other}/history/?{query}")
    assert response.status_code == 400
    assert [error["code"] for error in response.json()["errors"]] == ["invalid_cursor"]


# What was merged, and what became of it.


@pytest.fixture
def _merged(db: None) -> None:
    small.build().publish()
    for loser, survivor in pairwise(("warns", "threatens", "visits")):
        merge(Event, *(Seen(pk, Event.objects.get(pk=pk).version) for pk in (loser, survivor)), **DEED)
    for loser, survivor in pairwise(("mfa-cz", "nukib", "zeman")):
        merge(Actor, *(Seen(pk, Actor.objects.get(pk=pk).version) for pk in (loser, survivor)), **DEED)


@pytest.mark.usefixtures("_merged")
@pytest.mark.parametrize(
    ("path", "final"),
    [
        ("events/warns/", "events/visits/"),
        ("events/threatens/", "events/visits/"),
        ("actors/mfa-cz/", "actors/zeman/"),
        ("actors/nukib/", "actors/zeman/"),
    ],
)
@pytest.mark.parametrize("query", ["", "?fields=id", "?omit=names,evidence"])
def test_what_was_merged_leads_to_what_it_is_in_the_end(client: Client, path: str, final: str, query: str) -> None:
    query = query if "omit" not in query else f"?omit={'evidence' if path[0] == 'e' else 'names'}"
    response = client.get(f"/api/v1/{path}{query}")
    assert response.status_code == 308
    assert response["Location"] == f"http://testserver/api/v1/{final}{query}"
    # Or a browser would never ask again, and a merge can be undone.
    assert response["Cache-Control"] == "public, no-cache"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.usefixtures("_merged")
@pytest.mark.parametrize("path", ["events/warns/", "actors/nukib/"])
def test_what_was_merged_still_answers_as_it_stood(get: Get, path: str) -> None:
    history = get(f"{path}history/")["results"]
    (merged,) = [change for change in history if change["deed"] == "merged"]
    before = get(f"{path}?as_of={merged['seq'] - 1}")
    assert {**before, "events": None} == {**history[1]["data"], "events": None}
    assert get(f"{path.split('/')[0]}/?as_of={merged['seq'] - 1}&limit=1000")["results"]


@pytest.mark.usefixtures("_merged")
def test_an_actor_that_was_merged_may_be_named_by_its_old_id(get: Get) -> None:
    answer = get("events/?actor=mfa-cz,huawei")
    assert answer["query"]["parameters"]["actor"] == ["zeman", "huawei"]
    assert answer["results"] == get("events/?actor=zeman,huawei")["results"]
    seq = next(change["seq"] for change in get("actors/mfa-cz/history/")["results"] if change["deed"] == "merged")
    assert get(f"events/?actor=mfa-cz&as_of={seq - 1}")["query"]["parameters"]["actor"] == ["mfa-cz"]


@pytest.mark.usefixtures("_merged")
def test_what_was_merged_into_what_is_gone_leads_there(client: Client) -> None:
    retract("visits", by="ann", at=AT, why="It was a hoax.")
    response = client.get("/api/v1/events/warns/")
    assert (response.status_code, response["Location"]) == (308, "http://testserver/api/v1/events/visits/")
    assert client.get(response["Location"]).status_code == 410
