"""loaddata never writes over what people did in the meantime."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from events.curation.edit import editing
from events.curation.publish import publish, revise
from events.curation.retract import retract
from events.models import Actor, Entry, Event, Evidence
from tests.commands.fixtures import ANSWER, DIGEST, END, TEXT, load, records, refused, state, write
from tests.curation.world import DEED, assert_sound, deeds, edit, seen, shown

pytestmark = pytest.mark.django_db

AT = datetime(2024, 5, 1, tzinfo=UTC)


def test_unpublished_edits_are_never_overwritten(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    edit(Event, "end-of-it", title="Edited by hand")
    edit(Actor, "prague", description="Edited by hand")
    before = state()
    said = refused(write(tmp_path, records()))
    hint = "has unpublished changes; publish them first, or undo them."
    assert said == [
        f"small.json, record 1 (events.event end-of-it): “Edited by hand” {hint}",
        f"small.json, record 3 (events.actor prague): “Prague” {hint}",
    ]
    assert state() == before


def test_an_edit_of_what_hangs_on_an_event_is_an_edit_too(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    row = Event.objects.get(pk="end-of-it")
    with editing(row, version=row.version, by="ann", at=AT):
        row.claims.create(actor_id="prague")
    assert len(refused(write(tmp_path, records()))) == 1
    assert row.claims.count() == 1


def test_edits_of_what_isnt_public_are_never_overwritten(tmp_path: Path) -> None:
    hidden = records()
    hidden[ANSWER]["fields"]["status"] = "draft"
    load(write(tmp_path, hidden))
    # The files may change a draft of theirs,
    hidden[ANSWER]["fields"]["summary"] = "First"
    load(write(tmp_path, hidden))
    # but not what somebody wrote by hand.
    edit(Event, "answer", summary="By hand")
    edit(Actor, "czechia", description="By hand")
    hint = "was changed by hand and isn't public; publish it first, or leave it out."
    assert refused(write(tmp_path, hidden)) == [
        f"small.json, record 2 (events.event answer): “Beijing answers” {hint}",
        f"small.json, record 5 (events.actor czechia): “Czechia” {hint}",
    ]
    assert Event.objects.get(pk="answer").summary == "By hand"
    publish("answer", **DEED)
    hidden[ANSWER]["fields"]["status"] = "published"
    edit(Actor, "czechia", description="")
    load(write(tmp_path, hidden))
    assert seen("answer")["summary"] == "First"
    assert_sound()


def test_an_edit_that_says_the_same_is_no_conflict(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    changed = records()
    changed[END]["fields"]["title"] = "Edited alike"
    edit(Event, "end-of-it", title="Edited alike")
    before = Entry.objects.count()
    assert "16 equal; 0 events published, 0 revised" in load(write(tmp_path, changed))
    assert Entry.objects.count() == before
    assert_sound()


def test_published_edits_give_way_to_the_file(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    edit(Event, "end-of-it", title="Edited by hand")
    revise("end-of-it", **DEED)
    load(write(tmp_path, records()))
    assert deeds("end-of-it") == ["published", "revised", "revised"]
    assert seen("end-of-it")["title"] == "Prague ends the agreement"
    assert_sound()


def test_a_retracted_event_stays_retracted(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    retract("end-of-it", **DEED)
    assert "16 equal; 0 events published" in load(write(tmp_path, records()))
    assert shown("end-of-it") is None
    changed = records()
    changed[END]["fields"]["title"] = "Other"
    assert refused(write(tmp_path, changed)) == [
        "small.json, record 1 (events.event end-of-it): “Prague ends the agreement” was retracted; reinstate it first."
    ]
    assert_sound()


def test_a_public_event_isnt_hidden_by_a_load(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    hidden = records()
    hidden[END]["fields"]["status"] = "draft"
    [fault] = refused(write(tmp_path, hidden))
    assert fault.startswith(
        "small.json, record 1 (events.event end-of-it), field status: “Prague ends the agreement” is"
    )
    assert_sound()


def test_the_text_that_public_events_quote_stays(tmp_path: Path) -> None:
    load(write(tmp_path, records()))
    changed = records()
    changed[DIGEST]["fields"]["text"] = f"Before. {TEXT}"
    [fault] = refused(write(tmp_path, changed))
    assert fault.startswith("small.json, record 6 (events.document digest), field text: Published events quote")
    assert_sound()


def test_a_text_that_nobody_public_quotes_may_change(tmp_path: Path) -> None:
    hidden = records()
    for number in (END, ANSWER):
        hidden[number]["fields"]["status"] = "draft"
    load(write(tmp_path, hidden))
    load(write(tmp_path, [hidden[DIGEST] | {"fields": hidden[DIGEST]["fields"] | {"text": f"Before. {TEXT}"}}]))
    assert Evidence.objects.get(event="end-of-it").start == 8
    publish("end-of-it", **DEED)
    assert_sound()
