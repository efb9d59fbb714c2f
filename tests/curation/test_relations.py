"""Relations come and go with their targets; what was published decides, not what is edited."""

from __future__ import annotations

import pytest

from events.curation.edit import editing
from events.curation.publish import publish, revise
from events.curation.retract import reinstate, retract
from events.models import Entry, Event
from tests.curation.world import AT, DEED, assert_sound, deeds, document, edit, event, relate, relations, unrelate

pytestmark = pytest.mark.django_db

SHOWN = [("event-b", "Title of event-b")]


@pytest.fixture(autouse=True)
def world() -> None:
    """A public event that follows a draft."""
    document()
    event("event-b")
    event("event-a", relations=[("follows", "event-b")], public=True)
    assert relations("event-a") == []


def test_it_appears_when_the_target_becomes_public() -> None:
    publish("event-b", **DEED)
    assert relations("event-a") == SHOWN
    assert deeds("event-a") == ["published", "revised"]
    assert_sound()


def test_it_appears_though_the_source_has_unpublished_edits() -> None:
    edit(Event, "event-a", title="Another title")
    publish("event-b", **DEED)
    assert relations("event-a") == SHOWN
    assert_sound()


def test_it_appears_though_an_unpublished_edit_takes_it_out() -> None:
    unrelate("event-a")
    publish("event-b", **DEED)
    assert relations("event-a") == SHOWN
    assert_sound()
    revise("event-a", **DEED)
    assert relations("event-a") == []
    assert_sound()


def test_it_goes_with_a_retraction_and_comes_back() -> None:
    publish("event-b", **DEED)
    retract("event-b", **DEED)
    assert relations("event-a") == []
    assert_sound()
    reinstate("event-b", **DEED)
    assert relations("event-a") == SHOWN
    assert_sound()


def test_it_comes_back_though_an_unpublished_edit_takes_it_out() -> None:
    publish("event-b", **DEED)
    unrelate("event-a")
    retract("event-b", **DEED)
    reinstate("event-b", **DEED)
    assert relations("event-a") == SHOWN
    assert Event.objects.get(pk="event-a").unpublished_edits
    assert_sound()


def test_it_stays_away_when_it_was_taken_out_and_published_so() -> None:
    publish("event-b", **DEED)
    retract("event-b", **DEED)
    unrelate("event-a")
    revise("event-a", **DEED)
    reinstate("event-b", **DEED)
    assert relations("event-a") == []
    assert_sound()


def test_it_comes_with_a_source_that_was_retracted_meanwhile() -> None:
    retract("event-a", **DEED)
    publish("event-b", **DEED)
    assert deeds("event-a") == ["published", "retracted"]
    reinstate("event-a", **DEED)
    assert relations("event-a") == SHOWN
    assert_sound()


def test_a_tombstone_isnt_revised() -> None:
    publish("event-b", **DEED)
    retract("event-a", **DEED)
    retract("event-b", **DEED)
    reinstate("event-b", **DEED)
    edit(Event, "event-b", title="Renamed")
    revise("event-b", **DEED)
    assert deeds("event-a") == ["published", "revised", "retracted"]
    reinstate("event-a", **DEED)
    assert relations("event-a") == [("event-b", "Renamed")]
    assert_sound()


def test_the_targets_published_title_is_shown() -> None:
    publish("event-b", **DEED)
    edit(Event, "event-b", title="Renamed")
    relate("event-a", "disputes", "event-b")
    revise("event-a", **DEED)
    assert relations("event-a") == SHOWN * 2
    revise("event-b", **DEED)
    assert relations("event-a") == [("event-b", "Renamed")] * 2
    assert_sound()


def test_both_ways() -> None:
    relate("event-b", "part_of", "event-a")
    publish("event-b", **DEED)
    assert relations("event-b") == [("event-a", "Title of event-a")]
    assert relations("event-a") == SHOWN
    retract("event-a", **DEED)
    assert relations("event-b") == []
    assert_sound()


def test_other_events_arent_touched() -> None:
    event("event-c", public=True)
    before = Entry.objects.filter(noun_id="event-c").count()
    publish("event-b", **DEED)
    edit(Event, "event-b", summary="More")
    count = Entry.objects.count()
    revise("event-b", **DEED)
    # Its title stays: nothing that repeats it changes.
    assert Entry.objects.count() == count + 1
    assert Entry.objects.filter(noun_id="event-c").count() == before


def test_changing_the_kind_of_a_relation_is_an_unpublished_edit() -> None:
    publish("event-b", **DEED)
    row = Event.objects.get(pk="event-a")
    with editing(row, version=row.version, by="ann", at=AT):
        item = row.relations.get()
        item.relation = "disputes"
        item.save()
    assert Event.objects.get(pk="event-a").unpublished_edits
    retract("event-b", **DEED)
    reinstate("event-b", **DEED)
    assert Entry.objects.public().filter(noun_id="event-a", document__contains='"follows"').exists()
    assert_sound()
