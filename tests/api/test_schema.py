"""The description of the API: valid, kept in docs/openapi.json, and true of the answers; the page to try it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from events.api.components import COMPONENTS
from events.api.problems import MEDIA_TYPE
from events.api.schema import document
from events.api.urls import PATHS
from events.curation.retract import retract
from tests.api import small
from tests.api.conftest import Get
from tests.api.making import AT

KEPT = Path(__file__).parents[2] / "docs" / "openapi.json"
JSON = "application/json"
DESCRIBED = document(PATHS, title="", description="", server="/api/v1")

# What is asked, and the path of the description that it is an answer of.
QUESTIONS = [
    ("", "/"),
    ("events/", "/events/"),
    ("events/?date=2019&count=exact&limit=2", "/events/"),
    ("events/?dated=false&count=exact", "/events/"),
    ("events/?country=FR", "/events/"),
    ("events/warns/", "/events/{id}/"),
    ("events/denied/", "/events/{id}/"),
    ("events/lately/", "/events/{id}/"),
    ("events/threatens/history/", "/events/{id}/history/"),
    ("events/meets/history/", "/events/{id}/history/"),
    ("dates/?by=decade", "/dates/"),
    ("dates/?country=FR", "/dates/"),
    ("actors/?count=exact&limit=2", "/actors/"),
    ("actors/huawei/", "/actors/{id}/"),
    ("countries/?date_from=2019", "/countries/"),
    ("countries/CSHH/", "/countries/{code}/"),
    ("countries/FR/", "/countries/{code}/"),
    ("types/", "/types/"),
    ("types/OTHER/", "/types/{code}/"),
    ("documents/?type=CONSULT", "/documents/"),
    ("documents/gazette/", "/documents/{id}/"),
    ("changes/", "/changes/"),
    ("changes/?kind=actor&limit=2", "/changes/"),
    ("actors/huawei/history/", "/actors/{id}/history/"),
    ("documents/gazette/history/", "/documents/{id}/history/"),
    ("?as_of=3", "/"),
    ("events/?as_of=12&limit=1", "/events/"),
    ("schema/", "/schema/"),
]
SOME = [
    ("events/?omit=title", "/events/"),
    ("events/warns/?fields=date", "/events/{id}/"),
    ("actors/?fields=name", "/actors/"),
    ("actors/huawei/?omit=names", "/actors/{id}/"),
    ("countries/CN/?fields=events", "/countries/{code}/"),
    ("types/?fields=code", "/types/"),
    ("documents/?fields=id", "/documents/"),
]


@pytest.fixture
def _small(db: None) -> None:
    small.build().publish()
    retract("meets", by="ann", at=AT, why="It was another meeting.")


@cache
def answers(path: str, *, some: bool = False) -> jsonschema.Draft202012Validator:
    """A validator of what a path answers, as the description has it; of whole nouns, unless `some` keys will do."""
    schema = DESCRIBED["paths"][path]["get"]["responses"]["200"]["content"][JSON]["schema"]
    return validator(schema, some=some)


def validator(schema: dict[str, Any], *, some: bool = False) -> jsonschema.Draft202012Validator:
    whole: dict[str, Any] = {"allOf": [schema], "components": DESCRIBED["components"]}
    if not some:
        alternative = re.compile(r'\{"anyOf": \[(\{"\$ref": "[^"]+"\}), \{"\$ref": "[^"]+/Some\w+"\}\]\}')
        text, number = alternative.subn(r"\1", json.dumps(whole))
        assert number
        whole = json.loads(text)
    return jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker(["date"]))


@pytest.mark.django_db
def test_it_is_openapi_3_1(get: Get) -> None:
    served = get("schema/")
    assert served["openapi"] == "3.1.0"
    assert [str(fault) for fault in OpenAPIV31SpecValidator(served).iter_errors()] == []


@pytest.mark.django_db
def test_it_is_kept_in_the_docs(get: Get) -> None:
    served = get("schema/")
    assert served["servers"] == [{"url": "http://testserver/api/v1"}]
    assert json.loads(KEPT.read_text(encoding="utf-8")) == served | {"servers": [{"url": "/api/v1"}]}, (
        "The API isn't what docs/openapi.json says. Write it anew with `.venv/bin/python scripts/openapi.py`,"
        " look at the difference, and commit it with the change."
    )


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize(("question", "path"), QUESTIONS)
def test_an_answer_is_as_described(get: Get, question: str, path: str) -> None:
    answers(path).validate(get(question))


@pytest.mark.parametrize("path", DESCRIBED["paths"])
def test_every_answer_has_an_example_that_is_as_described(path: str) -> None:
    operation = DESCRIBED["paths"][path]["get"]
    for media_type, content in operation["responses"]["200"]["content"].items():
        if operation["operationId"] == "Schema":
            continue
        validator(content["schema"]).validate(content["example"])
        assert media_type == JSON or content["example"], f"{media_type} has no example"
    for parameter in operation["parameters"]:
        # A cursor and a token are given out; one that is made up is refused.
        if parameter["name"] not in ("cursor", "since") and parameter["in"] == "query":
            validator(parameter["schema"]).validate(parameter["example"])


def test_every_refusal_has_an_example_that_is_as_described() -> None:
    refusals = {name: one for name, one in DESCRIBED["components"]["responses"].items() if name != "Merged"}
    assert len(refusals) == 6
    for name, response in refusals.items():
        (content,) = response["content"].values()
        validator(content["schema"]).validate(content["example"])
        assert f"Refused{content['example']['status']}" == name


def test_every_path_is_asked() -> None:
    assert {path for _question, path in QUESTIONS} == set(DESCRIBED["paths"])


@pytest.mark.usefixtures("_small")
def test_a_refusal_is_as_described(client: Client) -> None:
    schema = validator(DESCRIBED["components"]["responses"]["Refused400"]["content"][MEDIA_TYPE]["schema"])
    asked = {
        "events/?contry=China&date=2019-02-30&limit=0": 400,
        "events/nothing/": 404,
        "events/meets/": 410,
    }
    for question, status in asked.items():
        response = client.get(f"/api/v1/{question}")
        assert response.status_code == status
        assert str(status) in DESCRIBED["paths"]["/events/{id}/"]["get"]["responses"]
        schema.validate(response.json())


def test_the_description_forbids_what_it_does_not_name() -> None:
    """Otherwise a key that nobody described would be valid."""
    objects = [schema for schema in COMPONENTS.values() if schema.get("properties")]
    assert len(objects) > 20
    assert all(schema["additionalProperties"] is False for schema in objects)


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize(("question", "path"), SOME)
def test_fields_leave_keys_out_as_described(get: Get, question: str, path: str) -> None:
    answers(path, some=True).validate(get(question))
    # So the other validator does notice a missing key.
    with pytest.raises(jsonschema.ValidationError, match="required"):
        answers(path).validate(get(question))


@pytest.mark.django_db
def test_the_page_to_try_it_comes_from_here_alone(client: Client) -> None:
    assert client.get("/api/v1/docs/?format=json").status_code == 400
    response = client.get("/api/v1/docs/", headers={"Accept": "text/html"})
    page = response.content.decode()
    assert response["Content-Type"].startswith("text/html")
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy
    assert "://" not in page
    assert re.findall(r"<script(?![^>]* src=)", page) == re.findall(r"\son\w+=", page) == []
    files = re.findall(r'(?:src|href)="/static/([^"]+)"', page)
    assert len(files) == 4
    assert all(finders.find(name) for name in files)
    (script,) = (name for name in files if "sidecar" not in name and name.endswith(".js"))
    assert "://" not in Path(str(finders.find(script))).read_text(encoding="utf-8")
    (schema,) = re.findall(r'data-schema="([^"]+)"', page)
    assert client.get(schema).json()["openapi"] == "3.1.0"
