"""The text index follows every deed, and the check notices where it didn't."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from events.curation import texts
from events.curation.check import faults
from events.curation.edit import editing
from events.curation.publish import revise, revise_actor
from events.curation.retract import reinstate, retract
from events.models import Actor, ActorName, Event, NameIndex, TextIndex
from events.models.tokens import GAP, HEAD
from tests.curation.world import DEED, actor, assert_sound, document, edit, event, seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    document()
    actor("prague", names=["Praha"])
    actor("brno")
    event("event-a", actors=["prague"], place="Old Town", summary="It rained.", public=True)
    event("event-b", claimed_by=["prague"], edtf="", date_text="", date_rule="", public=True)
    event("event-c", actors=["brno"], public=True)


def told() -> list[str]:
    """The events of the index by a word of their title, in its order."""
    rows = TextIndex.objects.order_by("place").values_list("words", flat=True)
    return [next(word for word in row.split() if len(word) == 1 and word in "abc") for row in rows]


def words_of(event_id: str) -> list[str]:
    (row,) = (row for row in TextIndex.objects.all() if f"event {event_id[-1]}" in row.words)
    return list(row.words.split(" "))


def test_what_is_in_a_text() -> None:
    head = "title of event a,name of prague,praha"
    rest = "it rained,old town,on 16 october event a took place"
    fields = [field.split() for field in f"{head},{rest}".split(",")]
    marked = [[HEAD + word for word in field] for field in fields[:3]]
    assert words_of("event-a") == [word for field in [*marked, *fields] for word in (*field, GAP)][:-1]


def test_it_is_in_the_order_of_time_undated_events_last() -> None:
    assert told() == ["a", "c", "b"]


def test_it_follows_an_event() -> None:
    edit(Event, "event-a", summary="It snowed.", edtf="2019-10-17")
    assert "snowed" not in words_of("event-a")
    revise("event-a", **DEED)
    assert "snowed" in words_of("event-a")
    assert told() == ["c", "a", "b"]
    retract("event-a", **DEED)
    assert told() == ["c", "b"]
    reinstate("event-a", **DEED)
    assert told() == ["c", "a", "b"]
    assert_sound()


def test_an_alias_reaches_the_events_of_its_actor_without_revising_them() -> None:
    row = Actor.objects.get(pk="prague")
    with editing(row, version=row.version, by="ann", at=DEED["at"]):
        ActorName(actor=row, name="Prága", kind="alias").save()
    before = seen("event-a")
    revise_actor("prague", **DEED)
    assert seen("event-a") == before
    assert "praga" in words_of("event-a")
    assert "praga" in words_of("event-b")
    assert "praga" not in words_of("event-c")
    assert_sound()


def test_a_long_text_is_bounded_alike_everywhere() -> None:
    edit(Event, "event-a", summary="same " * 300 + " ".join(f"w{number}" for number in range(9000)))
    revise("event-a", **DEED)
    found = words_of("event-a")
    assert len(found) == texts.LIMIT
    assert found.count("same") == texts.OCCURRENCES
    assert_sound()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DELETE FROM events_textindex WHERE rowid = %s", "Event event-a: its text"),
        ("UPDATE events_textindex SET words = '' WHERE rowid = %s", "Event event-a: its text"),
        ("INSERT INTO events_textindex (rowid, words) VALUES (%s + 1, '')", "There are 4 texts for search, and 3"),
    ],
)
def test_the_check_notices(sql: str, said: str) -> None:
    (row,) = (row for row in TextIndex.objects.all() if "event a" in row.words)
    with connection.cursor() as cursor:
        cursor.execute(sql, [row.place])
    assert any(said in fault for fault in faults())


def test_it_can_be_made_again() -> None:
    before = list(TextIndex.objects.order_by("place").values())
    TextIndex.objects.all().delete()
    texts.fill()
    assert list(TextIndex.objects.order_by("place").values()) == before


def test_the_check_notices_an_alias_that_did_not_arrive() -> None:
    NameIndex.objects.filter(folded="praha").update(folded="prag")
    said = json.dumps(list(faults()))
    assert "Event event-a: its text" in said
    assert "Event event-b: its text" in said
