"""Collections other than events as tables, and events as dyads: read by pandas as the recipe says, equal to JSON."""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from django.test import Client

from events.exchange import tables
from events.exchange.as_csv import COLUMNS, DYAD_COLUMNS
from events.querying import facets
from tests.api import small, varied
from tests.api.making import Making

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"
Ask = Callable[..., Any]
Json = dict[str, Any]


@pytest.fixture
def ask(client: Client) -> Ask:
    return lambda path, **headers: client.get(f"/api/v1/{path}", headers=headers)


def content(response: Any) -> bytes:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def recipe() -> dict[str, Any]:
    """The options of `pandas.read_csv` that the guide gives."""
    found = re.search(r"^events = pandas\.read_csv\(address, (.*)\)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    call = ast.parse(f"read({found[1]})", mode="eval").body
    assert isinstance(call, ast.Call)
    return {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords}


def rows(response: Any) -> list[Json]:
    """The rows of a CSV as pandas has them, unknown values as None."""
    frame = pd.read_csv(io.BytesIO(content(response)), **recipe())
    return [
        {name: None if pd.isna(value) else value for name, value in row.items()} for row in frame.to_dict("records")
    ]


def lines(response: Any) -> list[Json]:
    return [json.loads(line) for line in content(response).decode().split("\n") if line]


def plain(item: Json) -> Json:
    """An object of JSON with what a row has of it, each value as a row has it."""
    if "names" in item:
        whole = item["part_of"] or {"id": None, "name": None}
        names = " | ".join(name["name"] for name in item["names"])
        item = item | {"part_of_id": whole["id"], "part_of": whole["name"], "names": names or None}
    return item


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["actors/?", "countries/?", "types/?", "documents/?", "dates/?by=year&", "actors/?name=min&"]
)
def test_a_table_has_what_json_has(ask: Ask, path: str) -> None:
    varied.build(80).publish()
    collection, query = path.partition("/")[0], "date_from=1990&date_to=2020&country_not=DE"
    results = ask(f"{path}{query}" + ("" if collection == "dates" else "&limit=1000")).json()["results"]
    assert len(results) > 3
    assert lines(ask(f"{path}{query}&format=jsonl")) == results
    table = rows(ask(f"{path}{query}&format=csv"))
    assert tuple(table[0]) == tables.COLUMNS[collection]
    for row, item in zip(table, results, strict=True):
        names = row.pop("names_json", None)
        assert row == plain(item)
        assert names is None or json.loads(names) == item["names"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["actors/", "countries/", "types/", "documents/", "dates/"])
def test_chosen_by_accept_with_headers_and_an_etag(ask: Ask, path: str) -> None:
    small.build().publish()
    for media_type, form in (("text/csv", "csv"), ("application/x-ndjson", "jsonl")):
        response = ask(path, accept=media_type)
        assert content(response) == content(ask(f"{path}?format={form}"))
        assert response["Content-Type"].split(";")[0] == media_type
        seq = response["Dateline-As-Of"]
        assert response["Content-Disposition"] == f'attachment; filename="{path.strip("/")}-{seq}.{form}"'
        assert f"format={form}" in response["Link"]
        assert ask(f"{path}?format={form}", **{"If-None-Match": response["ETag"]}).status_code == 304
    assert ask(path, accept="text/calendar").status_code == 406
    assert ask(f"{path}?format=ics").json()["errors"][0]["code"] == "not_a_choice"


@pytest.mark.django_db
def test_a_table_goes_on_where_a_page_ended_and_stops_at_its_limit(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "CHUNK", 3)
    varied.build(40).publish()
    every = ask("actors/?ordering=name&limit=1000").json()["results"]
    first = ask("actors/?ordering=name&limit=4").json()
    rest = lines(ask(first["next"].split("/api/v1/")[1].replace("limit=4", "format=jsonl")))
    assert first["results"] + rest == every
    assert lines(ask("actors/?ordering=name&format=jsonl&limit=5")) == every[:5]


@pytest.mark.django_db
def test_an_empty_table_has_its_head(ask: Ask) -> None:
    small.build().publish()
    for collection in ("actors", "countries", "types", "documents", "dates"):
        columns = tables.COLUMNS[collection]
        assert content(ask(f"{collection}/?country=FR&format=csv")).decode() == ",".join(columns) + "\r\n"
        assert content(ask(f"{collection}/?country=FR&format=jsonl")) == b""


@pytest.mark.django_db
def test_totals_and_fields_are_of_json(ask: Ask) -> None:
    small.build().publish()
    for query in ("count=exact&format=csv", "fields=name&format=csv", "rows=dyad"):
        (error,) = ask(f"actors/?{query}").json()["errors"]
        assert error["code"] in ("conflict", "unknown_parameter")
    assert lines(ask("types/?fields=code&format=jsonl&ordering=name&limit=1")) == [{"code": "AID"}]


def namibian() -> Making:
    made = Making()
    made.document("gazette", "=The Gazette")
    made.actor("namibia", "Government of Namibia", "NA", names=["@Namibia"])
    made.actor("ann", "Ann", None, kind="person")
    made.actor("ben", "Ben", "ZA", kind="person")
    made.actor("guest", "Guest", "BW")
    roles = {"namibia": "initiator", "ann": "target", "ben": "target", "guest": "participant"}
    made.event(
        *("meeting", "2019-10-16"),
        title="They meet",
        actors=roles,
        location="NA",
        place="-Windhoek",
        lat=-22.57,
        lon=-17.08,
        said="@all: ",
    )
    made.event("alone", "2019-10-17", actors={"ben": "initiator"})
    made.event("nobody", "2019-10-18")
    return made


@pytest.mark.django_db
def test_the_recipe_for_pandas(ask: Ask) -> None:
    """Namibia stays a country, a text with @ is defused, a negative number stays a number."""
    made = namibian()
    made.publish()
    row = rows(ask("events/?format=csv"))[0]
    assert tuple(row) == COLUMNS
    assert (row["location_country"], row["countries"], row["initiator_countries"]) == ("NA", "NA", "NA")
    assert (row["lat"], row["lon"]) == (-22.57, -17.08)
    assert row["quote"] == "'@all: In gazette it says that meeting took place."
    assert row["date_edtf"] == "2019-10-16"
    assert row["place"] == "'-Windhoek"
    assert row["document_title"] == "'=The Gazette"


@pytest.mark.django_db
def test_dyads(ask: Ask) -> None:
    namibian().publish()
    table = rows(ask("events/?format=csv&rows=dyad"))
    assert tuple(table[0]) == DYAD_COLUMNS
    columns = DYAD_COLUMNS[DYAD_COLUMNS.index("initiator_id") : DYAD_COLUMNS.index("target_country") + 1]
    assert [tuple(row[name] for name in columns) for row in table] == [
        ("namibia", "Government of Namibia", "NA", "ann", "Ann", None),
        ("namibia", "Government of Namibia", "NA", "ben", "Ben", "ZA"),
        ("ben", "Ben", "ZA", None, None, None),
        (None, None, None, None, None, None),
    ]
    by_event = {row["id"]: row for row in rows(ask("events/?format=csv"))}
    for row in table:
        same = [name for name in DYAD_COLUMNS if name not in columns]
        assert {name: row[name] for name in same} == {name: by_event[row["id"]][name] for name in same}


@pytest.mark.django_db
def test_dyads_as_json_lines(ask: Ask) -> None:
    namibian().publish()
    events = {event["id"]: event for event in ask("events/").json()["results"]}
    found = lines(ask("events/?format=jsonl&rows=dyad"))
    pairs = [(row["initiator"] and row["initiator"]["id"], row["target"] and row["target"]["id"]) for row in found]
    assert pairs == [("namibia", "ann"), ("namibia", "ben"), ("ben", None), (None, None)]
    for row in found:
        event = events[row["id"]]
        sides = {name: row.pop(name) for name in ("initiator", "target")}
        assert row == {name: value for name, value in event.items() if name != "actors"}
        assert all(side in event["actors"] for side in sides.values() if side)
    assert lines(ask("events/?format=jsonl&rows=dyad&fields=id&limit=1"))[0].keys() == {"id", "initiator", "target"}


@pytest.mark.django_db
def test_dyads_are_of_tables_of_events(ask: Ask) -> None:
    small.build().publish()
    for path in ("events/?rows=dyad", "events/?rows=dyad&format=geojson"):
        (error,) = ask(path).json()["errors"]
        assert (error["parameter"], error["code"]) == ("rows, format", "conflict")
