"""The ledger: numbered without gaps, chained, one current row a noun, never changed."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from events.curation.check_ledger import index_faults, ledger_faults
from events.curation.deed import deed
from events.curation.publish import publish, revise, revise_actor
from events.curation.record import Change, record
from events.curation.reference import rename_country
from events.curation.retract import reinstate, retract
from events.errors import DatelineError, WriteOutsideDeed
from events.models import Actor, Entry, Event, EventIndex, Head
from tests.curation.world import AT, DEED, actor, assert_sound, document, edit, event, relate

pytestmark = pytest.mark.django_db


def a_history() -> None:
    """Deeds of every kind."""
    document()
    actor("prague", names=["Praha"])
    actor("brno", part_of_id="prague")
    event("event-b", actors=["brno"], countries=["CZ", "CN"], public=True)
    event("event-a", actors=["prague"], claimed_by=["brno"], relations=[("follows", "event-b")], public=True)
    edit(Event, "event-a", title="Another title")
    revise("event-a", **DEED)
    edit(Actor, "prague", name="City of Prague")
    revise_actor("prague", **DEED)
    retract("event-b", **DEED)
    reinstate("event-b", **DEED)
    rename_country("CZ", "Czech Republic", **DEED)
    event("event-c", relations=[("part_of", "event-a")], public=True)
    retract("event-a", **DEED)


def chained(previous: str, row: Entry) -> str:
    """The chain's formula as it is documented, written here a second time."""
    content = hashlib.sha256(("" if row.document is None else row.document).encode("utf-8")).hexdigest()
    assert row.content_sha256 == content
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return hashlib.sha256(
        f"{previous}\n{row.seq}\n{row.kind}\n{row.noun_id}\n{row.deed}\n{at}\n{content}".encode()
    ).hexdigest()


def test_the_numbers_have_no_gap_and_the_chain_can_be_followed() -> None:
    a_history()
    rows = list(Entry.objects.order_by("seq"))
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert {row.deed for row in rows} == {"published", "revised", "retracted", "reinstated"}
    chain = ""
    for row in rows:
        chain = chained(chain, row)
        assert row.chain_sha256 == chain
    head = Head.objects.get()
    assert (head.seq, head.chain_sha256, head.at) == (rows[-1].seq, chain, rows[-1].at)
    assert_sound()


def test_each_noun_has_one_current_row_and_its_rows_follow_each_other() -> None:
    a_history()
    rows: dict[tuple[str, str], list[Entry]] = {}
    for row in Entry.objects.order_by("seq"):
        rows.setdefault((row.kind, row.noun_id), []).append(row)
    assert any(len(of_noun) > 3 for of_noun in rows.values())
    for of_noun in rows.values():
        assert [row.revision for row in of_noun] == list(range(1, len(of_noun) + 1))
        assert [row.superseded_by for row in of_noun] == [*(row.seq for row in of_noun[1:]), None]
        assert {row.key for row in of_noun} == {of_noun[0].seq}
        assert {row.first_at for row in of_noun} == {of_noun[0].at}
        assert [row.document is None for row in of_noun] == [row.deed == "retracted" for row in of_noun]


def stored() -> dict[int, dict[str, Any]]:
    return {row["seq"]: dict(row) for row in Entry.objects.values()}


def test_a_row_is_superseded_once_and_never_changed_otherwise() -> None:
    document()
    event(public=True)
    before = stored()
    for number in range(3):
        edit(Event, "event-a", title=f"Title {number}")
        revise("event-a", **DEED)
        after = stored()
        for seq, row in before.items():
            now = after[seq]
            assert row["superseded_by"] in (None, now["superseded_by"])
            assert row | {"superseded_by": None} == now | {"superseded_by": None}
        before = after


def test_the_time_never_goes_back_even_if_a_clock_does() -> None:
    document()
    hours = [0, 5, 2, -100, 5, 6]
    for letter, hour in zip("abcdef", hours, strict=True):
        event(f"event-{letter}")
        publish(f"event-{letter}", by="ann", at=AT + timedelta(hours=hour))
    rows = Entry.objects.filter(kind="event").order_by("seq")
    assert [(row.at - AT) // timedelta(hours=1) for row in rows] == [0, 5, 5, 5, 5, 6]
    assert_sound()


def test_the_time_is_the_deeds_in_any_zone() -> None:
    document()
    event()
    publish("event-a", by="ann", at=datetime.fromisoformat("2024-05-01T20:30:00.000001+08:00"))
    assert Entry.objects.get(kind="event").at == datetime(2024, 5, 1, 12, 30, 0, 1, tzinfo=UTC)
    assert_sound()


def test_who_and_why_are_kept() -> None:
    document()
    event(public=True)
    retract("event-a", by="ben", at=AT, why="It was a hoax.")
    last = Entry.objects.order_by("-seq")[0]
    assert (last.by, last.why, last.deed, last.document) == ("ben", "It was a hoax.", "retracted", None)


def test_a_deed_that_fails_leaves_nothing() -> None:
    document()
    event(public=True)
    event("event-b", date_rule="")
    before = (list(Entry.objects.values()), Head.objects.values().get())
    with pytest.raises(DatelineError):
        publish("event-b", **DEED)
    assert (list(Entry.objects.values()), Head.objects.values().get()) == before
    assert_sound()


def test_an_equal_document_is_no_new_revision() -> None:
    document()
    event("event-b", public=True)
    event("event-a", relations=[("follows", "event-b")], public=True)
    row = Event.objects.get(pk="event-a")
    row_before = Entry.objects.count()
    # A relation to a hidden event changes what is released, and nothing that is shown.
    event("event-c")
    relate("event-a", "follows", "event-c")
    revise("event-a", **DEED)
    assert Entry.objects.count() == row_before
    row.refresh_from_db()
    assert not row.unpublished_edits
    assert_sound()


def test_a_merged_noun_says_what_it_became_and_the_chain_covers_that() -> None:
    document()
    event("event-a", public=True)
    event("event-b", public=True)
    before = Head.objects.get().chain_sha256
    with deed():
        record([Change("event", "event-a", "merged", None, merged_into="event-b")], **DEED)
    row = Entry.objects.get(deed="merged")
    assert (row.noun_id, row.merged_into, row.document, row.revision) == ("event-a", "event-b", None, 2)
    lines = [before, str(row.seq), "event", "event-a", "merged", "2024-05-01T12:00:00.000000Z", row.content_sha256]
    assert row.chain_sha256 == hashlib.sha256("\n".join([*lines, "event-b"]).encode()).hexdigest()
    assert not EventIndex.objects.filter(superseded_by=None, noun_id="event-a").exists()
    assert [*ledger_faults(), *index_faults()] == []


def test_the_ledger_is_written_by_deeds_only() -> None:
    with pytest.raises(WriteOutsideDeed):
        record([Change("event", "event-a", "published", {})], by="ann", at=AT, why="")
    assert not Entry.objects.exists()


def test_ledger_rows_refuse_change_and_deletion() -> None:
    document()
    event(public=True)
    row = Entry.objects.get(kind="event")
    for attempt in (
        lambda: row.save(),
        lambda: row.delete(),
        lambda: Entry.objects.update(why="other"),
        lambda: Entry.objects.filter(seq=1).delete(),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.bulk_update([row], ["why"]),
    ):
        with pytest.raises(WriteOutsideDeed), transaction.atomic():
            attempt()
    assert_sound()


def test_a_ledger_row_has_no_foreign_key() -> None:
    with connection.cursor() as cursor:
        assert connection.introspection.get_relations(cursor, Entry._meta.db_table) == {}


def test_a_dataset_is_named_once() -> None:
    document()
    event(public=True)
    epoch = Head.objects.get().epoch
    event("event-b", public=True)
    assert len(epoch) == 32
    assert Head.objects.get().epoch == epoch
