"""`docs/fixtures.md` is complete, and what it shows is true."""

from __future__ import annotations

import io
import json
import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import models

from events.exchange.fixture import DERIVED, MODELS, NESTED
from events.models.reference import ActorKind, Role
from events.models.working import NameKind, RelationKind, Supports
from tests.commands.fixtures import refused, write
from tests.curation.world import relations, seen

PAGE = (Path(__file__).parents[2] / "docs" / "fixtures.md").read_text(encoding="utf-8")
EXAMPLE = PAGE.split("```json\n")[1].split("```")[0]
CODE = re.compile(r"`([^`]+)`")


def commands() -> list[tuple[str, str]]:
    """Each command of the page, and what the page says that it prints."""
    blocks = re.findall(r"```\n(\$.*?)```", PAGE, re.DOTALL)
    return [(line, said) for block in blocks for line, said in re.findall(r"\$ (.*)\n((?:[^$].*\n)?)", block)]


@pytest.mark.django_db
def test_the_commands_print_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, EXAMPLE, "towns.json")
    for command, said in commands():
        out = io.StringIO()
        _python, _manage, name, *arguments = shlex.split(command)
        call_command(name, *arguments, stdout=out, stderr=io.StringIO())
        assert out.getvalue() == said, command
    assert len(commands()) == 6


@pytest.mark.django_db
def test_what_the_public_sees_of_the_example(tmp_path: Path) -> None:
    call_command("loaddata", str(write(tmp_path, EXAMPLE, "towns.json")), verbosity=0)
    ended, called_off = seen("partnership-ended"), seen("visit-called-off")
    assert ended["date"]["start_earliest"] == ended["date"]["end_latest"] == "2021-05-03"
    assert relations("partnership-ended") == [("visit-called-off", called_off["title"])]
    assert called_off["date"] | {"text": None} == called_off["date"] | {"edtf": None, "text": None}
    assert called_off["date"]["text"] == "recently"
    assert called_off["claimed_by"] == [{"id": "norrby", "name": "Norrby"}]
    assert [name["name"] for name in seen("merilaht", "actor")["names"]] == ["Merilahe vald"]
    assert {item["code"] for item in ended["countries"]} == {"SE", "EE"}


def refusals() -> list[tuple[str, str, str]]:
    rows = PAGE.split("## When it is refused")[1].split("\n## ")[0].split("|---|---|---|\n")[1].strip().splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]
    return [(old.strip("`"), new.strip("`"), said) for old, new, said in cells]


@pytest.mark.django_db
@pytest.mark.parametrize(("old", "new", "said"), refusals())
def test_the_refusals_are_worded_so(tmp_path: Path, old: str, new: str, said: str) -> None:
    broken = EXAMPLE.replace(old, new, 1)
    assert broken != EXAMPLE
    assert said in refused(write(tmp_path, broken, "towns.json"))


def tables() -> list[tuple[str, list[str]]]:
    """The tables of fields: the text between it and the one before, and its first column."""
    records = PAGE.split("## Records")[1].split("\n## ")[0]
    parts = records.split("| field | what it is |\n|---|---|\n")
    found = []
    for before, after in pairwise(parts):
        rows = after.split("\n\n")[0].splitlines()
        found.append((before.split("\n\n", 1)[-1], [row.split("|")[1].strip() for row in rows]))
    return found


def documented(model: type[models.Model]) -> list[str]:
    [cells] = [cells for before, cells in tables() if f"`{model._meta.label_lower}`" in before]
    return cells


def own_fields(model: type[models.Model]) -> list[models.Field[object, object]]:
    """The fields that a record may have; the noun that a child hangs on is said in words."""
    parents = {parent for lists in NESTED.values() for child, parent in lists.values() if child is model}
    return [
        field for field in model._meta.concrete_fields if not field.primary_key and field.name not in DERIVED | parents
    ]


@pytest.mark.parametrize("model", [pytest.param(model, id=label) for label, model in MODELS.items()])
def test_every_field_of_every_record_is_documented(model: type[models.Model]) -> None:
    names = {name for cell in documented(model) for name in CODE.findall(cell)}
    expected = {field.name for field in own_fields(model)} | set(NESTED.get(model, {}))
    if model._meta.model_name == "document":
        expected.add("text_file")
    assert names == expected


@pytest.mark.parametrize("model", [pytest.param(model, id=label) for label, model in MODELS.items()])
def test_required_fields_are_bold(model: type[models.Model]) -> None:
    bold = {name for cell in documented(model) if cell.startswith("**") for name in CODE.findall(cell)}
    required = {
        field.name
        for field in own_fields(model)
        if not field.blank and not field.null and (field.name == "supports" or not field.has_default())
    }
    assert bold == required


@pytest.mark.parametrize("choices", [ActorKind, NameKind, Role, RelationKind, Supports])
def test_every_choice_is_named(choices: type[models.TextChoices]) -> None:
    assert any(set(choices.values) <= set(CODE.findall(line)) for line in PAGE.splitlines())


def test_the_example_is_as_small_as_it_says() -> None:
    records = json.loads(EXAMPLE)
    assert [record["model"].removeprefix("events.") for record in records] == [
        "document",
        "actor",
        "actor",
        "event",
        "event",
    ]
