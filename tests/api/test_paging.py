"""Pages: none of the results is skipped or met twice, whatever their number a page and whatever happens meanwhile."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from events.curation.merge import Seen, merge
from events.curation.publish import publish, revise
from events.curation.retract import reinstate, retract
from events.models import Event
from tests.api.making import AT
from tests.api.varied import build
from tests.curation.world import edit

Json = dict[str, Any]
Walk = Callable[..., Iterator[Json]]

EVENTS, DRAFTS = 44, 6
PAPER: Json = {"documents": ["paper-1"], "draft": True}
# Few dates, so that many events share their sort key; all were published at one instant.
DATES = ("2019-10", "2019-10-16", "2019", "2016/..", "../2018", "201X")
ORDERINGS = ("date", "-date", "updated", "-updated")
WINDOWED = ("date=2019-10", "date=2019&date_match=certain", "dated=false", "date_from=2018&ordering=-date")
FACETS = ("actors", "countries", "types", "documents")
FACET_ORDERINGS = ("events", "-events", "name", "-name")
# Those that are changed while somebody reads; the others are the witnesses.
CHANGED = {f"event-{number}" for number in range(EVENTS) if number % 3 == 0}


@pytest.fixture(autouse=True)
def _events(db: None) -> None:
    made = build(EVENTS, dates=DATES)
    for number in range(DRAFTS):
        made.event(f"draft-{number}", DATES[number], actors={"actor-1": "host"}, countries=["CZ"], **PAPER)
    made.publish()


@pytest.fixture
def ask(client: Client) -> Callable[[str], Any]:
    def ask(address: str) -> Any:
        response = client.get(address)
        assert response.status_code == 200, response.content
        following = response.json()["next"]
        assert response.get("Link") == (f'<{following}>; rel="next"' if following else None)
        return response.json()

    return ask


@pytest.fixture
def walk(ask: Callable[[str], Any]) -> Walk:
    """The pages of a question, following `next`."""

    def walk(question: str) -> Iterator[Json]:
        address = f"/api/v1/{question}"
        while address:
            page = ask(address)
            yield page
            address = page["next"]

    return walk


def ids(pages: Iterator[Json] | list[Json]) -> list[str]:
    return [item.get("id") or item["code"] for page in pages for item in page["results"]]


def test_the_events_have_ties_and_lack_dates(walk: Walk) -> None:
    (page,) = walk("events/?limit=1000")
    starts = [event["date"]["start_earliest"] for event in page["results"]]
    assert len(starts) == EVENTS
    assert len(set(starts)) < 8
    assert starts.count(None) > 7
    assert len({event["updated_at"] for event in page["results"]}) == 1


@pytest.mark.parametrize("question", [*(f"ordering={name}" for name in ORDERINGS), *WINDOWED])
def test_small_pages_make_the_one_big_page(walk: Walk, question: str) -> None:
    (whole,) = walk(f"events/?{question}&limit=1000&count=exact")
    expected = ids([whole])
    assert len(set(expected)) == len(expected) == whole["total"] > 0
    for limit in range(1, 8):
        pages = list(walk(f"events/?{question}&limit={limit}&count=exact"))
        assert ids(pages) == expected, limit
        assert {len(page["results"]) for page in pages[:-1]} <= {limit}
        assert {page["total"] for page in pages} == {len(expected)}
        assert pages[-1]["results"], "the last page is empty"


@pytest.mark.parametrize("ordering", ["date", "-date"])
def test_undated_events_come_last(walk: Walk, ordering: str) -> None:
    pages = walk(f"events/?ordering={ordering}&limit=5")
    starts = [event["date"]["start_earliest"] for page in pages for event in page["results"]]
    dated = [start for start in starts if start]
    assert starts == sorted(dated, reverse=ordering == "-date") + [None] * (len(starts) - len(dated))


def test_reversed_is_reversed(walk: Walk) -> None:
    """Ties too; undated events are the exception: they come last either way."""
    dated = {name: ids(walk(f"events/?dated=true&ordering={name}&limit=7")) for name in ORDERINGS}
    assert dated["date"] == dated["-date"][::-1]
    assert dated["updated"] == dated["-updated"][::-1]


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("ordering", FACET_ORDERINGS)
def test_facets_page_alike(walk: Walk, facet: str, ordering: str) -> None:
    (whole,) = walk(f"{facet}/?ordering={ordering}&limit=1000&count=exact")
    expected = ids([whole])
    assert len(set(expected)) == len(expected) == whole["total"] > 3
    for limit in range(1, 8):
        pages = list(walk(f"{facet}/?ordering={ordering}&limit={limit}&count=exact"))
        assert ids(pages) == expected, limit
        assert {page["total"] for page in pages} == {len(expected)}


def test_next_is_the_same_question(walk: Walk) -> None:
    first, second, *_rest = walk("events/?country=CZ,SK&fields=id,date&ordering=-updated&limit=3")
    assert first["query"] == second["query"]
    asked = parse_qs(urlsplit(first["next"]).query)
    assert asked.pop("cursor")
    assert asked == {"country": ["CZ,SK"], "fields": ["id,date"], "ordering": ["-updated"], "limit": ["3"]}
    assert {frozenset(event) for event in second["results"]} == {frozenset({"id", "date"})}


def cursor_of(page: Json) -> str:
    return parse_qs(urlsplit(page["next"]).query)["cursor"][0]


def test_the_page_may_change_its_size_and_keys_on_the_way(walk: Walk, ask: Callable[[str], Any]) -> None:
    (whole,) = walk("events/?limit=1000&country=CZ")
    cursor = cursor_of(ask("/api/v1/events/?limit=2&country=CZ"))
    more = urlencode({"limit": 1000, "country": "CZ", "fields": "id", "count": "exact", "cursor": cursor})
    page = ask(f"/api/v1/events/?{more}")
    assert ids([page]) == ids([whole])[2:]
    assert page["total"] == len(whole["results"])


@pytest.mark.parametrize(
    "other",
    [
        *("events/?", "events/?country=SK", "events/?country=CZ&type=OTHER", "events/?country=CZ&ordering=-date"),
        *("events/?country=CZ&date=2019", "actors/?country=CZ", "types/?country=CZ"),
    ],
)
def test_a_cursor_of_another_question_is_refused(client: Client, ask: Callable[[str], Any], other: str) -> None:
    cursor = cursor_of(ask("/api/v1/events/?country=CZ&limit=2"))
    response = client.get(f"/api/v1/{other}&cursor={cursor}")
    assert response.status_code == 400
    assert [error["code"] for error in response.json()["errors"]] == ["invalid_cursor"]


def test_a_cursor_of_another_list_is_refused(client: Client, ask: Callable[[str], Any]) -> None:
    """The same parameters, in the same order of results, of other things."""
    for facet in FACETS:
        cursor = cursor_of(ask(f"/api/v1/{facet}/?country=CZ&limit=1"))
        for other in FACETS:
            response = client.get(f"/api/v1/{other}/?country=CZ&limit=1&cursor={cursor}")
            assert response.status_code == (200 if other == facet else 400), (facet, other)


def test_a_cursor_that_was_changed_is_refused(client: Client, ask: Callable[[str], Any]) -> None:
    cursor = cursor_of(ask("/api/v1/events/?limit=2"))
    content, _, signature = cursor.partition(":")
    changed = [f"{cursor[:at]}{'A' if one != 'A' else 'B'}{cursor[at + 1 :]}" for at, one in enumerate(cursor)]
    made_up = [
        "1",
        ":",
        content,
        signature,
        f":{signature}",
        f"{content}:",
        cursor[:-2],
        f"{cursor}A",
        f"A{cursor}",
        "ä",
    ]
    for text in [*changed, *made_up]:
        response = client.get(f"/api/v1/events/?{urlencode({'limit': 2, 'cursor': text})}")
        assert response.status_code == 400, text
        assert [error["code"] for error in response.json()["errors"]] == ["invalid_cursor"], text


def changes(chance: random.Random) -> Iterator[None]:
    """Deeds on the changed events and on drafts, in no order of theirs; one a step."""
    drafts = [f"draft-{number}" for number in range(DRAFTS)]
    retracted: list[str] = []
    merged: set[str] = set()
    for day in range(1, 10_000):
        deed: Any = {"by": "ann", "at": AT + timedelta(days=day), "why": "It turned out so."}
        kind = chance.choice(("publish", "revise", "retract", "reinstate", "merge"))
        standing = sorted(CHANGED - set(retracted) - merged)
        if kind == "publish" and drafts:
            publish(drafts.pop(), **deed)
        elif kind == "retract" and len(standing) > 2:
            retracted.append(chance.choice(standing))
            retract(retracted[-1], **deed)
        elif kind == "reinstate" and retracted:
            reinstate(retracted.pop(0), **deed)
        elif kind == "merge" and len(standing) > 6:
            loser, survivor = chance.sample(standing, 2)
            merge(Event, *(Seen(pk, Event.objects.get(pk=pk).version) for pk in (loser, survivor)), **deed)
            merged.add(loser)
        else:
            event = Event.objects.get(pk=chance.choice(standing))
            edtf = chance.choice(("2019-10", "2019-10-16", "2014", "2031"))
            edit(Event, event.pk, edtf=edtf, date_text="then", date_rule="curator", summary=f"Day {day}")
            revise(event.pk, **deed)
        yield


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("limit", [1, 3])
def test_untouched_events_come_once_while_others_change(walk: Walk, ordering: str, limit: int) -> None:
    (before,) = walk(f"events/?ordering={ordering}&limit=1000")
    untouched = [name for name in ids([before]) if name not in CHANGED]
    assert len(untouched) > 20
    deeds, met = changes(random.Random(limit)), []
    for page in walk(f"events/?ordering={ordering}&limit={limit}"):
        met += ids([page])
        if len(met) < 200:  # revised events join the end of `updated` again and again
            next(deeds)
    assert [name for name in met if name in untouched] == untouched
    assert set(met) - set(untouched)


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("ordering", FACET_ORDERINGS)
def test_untouched_things_of_facets_come_once(walk: Walk, facet: str, ordering: str) -> None:
    """Untouched is what had the same number of events all the time."""

    def counts() -> dict[str, int]:
        return {
            item.get("id") or item["code"]: item["events"]
            for page in walk(f"{facet}/?limit=1000")
            for item in page["results"]
        }

    deeds, met, states = changes(random.Random(5)), [], [counts()]
    for page in walk(f"{facet}/?ordering={ordering}&limit=1"):
        met += ids([page])
        next(deeds)
        states.append(counts())
    untouched = {name for name, number in states[0].items() if all(state.get(name) == number for state in states)}
    assert len(met) > 4
    assert {name: met.count(name) for name in untouched} == dict.fromkeys(untouched, 1)
