"""A rename that reaches many events: after the form's own deed, for as long as a page may take."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection

from events.admin import cascades
from events.curation import batch, cascade
from events.curation.check import faults
from events.curation.edit import editing
from events.curation.publish import publish
from events.models import Actor, Document, Entry, Event, EventType, Evidence, Participation, Pending
from tests.admin.curator import Curator, Form
from tests.admin.dataset import AT

pytestmark = pytest.mark.django_db

ACTOR = "actor/actor-one/change/"


@pytest.fixture(autouse=True)
def _one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form's deed reaches no event, each further one a single event."""
    monkeypatch.setattr(batch, "CASCADE", 0)
    for name, value in (("FIRST", 1), ("MOST", 1), ("PAUSE", 0)):
        monkeypatch.setattr(cascade, name, value)


@pytest.fixture
def second(published: Event, document: Document, actor: Actor) -> Event:
    row = Event(pk="event-two", title="The council regrets nothing", type=EventType.objects.get(pk="OTHER"))
    with editing(row, version=0, by="setup", at=AT):
        row.save()
        Participation(event=row, actor=actor, role="initiator").save()
        Evidence(event=row, document=document, quote="we regret nothing", supports=["title"]).save()
    publish(row.pk, by="setup", at=AT)
    return row


def rename(editor: Curator, name: str) -> Form:
    return editor.open(ACTOR).type(name=name, why="It has another name").press("_revise").press("_revise")


def names() -> list[str]:
    """What the public events call the actor."""
    documents = Entry.objects.public().filter(kind="event").order_by("noun_id").values_list("document", flat=True)
    return [json.loads(document or "")["actors"][0]["name"] for document in documents]


def test_a_cascade_that_ends_within_the_request(editor: Curator, second: Event) -> None:
    page = rename(editor, "Council")
    assert page.messages == ["The changes of “Council” are public now."]
    assert names() == ["Council", "Council"]
    assert list(faults()) == []


def test_what_is_left_is_told_and_follows_with_the_next_save(
    editor: Curator, second_editor: Curator, second: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cascades, "SECONDS", -1)
    told = rename(editor, "Council").messages[1]
    assert "2 events still repeat" in told
    assert "manage.py cascade" in told
    # Others don't wait for it.
    second_editor.open(ACTOR).press()
    assert names() == ["Prague City Council", "Prague City Council"]
    assert "1 event still repeats" in editor.open(ACTOR).press().messages[1]
    assert names() == ["Council", "Prague City Council"]
    assert editor.open(ACTOR).press().messages[1:] == []
    assert not Pending.objects.exists()
    assert names() == ["Council", "Council"]
    assert list(faults()) == []


def test_a_merge_and_a_country_spread_in_the_same_way(
    editor: Curator, second: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cascades, "SECONDS", -1)
    page = editor.open("country/CZ/change/").type(name="Bohemia", why="Another name").press()
    assert "1 event still repeats" in page.messages[1]
    editor.open(ACTOR).press()
    assert "Bohemia" in (Entry.objects.public().get(noun_id="event-one").document or "")
    other = Actor(pk="actor-two", name="Rada", kind="government")
    with editing(other, version=0, by="setup", at=AT):
        other.save()
    page = editor.open(f"actor/actor-one/merge/?other={other.pk}").type(why="One", stays="actor-two").press("_merge")
    assert any("2 events still repeat" in message for message in page.messages)


def test_asking_for_a_page_writes_nothing(editor: Curator, second: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither one that is there nor one that isn't, which leads elsewhere."""
    monkeypatch.setattr(cascades, "SECONDS", -1)
    rename(editor, "Council")
    before = list(Pending.objects.values())
    assert before
    editor.open(ACTOR)
    assert editor.client.get("/admin/events/actor/nobody/change/").status_code == 302
    assert list(Pending.objects.values()) == before


@pytest.mark.django_db(transaction=True)
def test_no_form_holds_the_lock_while_the_cascade_goes_on(
    editor: Curator, second: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = []

    def reach(*args: Any) -> None:
        inside.append(connection.in_atomic_block)
        original(*args)

    original = cascade._reach
    monkeypatch.setattr(cascade, "_reach", reach)
    rename(editor, "Council")
    assert inside == [False, False]
    assert names() == ["Council", "Council"]
