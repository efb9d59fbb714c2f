"""The CSV of the API, read back by Python's reader: columns, cells, defused text, lossless JSON, one state for all."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client

from events.api import base
from events.curation.publish import revise
from events.curation.retract import retract
from events.models import Event
from events.querying import events as asked
from tests.api import small
from tests.api.making import AT, Making
from tests.curation.world import DEED, edit

COLUMNS = (
    "id,url,title,summary,type,in_window,date_edtf,date_text,start_earliest,start_latest,end_earliest,end_latest,"
    "open_start,open_end,date_kind,date_precision,date_approximate,date_uncertain,date_anchor,date_rule,"
    "location_country,place,lat,lon,countries,initiators,initiator_countries,targets,target_countries,claimed_by,quote,"
    "document_title,document_publisher,document_published,document_url,revision,seq,updated_at,"
    "actors_json,countries_json,evidence_json,relations_json"
)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)", "\t=1", "\r=1", "'=1", "'"]
HARMLESS = ["1=1", " =1", "a-b", "“-1”", "−1", "a,b", 'a "b"', "a\nb", "a\r\nb", "a | b", "#N/A", "NA", "true"]
LATER = DEED | {"at": AT + timedelta(days=1)}
File = Callable[..., list[dict[str, str]]]


def cell(value: Any) -> str:
    """A value as a cell without harm has it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def body(response: Any) -> str:
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8")


@pytest.fixture
def file(client: Client) -> File:
    """The rows of a question's CSV, as Python's reader has them."""

    def file(query: str = "") -> list[dict[str, str]]:
        text = body(client.get(f"/api/v1/events/?format=csv&{query}"))
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))

    return file


@pytest.fixture
def results(client: Client) -> Callable[..., list[dict[str, Any]]]:
    def results(query: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = client.get(f"/api/v1/events/?limit=1000&{query}").json()["results"]
        return found

    return results


@pytest.mark.django_db
def test_the_form_of_the_file(client: Client) -> None:
    small.build().publish()
    response = client.get("/api/v1/events/?format=csv")
    text = body(response)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="events-{response["Dateline-As-Of"]}.csv"'
    assert response["Dateline-As-Of"] == str(client.get("/api/v1/").json()["head"]["seq"])
    assert text.startswith(f"{COLUMNS}\r\n"), "a byte-order mark, or other columns"
    assert text.endswith("\r\n")
    assert text.count("\r\n") == len(text.split("\n")) - 1 == 10, "a header and nine events"


@pytest.mark.django_db
def test_the_cells_are_those_of_json(file: File, results: Callable[..., list[dict[str, Any]]]) -> None:
    small.build().publish()
    rows = file("date=2019&date_match=possible")
    assert len(rows) > 4
    for row, event in zip(rows, results("date=2019"), strict=True):
        when, first = event["date"], next(item for item in event["evidence"] if "title" in item["supports"])
        expected = {
            **{name: event[name] for name in ("id", "url", "title", "summary", "type", "in_window")},
            **{name: event[name] for name in ("revision", "seq", "updated_at")},
            **{f"date_{name}": when[name] for name in ("edtf", "text", "kind", "precision", "anchor", "rule")},
            **{f"date_{name}": when[name] for name in ("approximate", "uncertain")},
            **{name: when[name] for name in ("start_earliest", "start_latest", "end_earliest", "end_latest")},
            **{name: when[name] for name in ("open_start", "open_end")},
            **{name: event["location"][name] for name in ("place", "lat", "lon")},
            "location_country": event["location"]["country"],
            "countries": " | ".join(item["code"] for item in event["countries"]),
            "claimed_by": " | ".join(item["name"] for item in event["claimed_by"]),
            "quote": first["quote"],
            **{f"document_{name}": first["document"][name] for name in ("title", "publisher", "published", "url")},
        }
        for role in ("initiator", "target"):
            actors = [actor for actor in event["actors"] if actor["role"] == role]
            expected[f"{role}s"] = " | ".join(actor["name"] for actor in actors)
            expected[f"{role}_countries"] = " | ".join(actor["country"] or "" for actor in actors)
        plain = {name: cell(value) for name, value in expected.items()}
        assert {name: row[name] for name in plain} == plain
        for name in ("actors", "countries", "evidence", "relations"):
            assert json.loads(row[f"{name}_json"]) == event[name]
        assert len(row) == len(plain) + 4


@pytest.mark.django_db
def test_in_window_is_empty_without_a_window(file: File) -> None:
    small.build().publish()
    assert {row["in_window"] for row in file()} == {""}
    assert {row["in_window"] for row in file("date=2019-10")} == {"certain", "possible"}
    assert {row["in_window"] for row in file("date=2019-10&date_match=certain")} == {"certain"}


@pytest.mark.django_db
def test_without_events_there_is_a_header(client: Client, file: File) -> None:
    small.build().publish()
    assert body(client.get("/api/v1/events/?format=csv&country=FR")) == f"{COLUMNS}\r\n"
    assert len(file("limit=2")) == 2


@pytest.mark.django_db
def test_text_is_never_a_formula_and_never_lost(file: File, results: Callable[..., list[dict[str, Any]]]) -> None:
    made = Making()
    made.document("gazette")
    for number, text in enumerate(FORMULAS + HARMLESS):
        made.actor(f"actor-{number}", f"{text}{number}")
        made.event(
            f"event-{number}",
            title=f"{text}{number}",
            summary=text,
            actors={f"actor-{number}": "initiator"},
            claimed_by=[f"actor-{number}"],
            place=text,
        )
    made.publish()
    columns = {"title": "title", "summary": "summary", "initiators": "name", "claimed_by": "name", "place": "place"}
    defused = 0
    for row, event in zip(file(), results(""), strict=True):
        held = event | event["location"] | {"name": event["actors"][0]["name"]}
        for column, key in columns.items():
            found, text = row[column], held[key] or ""
            assert not re.match(r"[=+\-@＝＋－＠\t\r]", found), found
            assert found == (f"'{text}" if re.match(r"[=+\-@＝＋－＠\t\r']", text) else text)
            defused += found != text
        assert json.loads(row["actors_json"]) == event["actors"]
    assert defused >= len(FORMULAS) * 3


@pytest.mark.django_db
def test_numbers_stay_numbers(file: File) -> None:
    made = Making()
    made.document("gazette")
    made.actor("gov", "Government of Namibia", "NA")
    made.event("windhoek", "2019", location="NA", lat=-22.57, lon=-17.08, actors={"gov": "target"})
    made.publish()
    (row,) = file()
    assert (float(row["lat"]), float(row["lon"])) == (-22.57, -17.08)
    assert (row["location_country"], row["countries"], row["target_countries"]) == ("NA", "NA", "NA")


# One state for the whole file: these run outside a transaction of the test's, as a server does.


@pytest.fixture
def nine(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    small.build().publish()
    monkeypatch.setattr(asked, "CHUNK", 2)
    monkeypatch.setattr(base, "BLOCK", 1)


def elsewhere(deed: Callable[[], None]) -> None:
    """Do a deed as another process would: on a connection of its own."""

    def run() -> None:
        try:
            deed()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    failed: list[BaseException] = []
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def change_everything() -> None:
    retract("meets", **LATER)
    edit(Event, "sometime", title="Something else entirely")
    revise("sometime", **LATER)


def begun(client: Client) -> tuple[StreamingHttpResponse, Iterator[bytes], list[bytes]]:
    """A file of which the header and one event have been read."""
    response: Any = client.get("/api/v1/events/?format=csv")
    parts = iter(response.streaming_content)
    return response, parts, [next(parts), next(parts)]


@pytest.mark.usefixtures("nine")
def test_a_file_is_of_the_state_in_which_it_began(client: Client) -> None:
    before = body(client.get("/api/v1/events/?format=csv"))
    response, parts, read = begun(client)
    elsewhere(change_everything)
    text = b"".join([*read, *parts]).decode()
    assert text == before
    after = client.get("/api/v1/events/?format=csv")
    assert int(after["Dateline-As-Of"]) == int(response["Dateline-As-Of"]) + 2
    changed = body(after)
    assert "Something else entirely" in changed
    assert "\r\nmeets," in text
    assert "\r\nmeets," not in changed


@pytest.mark.usefixtures("nine")
def test_a_reader_who_leaves_ends_the_snapshot(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the first line, and after some; on a connection that is kept, as DATABASE_URL may say."""
    monkeypatch.setattr(connection, "close_at", None)
    unread: Any = client.get("/api/v1/events/?format=csv")
    unread.close()
    change_everything()
    response, _parts, _read = begun(client)
    response.close()
    assert "Something else entirely" in client.get("/api/v1/events/sometime/").json()["title"]
    edit(Event, "lately", title="Aid again")
    revise("lately", **LATER)


@pytest.mark.usefixtures("nine")
def test_a_snapshot_ends_with_the_file_and_with_head(client: Client) -> None:
    assert client.head("/api/v1/events/?format=csv").content == b""
    body(client.get("/api/v1/events/?format=csv"))
    assert client.get("/api/v1/events/?format=csv&limit=0").status_code == 400
    change_everything()
