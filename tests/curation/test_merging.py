"""Two that are one: what the public sees of it, and that it can be undone."""

from __future__ import annotations

from typing import Any

import pytest

from events.curation.cascade import go_on
from events.curation.check import faults
from events.curation.deed import deed
from events.curation.edit import editing
from events.curation.merge import Seen, merge, unmerge
from events.curation.publish import revise, revise_actor
from events.curation.retract import reinstate, retract
from events.errors import DeedRefused, EditConflict, WrongState
from events.models import Actor, Claim, Entry, Event, Evidence, Merge, Participation
from events.models.working import Mergeable
from tests.curation.world import (
    AT,
    DEED,
    actor,
    assert_sound,
    deeds,
    document,
    edit,
    event,
    relate,
    relations,
    seen,
    shown,
)

pytestmark = pytest.mark.django_db


def saw(noun: Mergeable | str, model: type[Mergeable] = Event) -> Seen:
    pk = noun if isinstance(noun, str) else noun.pk
    return Seen(pk, model._default_manager.get(pk=pk).version)


def join(loser: str, survivor: str, model: Any = Event, take: tuple[str, ...] = ()) -> None:
    merge(model, saw(loser, model), saw(survivor, model), take=take, **DEED)


def part(loser: str, survivor: str, model: Any = Event) -> list[str]:
    return unmerge(model, loser, saw(survivor, model), **DEED)


def current(pk: str) -> tuple[str, str | None]:
    return Entry.objects.current().values_list("deed", "merged_into").get(noun_id=pk)


@pytest.fixture
def two() -> None:
    """Two public events, and a third that follows the first."""
    document()
    actor("prague")
    actor("brno")
    event("event-a", actors=["prague"], countries=["CN"], summary="Of a", public=True)
    event("event-b", actors=["brno"], countries=["CZ"], public=True)
    event("event-c", relations=[("follows", "event-a")], public=True)


def test_an_event_becomes_part_of_another(two: None) -> None:
    join("event-a", "event-b", take=("summary",))
    assert current("event-a") == ("merged", "event-b")
    picture = seen("event-b")
    assert (picture["title"], picture["summary"]) == ("Title of event-b", "Of a")
    assert {item["id"] for item in picture["actors"]} == {"prague", "brno"}
    assert {item["code"] for item in picture["countries"]} == {"CN", "CZ"}
    assert [item["quote"] for item in picture["evidence"]] == [
        "On 16 October, event-a took place.",
        "On 16 October, event-b took place.",
    ]
    assert relations("event-c") == [("event-b", "Title of event-b")]
    assert_sound()


def everything() -> dict[str, Any]:
    """All that is shown, and the whole working copy but for versions and internal numbers."""
    found: dict[str, Any] = {row.noun_id: row.document for row in Entry.objects.public()}
    for model in (Event, Actor, Participation, Claim, Evidence):
        skipped = {"version", "id"} if model not in (Event, Actor) else {"version"}
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in skipped]
        found[model.__name__] = sorted(map(str, model._default_manager.values_list(*names)))
    for table in (Event.relations, Event.released_relations, Event.countries, Actor.names):
        rows = table.rel.related_model
        names = [field.attname for field in rows._meta.concrete_fields if field.attname != "id"]
        found[rows.__name__] = sorted(map(str, rows._default_manager.values_list(*names)))
    return found


def test_undoing_gives_back_both(two: None) -> None:
    before = everything()
    join("event-a", "event-b", take=("summary", "title", "date"))
    assert part("event-a", "event-b") == []
    assert everything() == before
    assert deeds("event-a") == ["published", "merged", "reinstated"]
    assert_sound()


def test_what_was_edited_since_stays_and_is_told(two: None) -> None:
    join("event-a", "event-b", take=("summary", "title"))
    edit(Event, "event-b", summary="Edited since")
    event_b = Event.objects.get(pk="event-b")
    with editing(event_b, version=event_b.version, by="ann", at=AT):
        event_b.countries.filter(country_id="CN").delete()
        Participation.objects.filter(event=event_b, actor_id="prague").update(role="target")
    with pytest.raises(WrongState, match="has unpublished changes"):
        part("event-a", "event-b")
    revise("event-b", **DEED)
    kept = part("event-a", "event-b")
    assert [sentence.split(":")[0] for sentence in kept] == ["summary", "actor of the event", "country involved"]
    picture = seen("event-b")
    assert (picture["title"], picture["summary"]) == ("Title of event-b", "Edited since")
    assert {(item["id"], item["role"]) for item in picture["actors"]} == {("prague", "target"), ("brno", "initiator")}
    assert seen("event-a")["summary"] == "Of a"
    assert {item["code"] for item in seen("event-a")["countries"]} == {"CN"}
    assert Merge.objects.get().kept == kept
    assert_sound()


def test_an_actor_becomes_part_of_another() -> None:
    document()
    actor("prague", ["Praha"])
    actor("council", ["Rada"], country_id="SK")
    actor("part", part_of_id="prague")
    event("event-a", actors=["prague"], public=True)
    event("event-b", claimed_by=["prague"], public=True)
    event("event-c", actors=["prague", "council"], public=True)
    event("event-d", actors=["part"], public=True)
    event("event-e", actors=["prague"])
    edit(Event, "event-a", title="Unpublished")
    before = everything()
    join("prague", "council", Actor, ("country",))
    assert current("prague") == ("merged", "council")
    assert {name["name"] for name in seen("council", "actor")["names"]} == {"Name of prague", "Praha", "Rada"}
    assert seen("event-a")["title"] == "Title of event-a"
    assert [item["id"] for item in seen("event-a")["actors"]] == ["council"]
    assert seen("event-a")["actors"][0]["country"] == "CZ"
    assert [item["id"] for item in seen("event-b")["claimed_by"]] == ["council"]
    assert [item["id"] for item in seen("event-c")["actors"]] == ["council"]
    assert seen("part", "actor")["part_of"] == {"id": "council", "name": "Name of council"}
    assert Event.objects.get(pk="event-e").participations.get().actor_id == "council"
    assert_sound()
    assert part("prague", "council", Actor) == []
    assert everything() == before
    assert_sound()


def test_a_chain_is_followed_to_its_end_and_undone_from_there(two: None) -> None:
    event("event-d", public=True)
    states = [everything()]
    join("event-a", "event-b")
    states.append(everything())
    join("event-b", "event-d")
    assert relations("event-c") == [("event-d", "Title of event-d")]
    with pytest.raises(WrongState, match="was merged into"):
        part("event-a", "event-b")
    assert part("event-b", "event-d") == []
    assert everything() == states.pop()
    assert part("event-a", "event-b") == []
    assert everything() == states.pop()
    join("event-b", "event-a")
    assert relations("event-c") == [("event-a", "Title of event-a")]
    assert_sound()


def test_merges_into_one_are_undone_newest_first(two: None) -> None:
    join("event-a", "event-b")
    join("event-c", "event-b")
    with pytest.raises(WrongState, match="undo that merge first"):
        part("event-a", "event-b")
    assert part("event-c", "event-b") == []
    assert part("event-a", "event-b") == []
    assert_sound()


def test_drafts_are_merged_without_the_public_seeing_anything() -> None:
    document()
    event("event-a", public=True)
    event("event-b", title="Draft")
    event("event-c", title="Other draft")
    before = everything()
    join("event-b", "event-c")
    assert shown("event-b") is shown("event-c") is None
    join("event-c", "event-a")
    assert not Entry.objects.filter(noun_id="event-c").exists()
    assert len(seen("event-a")["evidence"]) == 3
    assert part("event-c", "event-a") == []
    assert part("event-b", "event-c") == []
    assert everything() == before
    assert_sound()


def test_a_retracted_event_comes_back_with_the_survivor_and_then_with_the_actor_it_had() -> None:
    document()
    actor("prague")
    actor("council")
    event("event-a", actors=["prague"], public=True)
    retract("event-a", **DEED)
    join("prague", "council", Actor)
    reinstate("event-a", **DEED)
    assert [item["id"] for item in seen("event-a")["actors"]] == ["council"]
    assert part("prague", "council", Actor) == []
    assert [item["id"] for item in seen("event-a")["actors"]] == ["prague"]
    assert_sound()


@pytest.mark.parametrize(
    ("loser", "survivor", "says"),
    [
        ("event-a", "event-a", "These are one already"),
        ("gone", "event-a", "is retracted; reinstate it first"),
        ("event-a", "gone", "is retracted; reinstate it first"),
        ("event-a", "edited", "has unpublished changes"),
        ("edited", "event-a", "has unpublished changes"),
        ("event-a", "draft", "merge the draft into the public one"),
        ("event-a", "merged", "was merged into"),
        ("merged", "event-a", "was merged into"),
    ],
)
def test_what_is_not_merged(two: None, loser: str, survivor: str, says: str) -> None:
    names = {"gone": "event-b", "edited": "event-d", "draft": "event-e", "merged": "event-f"}
    event("event-d", public=True)
    edit(Event, "event-d", title="Unpublished")
    event("event-e")
    event("event-f", public=True)
    join("event-f", "event-c")
    retract("event-b", **DEED)
    before = everything()
    with pytest.raises(DeedRefused, match=says):
        join(names.get(loser, loser), names.get(survivor, survivor))
    assert everything() == before


def test_a_reason_and_the_versions_are_needed(two: None) -> None:
    with pytest.raises(DeedRefused, match="Give a reason"):
        merge(Event, saw("event-a"), saw("event-b"), by="ann", at=AT, why=" ")
    for stale in (Seen("event-a", 0), saw("event-a")), (saw("event-a"), Seen("event-b", 0)):
        if stale[0].id != stale[1].id:
            with pytest.raises(EditConflict):
                merge(Event, *stale, **DEED)
    with pytest.raises(EditConflict):
        merge(Event, Seen("event-a", 0), saw("event-b"), **DEED)
    join("event-a", "event-b")
    with pytest.raises(EditConflict):
        unmerge(Event, "event-a", Seen("event-b", 0), **DEED)


def test_what_is_merged_is_neither_edited_nor_named(two: None) -> None:
    join("event-a", "event-b")
    join("prague", "brno", Actor)
    for model, pk in ((Event, "event-a"), (Actor, "prague")):
        with pytest.raises(WrongState, match="change that one, or undo the merge"):
            edit(model, pk)
    with pytest.raises(DeedRefused, match="name that one"):
        relate("event-c", "disputes", "event-a")
    row = Event.objects.get(pk="event-c")
    with pytest.raises(DeedRefused, match="name that one"), editing(row, version=row.version, by="ann", at=AT):
        Participation(event=row, actor_id="prague", role="host").save()
    with pytest.raises(WrongState):
        revise_actor("prague", **DEED)


def test_an_open_form_of_an_event_that_named_the_actor_is_out_of_date(two: None) -> None:
    opened = Event.objects.get(pk="event-a")
    join("prague", "brno", Actor)
    with pytest.raises(EditConflict), editing(opened, version=opened.version, by="ann", at=AT):
        opened.save()


def test_a_long_cascade_reaches_every_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.curation.batch.CASCADE", 2)
    document()
    actor("prague")
    actor("council")
    ids = [f"event-{letter}" for letter in "abcdefg"]
    for pk in ids:
        event(pk, actors=["prague"], public=True)
    event("event-h", actors=["council"], public=True)
    before = everything()
    join("prague", "council", Actor)
    assert {item["id"] for pk in ids for item in seen(pk)["actors"]} == {"council"}
    assert_sound()
    assert part("prague", "council", Actor) == []
    assert everything() == before
    assert_sound()


class Killed(BaseException):
    """The process ends here."""


def killed(*args: object) -> None:
    raise Killed


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An actor that became part of another; undoing that takes many deeds, and some events named both."""
    monkeypatch.setattr("events.curation.batch.CASCADE", 1)
    for name in ("FIRST", "MOST"):
        monkeypatch.setattr(f"events.curation.cascade.{name}", 1)
    monkeypatch.setattr("events.curation.cascade.PAUSE", 0)
    document()
    for pk in ("prague", "council", "senate"):
        actor(pk)
    ids = [f"event-{letter}" for letter in "abcdef"]
    for number, pk in enumerate(ids):
        event(pk, actors=["prague", "council"] if number % 2 else ["prague"], claimed_by=["prague"], public=True)
    return ids


def test_an_undoing_that_was_cut_off_goes_on(long: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    join("prague", "council", Actor)
    with monkeypatch.context() as patch:
        patch.setattr("events.curation.cascade._reach", killed)
        with pytest.raises(Killed):
            part("prague", "council", Actor)
    assert everything() != before
    go_on()
    assert everything() == before
    assert_sound()


def test_an_undoing_inside_a_deed_holds_the_lock_for_its_first_events_only(long: list[str]) -> None:
    before = everything()
    join("prague", "council", Actor)
    revisions = Entry.objects.filter(kind="event").count()
    with deed():
        part("prague", "council", Actor)
    assert Entry.objects.filter(kind="event").count() <= revisions + 2
    # They wait; nobody edited them.
    assert not Event.objects.filter(unpublished_edits=True).exists()
    go_on()
    assert everything() == before
    assert_sound()


def test_what_is_published_anew_before_the_undoing_reaches_it_stays(long: list[str]) -> None:
    join("prague", "council", Actor)
    with deed():
        part("prague", "council", Actor)
    for pk in long[-2:]:
        edit(Event, pk, title=f"Anew {pk}")
        revise(pk, **DEED)
    go_on()
    assert [[item["id"] for item in seen(pk)["actors"]] for pk in long[-2:]] == [["prague"], ["council", "prague"]]
    assert [seen(pk)["title"] for pk in long[-2:]] == [f"Anew {pk}" for pk in long[-2:]]
    assert_sound()


def test_a_merge_that_is_undone_before_it_reached_all(long: list[str]) -> None:
    before = everything()
    with deed():
        join("prague", "council", Actor)
    part("prague", "council", Actor)
    assert everything() == before
    assert_sound()


def test_nothing_is_merged_or_parted_while_an_undoing_goes_on(long: list[str]) -> None:
    join("senate", "council", Actor)
    join("prague", "council", Actor)
    with deed():
        part("prague", "council", Actor)
    with pytest.raises(WrongState, match="cascade"):
        part("senate", "council", Actor)
    with pytest.raises(WrongState, match="cascade"):
        join("prague", "council", Actor)
    go_on()
    assert part("senate", "council", Actor) == []
    assert_sound()


def test_events_that_came_since_are_told() -> None:
    document()
    actor("prague")
    actor("council")
    event("event-a", actors=["prague"], public=True)
    join("prague", "council", Actor)
    event("event-b", actors=["council"], public=True)
    assert part("prague", "council", Actor) == ["Event event-b names it since the merge."]
    assert [item["id"] for item in seen("event-b")["actors"]] == ["council"]
    assert list(faults()) == []


def test_relations_that_wait_for_what_is_merged() -> None:
    document()
    event("event-a")
    event("event-b")
    event("event-c", relations=[("follows", "event-a"), ("follows", "event-b")], public=True)
    before = everything()
    for loser in ("event-a", "event-b"):
        join(loser, "event-c")
        assert not Event.objects.get(pk="event-c").unpublished_edits
        assert_sound()
        assert part(loser, "event-c") == []
        assert everything() == before
