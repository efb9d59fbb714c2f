"""A contributor proposes a change of what only editors may change; an editor decides."""

from __future__ import annotations

import pytest

from events.models import Event, Proposal
from tests.admin import proposing
from tests.admin.curator import Curator, Form

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
