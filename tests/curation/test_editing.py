"""Editing: nobody's edit is lost, every save is logged, what follows is derived."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from events.curation.edit import editing
from events.curation.publish import publish, revise
from events.curation.retract import retract
from events.errors import DeedRefused, EditConflict, InvalidDate
from events.models import Actor, Document, Edit, Entry, Event, Evidence
from tests.curation.world import AT, DEED, TEXT, actor, assert_sound, document, edit, event, make, seen

pytestmark = pytest.mark.django_db


def save(row: Event) -> None:
    with editing(row, version=row.version, by="ann", at=AT):
        row.save()


def save_without_evidence(row: Event) -> None:
    with editing(row, version=row.version, by="ann", at=AT):
        row.evidence.all().delete()
        row.save()


def test_the_second_of_two_editors_is_told() -> None:
    document()
    event()
    first, second = Event.objects.get(), Event.objects.get()
    first.title = "By the first"
    save(first)
    second.summary = "By the second"
    with pytest.raises(EditConflict, match="saved by somebody else"):
        save(second)
    row = Event.objects.get()
    assert (row.title, row.summary) == ("By the first", "")


def test_a_new_noun_doesnt_take_anothers_id() -> None:
    actor("prague", name="First")
    with pytest.raises(EditConflict):
        make(Actor(pk="prague", name="Second", kind="person"))
    assert Actor.objects.get().name == "First"


def test_a_form_that_was_opened_before_publication_doesnt_undo_it() -> None:
    document()
    event()
    opened = Event.objects.get()
    publish("event-a", **DEED)
    opened.title = "Another title"
    save(opened)
    row = Event.objects.get()
    assert (row.status, row.unpublished_edits) == ("published", True)
    assert_sound()
    retract("event-a", **DEED)
    save(row)
    assert Event.objects.get().status == "retracted"
    assert_sound()


def test_each_save_is_logged() -> None:
    with editing(Actor(pk="prague", name="Prague", kind="government"), version=0, by="ann", at=AT, why="new") as row:
        row.save()
    later = AT + timedelta(hours=1)
    with editing(row, version=1, by="ben", at=later, why="better"):
        row.name = "City of Prague"
        row.save()
    logged = Edit.objects.order_by("version").values_list("kind", "noun_id", "version", "by", "at", "why", "loaded")
    assert list(logged) == [
        ("actor", "prague", 1, "ann", AT, "new", False),
        ("actor", "prague", 2, "ben", later, "better", False),
    ]
    assert row.version == Actor.objects.get().version == 2


def test_a_block_that_writes_nothing_leaves_no_trace() -> None:
    row = actor("prague")
    with editing(row, version=row.version, by="ann", at=AT):
        pass
    assert Edit.objects.count() == Actor.objects.get().version == 1


def test_a_block_that_fails_leaves_no_trace() -> None:
    document()
    row = event()
    row.edtf = "2019-02-30"
    with pytest.raises(InvalidDate):
        save_without_evidence(row)
    stored = Event.objects.get()
    assert (stored.edtf, stored.version, stored.evidence.count()) == ("2019-10-16", 1, 1)


def test_a_source_is_made_in_the_same_save() -> None:
    """As the admin's “add a source here” does: one editing inside the other."""
    document()
    row = event()
    with editing(row, version=row.version, by="ann", at=AT):
        with editing(Document(pk="pasted", title="Pasted", text="Words."), version=0, by="ann", at=AT) as source:
            source.save()
        Evidence(event=row, document=source, quote="Words.", supports=["summary"]).save()
    assert Event.objects.get().version == 2
    assert Document.objects.get(pk="pasted").version == 1
    assert list(Evidence.objects.filter(document="pasted").values_list("start", "end")) == [(0, 6)]


def test_what_follows_is_derived() -> None:
    row = make(Document(pk="doc", title="Doc", text="\ufeffone\r\ntwo cafe\u0301"))
    assert row.text == "one\ntwo café"
    assert row.text_sha256 == hashlib.sha256("one\ntwo café".encode()).hexdigest()
    made = make(Event(pk="event-a", title="Où ça? — Привет", type_id="OTHER", edtf="2019-10~"))
    stored = Event.objects.get()
    assert made.slug == stored.slug == "ou-ca"
    assert (str(stored.start_earliest), str(stored.end_latest)) == ("2019-09-01", "2019-11-30")
    assert make(Event(pk="event-b", title="习近平", type_id="OTHER")).slug == "event"


def test_a_slug_stays_when_the_title_changes() -> None:
    document()
    event()
    assert edit(Event, "event-a", title="Something else").slug == "title-of-event-a"


def test_the_text_of_a_public_document_stays_until_its_correction_is_published() -> None:
    document()
    event()
    edit(Document, "doc", text=f"Before. {TEXT}")
    assert Evidence.objects.get().start == 8
    publish("event-a", **DEED)
    with pytest.raises(DeedRefused, match="publish the correction with its reason"):
        edit(Document, "doc", text=TEXT)
    edit(Document, "doc", text=f"\ufeffBefore. {TEXT}".replace("\n", "\r\n"), title="Same text")
    assert Document.objects.get().text == f"Before. {TEXT}"
    assert Document.objects.get().unpublished_edits
    assert seen("event-a")["evidence"][0]["start"] == 8
    assert_sound()


def test_a_public_event_that_shall_quote_a_document_whose_text_still_changes() -> None:
    document()
    document("second", text="It was a quiet day.")
    row = event(public=True)
    row.refresh_from_db()
    with editing(row, version=row.version, by="ann", at=AT):
        Evidence(event=row, document_id="second", quote="a quiet day", supports=["summary"]).save()
    edit(Document, "second", text="All in all it was a quiet day.")
    assert Evidence.objects.get(document="second").start == 18
    assert_sound()
    revise("event-a", **DEED)
    assert [item["start"] for item in seen("event-a")["evidence"]] == [0, 18]
    assert_sound()


def test_a_text_that_changes_before_publication_takes_its_quotations_along() -> None:
    document()
    event()
    edit(Document, "doc", text="Nothing is said of it.")
    assert (Evidence.objects.get().start, Evidence.objects.get().end) == (None, None)
    with pytest.raises(DeedRefused, match="isn't found"):
        publish("event-a", **DEED)
    edit(Document, "doc", text=f"Once more. {TEXT}")
    publish("event-a", **DEED)
    assert seen("event-a")["evidence"][0]["start"] == 11
    assert_sound()


def test_a_public_event_may_lose_its_quotation_only_in_the_working_copy() -> None:
    document()
    row = event(public=True)
    row.refresh_from_db()
    with editing(row, version=row.version, by="ann", at=AT):
        Evidence(event=row, document_id="doc", quote="not there", supports=["summary"]).save()
        Evidence(event=row, document_id="doc", quote="nor that", supports=["summary"]).save()
    assert Event.objects.get().unpublished_edits
    assert len(seen("event-a")["evidence"]) == 1
    assert_sound()


def test_marks_come_and_go() -> None:
    document()
    actor("prague")
    event(actors=["prague"], public=True)
    edits: list[tuple[type[Event | Actor | Document], str, dict[str, str], dict[str, str]]] = [
        (Event, "event-a", {"edtf": "2019-10"}, {"edtf": "2019-10-16"}),
        (Actor, "prague", {"kind": "group"}, {"kind": "government"}),
        (Document, "doc", {"author": "Somebody"}, {"author": ""}),
    ]
    for model, pk, change, back in edits:
        edit(model, pk, **change)
        assert model._default_manager.get(pk=pk).unpublished_edits
        edit(model, pk, **back)
        assert not model._default_manager.get(pk=pk).unpublished_edits
        assert_sound()
    assert Entry.objects.filter(revision__gt=1).count() == 0
