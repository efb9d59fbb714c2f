"""One deed done to many: looked at first, then done where it is possible, and reported."""

from __future__ import annotations

from typing import Any

import pytest

from events.curation.propose import propose
from events.curation.suggestion import Suggestion
from events.models import Actor, Document, Entry, Event, Proposal
from events.models.proposals import Kind, Origin
from tests.admin import proposing
from tests.admin.curator import Curator, Form
from tests.curation.world import document as make_document
from tests.curation.world import event as make_event

pytestmark = pytest.mark.django_db

EVENTS = "/admin/events/event/"


@pytest.fixture
def events() -> list[Event]:
    """Two drafts that may be published, one without a reason to be, and one that is public."""
    make_document()
    rows = [make_event(pk) for pk in ("event-a", "event-b")]
    return [*rows, make_event("event-c", date_text=""), make_event("event-d", public=True)]


def choose(somebody: Curator, action: str, path: str, ids: list[Any]) -> Form:
    sent = {"action": action, "_selected_action": ids, "index": "0"}
    return Form.of(somebody.client, path, somebody.client.post(path, sent))


def lines(page: Form) -> dict[Any, tuple[bool, str]]:
    return {line.row.pk: (line.done, line.text) for line in page.answer.context["lines"]}


def test_publishing_is_looked_at_then_done_and_reported(editor: Curator, events: list[Event]) -> None:
    ids = [row.pk for row in events]
    page = choose(editor, "publish_selected", EVENTS, ids)
    seen = lines(page)
    assert {pk: done for pk, (done, _text) in seen.items()} == dict(zip(ids, (True, True, False, False), strict=True))
    assert "A date needs the words" in seen["event-c"][1]
    assert "is published, not a draft" in seen["event-d"][1]
    assert Entry.objects.filter(kind="event").count() == 1
    page = page.type(why="From the digest").press("_do")
    assert {pk: done for pk, (done, _text) in lines(page).items()} == dict(
        zip(ids, (True, True, False, False), strict=True)
    )
    assert "2 were done." in page.text
    found = Entry.objects.filter(kind="event", why="From the digest").values_list("noun_id", "by")
    assert sorted(found) == [("event-a", "emma"), ("event-b", "emma")]


def test_what_was_saved_since_the_look_is_left(editor: Curator, second_editor: Curator, events: list[Event]) -> None:
    page = choose(editor, "publish_selected", EVENTS, ["event-a", "event-b"])
    second_editor.open("event/event-a/change/").type(title="Theirs").press()
    found = lines(page.press("_do"))
    assert (found["event-a"][0], found["event-b"][0]) == (False, True)
    assert "saved by somebody else" in found["event-a"][1]
    page = choose(editor, "assign_type", EVENTS, ["event-a"])
    second_editor.open("event/event-a/change/").type(title="Theirs again").press()
    assert not lines(page.type(type="AID").press("_do"))["event-a"][0]
    assert Event.objects.get(pk="event-a").type_id == "OTHER"


def test_a_type_is_given_to_many(editor: Curator, contributor: Curator, events: list[Event]) -> None:
    page = choose(contributor, "assign_type", EVENTS, ["event-a", "event-d"])
    found = lines(page.type(type="PROTEST").press("_do"))
    assert found == {"event-a": (True, "OTHER → PROTEST"), "event-d": (False, "You may not change this one.")}
    page = choose(editor, "assign_type", EVENTS, ["event-a", "event-d"]).type(type="PROTEST").press("_do")
    assert lines(page) == {
        "event-a": (True, "is PROTEST already"),
        "event-d": (True, "OTHER → PROTEST (to be published)"),
    }
    assert Event.objects.get(pk="event-d").unpublished_edits


def test_proposals_are_rejected_or_accepted_together(editor: Curator, db: None) -> None:
    proposing.make_digest()
    rows = proposing.make_proposals()
    path = "/admin/events/proposal/"
    page = choose(editor, "reject_selected", path, [rows[0].pk])
    assert lines(page) == {rows[0].pk: (True, "is rejected")}
    assert Proposal.objects.get(pk=rows[0].pk).status == "open"
    page = page.press("_do")
    assert page.messages == ["Give a reason: nothing was done yet."]
    assert (lines(page), page.buttons) == ({rows[0].pk: (True, "is rejected")}, ["_do"])
    assert Proposal.objects.get(pk=rows[0].pk).status == "open"
    page = choose(editor, "reject_selected", path, [rows[1].pk]).type(why="Told twice").press("_do")
    assert Proposal.objects.get(pk=rows[1].pk).reason == "Told twice"
    page = choose(editor, "accept_selected", path, [rows[2].pk]).press("_do")
    assert lines(page)[rows[2].pk][0]
    assert Event.objects.get().status == "published"
    assert Document.objects.count() == 1
    assert Actor.objects.count() == 1


@pytest.fixture
def mixed(editor: Curator, events: list[Event]) -> list[Proposal]:
    """A merging, a retraction, a change and a new event."""
    make_event("event-e", public=True)
    proposing.make_digest()
    made = [
        Suggestion("m", {}, Origin.PERSON, Kind.MERGE, event="event-a", into="event-d"),
        Suggestion("r", {}, Origin.PERSON, Kind.RETRACTION, event="event-e"),
        Suggestion("c", {"title": "Another"}, Origin.PERSON, Kind.CHANGE, event="event-d"),
        Suggestion("n", proposing.values(), Origin.READER, document="digest"),
    ]
    return list(propose(made, by="carl", at=proposing.AT, why="As I read it").added)


def test_it_is_said_what_becomes_of_each_proposal(editor: Curator, mixed: list[Proposal]) -> None:
    path, ids = "/admin/events/proposal/", [row.pk for row in mixed]
    page = choose(editor, "accept_selected", path, ids)

    def said(why: str) -> list[tuple[bool, str]]:
        return [
            (True, f"“Title of event-a” is merged into “Title of event-d” (event-d). Public reason: {why}"),
            (True, f"“Title of event-e” is retracted. Public reason: {why}"),
            (True, "“Title of event-d” is changed, and the change is public."),
            (True, "It becomes an event, and public."),
        ]

    assert list(lines(page).values()) == said("to be given")
    assert Entry.objects.filter(deed__in=("merged", "retracted", "revised")).count() == 0
    page = page.press("_do")
    assert page.messages == ["Give a reason: nothing was done yet."]
    assert set(Proposal.objects.values_list("status", flat=True)) == {"open"}
    page = page.type(why="Told twice").press("_do")
    assert list(lines(page).values()) == said("Told twice")
    assert Event.objects.get(pk="event-a").merged_into_id == "event-d"
    assert Entry.objects.get(deed="retracted").why == "Told twice"


def test_forged_requests(editor: Curator, viewer: Curator, contributor: Curator, events: list[Event]) -> None:
    sent = {"action": "publish_selected", "_selected_action": "event-a", "index": "0", "_do": "x"}
    assert editor.client.post(EVENTS, {**sent, "version-event-a": "x"}).status_code == 400
    for somebody in (viewer, contributor):
        somebody.client.post(EVENTS, {**sent, "version-event-a": "1"})
    assert Event.objects.get(pk="event-a").status == "draft"
    answer = editor.client.post(EVENTS, {**sent, "action": "assign_type", "type": "NONE", "version-event-a": "1"})
    assert answer.status_code == 400
