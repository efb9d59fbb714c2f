"""A contributor proposes a change of what only editors may change; an editor decides."""

from __future__ import annotations

import pytest

from events.curation.edit import editing
from events.models import Actor, Event, Proposal
from tests.admin import proposing
from tests.admin.curator import Curator, Form
from tests.admin.dataset import AT
from tests.curation import world

pytestmark = pytest.mark.django_db

PATH = "proposal/suggest/event-one/"


def said(page: Form) -> str:
    return " ".join(str(error) for errors in page.answer.context["form"].errors.values() for error in errors)


def test_the_page_of_the_event_leads_there(contributor: Curator, published: Event) -> None:
    assert f"/admin/events/{PATH}" in contributor.open("event/event-one/change/").text


def test_what_differs_is_proposed_and_the_event_stays(contributor: Curator, editor: Curator, published: Event) -> None:
    page = contributor.open(PATH)
    assert page.sent["title"] == ["The council ends the agreement"]
    page.type(title="The council ended the agreement", why="It is told in the past").press("_suggest")
    row = Proposal.objects.get()
    assert (row.kind, row.origin, row.event_id) == ("change", "person", "event-one")
    assert (row.values, row.explanation) == ({"title": "The council ended the agreement"}, ["It is told in the past"])
    published.refresh_from_db()
    assert published.title == "The council ends the agreement"
    review = editor.open(f"proposal/{row.pk}/change/").type(why="Wording made clearer")
    assert "Now: The council ends the agreement" in review.text
    review.press("_publish")
    published.refresh_from_db()
    assert (published.title, published.unpublished_edits) == ("The council ended the agreement", False)
    assert published.participations.count() == published.evidence.count() == 1


def test_a_date_goes_with_its_words_and_a_quotation_is_added(contributor: Curator, published: Event) -> None:
    page = contributor.open(PATH).type(edtf="2019-10", why="No day", evidence__0__quote="we regret nothing")
    page.type(evidence__0__supports=["summary"]).press("_suggest")
    values = Proposal.objects.get().values
    assert set(values) == {"edtf", "date_text", "date_anchor", "date_rule", "evidence"}
    assert (values["edtf"], values["date_text"], values["date_rule"]) == ("2019-10", "On October 16", "curator")
    assert [(row["document"], row["quote"]) for row in values["evidence"]] == [("doc-one", "we regret nothing")]


def test_a_retraction_is_proposed(contributor: Curator, editor: Curator, published: Event) -> None:
    contributor.open(PATH).type(why="It never happened").press("_suggest_retraction")
    row = Proposal.objects.get()
    assert (row.kind, row.title) == ("retraction", "The council ends the agreement")
    refused = contributor.open(f"proposal/{row.pk}/change/").press("_accept")
    assert refused.answer.status_code == 403
    editor.open(f"proposal/{row.pk}/change/").type(why="It never happened").press("_accept")
    published.refresh_from_db()
    assert published.status == "retracted"


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"why": "Because"}, "Nothing differs"),
        ({"title": "Another"}, "Say why"),
        ({"title": "", "why": "Because"}, "required"),
        (
            {"why": "Because", "evidence__0__quote": "Words of mine", "evidence__0__supports": ["title"]},
            "isn't found",
        ),
    ],
)
def test_what_does_not_hold_comes_back(
    contributor: Curator, published: Event, typed: dict[str, str], complaint: str
) -> None:
    page = contributor.open(PATH).type(place="Typed by me" if "title" in typed else "").type(**typed).press("_suggest")
    assert complaint in said(page)
    assert not Proposal.objects.exists()


def test_a_viewer_proposes_nothing(viewer: Curator, published: Event) -> None:
    assert viewer.get(PATH).status_code == 403
    assert viewer.post(PATH, title="Forged", why="x", _suggest="x").status_code == 403


def test_of_what_is_not_there_nothing_is_proposed(contributor: Curator) -> None:
    assert contributor.get("proposal/suggest/none/").status_code == 404
    assert not Proposal.objects.exists()


def test_a_proposal_of_the_reader_is_no_suggestion(contributor: Curator) -> None:
    proposing.make_digest()
    (row, *_others) = proposing.make_proposals()
    assert "_suggest" not in contributor.open(f"proposal/{row.pk}/change/").text


@pytest.fixture
def another(published: Event) -> Event:
    row = Event(pk="event-two", title="The agreement ends", summary="All of it", type_id="OTHER")
    with editing(row, version=0, by="setup", at=AT):
        row.save()
    return row


MERGE = "event/event-one/merge/?other=event-two"


def proposed_merge(contributor: Curator) -> Proposal:
    page = contributor.open(MERGE)
    assert "_merge" not in page.buttons
    page.type(stays="event-one", why="They tell the same").press("_suggest")
    return Proposal.objects.get()


def test_a_contributor_proposes_that_two_are_one(contributor: Curator, editor: Curator, another: Event) -> None:
    assert "/event/event-one/merge/" in contributor.open("event/event-one/change/").text
    row = proposed_merge(contributor)
    assert (row.kind, row.event_id, row.into_id) == ("merge", "event-two", "event-one")
    assert row.explanation == ["They tell the same"]
    another.refresh_from_db()
    assert another.status == "draft"
    address = f"proposal/{row.pk}/change/"
    assert contributor.open(address).press("_accept").answer.status_code == 403
    page = editor.open(address)
    assert "All of it" in page.text
    assert "becomes part of the one that stays" in page.text
    done = page.type(**{"take-title": "event-two", "why": "Duplicate of another event"}).press("_accept")
    message, *_rest = done.messages
    assert "is merged into “The agreement ends” (event-one). Public reason: Duplicate of another event" in message
    survivor = Event.objects.get(pk="event-one")
    assert (survivor.title, survivor.summary) == ("The agreement ends", "All of it")
    assert Event.objects.get(pk="event-two").merged_into_id == "event-one"
    row.refresh_from_db()
    assert row.status == "accepted"


def test_an_editor_turns_a_proposed_merge_round(contributor: Curator, editor: Curator, published: Event) -> None:
    world.document()
    world.event("event-a", public=True)
    page = contributor.open("event/event-one/merge/?other=event-a").type(stays="event-one", why="One")
    page.press("_suggest")
    row = Proposal.objects.get()
    editor.open(f"proposal/{row.pk}/change/").type(stays="event-a", why="It has more").press("_accept")
    assert Event.objects.get(pk="event-one").merged_into_id == "event-a"


def test_what_was_saved_since_the_look_is_looked_at_again(
    contributor: Curator, editor: Curator, second_editor: Curator, another: Event
) -> None:
    row = proposed_merge(contributor)
    page = editor.open(f"proposal/{row.pk}/change/").type(**{"take-title": "event-two", "why": "The same"})
    second_editor.open("event/event-two/change/").type(title="Another title").press()
    again = page.press("_accept")
    assert again.answer.status_code == 409
    assert again.sent["take-title"] == ["event-two"]
    assert again.sent["why"] == ["The same"]
    assert "Another title" in again.text
    again.press("_accept")
    assert Event.objects.get(pk="event-one").title == "Another title"


def test_forged_merges_are_refused(contributor: Curator, editor: Curator, another: Event) -> None:
    row = proposed_merge(contributor)
    page = editor.open(f"proposal/{row.pk}/change/").type(why="Forged", **{"version-event-two": "x"})
    assert page.press("_accept").answer.status_code == 400
    itself = contributor.open(MERGE.replace("event-two", "event-one")).type(why="Forged").press("_suggest")
    assert itself.answer.status_code == 200
    assert Proposal.objects.count() == 1
    assert not Event.objects.filter(status="merged").exists()


def test_a_merge_without_a_reason_is_not_proposed(contributor: Curator, another: Event) -> None:
    page = contributor.open(MERGE).type(stays="event-two").press("_suggest")
    assert "Say why" in page.text
    assert page.sent["stays"] == ["event-two"]
    assert not Proposal.objects.exists()


@pytest.fixture
def two_actors(published: Event) -> None:
    world.actor("actor-two", ["Rada"], name="The Council", description="All of it")


def proposed_merge_of_actors(contributor: Curator) -> Proposal:
    page = contributor.open("actor/actor-one/merge/?other=actor-two")
    assert "_merge" not in page.buttons
    done = page.type(stays="actor-one", why="One and the same").press("_suggest")
    row = Proposal.objects.get()
    assert done.answer.redirect_chain[-1][0] == f"/admin/events/proposal/{row.pk}/change/"
    return row


def test_a_contributor_proposes_that_two_actors_are_one(
    contributor: Curator, editor: Curator, two_actors: None
) -> None:
    assert "/actor/actor-one/merge/" in contributor.open("actor/actor-one/change/").text
    assert contributor.open("actor/actor-one/merge/?other=actor-two").press("_merge").answer.status_code == 403
    row = proposed_merge_of_actors(contributor)
    assert (row.kind, row.title, row.actor_id, row.actor_into_id) == (
        *("merge", "The Council", "actor-two", "actor-one"),
    )
    address = f"proposal/{row.pk}/change/"
    page = contributor.open(address)
    assert "_accept" not in page.buttons
    assert page.press("_accept").answer.status_code == 403
    assert Actor.objects.get(pk="actor-two").merged_into_id is None
    page = editor.open(address)
    assert "All of it" in page.text
    assert "Give a reason" in said(page.press("_accept"))
    page = page.type(**{"take-name": "actor-two", "why": "Actor corrected"}).press("_accept")
    message, *_rest = page.messages
    assert "is merged into “The Council” (actor-one). Public reason: Actor corrected" in message
    assert 'href="/admin/events/actor/actor-two/change/"' in message
    survivor = Actor.objects.get(pk="actor-one")
    assert (survivor.name, survivor.description) == ("The Council", "All of it")
    assert Actor.objects.get(pk="actor-two").merged_into_id == "actor-one"
    row.refresh_from_db()
    assert (row.status, row.event_id) == ("accepted", None)
    assert editor.open(address).answer.status_code == 200


def test_an_editor_turns_a_proposed_merge_of_actors_round(
    contributor: Curator, editor: Curator, two_actors: None
) -> None:
    row = proposed_merge_of_actors(contributor)
    editor.open(f"proposal/{row.pk}/change/").type(stays="actor-two", why="Its id is known").press("_accept")
    assert Actor.objects.get(pk="actor-one").merged_into_id == "actor-two"
    assert Proposal.objects.get().status == "accepted"


def test_what_was_saved_of_an_actor_since_the_look_is_looked_at_again(
    contributor: Curator, editor: Curator, second_editor: Curator, two_actors: None
) -> None:
    row = proposed_merge_of_actors(contributor)
    page = editor.open(f"proposal/{row.pk}/change/").type(why="The same")
    second_editor.open("actor/actor-two/change/").type(name="Another name").press()
    again = page.press("_accept")
    assert again.answer.status_code == 409
    assert "Another name" in again.text
    again.press("_accept")
    assert Actor.objects.get(pk="actor-two").merged_into_id == "actor-one"


def test_a_proposed_merge_of_actors_is_rejected_and_found(
    contributor: Curator, editor: Curator, two_actors: None
) -> None:
    row = proposed_merge_of_actors(contributor)
    found = editor.get("proposal/", q="http://testserver/admin/events/actor/actor-two/change/")
    assert "The Council" in found.content.decode()
    editor.open(f"proposal/{row.pk}/change/").type(because="Two councils").press("_reject")
    assert Proposal.objects.get().status == "rejected"
    assert Actor.objects.get(pk="actor-two").merged_into_id is None


def test_a_viewer_proposes_no_merge_of_actors(viewer: Curator, two_actors: None) -> None:
    assert viewer.get("actor/actor-one/merge/").status_code == 403
