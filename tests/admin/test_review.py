"""The review of a proposal: what its page shows, what its buttons do, and that nothing is lost on the way."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from events.curation import queue
from events.curation.decide import reject
from events.curation.edit import editing
from events.curation.propose import propose
from events.curation.suggestion import Suggestion
from events.models import Document, Event, Proposal
from events.models.proposals import Kind, Origin
from tests.admin import dataset, proposing
from tests.admin.curator import Curator, Form
from tests.admin.proposing import AT, SENTENCES, make_proposals

pytestmark = pytest.mark.django_db


@pytest.fixture
def digest(db: None) -> Document:
    return proposing.make_digest()


@pytest.fixture
def proposals(digest: Document) -> list[Proposal]:
    return make_proposals()


def review(curator: Curator, proposal: Proposal) -> Form:
    return curator.open(f"proposal/{proposal.pk}/change/")


def fresh(proposal: Proposal) -> Proposal:
    proposal.refresh_from_db()
    return proposal


def said(page: Form) -> str:
    """The errors and messages of a page, as one text."""
    form = page.answer.context.get("form") if page.answer.context else None
    errors = [str(error) for errors in form.errors.values() for error in errors] if form else []
    return " ".join([*errors, *page.messages])


class TestThePage:
    def test_it_shows_the_text_with_the_evidence_marked(self, editor: Curator, proposals: list[Proposal]) -> None:
        page = review(editor, proposals[0])
        pieces = {(piece.text, piece.classes) for piece in page.answer.context["passage"].pieces()}
        assert ("On October 16", "dl-evidence dl-date") in pieces
        assert ("Prague council", "dl-evidence dl-actor") in pieces
        shown = unescape(page.text.split('id="dl-text"')[1].split(">", 1)[1].split("</div>")[0])
        assert "".join(part.split(">", 1)[-1] for part in shown.replace("</mark>", "<x>").split("<")) == proposing.TEXT

    def test_each_field_has_what_was_proposed_and_where_it_comes_from(
        self, editor: Curator, proposals: list[Proposal]
    ) -> None:
        page = review(editor, proposals[0])
        assert page.sent["edtf"] == ["2019-10-16"]
        assert page.sent["participations-0-name"] == ["Prague council"]
        assert page.sent["countries-0-country"] == ["CN"]
        text = unescape(page.text)
        assert f"<q>{SENTENCES[0]}</q>" in text
        assert "Understood as 2019-10-16: 16 October 2019. Read by the rule “year-omitted”." in text
        assert "“ended” is REJECT." in text

    def test_a_text_is_text(self, editor: Curator, digest: Document) -> None:
        (row, *_others) = make_proposals(title="<script>alert(1)</script>")
        assert "<script>alert(1)" not in review(editor, row).text

    def test_of_a_long_document_what_is_around_the_evidence_is_shown(self, editor: Curator, db: None) -> None:
        text = "Word. " * 20_000 + SENTENCES[0] + " Word." * 20_000
        document = proposing.make_digest()
        with editing(document, version=1, by="x", at=AT):
            document.text = text
            document.save()
        evidence = [{"document": "digest", "quote": SENTENCES[0], "supports": ["title"]}]
        suggestion = Suggestion(
            "k", proposing.values(evidence=evidence, edtf="", date_rule=""), Origin.READER, document="digest"
        )
        (row,) = propose([suggestion], by="x", at=AT).added
        page = review(editor, row)
        passage = page.answer.context["passage"]
        assert SENTENCES[0] in passage.text
        assert len(passage.text) < 15_000
        assert passage.cut_before
        assert passage.cut_after

    def test_an_actor_that_is_known_by_now_is_chosen(self, editor: Curator, proposals: list[Proposal]) -> None:
        actor = dataset.make_actor()
        with editing(actor, version=1, by="x", at=AT):
            actor.name = "Prague council"
            actor.save()
        assert review(editor, proposals[0]).sent["participations-0-actor"] == ["actor-one"]

    def test_likely_doubles_are_shown_with_why(self, editor: Curator, proposals: list[Proposal]) -> None:
        review(editor, proposals[0]).press("_accept")
        again = Suggestion("again", proposing.values(), Origin.READER, document="digest")
        (row,) = propose([again], by="x", at=AT).added
        text = review(editor, row).text
        assert "the same passage" in text
        assert f'name="_same" value="{Event.objects.get().pk}"' in text

    def test_a_bounded_number_of_queries(
        self, editor: Curator, proposals: list[Proposal], django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(45):
            review(editor, proposals[0])


class TestDeciding:
    def test_accepting_makes_a_draft_and_goes_to_the_next(self, editor: Curator, proposals: list[Proposal]) -> None:
        page = review(editor, proposals[0]).press("_accept")
        event = Event.objects.get()
        assert (event.status, event.title, event.date_rule) == ("draft", proposals[0].title, "year-omitted")
        assert event.participations.get().actor.name == "Prague council"
        assert page.answer.redirect_chain[-1][0] == f"/admin/events/proposal/{proposals[1].pk}/change/"
        assert "was accepted." in said(page)
        assert "1 of 3 decided" in page.text

    def test_accepting_and_publishing(self, editor: Curator, proposals: list[Proposal]) -> None:
        page = review(editor, proposals[0]).press("_publish")
        assert "was accepted and published." in said(page)
        assert Event.objects.get().status == "published"

    def test_what_the_curator_corrects_counts(self, editor: Curator, proposals: list[Proposal]) -> None:
        page = review(editor, proposals[0])
        page.type(title="The council ended it", edtf="last March", participations__0__role="host").press("_accept")
        event = Event.objects.get()
        assert (event.title, event.edtf, event.date_text, event.date_rule) == (
            "The council ended it",
            "2019-03",
            "last March",
            "last-named-month",
        )
        assert event.participations.get().role == "host"

    def test_edtf_by_hand_is_the_curators(self, editor: Curator, proposals: list[Proposal]) -> None:
        review(editor, proposals[2]).type(edtf="2018-03").press("_accept")
        event = Event.objects.get()
        assert (event.edtf, event.date_text, event.date_rule) == ("2018-03", "Last March", "curator")

    @pytest.mark.parametrize("typed", ["5 February 2019", "On October 1"])
    def test_words_that_no_source_has_are_not_published_as_its_words(
        self, editor: Curator, proposals: list[Proposal], typed: str
    ) -> None:
        review(editor, proposals[2]).type(edtf=typed).press("_accept")
        event = Event.objects.get()
        assert event.edtf == {"5 February 2019": "2019-02-05", "On October 1": "2019-10-01"}[typed]
        assert (event.date_text, event.date_rule) == ("Last March", "curator")

    def test_words_of_the_source_count_whatever_their_case_and_space(
        self, editor: Curator, proposals: list[Proposal]
    ) -> None:
        review(editor, proposals[2]).type(edtf="on  OCTOBER 18").press("_accept")
        event = Event.objects.get()
        assert (event.edtf, event.date_text, event.date_rule) == ("2019-10-18", "on  OCTOBER 18", "year-omitted")

    def test_words_of_the_source_are_the_curators_to_edit(self, editor: Curator, proposals: list[Proposal]) -> None:
        review(editor, proposals[2]).type(edtf="5 February 2019", date_text="a day in winter").press("_accept")
        event = Event.objects.get()
        assert (event.edtf, event.date_text, event.date_rule) == ("2019-02-05", "a day in winter", "curator")

    def test_where_the_source_has_no_words_of_a_date_those_typed_are_kept(
        self, editor: Curator, digest: Document
    ) -> None:
        (row, *_others) = make_proposals(edtf="", date_text="", date_rule="")
        review(editor, row).type(edtf="5 February 2019").press("_accept")
        event = Event.objects.get()
        assert (event.edtf, event.date_text, event.date_rule) == ("2019-02-05", "5 February 2019", "day")

    def test_another_quotation(self, editor: Curator, proposals: list[Proposal]) -> None:
        page = review(editor, proposals[0]).type(evidence__0__quote="the Prague council ended the agreement")
        page.press("_accept")
        quotes = {row.quote: row.start for row in Event.objects.get().evidence.all()}
        assert quotes["the Prague council ended the agreement"] == proposing.TEXT.index("the Prague council")

    def test_rows_are_added_and_left_out(self, editor: Curator, proposals: list[Proposal]) -> None:
        dataset.make_actor()
        page = review(editor, proposals[0])
        page.type(
            participations__0__DELETE="on",
            participations__1__actor="actor-one",
            participations__1__role="target",
            claimed_by__0__name="The Weekly",
            claimed_by__0__kind="media",
            countries__0__country="",
        )
        page.press("_accept")
        event = Event.objects.get()
        assert [(row.actor_id, row.role) for row in event.participations.all()] == [("actor-one", "target")]
        assert event.claims.get().actor.name == "The Weekly"
        assert not event.countries.exists()

    def test_rejecting_needs_a_reason(self, editor: Curator, proposals: list[Proposal]) -> None:
        page = review(editor, proposals[0]).press("_reject")
        assert "Give a reason" in said(page)
        page.type(because="Told twice").press("_reject")
        row = fresh(proposals[0])
        assert (row.status, row.reason, row.decided_by) == ("rejected", "Told twice", "emma")
        assert review(editor, proposals[0]).press("_reopen").answer.status_code == 200
        assert fresh(proposals[0]).status == "open"

    def test_a_usual_reason_rejects_at_once(self, editor: Curator, proposals: list[Proposal]) -> None:
        page = review(editor, proposals[0])
        usual = str(page.answer.context["usual_rejections"][1])
        page.client.post(page.path, {**page.sent, "_reject_because": usual})
        assert (fresh(proposals[0]).status, fresh(proposals[0]).reason) == ("rejected", usual)

    def test_a_rejection_needs_no_flawless_form(self, editor: Curator, proposals: list[Proposal]) -> None:
        review(editor, proposals[0]).type(title="", edtf="nonsense", because="No event").press("_reject")
        assert fresh(proposals[0]).status == "rejected"

    def test_skipping_decides_nothing_and_lets_go(self, editor: Curator, proposals: list[Proposal]) -> None:
        page = review(editor, proposals[0]).press("_skip")
        assert page.answer.redirect_chain[-1][0].endswith(f"/{proposals[1].pk}/change/")
        row = fresh(proposals[0])
        assert (row.status, row.held_by) == ("open", "")

    @pytest.mark.parametrize("way", ["button", "field"])
    def test_the_evidence_goes_to_the_event_that_is_there(
        self, editor: Curator, proposals: list[Proposal], way: str
    ) -> None:
        event = dataset.make_draft(dataset.make_document(), dataset.make_actor())
        page = review(editor, proposals[0])
        if way == "field":
            page.type(same_as="event-one").press("_same")
        else:
            editor.client.post(page.path, {**page.sent, "_same": "event-one"})
        assert set(event.evidence.values_list("document", flat=True)) == {"doc-one", "digest"}
        assert fresh(proposals[0]).event_id == "event-one"
        assert Event.objects.count() == 1

    def test_how_is_this_date_understood(self, editor: Curator, proposals: list[Proposal]) -> None:
        page = review(editor, proposals[0]).type(edtf="last March").press("_understand")
        assert "Understood as 2019-03" in page.text
        assert fresh(proposals[0]).status == "open"

    @pytest.mark.parametrize(
        ("typed", "complaint"),
        [
            ({"title": ""}, "This field is required"),
            ({"edtf": "2019-02-30"}, "Write 2019-02?"),
            ({"evidence__0__quote": "Words that nobody wrote"}, "isn't found (once)"),
            ({"participations__0__kind": ""}, "Say of which kind"),
            ({"participations__0__role": ""}, "Say what part it has"),
            ({"evidence__0__supports": []}, "Say what it supports"),
        ],
    )
    def test_what_does_not_hold_comes_back_with_all_that_was_typed(
        self, editor: Curator, proposals: list[Proposal], typed: dict[str, Any], complaint: str
    ) -> None:
        page = review(editor, proposals[0]).type(**{"summary": "Typed by me"} | typed).press("_accept")
        assert complaint in unescape(page.text)
        assert page.sent["summary"] == ["Typed by me"]
        assert not Event.objects.exists()

    def test_warnings_are_to_be_looked_at(self, editor: Curator, digest: Document) -> None:
        name = {"actor": None, "name": "Hua\u200bwei", "kind": "company", "role": "target"}
        (row, *_others) = make_proposals(participations=[name])
        page = review(editor, row)
        assert "⟨U+200B⟩" in page.text
        assert "Look at the warnings" in said(page.press("_accept"))
        review(editor, row).type(looked_at="on").press("_accept")
        assert Event.objects.exists()


class TestChanges:
    @pytest.fixture
    def change(self, digest: Document) -> Proposal:
        dataset.make_public(dataset.make_draft(dataset.make_document(), dataset.make_actor()))
        suggestion = Suggestion(
            "c",
            {"edtf": "2019-10-17", "date_text": "On October 17", "date_rule": "year-omitted"},
            Origin.PERSON,
            Kind.CHANGE,
            event="event-one",
        )
        (row,) = propose([suggestion], by="x", at=AT).added
        return row

    def test_it_shows_what_is_there_now(self, editor: Curator, change: Proposal) -> None:
        page = review(editor, change)
        assert "Now: 2019-10-16" in page.text
        assert (page.sent["edtf"], page.sent["title"]) == (["2019-10-17"], ["The council ends the agreement"])

    def test_it_is_made_public_with_a_reason(self, editor: Curator, change: Proposal) -> None:
        page = review(editor, change).press("_publish")
        assert "Give a reason" in said(page)
        page.type(why="Date corrected").press("_publish")
        event = Event.objects.get()
        assert (event.edtf, event.unpublished_edits) == ("2019-10-17", False)
        assert event.participations.count() == 1
        assert event.evidence.count() == 1

    def test_somebody_saved_the_event_meanwhile(self, editor: Curator, change: Proposal) -> None:
        page = review(editor, change).type(summary="Typed by me")
        dataset.member("eric", "editor").open("event/event-one/change/").type(place="Prague").press()
        page = page.press("_accept")
        assert page.answer.status_code == 409
        assert "saved by somebody else" in said(page)
        assert page.sent["summary"] == ["Typed by me"]
        assert "Now: Prague" in page.text

    def test_a_retraction_is_accepted_with_a_reason(self, editor: Curator, change: Proposal) -> None:
        (row,) = propose([Suggestion("r", {}, Origin.PERSON, Kind.RETRACTION, event="event-one")], by="x", at=AT).added
        page = review(editor, row)
        assert "If you accept it, “The council ends the agreement” is retracted" in page.text
        page = page.press("_accept")
        assert "Give a reason" in said(page)
        page = review(editor, row).type(why="It {never} happened").press("_accept")
        assert "is retracted. Public reason: It {never} happened" in said(page)
        assert Event.objects.get().status == "retracted"

    def test_a_contributor_changes_nothing_public(self, contributor: Curator, change: Proposal) -> None:
        page = review(contributor, change)
        assert "_accept" not in page.text
        assert page.press("_accept").answer.status_code == 403
        assert Event.objects.get().edtf == "2019-10-16"


class TestTwoCurators:
    def test_they_are_handed_different_ones(
        self, editor: Curator, second_editor: Curator, proposals: list[Proposal]
    ) -> None:
        path = "proposal/next/"
        assert editor.get(path).url.endswith(f"/{proposals[0].pk}/change/")
        assert second_editor.get(path).url.endswith(f"/{proposals[1].pk}/change/")
        assert editor.get(path).url.endswith(f"/{proposals[0].pk}/change/")

    def test_who_opens_it_all_the_same_is_told(
        self, editor: Curator, second_editor: Curator, proposals: list[Proposal]
    ) -> None:
        review(editor, proposals[0])
        assert "emma looks at it too." in review(second_editor, proposals[0]).text
        assert "looks at it too" not in review(editor, proposals[0]).text

    @pytest.mark.parametrize("button", ["_accept", "_publish", "_reject"])
    def test_the_second_decision_is_held_back_with_what_was_typed(
        self, editor: Curator, proposals: list[Proposal], button: str
    ) -> None:
        page = review(editor, proposals[0]).type(title="Typed by me", because="Mine")
        reject(proposals[0].pk, version=1, by="eric", at=AT, why="No event at all")
        page = page.press(button)
        assert page.answer.status_code == 409
        assert "by eric. No event at all" in said(page)
        assert page.sent["title"] == ["Typed by me"]
        assert not Event.objects.exists()

    def test_when_all_is_decided_it_says_so(self, editor: Curator, proposals: list[Proposal]) -> None:
        for row in proposals:
            page = review(editor, row).type(because="No").press("_reject")
        assert "Nothing else is left to decide." in page.messages

    def test_the_rest_is_held_by_others(self, editor: Curator, proposals: list[Proposal]) -> None:
        for row in proposals[1:]:
            queue.hold(row, by="eric", at=timezone.now() - timedelta(minutes=14))
        page = review(editor, proposals[0]).press("_skip")
        assert "Nothing else is left to decide." in page.messages


class TestLogIn:
    def test_a_log_in_that_ran_out_loses_no_text(self, editor: Curator, proposals: list[Proposal]) -> None:
        editor.user.set_password("password")
        editor.user.save()
        editor.client.force_login(editor.user)
        page = review(editor, proposals[0]).type(title="Typed by me", evidence__0__supports=["title", "date"])
        editor.client.logout()
        asked = page.press("_accept")
        assert "Your log-in ran out." in asked.text
        assert not Event.objects.exists()
        wrong = (
            Form.of(asked.client, page.path, asked.answer)
            .type(username="emma", password="wrong")
            .press("_log_in_again")
        )
        assert "Please enter the correct" in wrong.text
        back = wrong.type(username="emma", password="password").press("_log_in_again")
        assert back.sent["title"] == ["Typed by me"]
        assert back.sent["evidence-0-supports"] == ["title", "date"]
        assert not Event.objects.exists()
        back.press("_accept")
        assert Event.objects.get().title == "Typed by me"

    def test_nobody_sees_anything(self, client: Client, proposals: list[Proposal]) -> None:
        path = f"/admin/events/proposal/{proposals[0].pk}/change/"
        assert client.get(path).status_code == 302
        answer = client.post(path, {"title": "Forged", "_accept": "x"})
        assert answer.status_code == 401
        assert proposals[0].title not in answer.content.decode()
        assert not Event.objects.exists()


class TestRoles:
    def test_a_viewer_looks_and_decides_nothing(self, viewer: Curator, proposals: list[Proposal]) -> None:
        page = review(viewer, proposals[0])
        assert not {"_accept", "_publish", "_reject", "_skip"} & {
            name for name in page.text.split('"') if name[:1] == "_"
        }
        assert fresh(proposals[0]).held_by == ""
        for button in ("_accept", "_publish", "_reject", "_skip", "_same"):
            assert page.type(because="x").press(button).answer.status_code == 403
        assert viewer.get("proposal/next/").status_code == 403
        assert fresh(proposals[0]).status == "open"

    def test_a_contributor_accepts_and_does_not_publish(self, contributor: Curator, proposals: list[Proposal]) -> None:
        page = review(contributor, proposals[0])
        assert 'name="_publish"' not in page.text
        assert page.press("_publish").answer.status_code == 403
        assert not Event.objects.exists()
        review(contributor, proposals[0]).press("_accept")
        assert Event.objects.get().status == "draft"

    @pytest.mark.parametrize("way", ["button", "field"])
    def test_a_contributor_gives_a_public_event_nothing_and_loses_nothing(
        self, contributor: Curator, proposals: list[Proposal], way: str
    ) -> None:
        event = dataset.make_public(dataset.make_draft(dataset.make_document(), dataset.make_actor()))
        page = review(contributor, proposals[0]).type(summary="Typed by me")
        if way == "field":
            page = page.type(same_as="event-one").press("_same")
        else:
            answer = page.client.post(page.path, {**page.sent, "_same": "event-one"})
            page = Form.of(page.client, page.path, answer)
        assert page.answer.status_code == 200
        assert "is public: only an editor may give it evidence." in said(page)
        assert page.sent["summary"] == ["Typed by me"]
        assert fresh(proposals[0]).status == "open"
        assert event.evidence.count() == 1

    def test_a_public_double_is_offered_to_editors_alone(
        self, editor: Curator, contributor: Curator, proposals: list[Proposal]
    ) -> None:
        review(editor, proposals[0]).press("_publish")
        again = Suggestion("again", proposing.values(), Origin.READER, document="digest")
        (row,) = propose([again], by="x", at=AT).added
        button = f'name="_same" value="{Event.objects.get().pk}"'
        assert button in review(editor, row).text
        page = review(contributor, row)
        assert button not in page.text
        assert "It is public: an editor gives it the evidence." in page.text

    def test_nobody_adds_or_deletes_one(self, admin_user: User, proposals: list[Proposal]) -> None:
        everything = Curator(admin_user)
        assert everything.get("proposal/add/").status_code == 403
        assert everything.post(f"proposal/{proposals[0].pk}/delete/", post="yes").status_code == 403
        assert Proposal.objects.count() == 3


class TestLists:
    def test_open_ones_come_first(self, editor: Curator, proposals: list[Proposal]) -> None:
        review(editor, proposals[0]).type(because="No").press("_reject")
        assert [row.pk for row in editor.get("proposal/").context["cl"].result_list] == [
            row.pk for row in proposals[1:]
        ]
        assert editor.get("proposal/", status="rejected").context["cl"].result_count == 1
        assert editor.get("proposal/", status="all").context["cl"].result_count == 3

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ({"document__id__exact": "digest"}, 3),
            ({"document__id__exact": "none"}, 0),
            ({"type__code__exact": "REJECT"}, 3),
            ({"kind__exact": "change"}, 0),
            ({"origin__exact": "reader"}, 3),
            ({"proposed_at__gte": "2026-01-03 00:00:00+00:00"}, 0),
            ({"q": "embassy"}, 1),
            ({"q": "https://example.org/api/v1/documents/digest/"}, 3),
        ],
    )
    def test_filters(self, editor: Curator, proposals: list[Proposal], query: dict[str, str], count: int) -> None:
        assert editor.get("proposal/", **query).context["cl"].result_count == count

    def test_how_far_each_digest_is(self, editor: Curator, proposals: list[Proposal]) -> None:
        review(editor, proposals[0]).type(because="No").press("_reject")
        page = editor.get("proposal/digests/").content.decode()
        assert "1 of 3 decided" in page
        assert "?document=digest" in page

    def test_a_bounded_number_of_queries(
        self, editor: Curator, proposals: list[Proposal], django_assert_max_num_queries: Any
    ) -> None:
        for path in ("proposal/", "proposal/digests/"):
            with django_assert_max_num_queries(18):
                editor.get(path)

    def test_the_history_of_a_proposal_is_on_its_page(self, editor: Curator, proposals: list[Proposal]) -> None:
        assert editor.get(f"proposal/{proposals[0].pk}/history/").url.endswith(f"/{proposals[0].pk}/change/#history")
        assert "Read from news.md" in review(editor, proposals[0]).text

    def test_what_is_not_there_is_not_found(self, editor: Curator, db: None) -> None:
        assert editor.get("proposal/999/change/").status_code == 404
