"""What each version of a working copy said is known as long as no public revision says the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet

from events.curation import saved
from events.curation.edit import editing
from events.curation.merge import Seen, merge, unmerge
from events.curation.publish import revise
from events.curation.retract import retract
from events.errors import DeedRefused
from events.models import Actor, Document, Event, Participation, Saved
from events.models.working import Noun
from tests.curation.world import AT, DEED, TEXT, actor, assert_sound, document, edit, event

pytestmark = pytest.mark.django_db

# Model, id and version of a noun.
Version = tuple[type[Noun], str, int]
ROUNDS = 30


def now() -> dict[Version, dict[str, Any]]:
    """What every noun says, by its version."""
    return {
        (model, pk, model._default_manager.get(pk=pk).version): said
        for model in (Event, Actor, Document)
        for pk, said in saved.pictures(model, model._default_manager.values_list("pk", flat=True))
    }


def known() -> dict[Version, dict[str, Any]]:
    nouns = (noun for model in (Event, Actor, Document) for noun in model._default_manager.all())
    return {
        (type(noun), noun.pk, version): said
        for noun in nouns
        for version in saved.versions(noun)
        if (said := saved.said(noun, version)) is not None
    }


@pytest.fixture(autouse=True)
def world() -> None:
    document()
    for pk in ("one", "two"):
        actor(pk)
    event("event-a", actors=["one"], public=True)
    event("event-b", actors=["one"], claimed_by=["two"], relations=[("follows", "event-a")])
    event("event-c", actors=["two"], public=True)
    event("event-d", relations=[("disputes", "event-c")])


def seen(rows: QuerySet[Any], pk: str) -> Seen:
    return Seen(pk, rows.get(pk=pk).version)


def merge_actors(chance: random.Random) -> None:
    both = [seen(Actor.objects.all(), pk) for pk in chance.sample(["one", "two"], 2)]
    merge(Actor, *both, **DEED)


def merge_events(chance: random.Random) -> None:
    both = [seen(Event.objects.all(), pk) for pk in chance.sample(["event-a", "event-c", "event-d"], 2)]
    merge(Event, *both, **DEED)


def part(chance: random.Random) -> None:
    model: Any = chance.choice([Actor, Event])
    merged = model.objects.filter(merged_into__isnull=False).first()
    if merged is not None:
        unmerge(model, merged.pk, seen(model.objects.all(), merged.merged_into_id), **DEED)


def save(chance: random.Random) -> None:
    edit(Event, chance.choice(["event-a", "event-b", "event-c", "event-d"]), title=f"Title {chance.random()}")


def cast(chance: random.Random) -> None:
    row = Event.objects.get(pk="event-b")
    with editing(row, version=row.version, by="ann", at=AT):
        row.participations.all().delete()
        Participation(event=row, actor_id=chance.choice(["one", "two"]), role="target").save()


def publish(chance: random.Random) -> None:
    revise(chance.choice(["event-a", "event-c"]), **DEED)


def correct(chance: random.Random) -> None:
    text = chance.choice([f"Above.\n{TEXT}", TEXT, TEXT.replace("event-b took", "event-b never took")])
    row = Document.objects.get()
    with editing(row, version=row.version, by="ann", at=AT, publishing=True):
        row.text = text
        row.save()


DEEDS: list[Callable[[random.Random], None]] = [merge_actors, merge_events, part, save, save, cast, publish, correct]


@pytest.mark.parametrize("seed", range(2))
def test_no_version_is_forgotten_or_told_wrong(seed: int) -> None:
    chance, said, done = random.Random(seed), now(), 0
    for _round in range(ROUNDS):
        unlike = set(Event.objects.filter(saved.UNLIKE_PUBLIC).values_list("pk", flat=True))
        before = now()
        try:
            chance.choice(DEEDS)(chance)
        except DeedRefused:
            continue
        done += 1
        after, there = now(), known()
        replaced = {version for version in before.keys() - after.keys() if version[1] in unlike or version[0] is Actor}
        assert replaced <= there.keys()
        said |= after
    assert done > ROUNDS / 4
    there = known()
    assert {version: said[version] for version in there} == there
    assert len(there) > len(now())


def test_what_is_public_as_it_is_is_not_kept_twice_by_a_merge_elsewhere() -> None:
    merge(Actor, seen(Actor.objects.all(), "one"), seen(Actor.objects.all(), "two"), **DEED)
    assert sorted(Saved.objects.values_list("kind", "noun_id")) == [
        ("actor", "one"),
        ("actor", "two"),
        ("event", "event-b"),
    ]
    assert_sound()


def test_a_block_that_writes_nothing_keeps_nothing() -> None:
    row = Event.objects.get(pk="event-a")
    with editing(row, version=row.version, by="ann", at=AT):
        pass
    assert not Saved.objects.exists()


def test_what_nobody_changed_is_said_by_the_working_copy() -> None:
    row = Event.objects.get(pk="event-b")
    assert saved.versions(row) == {1}
    assert saved.said(row, 1) == saved.picture(row)
    assert saved.said(row, 2) is None


def test_the_names_are_those_of_the_working_copy() -> None:
    edit(Actor, "one", name="Not yet public")
    found = saved.picture(Event.objects.get(pk="event-b"))
    assert [row["name"] for row in found["actors"]] == ["Not yet public"]
    assert [row["title"] for row in found["relations"]] == ["Title of event-a"]


def test_an_event_that_was_retracted_and_edited_is_kept_too() -> None:
    retract("event-a", **DEED)
    edit(Event, "event-a", title="Edited since")
    merge(Actor, seen(Actor.objects.all(), "one"), seen(Actor.objects.all(), "two"), **DEED)
    row = Event.objects.get(pk="event-a")
    found = saved.said(row, row.version - 1)
    assert found is not None
    assert (found["title"], found["actors"][0]["id"]) == ("Edited since", "one")
