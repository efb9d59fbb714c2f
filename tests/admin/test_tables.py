"""A list of events as a table: what the desk has, what is public of it, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.curation.deed import deed
from events.exchange.as_csv import COLUMNS
from events.exchange.desk_table import CHUNK, STANDING
from events.models import Entry, Event
from tests.admin.curator import Curator
from tests.curation import world

pytestmark = pytest.mark.django_db

Rows = dict[str, dict[str, str]]


def table(somebody: Curator, **query: str) -> Rows:
    answer = somebody.get("event/table/", **query)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.getvalue().decode()
    assert text.startswith("\ufeffversion,status,")
    found = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len({row["id"] for row in found}) == len(found)
    return {row["id"]: row for row in found}


@pytest.fixture
def events(editor: Curator) -> None:
    world.document()
    world.actor("one", name="＝Council")
    world.event("event-a", actors=["one"], public=True)
    world.edit(Event, "event-a", title="=1+1", note="-private\nand long")
    world.event("event-b", actors=["one"], claimed_by=["one"], edtf="", date_text="soon", date_rule="")
    world.event("event-c", public=True)
    editor.open("event/event-c/change/").type(why="Never happened").press("_retract")


def test_it_has_what_the_desk_has(viewer: Curator, events: None) -> None:
    found = table(viewer)
    assert list(found["event-a"]) == [*STANDING, *COLUMNS]
    public = Entry.objects.public().get(noun_id="event-a")
    expected = {
        "version": "2",
        "status": "published",
        "unpublished_changes": "true",
        "saved_by": "ann",
        "saved_at": "2024-05-01T12:00:00.000000Z",
        "note": "'-private\nand long",
        "title": "'=1+1",
        "initiators": "'＝Council",
        "date_edtf": "2019-10-16",
        "quote": "On 16 October, event-a took place.",
        "document_title": "Document doc",
        "revision": "1",
        "seq": str(public.seq),
        "url": "http://testserver/admin/events/event/event-a/change/",
    }
    assert {name: found["event-a"][name] for name in expected} == expected
    assert json.loads(found["event-a"]["actors_json"])[0]["name"] == "＝Council"
    draft = found["event-b"]
    assert {draft[name] for name in ("revision", "seq", "updated_at", "date_edtf")} == {""}
    assert (draft["status"], draft["date_text"], draft["claimed_by"]) == ("draft", "soon", "'＝Council")
    assert (found["event-c"]["status"], found["event-c"]["seq"]) == ("retracted", "")


def test_an_event_without_any_quotation_has_its_row(viewer: Curator, events: None) -> None:
    with deed():
        Event.objects.get(pk="event-b").evidence.all().delete()
    assert table(viewer)["event-b"]["quote"] == ""


def test_it_is_what_is_listed(editor: Curator, viewer: Curator, events: None) -> None:
    assert set(table(viewer, status__exact="draft")) == {"event-b"}
    assert set(table(viewer, q="event-c")) == {"event-c"}
    assert table(viewer, q="nothing at all") == {}
    page = editor.client.get("/admin/events/event/?status__exact=draft").content.decode()
    assert 'href="/admin/events/event/table/?status__exact=draft"' in page
    assert viewer.get("event/table/", no__such="x").status_code == 302


def test_nothing_is_sent_there(editor: Curator, events: None) -> None:
    assert editor.post("event/table/").status_code == 405


def test_a_chunk_takes_as_many_queries_as_any(viewer: Curator, events: None) -> None:
    with deed():
        rows = [Event(pk=f"more-{n:04}", title="More", slug="m", type_id="AID") for n in range(2 * CHUNK)]
        Event.objects.bulk_create(rows)
    asked = []
    for ids in ("event-b", "more-000", "more-00", "more"):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            found = table(viewer, id__startswith=ids)
        asked.append((len(found), len(captured)))
    (one, few), (ten, _some), (hundred, many), (all_of_them, most) = asked
    assert (one, ten, hundred, all_of_them) == (1, 10, 100, 2 * CHUNK)
    assert many <= few + 2
    assert most <= 2 * many + 2
