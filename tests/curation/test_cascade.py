"""Renaming reaches every public document that repeats the name, and no other."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.curation import batch, cascade
from events.curation.check import faults
from events.curation.deed import deed
from events.curation.load import load
from events.curation.load_rows import Item
from events.curation.publish import revise_actor, revise_document
from events.curation.record import Change, record
from events.curation.reference import rename_country
from events.curation.retract import retract
from events.errors import DeedRefused
from events.models import Actor, Country, Document, Entry, Event, Pending
from tests.curation.world import AT, DEED, IDS, TEXT, actor, assert_sound, deeds, document, edit, event, seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    document()
    document("other-doc")
    actor("prague")
    actor("brno", country_id="SK", part_of_id="prague")
    event("event-a", actors=["prague"], countries=["CZ"], public=True)
    event("event-b", claimed_by=["prague"], location_country_id="CZ", public=True)
    event("event-c", actors=["brno"], source="other-doc", countries=["SK"], public=True)
    event("event-d", public=True)


def revised() -> set[str]:
    """What has more than one ledger row."""
    return set(Entry.objects.filter(revision__gt=1).values_list("noun_id", flat=True))


def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each deed of a cascade reaches one event."""
    for module, name in ((batch, "CASCADE"), (cascade, "FIRST"), (cascade, "MOST")):
        monkeypatch.setattr(module, name, 1)
    monkeypatch.setattr(cascade, "PAUSE", 0)


def waiting() -> int:
    return cascade.waiting(Pending.objects.all())


def rename_actor() -> None:
    edit(Actor, "prague", name="Praha", kind="group", country_id="AT")
    revise_actor("prague", **DEED)


def retitle_document() -> None:
    edit(Document, "doc", title="New title", publisher="Herald", published="2019-11-04", url="https://example.org/")
    revise_document("doc", **DEED)


def test_an_actor() -> None:
    rename_actor()
    assert revised() == {"prague", "brno", "event-a", "event-b"}
    assert seen("event-a")["actors"] == [
        {"id": "prague", "name": "Praha", "role": "initiator", "kind": "group", "country": "AT"}
    ]
    assert seen("event-b")["claimed_by"] == [{"id": "prague", "name": "Praha"}]
    assert seen("brno", "actor")["part_of"] == {"id": "prague", "name": "Praha"}
    assert_sound()


def test_a_document() -> None:
    retitle_document()
    assert revised() == {"doc", "event-a", "event-b", "event-d"}
    source = seen("event-a")["evidence"][0]["document"]
    assert source == {
        "id": "doc",
        "title": "New title",
        "publisher": "Herald",
        "published": "2019-11-04",
        "url": "https://example.org/",
        "archived_url": None,
    }
    assert_sound()


def test_a_country() -> None:
    rename_country("CZ", "Bohemia", **DEED)
    assert revised() == {"event-a", "event-b"}
    assert {item["name"] for pk in revised() for item in seen(pk)["countries"]} == {"Bohemia"}
    assert_sound()


@pytest.mark.parametrize(("name", "why"), [("Slovakia", "Another country"), ("", "Give a name"), (" ", "Give a name")])
def test_a_country_needs_a_name_of_its_own(name: str, why: str) -> None:
    with pytest.raises(DeedRefused, match=why):
        rename_country("CZ", name, **DEED)
    assert Country.objects.get(code="CZ").name == "Czechia"


@pytest.mark.parametrize(
    ("pk", "change"), [("prague", {"description": "A city"}), ("prague", {"external_id": "Q1085"})]
)
def test_what_nobody_repeats_revises_nobody_else(pk: str, change: dict[str, Any]) -> None:
    edit(Actor, pk, **change)
    revise_actor(pk, **DEED)
    assert revised() == {pk}
    assert_sound()


def test_an_event_with_unpublished_edits_is_patched() -> None:
    edit(Event, "event-a", title="Unpublished", place="Nowhere")
    rename_actor()
    assert seen("event-a")["actors"][0]["name"] == "Praha"
    assert seen("event-a")["title"] == "Title of event-a"
    assert Event.objects.get(pk="event-a").unpublished_edits
    assert_sound()


def test_a_tombstone_stays_a_tombstone() -> None:
    retract("event-a", **DEED)
    rename_actor()
    retitle_document()
    rename_country("CZ", "Bohemia", **DEED)
    assert deeds("event-a") == ["published", "retracted"]
    assert_sound()


def test_an_earlier_revision_keeps_the_earlier_name() -> None:
    rename_actor()
    documents = Entry.objects.filter(noun_id="event-a").order_by("seq").values_list("document", flat=True)
    assert ["Name of prague" in (text or "") for text in documents] == [True, False]


@pytest.mark.parametrize("deed", [rename_actor, retitle_document, lambda: rename_country("CZ", "Bohemia", **DEED)])
def test_a_long_cascade_goes_on_in_deeds_of_its_own(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], None]) -> None:
    one_at_a_time(monkeypatch)
    lengths: list[int] = []

    def counting(changes: Sequence[Change], **deed_of: Any) -> None:
        lengths.append(len(changes))
        record(changes, **deed_of)

    monkeypatch.setattr(batch, "record", counting)
    deed()
    assert len(lengths) > 1
    assert max(lengths[1:]) == 1
    assert_sound()


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("deed", [rename_actor, retitle_document, lambda: rename_country("CZ", "Bohemia", **DEED)])
@pytest.mark.parametrize("step", ["_find", "_reach"])
def test_a_cascade_that_was_cut_off_is_named_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, deed: Callable[[], None], step: str
) -> None:
    one_at_a_time(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(cascade, step, killed)
        with pytest.raises(Killed):
            deed()
    assert waiting()
    assert any("`manage.py cascade`" in fault for fault in faults())
    before = [seen(pk) for pk in IDS[:4]]
    call_command("cascade", stdout=io.StringIO())
    assert not Pending.objects.exists()
    assert [seen(pk) for pk in IDS[:4]] != before
    assert_sound()


def killed(*args: object) -> bool:
    raise Killed


def test_cascades_of_two_people_keep_their_reasons_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    one_at_a_time(monkeypatch)
    monkeypatch.setattr(cascade, "FIRST", 50)
    monkeypatch.setattr(cascade, "MOST", 50)
    with monkeypatch.context() as patch:
        patch.setattr("events.curation.publish.go_on", lambda: None)
        edit(Actor, "prague", name="Praha")
        revise_actor("prague", by="ann", at=AT, why="In Czech")
        edit(Document, "doc", title="New title")
        revise_document("doc", by="ben", at=AT, why="It has another title")
    cascade.go_on(by="ben")
    assert set(Pending.objects.values_list("by", flat=True)) == {"ann"}
    cascade.go_on()
    told = set(Entry.objects.filter(revision__gt=1).values_list("by", "why").distinct())
    assert told == {("ann", "In Czech"), ("ben", "It has another title")}
    assert_sound()


def test_a_cascade_stops_after_so_many_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    one_at_a_time(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr("events.curation.publish.go_on", lambda: None)
        retitle_document()
    # First they are found, then one of them is looked at.
    before = waiting()
    assert before > 1
    cascade.go_on(seconds=-1)
    assert waiting() == before
    cascade.go_on(seconds=-1)
    assert waiting() == before - 1
    cascade.go_on()
    assert waiting() == 0
    assert_sound()


def test_a_deed_inside_another_leaves_its_cascade_to_that(monkeypatch: pytest.MonkeyPatch) -> None:
    one_at_a_time(monkeypatch)
    with deed():
        retitle_document()
        with CaptureQueriesContext(connection) as queries:
            cascade.go_on()
    assert len(queries) == 0
    assert Pending.objects.get().named
    cascade.go_on()
    assert_sound()


@pytest.mark.parametrize("most", range(1, 6))
def test_nouns_that_share_their_events(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """A whole and its part, which is revised by its new name, stand in the same events: none of these is passed over,
    though many rows name few events."""
    monkeypatch.setattr(batch, "CASCADE", most)
    actor("whole")
    actor("part", part_of_id="whole")
    document("shared", text=TEXT.replace("event-", "n-event-"))
    ids = [f"n-{pk}" for pk in IDS[:6]]
    for pk in ids:
        event(pk, actors=["whole", "part"] if pk in ids[:3] else ["whole"], source="shared", public=True)
    with monkeypatch.context() as patch:
        patch.setattr("events.curation.publish.go_on", lambda: None)
        edit(Actor, "whole", name="Renamed")
        revise_actor("whole", **DEED)
    # They are found afterwards, and each counts once.
    assert waiting() == 6
    cascade.go_on()
    for pk in ids:
        assert "Renamed" in {item["name"] for item in seen(pk)["actors"]}
    assert_sound()


def test_what_waits_is_counted_without_finding_it(monkeypatch: pytest.MonkeyPatch) -> None:
    one_at_a_time(monkeypatch)
    monkeypatch.setattr("events.curation.publish.go_on", lambda: None)
    rename_actor()
    with CaptureQueriesContext(connection) as queries:
        assert waiting() == 3
    assert len(queries) == 2


def test_a_load_leaves_what_waits_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    one_at_a_time(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr("events.curation.publish.go_on", lambda: None)
        retitle_document()
    before = waiting()
    row = Actor(pk="prague", name="Praha", kind="government", country_id="CZ")
    load([Item(row, "prague")], by="loader", at=AT, why="It has another name")
    assert seen("event-a")["actors"][0]["name"] == "Praha"
    assert waiting() == before
    assert set(Pending.objects.values_list("by", flat=True)) == {"ann"}
    cascade.go_on()
    assert_sound()


def test_what_is_still_to_be_reached_is_not_marked_as_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    one_at_a_time(monkeypatch)
    edit(Event, "event-b", title="Unpublished")
    with deed():
        retitle_document()
    marked = Event.objects.filter(unpublished_edits=True)
    assert Pending.objects.exists()
    assert set(marked.values_list("pk", flat=True)) == {"event-b"}
    cascade.go_on()
    assert set(marked.values_list("pk", flat=True)) == {"event-b"}
    assert_sound()


def test_a_cascade_costs_the_same_queries_for_two_events_as_for_many() -> None:
    def renamed(name: str) -> int:
        edit(Actor, "prague", name=name)
        with CaptureQueriesContext(connection) as queries:
            revise_actor("prague", **DEED)
        return len(queries)

    few = renamed("First")
    document("third-doc", text="\n".join(TEXT.replace("event-", f"n{number}-event-") for number in range(3)))
    for number in range(3):
        for pk in IDS:
            event(f"n{number}-{pk}", actors=["prague"], source="third-doc", public=True)
    assert renamed("Second") == few
    assert seen("n2-event-h")["actors"][0]["name"] == "Second"


def test_part_of_appears_when_the_whole_becomes_public() -> None:
    actor("whole")
    actor("part", part_of_id="whole")
    event("event-e", actors=["part"], public=True)
    assert seen("part", "actor")["part_of"] is None
    assert_sound()
    event("event-f", actors=["whole"], public=True)
    assert seen("part", "actor")["part_of"] == {"id": "whole", "name": "Name of whole"}
    assert_sound()


def test_two_nouns_that_become_public_together_name_each_other() -> None:
    """Whichever comes first by id."""
    actor("xx-part", part_of_id="yy-whole")
    actor("yy-whole")
    actor("zz-part", part_of_id="yy-whole")
    event("event-e", actors=["xx-part", "yy-whole", "zz-part"], public=True)
    whole = {"id": "yy-whole", "name": "Name of yy-whole"}
    assert seen("xx-part", "actor")["part_of"] == seen("zz-part", "actor")["part_of"] == whole
    assert revised() == set()
    assert_sound()
