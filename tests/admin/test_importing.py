"""A table imported in the admin: looked at first, all or nothing, faults by line and column."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.curation.retract import retract
from events.models import Document, Edit, Event, Proposal
from tests.admin.curator import Curator
from tests.commands.test_export_working_copy import do_correct
from tests.curation.world import DEED, document, event
from tests.exchange.tables import MAP, make

pytestmark = pytest.mark.django_db

PATH = "document/import-table/"


def send(somebody: Curator, content: bytes, where: bytes, button: str = "_look", **more: str) -> Any:
    files = {"file": SimpleUploadedFile("mine.csv", content), "map": SimpleUploadedFile("map.toml", where)}
    return somebody.post(PATH, **files, **{button: "x"}, **more)


def test_a_table_is_looked_at_then_imported(contributor: Curator) -> None:
    assert "Import a table" in contributor.open("document/").text
    content, expected = make(40)
    page = send(contributor, content, MAP)
    assert "40 rows would be proposed." in page.content.decode()
    assert "And 20 more." in page.content.decode()
    assert not Document.objects.exists()
    page = send(contributor, content, MAP, "_do", title="My table")
    assert "40 rows were proposed." in page.content.decode()
    assert [(row.title, row.edtf) for row in Proposal.objects.order_by("pk")] == expected
    assert Document.objects.get().title == "My table"
    assert set(Edit.objects.values_list("by", flat=True)) == {"carl"}
    assert "0 rows were proposed." in send(contributor, content, MAP, "_do").content.decode()


def test_faults_are_listed(contributor: Curator) -> None:
    where = b'title = "What"\ndate = "When"\n'
    page = send(contributor, b"What,When\n<b>,03/04/2019\n", where, "_do")
    assert page.context["reasons"][0].startswith("Line 2, column “When”: “03/04/2019” may be two days")
    assert page.context["form"].errors == {"order": ["Say here what such a date means."]}
    assert "--" not in page.context["reasons"][0]
    assert not Proposal.objects.exists()
    page = send(contributor, b"What,When\n<b>,03/04/2019\n", where, order="day-first")
    assert "&lt;b&gt;" in page.content.decode()
    assert "2019-04-03" in page.content.decode()


def test_a_viewer_imports_nothing(viewer: Curator) -> None:
    assert viewer.get(PATH).status_code == 403
    assert send(viewer, b"What\nA\n", b'title = "What"', "_do").status_code == 403


def test_the_working_copy_is_exported(editor: Curator, contributor: Curator, draft: Event) -> None:
    assert "Export the working copy" in editor.open("document/").text
    assert "Export the working copy" not in contributor.open("document/").text
    assert contributor.get("document/export/").status_code == 403
    assert editor.post("document/export/").status_code == 405
    assert "A copy of the database has these." in editor.get("document/export/").content.decode()
    answer = editor.get("document/export/?file")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert {record["model"] for record in json.loads(answer.getvalue())} == {
        *("events.document", "events.actor", "events.event")
    }


def test_what_a_file_can_carry_only_as_a_draft_is_told_before(editor: Curator) -> None:
    document()
    event("event-a", public=True)
    retract("event-a", **DEED)
    page = "document/export/"
    assert "event-a" not in editor.get(page).content.decode()
    do_correct(["Nothing of it is true."])
    said = editor.get(page).content.decode()
    assert "Event event-a (“Title of event-a”)" in said
    assert "a draft in a copy" in said
