"""loaddata: one deed, idempotent, in any order, deriving what is left out."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection

from events.models import Actor, Country, Document, Edit, Entry, Event, Evidence
from events.models.gate import open_gate
from tests.commands.fixtures import (
    ANSWER,
    BEIJING,
    DIGEST,
    END,
    PRAGUE,
    TEXT,
    Record,
    load,
    records,
    refused,
    state,
    write,
)
from tests.curation.world import assert_sound, deeds, relations, seen, shown

pytestmark = pytest.mark.django_db

AT = datetime(2024, 5, 1, tzinfo=UTC)


def test_children_may_stand_before_parents(tmp_path: Path) -> None:
    path = write(tmp_path, records())
    said = load(path)
    assert said == "small.json: 16 rows added, 0 changed, 0 equal; 2 events published, 0 revised.\n"
    assert {(row.kind, row.noun_id) for row in Entry.objects.all()} == {
        ("event", "end-of-it"),
        ("event", "answer"),
        ("actor", "prague"),
        ("actor", "beijing"),
        ("document", "digest"),
    }
    assert relations("answer") == [("end-of-it", "Prague ends the agreement")]
    assert_sound()


def test_what_is_left_out_is_derived(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    document = Document.objects.get()
    assert document.text_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    event = Event.objects.get(pk="end-of-it")
    assert event.slug == "prague-ends-the-agreement"
    assert (event.start_earliest, event.end_latest) == (date(2019, 10, 16), date(2019, 10, 16))
    found = Evidence.objects.get(event="answer")
    assert (found.start, found.end) == (42, 58)
    assert found.prefix == "October Prague ended the agreement.\n"[-32:]
    assert found.suffix == " recently.\nBeijing answered in anger"[:32]
    assert all(row.version == 1 for model in (Document, Actor, Event) for row in model._default_manager.all())
    assert set(Edit.objects.values_list("loaded", "version")) == {(True, 1)}


def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, records())
    load(path)
    before = state()
    said = load(path)
    assert said == "small.json: 0 rows added, 0 changed, 16 equal; 0 events published, 0 revised.\n"
    assert state() == before


def test_a_changed_event_is_revised(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    changed = records()
    changed[END]["fields"]["title"] = "Prague cancels it"
    said = load(write(tmp_path, changed))
    assert said == "small.json: 0 rows added, 1 changed, 15 equal; 0 events published, 1 revised.\n"
    assert seen("end-of-it")["title"] == "Prague cancels it"
    # Its address stays.
    assert seen("end-of-it")["slug"] == "prague-ends-the-agreement"
    assert relations("answer") == [("end-of-it", "Prague cancels it")]
    assert deeds("end-of-it") == deeds("answer") == ["published", "revised"]
    assert Event.objects.get(pk="end-of-it").version == 2
    assert_sound()


def test_a_changed_actor_and_country_cascade(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    changed = records()
    changed[BEIJING]["fields"]["name"] = "Peking"
    changed.append({"model": "events.country", "pk": "CZ", "fields": {"name": "Bohemia", "alpha3": "CZE"}})
    load(write(tmp_path, changed))
    assert [actor["name"] for actor in seen("end-of-it")["actors"]] == ["Prague", "Peking"]
    assert seen("answer")["claimed_by"] == [{"id": "beijing", "name": "Peking"}]
    assert seen("end-of-it")["countries"][0]["name"] == "Bohemia"
    assert_sound()


def test_a_country_that_is_renamed_alone_cascades(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    load(write(tmp_path, [{"model": "events.country", "pk": "CZ", "fields": {"name": "Bohemia", "alpha3": "CZE"}}]))
    assert seen("end-of-it")["countries"][0]["name"] == "Bohemia"
    assert deeds("answer") == ["published"]
    assert_sound()


def test_a_changed_document_cascades(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    changed = records()
    changed[DIGEST]["fields"]["title"] = "Weekly digest"
    load(write(tmp_path, changed))
    assert {seen(pk)["evidence"][0]["document"]["title"] for pk in ("answer", "end-of-it")} == {"Weekly digest"}
    assert_sound()


def test_a_removed_child_goes(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    changed = records()
    changed[END]["fields"]["participations"].pop()
    changed[END]["fields"]["countries"] = ["CZ"]
    changed[PRAGUE]["fields"]["names"] = []
    del changed[ANSWER]["fields"]["relations"], changed[ANSWER]["fields"]["claimed_by"]
    said = load(write(tmp_path, changed))
    assert "5 changed" in said
    assert [actor["id"] for actor in seen("end-of-it")["actors"]] == ["prague"]
    assert [country["code"] for country in seen("end-of-it")["countries"]] == ["CZ"]
    assert seen("prague", "actor")["names"] == []
    assert (seen("answer")["relations"], seen("answer")["claimed_by"]) == ([], [])
    assert_sound()


def test_a_field_that_is_left_out_later_is_empty_again(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    changed = records()
    del changed[PRAGUE]["fields"]["country"], changed[PRAGUE]["fields"]["part_of"]
    load(write(tmp_path, changed))
    assert seen("prague", "actor")["country"] is None
    assert_sound()


def test_a_lone_child_is_added_to_what_is_there(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    fields = {"event": "answer", "actor": "prague", "role": "target"}
    load(write(tmp_path, [{"model": "events.participation", "pk": None, "fields": fields}]))
    assert [actor["id"] for actor in seen("answer")["actors"]] == ["beijing", "prague"]
    assert_sound()


def test_only_the_private_note_changes_nothing_public(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    changed = records()
    changed[END]["fields"]["note"] = "Check this again."
    said = load(write(tmp_path, changed))
    assert said == "small.json: 0 rows added, 1 changed, 15 equal; 0 events published, 0 revised.\n"
    assert deeds("end-of-it") == ["published"]
    assert_sound()


def test_a_draft_stays_hidden(tmp_path: Path) -> None:
    hidden = records()
    hidden[ANSWER]["fields"]["status"] = "draft"
    said = load(write(tmp_path, hidden))
    assert "1 events published" in said
    assert shown("answer") is None
    assert Event.objects.get(pk="answer").status == "draft"
    assert_sound()
    before = state()
    load(write(tmp_path, hidden))
    assert state() == before
    # Nothing but the status changes: the rows are equal, and the event is published.
    said = load(write(tmp_path, records()))
    assert said == "small.json: 0 rows added, 0 changed, 16 equal; 1 events published, 0 revised.\n"
    assert relations("answer") == [("end-of-it", "Prague ends the agreement")]
    assert_sound()


def test_a_draft_may_lack_evidence(tmp_path: Path) -> None:
    hidden = records()
    hidden[ANSWER]["fields"] |= {"status": "draft", "evidence": []}
    load(write(tmp_path, hidden))
    assert Event.objects.get(pk="answer").status == "draft"


def test_if_empty(tmp_path: Path) -> None:
    path = write(tmp_path, records())
    assert "2 events published" in load(path, if_empty=True)
    before = state()
    changed = records()
    changed[END]["fields"]["title"] = "Other"
    assert load(write(tmp_path, changed), if_empty=True) == "The dataset isn't empty; nothing was loaded.\n"
    assert state() == before


def test_who_loaded_what_is_in_the_history(tmp_path: Path) -> None:
    load(write(tmp_path, records()), by="ann")
    assert set(Entry.objects.values_list("by", "why")) == {("ann", "Loaded from small.json")}
    assert set(Edit.objects.values_list("by", "why")) == {("ann", "Loaded from small.json")}


def test_files_together_are_one_load(tmp_path: Path) -> None:
    """Each alone lacks what the other has."""
    split = records()
    first, second = write(tmp_path, split[:3], "first.json"), write(tmp_path, split[3:], "second.json")
    assert refused(first)
    assert load(first, second).startswith("first.json, second.json: 16 rows added")
    assert_sound()


def test_a_text_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "digest.md").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    with_file = records()
    with_file[DIGEST]["fields"]["text_file"] = "texts/digest.md"
    del with_file[DIGEST]["fields"]["text"]
    load(write(tmp_path, with_file))
    assert Document.objects.get().text == TEXT
    # The same, said otherwise.
    assert "16 equal" in load(write(tmp_path, records()))


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    load(write(tmp_path, b"\xef\xbb\xbf" + json.dumps(records()).encode()))
    assert_sound()


def test_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(records()).encode())))
    out = io.StringIO()
    call_command("loaddata", "-", format="json", stdout=out)
    assert out.getvalue().startswith("standard input: 16 rows added")
    assert Entry.objects.order_by("seq")[0].why == "Loaded from standard input"


GROUP: Record = {"model": "auth.group", "pk": 77, "fields": {"name": "friends", "permissions": []}}


def test_fixtures_of_other_apps_load_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(write(tmp_path, [GROUP])) == "Installed 1 object(s) from 1 fixture(s)\n"
    assert Group.objects.filter(name="friends").exists()
    Group.objects.filter(name="friends").delete()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps([GROUP]).encode())))
    call_command("loaddata", "-", format="json", verbosity=0)
    assert Group.objects.filter(name="friends").exists()


def test_both_kinds_of_files_in_one_call(tmp_path: Path) -> None:
    load(write(tmp_path, [GROUP], "groups.json"), write(tmp_path, records()))
    assert Group.objects.filter(name="friends").exists()
    assert_sound()


def test_a_refused_load_writes_nothing_of_other_apps_either(tmp_path: Path) -> None:
    broken = records()
    broken[END]["fields"]["type"] = "WAR"
    assert refused(write(tmp_path, [GROUP], "groups.json"), write(tmp_path, broken))
    assert not Group.objects.filter(name="friends").exists()


DUMPED = [
    "document",
    "actor",
    "actorname",
    "event",
    "participation",
    "eventcountry",
    "claim",
    "evidence",
    "relation",
    "country",
    "eventtype",
]


def test_what_dumpdata_writes_loads_again(tmp_path: Path) -> None:
    """As equal where it came from, and the same into an empty database."""
    load(write(tmp_path, records()))
    dump = tmp_path / "dump.json"
    call_command("dumpdata", *[f"events.{name}" for name in DUMPED], output=str(dump), verbosity=0)
    before = state()
    assert "0 rows added, 0 changed" in load(dump)
    assert state() == before
    public = {(row.kind, row.noun_id): row.document for row in Entry.objects.all()}
    connection.check_constraints()
    with open_gate():
        call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()
    load(dump)
    assert {(row.kind, row.noun_id): row.document for row in Entry.objects.all()} == public
    assert_sound()


def test_a_country_and_a_type_of_ones_own(tmp_path: Path) -> None:
    own = records()
    own += [
        {"model": "events.country", "pk": "XA", "fields": {"name": "Atlantis"}},
        {"model": "events.eventtype", "pk": "FLOOD", "fields": {"name": "floods", "definition": "It rains."}},
    ]
    own[ANSWER]["fields"] |= {"type": "FLOOD", "location_country": "XA"}
    load(write(tmp_path, own))
    assert seen("answer")["countries"] == [{"code": "XA", "name": "Atlantis", "relation": "location"}]
    assert Country.objects.get(code="XA").alpha3 == ""
