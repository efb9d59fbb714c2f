"""`manage.py read_digest`: what it stores, what it says and where, and that a failure leaves nothing."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from events.models import Document, Edit, Proposal
from events.models.proposals import Decision

# It commits, and its processes are other ones.
pytestmark = pytest.mark.django_db

FIRST = "# One\n\nOn October 16, the council ended the agreement. On October 18, Huawei opened a shop.\n"
SECOND = "# Two\n\nIn 2014, the bank set up a group.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.md").write_text(SECOND, encoding="utf-8")
    (tmp_path / "a.md").write_text(FIRST, encoding="utf-8")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "2019-11-05-c.html").write_text(
        "<title>Three</title><h1>Three</h1><p>In 2015, the museum acquired a picture.</p>", encoding="utf-8"
    )
    (tmp_path / "notes.bin").write_bytes(b"\xff\xff")
    (tmp_path / ".hidden.md").write_text("In 2016, it ended.", encoding="utf-8")
    return tmp_path


def run(*paths: str | Path, **options: Any) -> SimpleNamespace:
    out, err = io.StringIO(), io.StringIO()
    fault, typed = "", {"published": "2019-11-04", "by": "ann"} | options
    switches = [f"--{name.replace('_', '-')}" for name, value in typed.items() if value is True]
    settings = [f"--{name}={value}" for name, value in typed.items() if value not in (True, None)]
    try:
        call_command("read_digest", *map(str, paths), *switches, *settings, stdout=out, stderr=err)
    except CommandError as error:
        fault = str(error)
    return SimpleNamespace(out=out.getvalue(), err=err.getvalue(), fault=fault)


def lines(ran: SimpleNamespace) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_folder_is_read_in_the_order_of_its_names(folder: Path) -> None:
    ran = run(folder, publisher="The Weekly", language="en")
    assert ran.fault == ""
    assert set(Document.objects.values_list("title", "publisher", "language")) == {
        (title, "The Weekly", "en") for title in ("One", "Two", "Three")
    }
    assert Proposal.objects.count() >= 3
    assert [line.split()[0] for line in ran.out.splitlines()[1:4]] == [
        str(folder / name) for name in ("a.md", "b.md", "inner/2019-11-05-c.html")
    ]
    assert "Together" in ran.out


def test_it_says_what_it_will_do_before_it_does_it(folder: Path) -> None:
    ran = run(folder)
    assert ran.err.startswith("Reading 3 digests. Each is stored in the ")
    assert run(folder, dry_run=True).err.startswith("Reading 3 digests; nothing is written to the ")


def test_a_dry_run_stores_nothing_and_says_the_same(folder: Path) -> None:
    dry = run(folder, dry_run=True)
    assert (Document.objects.count(), Proposal.objects.count()) == (0, 0)
    assert dry.out.removesuffix("Nothing was stored.\n").strip() == run(folder).out.strip()


def test_the_same_again_changes_nothing(folder: Path) -> None:
    run(folder)
    before = list(Document.objects.values()), list(Proposal.objects.values()), Edit.objects.count()
    ran = run(folder)
    assert (list(Document.objects.values()), list(Proposal.objects.values()), Edit.objects.count()) == before
    assert ran.out.count("known") == 3


def test_a_corrected_text_proposes_what_is_new(folder: Path) -> None:
    run(folder / "a.md")
    known = Proposal.objects.count()
    (folder / "a.md").write_text(FIRST + "\nIn 2014, the council visited the museum.\n", encoding="utf-8")
    ran = run(folder / "a.md", format="json")
    (line,) = lines(ran)
    assert line["document"]["corrects"] == Document.objects.get(corrects__isnull=True).pk
    assert (line["document"]["known"], len(line["document"]["proposed"])) == (known, 1)
    assert Proposal.objects.filter(status=Decision.OPEN).count() == known + 1


def test_json_is_a_line_for_each_digest_and_nothing_else(folder: Path) -> None:
    found = lines(run(folder, format="json"))
    assert [line["document"]["path"] for line in found] == [
        str(folder / name) for name in ("a.md", "b.md", "inner/2019-11-05-c.html")
    ]
    assert set(found[0]) == {"document", "sections", "mentions", "candidates", "cut"}
    assert found[0]["document"]["published"] == "2019-11-04"
    text = Document.objects.get(title="One").text
    for mention in found[0]["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
    for candidate in found[0]["candidates"]:
        assert all(text[one["start"] : one["end"]] == one["quote"] for one in candidate["evidence"])


def test_the_table_says_what_was_cut(folder: Path) -> None:
    (folder / "long.md").write_text("They met on 3 May 2018. " * 2001, encoding="utf-8")
    assert "new, cut" in run(folder / "long.md").out


def test_one_that_breaks_is_named_and_the_others_are_read(folder: Path) -> None:
    (folder / "bad.md").write_bytes(b"In 2014, \xff it ended.")
    ran = run(folder, format="json")
    assert [line.get("error", "") for line in lines(ran)] == ["", "", "It isn't UTF-8 (byte 9); save it as UTF-8.", ""]
    assert ran.fault.startswith("1 of 4 digests weren't stored.")
    assert "bad.md: It isn't UTF-8" in ran.fault
    assert Document.objects.count() == 3


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(FIRST.encode())))
    run("-", title="From a pipe")
    assert Document.objects.get().title == "From a pipe"


def test_the_day_is_that_of_the_name_where_none_is_given(folder: Path) -> None:
    ran = run(folder / "inner", published=None)
    assert ran.fault == ""
    assert str(Document.objects.get().published) == "2019-11-05"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"published": None}, "say with --published on which day it was published"),
        ({"title": "One title"}, "--title and --url are for one digest"),
        ({"url": "https://example.org/"}, "--title and --url are for one digest"),
        ({"language": "x" * 40}, "language"),
    ],
)
def test_what_cannot_be_meant_is_refused(folder: Path, options: dict[str, Any], said: str) -> None:
    ran = run(folder, **options)
    assert said in ran.fault
    assert (ran.out, Document.objects.count()) == ("", 0)


def test_an_address_that_runs_is_refused(folder: Path) -> None:
    assert "url" in run(folder / "a.md", url="javascript:alert(1)").fault
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("20191104", "“20191104” isn't a day; write it like 2019-11-04."),
        ("2019-W45-1", "“2019-W45-1” isn't a day; write it like 2019-11-04."),
        ("yesterday", "“yesterday” isn't a day; write it like 2019-11-04."),
        ("2019-02-30", "There is no day 2019-02-30 in the calendar."),
    ],
)
def test_a_day_is_written_in_one_way(folder: Path, day: str, said: str) -> None:
    with pytest.raises(CommandError, match=f"--published: {said}"):
        call_command("read_digest", str(folder), "--published", day)


def test_a_folder_without_digests(tmp_path: Path) -> None:
    assert "there is no digest in it" in run(tmp_path).fault
