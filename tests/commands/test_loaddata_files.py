"""loaddata refuses files that are no fixtures of its own, and texts that don't stand beside them."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.commands.fixtures import (
    DIGEST,
    assert_nothing_written,
    changed,
    records,
    refused,
    with_record,
    without,
    write,
)

pytestmark = pytest.mark.django_db

DIGEST_AT = "small.json, record 6 (events.document digest)"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param("", "small.json: it isn't JSON: ", id="empty"),
        pytest.param("title: x", "small.json: it isn't JSON: ", id="yaml"),
        pytest.param("{}", "small.json: a fixture is a list of records, [{…}, {…}].", id="object"),
        pytest.param('"events.event"', "small.json: a fixture is a list of records", id="text"),
        pytest.param("[" * 100_000, "small.json: it isn't JSON: ", id="nested-without-end"),
        pytest.param('[{"model": "events.event", "pk": "a", "fields": {"lat": NaN}}]', "NaN is no number", id="nan"),
        pytest.param(
            '[{"model": "events.event", "fields": {}, "fields": {}}]', "“fields” stands twice", id="key-twice"
        ),
        pytest.param(b"\xff\xfe[]", "small.json: it isn't UTF-8 (byte 0); save it as UTF-8.", id="utf-16"),
        pytest.param('[{"model": "events.\u00e9"}]'.encode("latin-1"), "small.json: it isn't UTF-8", id="latin-1"),
    ],
)
def test_what_isnt_a_fixture(tmp_path: Path, content: str | bytes, fault: str) -> None:
    [said] = refused(write(tmp_path, content))
    assert fault in said
    assert_nothing_written()


def text_file(name: Any) -> Callable[[Path], Any]:
    return lambda folder: name


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        pytest.param(text_file("../outside.md"), "There is no file “../outside.md” beside the fixture", id="above"),
        pytest.param(text_file("/etc/hostname"), "There is no file “/etc/hostname” beside the fixture", id="absolute"),
        pytest.param(text_file("link.md"), "There is no file “link.md” beside the fixture", id="link-to-the-outside"),
        pytest.param(text_file("."), "There is no file “.” beside the fixture", id="folder"),
        pytest.param(text_file("latin.md"), "“latin.md” isn't UTF-8 (byte 3); save it as UTF-8.", id="not-utf-8"),
        pytest.param(text_file("a\0b"), "It has a NUL character; take it out.", id="nul"),
        pytest.param(text_file("x" * 300), "There is no file “xxx", id="too-long-for-a-name"),
        pytest.param(text_file(5), "It is a text, in quotes, not 5.", id="number"),
    ],
)
def test_text_files_stay_beside_the_fixture(tmp_path: Path, name: Callable[[Path], Any], fault: str) -> None:
    (tmp_path / "outside.md").write_text("secret", encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.md").symlink_to(tmp_path / "outside.md")
    (folder / "latin.md").write_bytes("café".encode("latin-1"))
    content = without(DIGEST, "text")
    content[DIGEST]["fields"]["text_file"] = name(folder)
    said = refused(write(folder, content))
    assert said[0].startswith(f"{DIGEST_AT}, field text_file: {fault}")
    assert "secret" not in "".join(said)
    assert len(said) == 1
    assert_nothing_written()


def test_a_text_and_a_text_file_together(tmp_path: Path) -> None:
    write(tmp_path, "x", "x.md")
    [said] = refused(write(tmp_path, changed(DIGEST, text_file="x.md")))
    assert said == f"{DIGEST_AT}, field text_file: Give “text” or “text_file”, not both."


def test_records_of_other_apps_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    group = {"model": "auth.group", "pk": 1, "fields": {"name": "friends", "permissions": []}}
    assert refused(write(tmp_path, with_record(group))) == [
        "small.json: it has records of other apps; put Dateline's into their own file."
    ]
    assert_nothing_written()


@pytest.mark.parametrize("options", [{"ignore": True}, {"exclude": ["auth"]}])
def test_options_that_would_not_be_heeded_are_refused(tmp_path: Path, options: dict[str, Any]) -> None:
    assert refused(write(tmp_path, records()), **options) == [
        "--ignorenonexistent and --exclude are for fixtures of other apps."
    ]
    assert_nothing_written()


def test_other_formats_are_refused(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(record) for record in records() if record["model"] == "events.document")
    assert "Dateline's records are loaded from JSON" in refused(write(tmp_path, lines, "small.jsonl"))[0]
    assert_nothing_written()


def test_a_fixture_that_isnt_there() -> None:
    with pytest.raises(CommandError, match="No fixture named 'nowhere' found"):
        call_command("loaddata", "nowhere")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff"])
def test_nonsense_on_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    with pytest.raises(CommandError, match="standard input: it isn't"):
        call_command("loaddata", "-", format="json")
