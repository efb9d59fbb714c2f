"""Every format as the API serves it: chosen by name or by Accept, the same events, headers, limits, omissions."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import feedparser
import pandas as pd
import pytest
import vobject
from django.test import Client

from events.curation.publish import revise
from events.curation.retract import retract
from events.exchange.formats import FORMATS
from events.models import Event
from events.querying import filters
from tests.curation import world

Ask = Callable[..., Any]
# The titles in a file of each format.
READERS: dict[str, Callable[[str], list[str]]] = {
    "json": lambda text: [event["title"] for event in json.loads(text)["results"]],
    "jsonl": lambda text: [json.loads(line)["title"] for line in text.split("\n") if line],
    "csv": lambda text: list(pd.read_csv(io.StringIO(text))["title"]),
    "geojson": lambda text: [feature["properties"]["title"] for feature in json.loads(text)["features"]],
    "ics": lambda text: [event.summary.value.split(" (")[0] for event in vobject.readOne(text).contents["vevent"]],
    "atom": lambda text: [entry.title for entry in feedparser.parse(text.encode()).entries],
    "timelinejs": lambda text: [slide["text"]["headline"] for slide in json.loads(text)["events"]],
    "jsonld": lambda text: [node["name"] for node in json.loads(text)["@graph"] if node["@type"] == "Event"],
}
PLACING = {"ics", "timelinejs"}
UNPLACED = {"event-d", "event-e", "event-f"}
DATES = {
    "event-a": "2019-10-16",
    "event-b": "2019-10",
    "event-c": "2016/..",
    "event-d": "",
    "event-e": "[..2019]",
    "event-f": "../2019",
    "event-g": "0001-01-01",
}
# By first possible day, then by key; those without a date last.
IN_ORDER = ["event-e", "event-f", "event-g", "event-c", "event-b", "event-a", "event-d"]


@pytest.fixture(autouse=True)
def _events(db: None) -> None:
    world.document()
    world.actor("ann", country_id="NA")
    for pk, edtf in DATES.items():
        rule = "year-omitted" if edtf else ""
        world.event(pk, edtf=edtf, date_rule=rule, actors=["ann"], countries=["NA"], public=True, title=pk)


@pytest.fixture
def ask(client: Client) -> Ask:
    return lambda query, **headers: client.get(f"/api/v1/events/?{query}", headers=headers)


def body(response: Any) -> str:
    assert response.status_code == 200, response.content
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


def test_the_registry_and_the_parameter_name_the_same_formats() -> None:
    assert ("json", *FORMATS) == filters.FORMATS
    assert READERS.keys() == set(filters.FORMATS)
    assert {name for name, form in FORMATS.items() if form.needs_first_day} == PLACING


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ordering=date", IN_ORDER),
        ("ordering=-date", [*reversed(IN_ORDER[:-1]), "event-d"]),
        ("ordering=updated", sorted(DATES)),
        ("ordering=date&date=2019-10", ["event-e", "event-f", "event-c", "event-b", "event-a"]),
        ("ordering=date&date=2019-10&date_match=certain", ["event-c", "event-b", "event-a"]),
        ("ordering=date&country=NA&dated=true", IN_ORDER[:-1]),
    ],
)
def test_the_same_question_gives_the_same_events(ask: Ask, query: str, expected: list[str]) -> None:
    for form, read in READERS.items():
        response = ask(f"{query}&format={form}")
        left_out = UNPLACED if form in PLACING else set()
        assert read(body(response)) == [name for name in expected if name not in left_out], form
        omitted = str(len(left_out.intersection(expected))) if form in PLACING else None
        assert response.get("Dateline-Omitted") == omitted, form


def test_headers_say_what_has_no_envelope(ask: Ask) -> None:
    seq = ask("country=NAM").json()["as_of"]
    for name, form in FORMATS.items():
        response = ask(f"country=NAM&format={name}")
        body(response)
        assert response["Dateline-As-Of"] == str(seq)
        assert re.fullmatch(rf"\w+-{seq}-\w+", response["Dateline-Changes"])
        assert response["Content-Disposition"] == f'attachment; filename="events-{seq}.{form.suffix}"'
        assert response["Content-Type"].split(";")[0] == form.media_type
        for header in ("Dateline-As-Of", "Dateline-Changes", "Dateline-Omitted", "Link"):
            assert header in response["Access-Control-Expose-Headers"]


def test_the_canonical_address_gives_the_same_file(client: Client, ask: Ask) -> None:
    for name, form in FORMATS.items():
        response = ask("country=NAM", accept=form.media_type) if name != "timelinejs" else ask(f"format={name}")
        link = re.fullmatch(r'<http://testserver(/api/v1/events/\?.*)>; rel="canonical"', response["Link"])
        assert link, name
        again = client.get(link[1])
        assert body(again) == body(response), name
        assert again["ETag"] == response["ETag"]
        unchanged = client.get(link[1], headers={"If-None-Match": again["ETag"]})
        assert unchanged.status_code == 304


ACCEPTED = [
    *((form.media_type, name) for name, form in FORMATS.items() if name != "timelinejs"),
    # TimelineJS reads JSON too, but not ours.
    ("application/json", "json"),
    ("*/*", "json"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "json"),
    ("text/calendar;q=0.5, application/atom+xml", "atom"),
    ("application/rdf+xml, application/ld+json;q=0.1", "jsonld"),
]


def test_accept_chooses(ask: Ask) -> None:
    for accept, form in ACCEPTED:
        response = ask("", accept=accept)
        expected = "application/json" if form == "json" else FORMATS[form].media_type
        assert response["Content-Type"].split(";")[0] == expected, accept
        assert "event-a" in READERS[form](body(response)), accept
        assert "Accept" in response["Vary"]


def test_a_line_and_the_properties_of_a_feature_are_the_result_of_json(ask: Ask) -> None:
    results = ask("date=2019-10").json()["results"]
    lines = [json.loads(line) for line in body(ask("date=2019-10&format=jsonl")).splitlines()]
    features = json.loads(body(ask("date=2019-10&format=geojson")))["features"]
    assert lines == [feature["properties"] for feature in features] == results
    assert {line["in_window"] for line in lines} == {"certain", "possible"}


def test_a_limit_counts_what_can_be_placed(ask: Ask) -> None:
    for form, read in READERS.items():
        names = read(body(ask(f"ordering=date&limit=2&format={form}")))
        assert names == (["event-g", "event-c"] if form in PLACING else ["event-e", "event-f"]), form


def test_without_limit_json_has_a_page_a_feed_the_latest_the_others_all(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FORMATS["atom"].defaults["limit"] == filters.DEFAULT_LIMIT == 50
    monkeypatch.setattr(filters, "DEFAULT_LIMIT", 3)
    monkeypatch.setitem(FORMATS["atom"].defaults, "limit", 3)
    for form, read in READERS.items():
        placed = [name for name in IN_ORDER if form not in PLACING or name not in UNPLACED]
        expected = {"json": IN_ORDER[:3], "atom": ["event-g", "event-f", "event-e"]}.get(form, placed)
        assert read(body(ask(f"format={form}"))) == expected, form


def test_a_feed_has_what_was_revised_last_first(ask: Ask) -> None:
    world.edit(Event, "event-c", summary="More.")
    revise("event-c", **world.DEED | {"at": world.AT + timedelta(days=1)})
    assert READERS["atom"](body(ask("format=atom")))[0] == "event-c"
    assert READERS["atom"](body(ask("format=atom&ordering=date"))) == IN_ORDER


def test_what_a_format_cant_carry_is_refused(ask: Ask) -> None:
    for form in FORMATS:
        for text in ("fields=id", "omit=id", "count=exact", "cursor=made-up", "contry=NA"):
            name = text.partition("=")[0]
            response = ask(f"{text}&format={form}")
            if name in ("fields", "omit") and form in ("jsonl", "geojson"):
                assert body(response)
                continue
            assert response.status_code == 400, (form, text)
            (problem,) = response.json()["errors"]
            assert name in problem["parameter"]


def test_head_has_the_headers_and_no_body(client: Client) -> None:
    response = client.head("/api/v1/events/?format=ics")
    assert response["Dateline-Omitted"] == "3"
    assert response.content == b""


def test_a_retracted_event_and_a_draft_are_in_no_file(ask: Ask) -> None:
    retract("event-a", **world.DEED)
    world.event("event-h", title="event-h")
    for form, read in READERS.items():
        names = read(body(ask(f"format={form}")))
        assert names
        assert not {"event-a", "event-h"} & set(names), form


def test_a_question_without_events_has_a_whole_file(ask: Ask) -> None:
    for form in FORMATS:
        assert "event-a" not in body(ask(f"country=FR&format={form}"))
