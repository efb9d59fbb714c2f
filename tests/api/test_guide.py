"""docs/api.md: its requests are answered as it says, its tables are complete."""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django_filters
import pandas
import pytest
from django.core.management import call_command
from django.test import Client

from events.api.components import ANSWERS, NOUNS, PARTS
from events.api.problems import TITLES
from events.api.urls import PATHS
from events.errors import InvalidDate
from events.exchange.as_csv import COLUMNS, DYAD_COLUMNS
from events.querying import checks, filters
from events.querying.habits import RESERVED
from events.querying.lookup import Missing

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([^`]+)`")
REQUEST = re.compile(r"^GET (\S+)(?: → (\d+)(?: (\w+))?)?$", re.MULTILINE)
TAKEN_AT: dict[str, list[type[django_filters.FilterSet]]] = {
    "events/": [filters.EventList],
    "actors/": [filters.ActorList],
    "countries/ types/ documents/": [filters.CountryList, filters.TypeList, filters.DocumentList],
    "dates/": [filters.Buckets],
    "one thing": [
        filters.EventDetail,
        filters.ActorDetail,
        filters.CountryDetail,
        filters.TypeDetail,
        filters.DocumentDetail,
    ],
    "/": [filters.Dataset],
    "history/": [filters.History],
    "changes/": [filters.Changes],
    "schema/": [filters.Nothing],
}


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def table(text: str) -> list[list[str]]:
    """The rows of the first table, the head first."""
    rows = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert rows
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[0].splitlines()]
    return [cells[0], *cells[2:]]


@pytest.fixture
def _digest(db: None) -> None:
    call_command("loaddata", "china-digest-2019-11", verbosity=0)


@pytest.mark.usefixtures("_digest")
def test_every_request_is_answered_as_the_guide_says(client: Client) -> None:
    requests = REQUEST.findall(PAGE)
    assert len(requests) == len(re.findall("^GET ", PAGE, re.MULTILINE)) > 40
    for address, status, code in requests:
        response = client.get(address)
        assert response.status_code == int(status or 200), address
        if code:
            assert [error["code"] for error in response.json()["errors"]] == [code], address
        elif not status and "/events/?" in address and not response.streaming:
            assert response.json()["results"], f"{address} finds nothing"


WITH_ANSWER = re.compile(r"^GET (\S+)(?: → \d+)?\n```\n\n```json\n(.*?)```$", re.MULTILINE | re.DOTALL)


def has(answer: Any, shown: Any) -> bool:
    """Whether an answer has what is shown of it: of an object some keys, of a list all items."""
    if isinstance(shown, dict):
        return isinstance(answer, dict) and all(name in answer and has(answer[name], shown[name]) for name in shown)
    if isinstance(shown, list):
        return isinstance(answer, list) and len(answer) == len(shown) and all(map(has, answer, shown))
    return bool(answer == shown)


@pytest.mark.usefixtures("_digest")
def test_every_answer_that_is_shown_is_given(client: Client) -> None:
    found = WITH_ANSWER.findall(PAGE)
    assert len(found) == PAGE.count("```json") >= 5
    for address, shown in found:
        answer = client.get(address).json()
        assert has(answer, json.loads(shown)), f"{address} answers {answer}"


@pytest.mark.usefixtures("_digest")
def test_the_example_of_each_filter_is_answered(client: Client) -> None:
    for *_about, example in table(section("Filters"))[1:]:
        response = client.get(f"/api/v1/events/?{example.strip('`')}")
        assert response.status_code == 200, (example, response.content)
        assert response.json()["results"], f"{example} finds nothing"


def test_every_filter_is_in_the_table_of_filters() -> None:
    known = {name for name, one in checks.declared(filters.EventFilters).items() if not name.endswith(("_all", "_not"))}
    named = [name for row in table(section("Filters"))[1:] for name in CODE.findall(row[0])]
    assert set(named) == known
    assert len(named) == len(known)


def test_what_is_taken_where() -> None:
    """The table against the declarations, in both directions."""
    head, *rows = table(section("What is taken where"))
    assert [cell.replace("`", "") for cell in head[1:]] == list(TAKEN_AT)
    said = {
        name: {at for at, cell in zip(TAKEN_AT, row[1:], strict=True) if cell}
        for row in rows
        for name in CODE.findall(row[0])
    }
    taken: dict[str, set[str]] = {}
    for at, paths in TAKEN_AT.items():
        names = [set(checks.declared(path)) for path in paths]
        assert all(some == names[0] for some in names), f"{at}: one column, but not the same parameters"
        for name in names[0]:
            taken.setdefault(name, set()).add(at)
    assert said == taken


def test_every_path_is_named() -> None:
    named = {name for row in table(section("Paths"))[1:] for name in CODE.findall(row[0])}
    assert named == {re.sub("<str:(.+?)>", r"{\1}", route) or "/" for route in PATHS} | {"docs/"}


OBJECTS = {**PARTS, **NOUNS, "Change": ANSWERS["Change"], "Dataset": ANSWERS["Dataset"]}


@pytest.mark.parametrize("name", OBJECTS)
def test_every_key_of_an_object_is_named(name: str) -> None:
    text = re.search(rf"\*\*{name}\*\*(.*?)(?=\n\n|\n- \*\*)", section("Answers"), re.DOTALL)
    assert text, f"{name} isn't described"
    assert set(OBJECTS[name]["properties"]) <= set(CODE.findall(text[1]))


def test_every_key_of_an_envelope_is_named() -> None:
    named = {name for row in table(section("Answers"))[1:] for name in CODE.findall(row[0])}
    assert named == set(ANSWERS["EventPage"]["properties"]) - {"results"}


def codes() -> Iterator[str]:
    """The codes that the questions and the API can refuse with, from their source."""
    position = {"Problem": 2, "Refused": 1, "Missing": 1}
    for room in ("querying", "api"):
        for path in (ROOT / "events" / room).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in position:
                    given = node.args[position[node.func.id] :][:1]
                    yield from (str(one.value) for one in given if isinstance(one, ast.Constant))
    yield InvalidDate.code
    yield Missing("").code


def listed(head: str) -> list[str]:
    """The first column of a table among the refusals, without its head."""
    text = section("Refusals").split(f"| {head} |")[1]
    return [row[0].strip("`") for row in table(f"| {head} |{text}")[1:]]


def test_every_code_is_listed_once() -> None:
    assert sorted(listed("code")) == sorted(set(codes()))


def test_every_status_is_listed() -> None:
    assert listed("status") == [str(status) for status in sorted(TITLES)]


def test_the_columns_of_csv() -> None:
    text = re.search(r"The columns: (.*?)\.\n", section("CSV"), re.DOTALL)
    assert text
    assert tuple(CODE.findall(text[1])) == COLUMNS
    dyad = re.search(r"there stand (.*?);", section("CSV"), re.DOTALL)
    assert dyad
    assert tuple(CODE.findall(dyad[1])) == tuple(name for name in DYAD_COLUMNS if name not in COLUMNS)


def test_the_recipe_for_pandas_keeps_namibia() -> None:
    recipe = re.search(r"^events = (pandas\.read_csv)\(address, (.*)\)$", section("CSV"), re.MULTILINE)
    assert recipe
    call = ast.parse(f"read({recipe[2]})", mode="eval").body
    assert isinstance(call, ast.Call)
    options: dict[str, Any] = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords}
    frame: Any = pandas.read_csv(io.StringIO("location_country,date_edtf\r\nNA,0900\r\n,\r\n"), **options)
    assert frame["date_edtf"][0] == "0900"
    assert frame["location_country"][0] == "NA"
    assert pandas.isna(frame["location_country"][1])


def test_what_is_not_there_yet() -> None:
    assert set(CODE.findall(section("Not there yet"))) >= RESERVED
