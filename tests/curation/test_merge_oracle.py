"""Random sequences of edits, publications and merges, compared after each step with a few dicts that know only the
guide: what the public sees, where old ids lead, what the working copy holds, what of later edits stays with the
survivor, and what may be done at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from events.curation.edit import editing
from events.curation.merge import Seen, merge, unmerge
from events.curation.publish import publish, revise
from events.curation.retract import reinstate, retract
from events.errors import DeedRefused
from events.models import Actor, Entry, Event, Participation
from tests.curation.merge_oracle import EVENTS, Copy, Oracle
from tests.curation.test_properties import fresh
from tests.curation.world import AT, DEED, actor, assert_sound, document, edit, event

pytestmark = pytest.mark.django_db

ACTORS = ("prague", "brno", "council", "embassy")
TITLES = ("one", "two", "three")
# Who is named at the start, so that merges meet events that name the one, the other, or both.
CAST = {
    "event-a": ("prague", "brno"),
    "event-b": ("prague",),
    "event-c": ("brno", "council"),
    "event-d": (),
}
PUBLIC = ("event-a", "event-b")


def start() -> Oracle:
    document()
    for pk in ACTORS:
        actor(pk)
    oracle = Oracle()
    for pk, named in CAST.items():
        event(pk, title="one")
        write(oracle, pk, None, list(named))
    for pk in PUBLIC:
        publish(pk, **DEED)
        oracle.do("publish", pk)
    return oracle


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


def told(kept: list[str], edited: set[str]) -> None:
    """Each edit is told, once, and nothing else."""
    assert len(kept) == len(edited), (kept, edited)
    assert all(any(words in sentence for sentence in kept) for words in edited), (kept, edited)


def addresses(oracle: Oracle, kind: str, ids: tuple[str, ...]) -> None:
    """Old ids lead to the last target at once."""
    for pk in ids:
        response = Client().get(f"/api/v1/{kind}s/{pk}/")
        to = response.headers.get("Location", "").rstrip("/").rpartition("/")[-1]
        assert (response.status_code, to) == oracle.answer(kind, pk), pk


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
    kept: list[str] = []
    deed = lambda: kept.extend(unmerge(model, one.loser, seen(model, one.survivor), **DEED))  # noqa: E731
    if kind == "event":
        if attempt(oracle.may_unmerge(one), deed):
            told(kept, oracle.unmerge(one))
        return
    newest = [other for other in oracle.moved if other.survivor == one.survivor][-1]
    if attempt(one is newest and one.survivor not in oracle.into, deed):
        told(kept, oracle.unmerge_actors(one))


def sequences(merging: Any) -> st.SearchStrategy[list[Any]]:
    # As many merges and undoings as edits: they are what is tried.
    return st.lists(st.one_of(*edits, merging, merging, edits[3]), min_size=8, max_size=28)


def merges(ids: Any) -> st.SearchStrategy[Any]:
    return st.tuples(st.just("merge"), ids, ids, st.booleans())


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sequences(merges(an_event)))
@example([("merge", "event-c", "event-d", True), ("title", "event-d", "two"), ("actors", "event-d", []), ("undo", 0)])
def test_events(sequence: list[Any]) -> None:
    compare(sequence, "event", EVENTS)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sequences(merges(an_actor)))
@example([("merge", "prague", "brno", False), ("undo", 0)])
@example([("merge", "prague", "brno", False), ("actors", "event-a", ["council"]), ("undo", 0)])
@example([("merge", "brno", "council", False), ("actors", "event-b", ["council"]), ("undo", 0)])
def test_actors(sequence: list[Any]) -> None:
    compare(sequence, "actor", ACTORS)


def compare(sequence: list[Any], kind: str, ids: tuple[str, ...]) -> None:
    with fresh():
        oracle = start()
        for what in sequence:
            step(oracle, kind, what)
            agree(oracle, ids)
            if what[0] in ("merge", "undo"):
                addresses(oracle, kind, ids)
        assert_sound()
