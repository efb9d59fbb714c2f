"""Random sequences of edits, publications and merges, compared after each step with a few dicts that know only the
guide: what the public sees, where old ids lead, what the working copy holds, and what may be done at all."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.curation.edit import editing
from events.curation.merge import Seen, merge, unmerge
from events.curation.publish import publish, revise
from events.curation.retract import reinstate, retract
from events.errors import DeedRefused
from events.models import Actor, Entry, Event, Participation
from tests.curation.test_properties import fresh
from tests.curation.world import AT, DEED, actor, assert_sound, document, edit, event

pytestmark = pytest.mark.django_db

EVENTS = ("event-a", "event-b", "event-c", "event-d")
ACTORS = ("prague", "brno", "council", "embassy")
TITLES = ("one", "two", "three")


@dataclass
class Copy:
    """What is told of an event: a title, and who took part."""

    title: str
    actors: frozenset[str] = frozenset()


@dataclass
class Done:
    """A merge of events: the survivor before it and right after."""

    loser: str
    survivor: str
    before: Copy
    after: Copy


@dataclass
class Moved:
    """A merge of actors: by event, in the working copy and as published, whether the survivor was there too."""

    loser: str
    survivor: str
    working: dict[str, bool]
    released: dict[str, bool]


@dataclass
class Oracle:
    working: dict[str, Copy] = field(default_factory=lambda: {pk: Copy("one") for pk in EVENTS})
    released: dict[str, Copy] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=lambda: dict.fromkeys(EVENTS, "draft"))
    into: dict[str, str] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)

    def edited(self, pk: str) -> bool:
        return self.states[pk] == "published" and self.working[pk] != self.released[pk]

    def may(self, what: str, pk: str) -> bool:
        wanted = {"publish": "draft", "retract": "published", "reinstate": "retracted"}
        return self.edited(pk) if what == "revise" else self.states[pk] == wanted[what]

    def do(self, what: str, pk: str) -> None:
        if what in ("publish", "revise"):
            self.released[pk] = self.working[pk]
        self.states[pk] = "retracted" if what == "retract" else "published"

    def may_merge(self, loser: str, survivor: str) -> bool:
        both = (loser, survivor)
        return (
            loser != survivor
            and all(self.states[pk] in ("draft", "published") and not self.edited(pk) for pk in both)
            and not (self.states[survivor] == "draft" and self.states[loser] == "published")
        )

    def merge(self, loser: str, survivor: str, take: bool) -> None:
        before, other = self.working[survivor], self.working[loser]
        after = Copy(other.title if take else before.title, before.actors | other.actors)
        self.done.append(Done(loser, survivor, before, after))
        self.working[survivor] = after
        if self.states[survivor] == "published":
            self.released[survivor] = after
        self.into[loser], self.states[loser] = survivor, f"merged from {self.states[loser]}"

    def may_unmerge(self, done: Done) -> bool:
        newest = [one for one in self.done if one.survivor == done.survivor][-1]
        return done is newest and done.survivor not in self.into and not self.edited(done.survivor)

    def unmerge(self, done: Done) -> None:
        now, had, has = self.working[done.survivor], done.before, done.after
        every = now.actors | had.actors | has.actors
        kept = {pk for pk in every if pk in (had if (pk in now.actors) == (pk in has.actors) else now).actors}
        fresh = Copy(had.title if now.title == has.title else now.title, frozenset(kept))
        self.working[done.survivor] = fresh
        if self.states[done.survivor] == "published":
            self.released[done.survivor] = fresh
        self.states[done.loser] = self.states[done.loser].removeprefix("merged from ")
        del self.into[done.loser]
        self.done.remove(done)

    def merge_actors(self, loser: str, survivor: str) -> None:
        self.into[loser] = survivor
        moved = [
            {pk: survivor in copy.actors for pk, copy in copies.items() if loser in copy.actors}
            for copies in (self.working, self.released)
        ]
        self.moved.append(Moved(loser, survivor, *moved))
        for copies in (self.working, self.released):
            for pk, copy in copies.items():
                if loser in copy.actors:
                    copies[pk] = Copy(copy.title, copy.actors - {loser} | {survivor})

    def unmerge_actors(self, done: Moved) -> None:
        del self.into[done.loser]
        self.moved.remove(done)
        for copies, there in ((self.working, done.working), (self.released, done.released)):
            for pk, both in there.items():
                actors = copies[pk].actors
                if done.survivor in actors:
                    kept = actors if both else actors - {done.survivor}
                    copies[pk] = Copy(copies[pk].title, kept | {done.loser})

    def end(self, pk: str) -> str:
        while pk in self.into:
            pk = self.into[pk]
        return pk


def start() -> Oracle:
    document()
    for pk in ACTORS:
        actor(pk)
    for pk in EVENTS:
        event(pk, title="one")
    return Oracle()


def attempt(allowed: bool, deed: Any) -> bool:
    """Both must agree on whether it may be done."""
    if allowed:
        deed()
        return True
    with pytest.raises(DeedRefused):
        deed()
    return False


def write(oracle: Oracle, pk: str, title: str | None, actors: list[str] | None) -> None:
    before = oracle.working[pk]
    named = None if actors is None else frozenset(oracle.end(one) for one in actors)

    def deed() -> None:
        row = Event.objects.get(pk=pk)
        if named is None:
            edit(Event, pk, title=title)
            return
        with editing(row, version=row.version, by="ann", at=AT):
            # As the form does: what stays isn't touched.
            row.participations.exclude(actor__in=named).delete()
            for one in sorted(named - before.actors):
                Participation(event=row, actor_id=one, role="target").save()

    if named == before.actors:
        return
    if attempt(pk not in oracle.into, deed):
        oracle.working[pk] = Copy(title or before.title, before.actors if named is None else named)


def seen(model: Any, pk: str) -> Seen:
    return Seen(pk, model.objects.get(pk=pk).version)


def agree(oracle: Oracle, ids: tuple[str, ...]) -> None:
    public = {row.noun_id: json.loads(row.document or "") for row in Entry.objects.public().filter(kind="event")}
    shown = {pk: Copy(item["title"], frozenset(one["id"] for one in item["actors"])) for pk, item in public.items()}
    assert shown == {pk: oracle.released[pk] for pk in EVENTS if oracle.states[pk] == "published"}
    working = {
        row.pk: Copy(row.title, frozenset(row.participations.values_list("actor", flat=True)))
        for row in Event.objects.all()
    }
    assert working == oracle.working
    found = {
        row.pk: row.merged_into_id for row in (Event if ids is EVENTS else Actor).objects.exclude(merged_into=None)
    }
    assert found == oracle.into
    rows = Entry.objects.current().filter(deed="merged").values_list("noun_id", "merged_into")
    tombstones = {pk: str(into) for pk, into in rows}
    for pk in tombstones:
        end, passed = pk, set()
        while end in tombstones:
            assert end not in passed
            passed.add(end)
            end = tombstones[end]
        assert end == oracle.end(pk)


an_event, an_actor = st.sampled_from(EVENTS), st.sampled_from(ACTORS)
edits = (
    st.tuples(st.just("title"), an_event, st.sampled_from(TITLES)),
    st.tuples(st.just("actors"), an_event, st.lists(an_actor, unique=True, max_size=3)),
    st.tuples(st.sampled_from(["publish", "publish", "revise", "retract", "reinstate"]), an_event),
    st.tuples(st.just("undo"), st.integers(0, 5)),
)
DEEDS: dict[str, Any] = {"publish": publish, "revise": revise, "retract": retract, "reinstate": reinstate}


def step(oracle: Oracle, kind: str, what: Any) -> None:
    name, *rest = what
    if name == "title":
        if oracle.working[rest[0]].title != rest[1]:
            write(oracle, rest[0], rest[1], None)
    elif name == "actors":
        write(oracle, rest[0], None, rest[1])
    elif name in DEEDS:
        if attempt(oracle.may(name, rest[0]), lambda: DEEDS[name](rest[0], **DEED)):
            oracle.do(name, rest[0])
    elif name == "undo":
        undo(oracle, kind, rest[0])
    elif kind == "event":
        loser, survivor, take = rest
        chosen = ["title"] if take else []
        deed = lambda: merge(Event, seen(Event, loser), seen(Event, survivor), take=chosen, **DEED)  # noqa: E731
        if attempt(oracle.may_merge(loser, survivor), deed):
            oracle.merge(loser, survivor, take)
    else:
        loser, survivor, _take = rest
        allowed = loser != survivor and not {loser, survivor} & oracle.into.keys()
        if attempt(allowed, lambda: merge(Actor, seen(Actor, loser), seen(Actor, survivor), **DEED)):
            oracle.merge_actors(loser, survivor)


def undo(oracle: Oracle, kind: str, number: int) -> None:
    merges: list[Any] = [*oracle.done, *oracle.moved]
    if not merges:
        return
    one = merges[number % len(merges)]
    model: Any = Event if kind == "event" else Actor
    deed = lambda: unmerge(model, one.loser, seen(model, one.survivor), **DEED)  # noqa: E731
    if kind == "event":
        if attempt(oracle.may_unmerge(one), deed):
            oracle.unmerge(one)
        return
    newest = [other for other in oracle.moved if other.survivor == one.survivor][-1]
    if attempt(one is newest and one.survivor not in oracle.into, deed):
        oracle.unmerge_actors(one)


def sequences(merging: Any) -> st.SearchStrategy[list[Any]]:
    # As many merges and undoings as edits: they are what is tried.
    return st.lists(st.one_of(*edits, merging, merging, edits[3]), min_size=8, max_size=28)


def merges(ids: Any) -> st.SearchStrategy[Any]:
    return st.tuples(st.just("merge"), ids, ids, st.booleans())


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sequences(merges(an_event)))
def test_events(sequence: list[Any]) -> None:
    compare(sequence, "event", EVENTS)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sequences(merges(an_actor)))
def test_actors(sequence: list[Any]) -> None:
    compare(sequence, "actor", ACTORS)


def compare(sequence: list[Any], kind: str, ids: tuple[str, ...]) -> None:
    with fresh():
        oracle = start()
        for what in sequence:
            step(oracle, kind, what)
            agree(oracle, ids)
        assert_sound()
