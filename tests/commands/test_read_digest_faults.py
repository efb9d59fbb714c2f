"""`manage.py read_digest` where something is wrong: it is said, nothing is misstated, and no process is left."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from events.extraction.workers import File, Outcome, read_files
from events.models import Document, Edit, Proposal

ROOT = Path(__file__).parents[2]
TEXT = "# One\n\nOn October 16, the council ended the agreement. On October 18, Huawei opened a shop.\n"


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    return tmp_path / "a.md"


def run(*paths: str | Path, **options: Any) -> SimpleNamespace:
    out, err, fault = io.StringIO(), io.StringIO(), CommandError("", returncode=0)
    typed = {"published": "2019-11-04", "by": "ann", "format": "json"} | options
    switches = [f"--{name.replace('_', '-')}" for name, value in typed.items() if value is True]
    settings = [f"--{name}={value}" for name, value in typed.items() if not isinstance(value, bool)]
    try:
        call_command("read_digest", *map(str, paths), *switches, *settings, stdout=out, stderr=err)
    except CommandError as error:
        fault = error
    return SimpleNamespace(out=out.getvalue(), err=err.getvalue(), fault=str(fault), status=fault.returncode)


def document_of(ran: SimpleNamespace) -> dict[str, Any]:
    (line,) = map(json.loads, ran.out.splitlines())
    return dict(line["document"])


def everything() -> tuple[Any, ...]:
    return list(Document.objects.values()), list(Proposal.objects.values()), Edit.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("title", "Old", "New"),
        ("publisher", "The Weekly", "The Daily"),
        ("publisher", "", "The Daily"),
        ("url", "https://example.org/1", "https://example.org/2"),
        ("language", "en", "cs"),
        ("license", "CC0", "CC BY"),
    ],
)
def test_what_is_stored_otherwise_is_said_and_shown_as_stored(digest: Path, name: str, old: str, new: str) -> None:
    run(digest, **{name: old})
    before = everything()
    ran = run(digest, **{name: new})
    assert everything() == before
    document = document_of(ran)
    assert (document["new"], document[name], ran.fault) == (False, old, "")
    (warning,) = document["warnings"]
    assert all(word in warning for word in (name, f"“{old}”" if old else "empty", f"“{new}”", "in the admin"))
    assert f"{digest}: {warning}" in ran.err


@pytest.mark.django_db
def test_what_is_not_given_again_is_no_difference(digest: Path) -> None:
    run(digest, title="Mine", publisher="The Weekly", url="https://example.org/1", language="en", license="CC0")
    document = document_of(run(digest))
    assert (document["title"], document["publisher"], document["warnings"]) == ("Mine", "The Weekly", [])


@pytest.mark.django_db
@pytest.mark.parametrize("dry", [False, True])
def test_another_day_is_refused_as_the_dates_depend_on_it(digest: Path, dry: bool) -> None:
    run(digest)
    before = everything()
    ran = run(digest, published="2020-01-02", dry_run=dry)
    assert everything() == before
    (line,) = map(json.loads, ran.out.splitlines())
    assert set(line) == {"document", "error"}
    for word in (Document.objects.get().pk, "2019-11-04", "2020-01-02", "in the admin"):
        assert word in line["error"]
    assert line["error"] in ran.fault


@pytest.mark.django_db
def test_a_dry_run_names_no_id_that_is_not_there(digest: Path) -> None:
    dry = document_of(run(digest, dry_run=True))
    done = document_of(run(digest))
    assert (dry["id"], dry["proposed"]) == (None, len(done["proposed"]))
    assert {**dry, "id": done["id"], "proposed": done["proposed"]} == done
    assert document_of(run(digest, dry_run=True))["id"] == Document.objects.get().pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "Stopped: 1 of 2 digests are stored; run it again to go on."),
        ({"dry_run": True}, "Stopped: nothing is stored; run it again to go on."),
    ],
)
def test_ctrl_c_is_one_sentence(
    digest: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], said: str
) -> None:
    closed = []

    def interrupted(files: list[File], *args: Any) -> Iterator[Outcome]:
        try:
            yield from read_files(files[:1], *args)
            raise KeyboardInterrupt
        finally:
            closed.append(True)

    monkeypatch.setattr("events.management.commands.read_digest.read_files", interrupted)
    (digest.parent / "b.md").write_text("In 2014, the bank set up a group.\n", encoding="utf-8")
    ran = run(digest.parent, **options)
    assert (ran.fault, ran.status, closed) == (said, 130, [True])
    assert Document.objects.count() == (0 if options else 1)


def typed(*arguments: str | Path, database: str) -> subprocess.Popen[str]:
    """The command as it is typed, in a group of its own, as a terminal starts it."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Whoever runs the tests in the background has them, and all they start, ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def test_ctrl_c_of_a_terminal_leaves_no_process(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    with typed("migrate", "-v0", database=database) as migrating:
        assert migrating.wait() == 0, migrating.stderr
    # Nobody ever writes into it.
    os.mkfifo(tmp_path / "2019-11-04-endless.md")
    with typed("read_digest", tmp_path / "2019-11-04-endless.md", database=database) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Reading 1 digest.")
        os.killpg(process.pid, signal.SIGINT)
        # Its end is that of all who could write there.
        assert process.stderr.read() == "CommandError: Stopped: nothing is stored; run it again to go on.\n"
        assert process.wait() == 130


@pytest.mark.parametrize("name", ["none", "nowhere/none", "text"])
def test_a_database_that_is_none(digest: Path, name: str) -> None:
    (digest.parent / "text").write_text("no database " * 100, encoding="utf-8")
    said = "lacks tables; run: manage.py migrate" if name == "none" else "can't be opened: "
    arguments = ("read_digest", digest, "--published=2019-11-04")
    with typed(*arguments, database=f"sqlite:///{digest.parent / name}") as process:
        out, err = process.communicate()
    assert (out, process.returncode) == ("", 1)
    assert err.startswith("CommandError: Nothing was read. The sqlite database ")
    assert said in err
    assert err.count("\n") == 1


def test_a_database_of_an_older_version(digest: Path) -> None:
    name = digest.parent / "old"
    with typed("migrate", "events", "0001", "-v0", database=f"sqlite:///{name}") as migrating:
        assert migrating.wait() == 0
    with sqlite3.connect(name) as before:
        assert before.execute("select count(*) from events_document").fetchone() == (0,)
    with typed("read_digest", digest, "--published=2019-11-04", database=f"sqlite:///{name}") as process:
        assert "lacks tables; run: manage.py migrate" in process.communicate()[1]


@pytest.mark.django_db
def test_paths_are_looked_at_before_anything_is_announced(digest: Path) -> None:
    ran = run(digest, digest.parent / "none.md", digest.parent / "nor this")
    assert ran.fault.splitlines() == [
        "Nothing was read.",
        f"{digest.parent / 'none.md'}: there is no such file.",
        f"{digest.parent / 'nor this'}: there is no such file.",
    ]
    assert (ran.out, ran.err, Document.objects.count()) == ("", "", 0)
