"""Proposals: made once, decided once, by one person; what comes of them is what was proposed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from events.curation.check import faults
from events.curation.decide import accept, add_to_event, reject, reopen
from events.curation.deed import deed
from events.curation.propose import propose, supersede
from events.curation.queue import HOLD, hold, let_go, take_next
from events.curation.suggestion import Suggestion, Values
from events.errors import DeedRefused, EditConflict, WrongState
from events.models import Actor, Document, Edit, Event, Proposal
from events.models.proposals import Decision, Kind, Origin
from tests.curation import world
from tests.curation.world import AT, DEED

pytestmark = pytest.mark.django_db

QUOTE = "On 16 October, event-a took place."


@pytest.fixture(autouse=True)
def document() -> None:
    world.document()


def values(**changes: Any) -> Values:
    return {
        "title": "It took place",
        "type": "CONSULT",
        "edtf": "2019-10-16",
        "date_text": "On 16 October",
        "date_anchor": "2019-11-04",
        "date_rule": "year-omitted",
        "location_country": "CZ",
        "place": "Prague",
        "countries": ["CN"],
        "participations": [
            {"actor": "mayor", "role": "initiator"},
            {"name": "The new council", "kind": "government", "country": "CZ", "role": "target"},
        ],
        "claimed_by": [{"name": "The Weekly", "kind": "media"}],
        "evidence": [{"document": "doc", "quote": QUOTE, "supports": ["title", "date"]}],
    } | changes


def suggestion(key: str = "k1", **changes: Any) -> Suggestion:
    options = {name: changes.pop(name) for name in ("kind", "event", "into", "warnings") if name in changes}
    return Suggestion(key, values(**changes), Origin.READER, document="doc", **options)


def change(event: str, key: str = "c1", **changes: Any) -> Suggestion:
    return Suggestion(key, changes, Origin.PERSON, Kind.CHANGE, event=event)


def made(*suggestions: Suggestion) -> list[Proposal]:
    return list(propose(suggestions or [suggestion()], **DEED).added)


@pytest.fixture
def mayor() -> Actor:
    return world.actor("mayor")


@pytest.mark.usefixtures("mayor")
class TestProposing:
    def test_the_same_key_is_proposed_once(self) -> None:
        first = propose([suggestion("a"), suggestion("b"), suggestion("a")], **DEED)
        again = propose([suggestion("a"), suggestion("c")], **DEED)
        assert [row.key for row in first.added] == ["a", "b"]
        assert first.known == ("a",)
        assert ([row.key for row in again.added], again.known) == (["c"], ("a",))
        assert Proposal.objects.count() == 3

    def test_what_was_rejected_never_comes_back(self) -> None:
        (row,) = made()
        reject(row.pk, version=1, **DEED)
        assert propose([suggestion()], **DEED).added == ()
        assert Proposal.objects.get().status == Decision.REJECTED

    def test_it_is_logged(self) -> None:
        (row,) = made()
        edit = Edit.objects.get(kind="proposal", noun_id=str(row.pk))
        assert (edit.version, edit.by, edit.at, edit.why) == (1, "ann", AT, "because")

    def test_a_quotation_gets_its_place_and_what_is_around_it(self) -> None:
        (row,) = made()
        start = world.TEXT.index(QUOTE)
        (quoted,) = row.values["evidence"]
        assert (quoted["start"], quoted["end"]) == (start, start + len(QUOTE))
        assert quoted["suffix"].startswith("\nOn 16 October, event-b")

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"title": ""}, "no title"),
            ({"title": "x" * 301}, "at most 300"),
            ({"title": "a\0b"}, "NUL"),
            ({"type": "NONSENSE"}, "no type 'NONSENSE'"),
            ({"edtf": "2019-02-30"}, "The date"),
            ({"date_rule": ""}, "needs the words"),
            ({"date_anchor": "yesterday"}, "isn't a day"),
            ({"location_country": "ZZ"}, "no country 'ZZ'"),
            ({"countries": ["CZ", "ZZ"]}, "no country 'ZZ'"),
            ({"lat": 91, "lon": 0}, "from -90 to 90"),
            ({"lat": 50}, "go together"),
            ({"participations": [{"actor": "nobody", "role": "target"}]}, "no actor 'nobody'"),
            ({"participations": [{"actor": "mayor", "role": "boss"}]}, "no role 'boss'"),
            ({"participations": [{"name": " ", "kind": "person", "role": "target"}]}, "has a name"),
            ({"participations": [{"name": "X", "kind": "robot", "role": "target"}]}, "no kind 'robot'"),
            ({"participations": [{"actor": "mayor", "role": "host"}] * 2}, "twice"),
            ({"participations": ["mayor"]}, "no object"),
            ({"evidence": []}, "no evidence"),
            ({"evidence": [{"document": "none", "quote": "x", "supports": ["title"]}]}, "no document"),
            ({"evidence": [{"document": "doc", "quote": "On 16 October", "supports": ["title"]}]}, "(once)"),
            ({"evidence": [{"document": "doc", "quote": QUOTE, "supports": ["nothing"]}]}, "supports at least"),
            ({"evidence": [{"document": "doc", "quote": 7, "supports": ["title"]}]}, "(once)"),
            ({"colour": "red"}, "no colour"),
        ],
    )
    def test_what_does_not_hold_is_refused_and_nothing_is_proposed(self, changes: Values, said: str) -> None:
        with pytest.raises(DeedRefused) as refused:
            propose([suggestion("good"), suggestion("bad", **changes)], **DEED)
        assert any(said in reason for reason in refused.value.reasons)
        assert not Proposal.objects.exists()

    @pytest.mark.parametrize(
        "name",
        ["pay\u202eloof", "Hua\u200bwei", "Нuawei", "a\x07b"],
        ids=["direction", "no width", "mixed scripts", "control"],
    )
    def test_a_deceptive_name_is_accepted_only_by_who_looked_at_it(self, name: str) -> None:
        (row,) = made(suggestion(participations=[{"name": name, "kind": "company", "role": "target"}]))
        assert len(row.warnings) == 1
        with pytest.raises(DeedRefused, match="Look at the warnings"):
            accept(row.pk, version=1, **DEED)
        assert Actor.objects.filter(name=name).count() == 0
        accept(row.pk, version=1, looked_at=True, **DEED)

    def test_a_name_in_one_script_is_none(self) -> None:
        names = ["Huawei", "Хуавэй", "华为 Huawei", "Łódź", "O’Neill-Smith"]
        rows = [{"name": name, "kind": "company", "role": "target"} for name in names]
        assert made(suggestion(participations=rows))[0].warnings == []


@pytest.mark.usefixtures("mayor")
class TestAccepting:
    def test_a_draft_is_made_of_it_with_all_that_it_says(self) -> None:
        (row,) = made()
        event = Event.objects.get(pk=accept(row.pk, version=1, **DEED))
        assert (event.status, event.title, event.type_id, event.edtf) == (
            "draft",
            "It took place",
            "CONSULT",
            "2019-10-16",
        )
        assert (event.date_text, event.date_rule, str(event.date_anchor)) == (
            "On 16 October",
            "year-omitted",
            "2019-11-04",
        )
        assert (event.location_country_id, event.place) == ("CZ", "Prague")
        assert [part.actor.name for part in event.participations.all()] == ["Name of mayor", "The new council"]
        assert [claim.actor.name for claim in event.claims.all()] == ["The Weekly"]
        assert [row.country_id for row in event.countries.all()] == ["CN"]
        assert event.evidence.get().quote == QUOTE
        assert Edit.objects.filter(kind="event", noun_id=event.pk, by="ann", why="because").exists()
        row.refresh_from_db()
        assert (row.status, row.event_id, row.decided_by, row.version) == ("accepted", event.pk, "ann", 2)
        assert world.shown(event.pk) is None

    def test_it_is_published_at_once_where_that_is_asked(self) -> None:
        (row,) = made()
        pk = accept(row.pk, version=1, publish=True, **DEED)
        assert world.seen(pk)["title"] == "It took place"
        assert {actor["name"] for actor in world.seen(pk)["actors"]} == {"Name of mayor", "The new council"}
        world.assert_sound()

    def test_what_cannot_be_published_leaves_nothing(self) -> None:
        evidence = [{"document": "doc", "quote": QUOTE, "supports": ["title"]}]
        (row,) = made(suggestion(evidence=evidence))
        with pytest.raises(DeedRefused, match="supports the date"):
            accept(row.pk, version=1, publish=True, **DEED)
        assert (Event.objects.count(), Actor.objects.count()) == (0, 1)
        assert Proposal.objects.get().status == Decision.OPEN

    def test_a_new_actor_is_made_once(self) -> None:
        first, second = made(suggestion("a"), suggestion("b"))
        one, two = accept(first.pk, version=1, **DEED), accept(second.pk, version=1, **DEED)
        assert Actor.objects.filter(name="The new council").count() == 1
        parts = [set(Event.objects.get(pk=pk).participations.values_list("actor", flat=True)) for pk in (one, two)]
        assert parts[0] == parts[1]

    def test_an_actor_is_found_by_any_of_its_names(self) -> None:
        world.actor("council", names=["The new council"])
        (row,) = made()
        event = Event.objects.get(pk=accept(row.pk, version=1, **DEED))
        assert event.participations.get(role="target").actor_id == "council"

    def test_of_two_with_one_name_the_curator_chooses(self) -> None:
        world.actor("one", names=["The new council"])
        world.actor("two", name="The new council")
        (row,) = made()
        with pytest.raises(DeedRefused, match="Several actors"):
            accept(row.pk, version=1, **DEED)
        chosen = values(participations=[{"actor": "two", "role": "target"}])
        event = Event.objects.get(pk=accept(row.pk, version=1, values=chosen, **DEED))
        assert event.participations.get().actor_id == "two"

    def test_what_the_curator_made_of_it_counts(self) -> None:
        (row,) = made()
        pk = accept(row.pk, version=1, values=values(title="It took place, they say", edtf="2019-10"), **DEED)
        event = Event.objects.get(pk=pk)
        assert (event.title, event.edtf) == ("It took place, they say", "2019-10")
        assert Proposal.objects.get().values["title"] == "It took place"

    def test_what_the_curator_made_of_it_is_verified(self) -> None:
        (row,) = made()
        with pytest.raises(DeedRefused, match="isn't found"):
            accept(
                row.pk,
                version=1,
                values=values(evidence=[{"document": "doc", "quote": "Words of mine", "supports": ["title"]}]),
                **DEED,
            )
        assert not Event.objects.exists()

    def test_a_second_decision_is_refused_and_told_of_the_first(self) -> None:
        (row,) = made()
        reject(row.pk, version=1, by="bob", at=AT, why="No such thing")
        with pytest.raises(EditConflict, match=r"rejected, by bob\. No such thing"):
            accept(row.pk, version=1, **DEED)
        with pytest.raises(EditConflict):
            reject(row.pk, version=2, **DEED)
        assert not Event.objects.exists()


@pytest.mark.usefixtures("mayor")
class TestChanges:
    def test_only_what_the_change_names_is_changed(self) -> None:
        world.event(actors=["mayor"], countries=["CZ"], public=True)
        (row,) = made(change("event-a", title="Another title"))
        accept(row.pk, version=1, **DEED)
        event = Event.objects.get()
        assert (event.title, event.edtf, event.unpublished_edits) == ("Another title", "2019-10-16", True)
        assert (event.participations.count(), event.countries.count(), event.evidence.count()) == (1, 1, 1)
        assert world.seen("event-a")["title"] == "Title of event-a"

    def test_a_list_replaces_the_old_one(self) -> None:
        world.event(actors=["mayor"], countries=["CZ"])
        (row,) = made(change("event-a", countries=["CN"], participations=[]))
        accept(row.pk, version=1, **DEED)
        event = Event.objects.get()
        assert [item.country_id for item in event.countries.all()] == ["CN"]
        assert not event.participations.exists()

    def test_it_is_made_public_with_a_reason(self) -> None:
        world.event(public=True)
        (row,) = made(change("event-a", title="Another title"))
        accept(row.pk, version=1, publish=True, **DEED)
        assert world.seen("event-a")["title"] == "Another title"

    def test_somebody_else_saved_the_event(self) -> None:
        event = world.event()
        (row,) = made(change("event-a", title="Another title"))
        world.edit(Event, "event-a", title="Theirs")
        with pytest.raises(EditConflict):
            accept(row.pk, version=1, event_version=event.version, **DEED)
        assert Event.objects.get().title == "Theirs"

    def test_a_retraction(self) -> None:
        world.event(public=True)
        (row,) = made(Suggestion("r", {}, Origin.PERSON, Kind.RETRACTION, event="event-a"))
        accept(row.pk, version=1, **DEED)
        assert world.shown("event-a") is None
        assert Event.objects.get().status == "retracted"

    @pytest.mark.parametrize("kind", [Kind.CHANGE, Kind.MERGE, Kind.RETRACTION])
    def test_it_names_an_event_that_is_there(self, kind: Kind) -> None:
        with pytest.raises(DeedRefused, match="no event nothing"):
            made(Suggestion("x", {}, Origin.PERSON, kind, event="nothing"))


@pytest.mark.usefixtures("mayor")
class TestTheSameEvent:
    def test_its_evidence_goes_to_the_event_that_is_there(self) -> None:
        world.event("event-b")
        (row,) = made()
        assert add_to_event(row.pk, "event-b", version=1, **DEED) == "event-b"
        event = Event.objects.get()
        assert event.title == "Title of event-b"
        assert {item.quote for item in event.evidence.all()} == {QUOTE, "On 16 October, event-b took place."}
        row.refresh_from_db()
        assert (row.status, row.event_id) == ("accepted", "event-b")

    def test_a_quotation_that_is_there_supports_more(self) -> None:
        world.event()
        evidence = [{"document": "doc", "quote": QUOTE, "supports": ["title", "actors"]}]
        (row,) = made(suggestion(evidence=evidence))
        add_to_event(row.pk, "event-a", version=1, **DEED)
        assert Event.objects.get().evidence.get().supports == ["title", "date", "actors"]


@pytest.mark.usefixtures("mayor")
class TestRejecting:
    def test_it_needs_a_reason(self) -> None:
        (row,) = made()
        with pytest.raises(DeedRefused, match="reason"):
            reject(row.pk, version=1, by="ann", at=AT, why=" ")

    def test_it_can_be_opened_again(self) -> None:
        (row,) = made()
        reject(row.pk, version=1, **DEED)
        reopen(row.pk, version=2, **DEED)
        row.refresh_from_db()
        assert (row.status, row.reason, row.version) == ("open", "", 3)
        with pytest.raises(WrongState):
            reopen(row.pk, version=3, **DEED)

    def test_what_is_superseded_says_by_what(self) -> None:
        old, new = made(suggestion("a"), suggestion("b"))
        supersede([old], newer=new, **DEED)
        old.refresh_from_db()
        assert (old.status, old.superseded_by, old.reason, old.version) == ("superseded", new, "because", 2)

    def test_what_was_decided_is_not_superseded(self) -> None:
        (row,) = made()
        accept(row.pk, version=1, **DEED)
        supersede([row], **DEED)
        assert Proposal.objects.get().status == Decision.ACCEPTED


@pytest.mark.usefixtures("mayor")
class TestTheQueue:
    def rows(self) -> list[Proposal]:
        return made(suggestion("a"), suggestion("b"), suggestion("c"))

    def test_two_curators_get_different_ones(self) -> None:
        one, two, three = self.rows()
        everything = Proposal.objects.all()
        assert take_next(everything, by="ann", at=AT) == one
        assert take_next(everything, by="bob", at=AT) == two
        assert take_next(everything, by="ann", at=AT) == one
        assert take_next(everything, by="ann", at=AT, after=one.pk) == three

    def test_after_a_quarter_of_an_hour_it_is_free_again(self) -> None:
        one, two, _three = self.rows()
        hold(one, by="ann", at=AT)
        assert take_next(Proposal.objects.all(), by="bob", at=AT + HOLD - timedelta(seconds=1)) == two
        assert take_next(Proposal.objects.all(), by="bob", at=AT + HOLD) == one

    def test_it_is_let_go_before(self) -> None:
        one, *_others = self.rows()
        hold(one, by="ann", at=AT)
        let_go(one, by="bob")
        assert take_next(Proposal.objects.filter(pk=one.pk), by="bob", at=AT) is None
        let_go(one, by="ann")
        assert take_next(Proposal.objects.filter(pk=one.pk), by="bob", at=AT) == one

    def test_skipping_goes_round(self) -> None:
        one, two, three = self.rows()
        everything = Proposal.objects.all()
        assert take_next(everything, by="ann", at=AT, after=three.pk) == one
        reject(one.pk, version=1, **DEED)
        reject(two.pk, version=1, **DEED)
        assert take_next(everything, by="ann", at=AT, after=three.pk) is None

    def test_looking_is_no_edit(self) -> None:
        one, *_others = self.rows()
        hold(one, by="ann", at=AT)
        one.refresh_from_db()
        assert (one.version, Edit.objects.filter(kind="proposal", noun_id=str(one.pk)).count()) == (1, 1)


@pytest.mark.usefixtures("mayor")
class TestAfterwards:
    def test_a_merging(self) -> None:
        world.event("event-a", public=True)
        world.event("event-b", public=True)
        (row,) = made(Suggestion("m", {}, Origin.PERSON, Kind.MERGE, event="event-a", into="event-b"))
        accept(row.pk, version=1, **DEED)
        assert Event.objects.get(pk="event-a").merged_into_id == "event-b"
        assert world.shown("event-a") is None
        world.assert_sound()

    def correct(self, old: str, new: str) -> Proposal:
        (row,) = made()
        world.edit(Document, "doc", text=world.TEXT.replace(old, new))
        row.refresh_from_db()
        return row

    def test_quotations_of_an_open_proposal_follow_a_corrected_text(self) -> None:
        row = self.correct("On 16 October, event-a", "Some news first.\nOn 16 October, event-a")
        (quoted,) = row.values["evidence"]
        assert Document.objects.get().text[quoted["start"] : quoted["end"]] == QUOTE
        assert row.warnings == []
        world.assert_sound()

    def test_a_broken_one_is_to_be_looked_at(self) -> None:
        row = self.correct(QUOTE, "On 17 October, event-a took place.")
        assert "doesn't stand there any more" in row.warnings[0]
        world.assert_sound()
        with pytest.raises(DeedRefused, match="isn't found"):
            accept(row.pk, version=1, looked_at=True, **DEED)

    def test_a_quotation_that_moved_without_a_deed_is_a_fault(self) -> None:
        (row,) = made()
        row.values["evidence"][0]["start"] += 1
        with deed():
            row.save()
        assert any("isn't where it says" in fault for fault in faults())
