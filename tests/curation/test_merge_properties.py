"""Any sequence of deeds, merges among them: nothing is at fault, no chain shows, and each can be undone at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.curation.merge import Seen, merge, unmerge
from events.curation.uniting import CHOICES
from events.errors import DeedRefused
from events.models import Actor, Entry, Event, Merge
from tests.curation.naive import EVENTS
from tests.curation.test_merging import everything
from tests.curation.test_properties import Both, fresh, steps
from tests.curation.world import DEED, actor, assert_sound, edit

pytestmark = pytest.mark.django_db

ACTORS = ("prague", "brno", "council")
MODELS: dict[str, Any] = {"event": Event, "actor": Actor}


def merges(kind: str, ids: tuple[str, ...]) -> st.SearchStrategy[tuple[Any, ...]]:
    choices = st.lists(st.sampled_from(sorted(CHOICES[MODELS[kind]])), unique=True).map(sorted)
    return st.tuples(st.just(kind), st.sampled_from(ids), st.sampled_from(ids), choices)


a_merge = st.one_of(merges("event", EVENTS), merges("actor", ACTORS))
undone = st.tuples(st.just("undo"), st.integers(0, 9))
sequences = st.lists(st.one_of(steps.map(lambda some: some[0]), a_merge, undone), min_size=8, max_size=24)


def try_merge(kind: str, loser: str, survivor: str, take: list[str]) -> bool:
    """Merge, if it may be done; then undo it, see that nothing is left of it, and do it again."""
    model = MODELS[kind]

    def seen(pk: str) -> Seen:
        return Seen(pk, model.objects.get(pk=pk).version)

    before, known = everything(), set(public(kind))
    try:
        merge(model, seen(loser), seen(survivor), take=take, **DEED)
    except DeedRefused:
        assert everything() == before
        return False
    newly_public = set(public(kind)) - known
    if not newly_public:
        assert unmerge(model, loser, seen(survivor), **DEED) == []
        assert everything() == before
        merge(model, seen(loser), seen(survivor), take=take, **DEED)
    return True


def public(kind: str) -> dict[str, Any]:
    rows = Entry.objects.public().filter(kind=kind)
    return {pk: json.loads(document or "") for pk, document in rows.values_list("noun_id", "document")}


def undo(number: int) -> None:
    done = Merge.objects.filter(undone_at=None)
    if done:
        row = done[number % len(done)]
        model = MODELS[row.kind]
        try:
            unmerge(model, row.loser_id, Seen(row.survivor_id, model.objects.get(pk=row.survivor_id).version), **DEED)
        except DeedRefused:
            return


def act(both: Deeds, step: tuple[Any, ...]) -> None:
    """A step of any kind; one that a merge made impossible is refused and changes nothing."""
    if step[0] == "undo":
        undo(step[1])
    elif step[0] in MODELS and len(step) == 4 and isinstance(step[3], list):
        try_merge(*step)
    else:
        before = everything()
        try:
            both.attempt(step)
        except DeedRefused:
            assert everything() == before


class Deeds(Both):
    """The same steps as elsewhere, without the naive model: it knows no merges."""

    def attempt(self, step: tuple[Any, ...]) -> None:
        self._deed = lambda allowed, deed, pk: deed(pk, **DEED) is None  # type: ignore[method-assign,func-returns-value]
        self.naive.edited = self.naive.actor_edited = lambda pk: True  # type: ignore[method-assign]
        self.naive.document_edited = lambda: True  # type: ignore[method-assign]
        self.take(step)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(sequences)
def test_any_sequence_of_deeds_and_merges(sequence: list[tuple[Any, ...]]) -> None:
    with fresh():
        deeds = Deeds()
        actor("council", name="one", country_id="CZ")
        for step in sequence:
            act(deeds, step)
            assert_sound()
            assert_no_chain()


def assert_no_chain() -> None:
    """Whatever the public sees names only what is public; and what was merged leads, however often, to an end."""
    actors, events = public("actor"), public("event")
    for picture in events.values():
        assert {item["id"] for name in ("actors", "claimed_by") for item in picture[name]} <= actors.keys()
        assert {item["id"] for item in picture["relations"]} <= events.keys()
    into = dict(Entry.objects.current().filter(deed="merged").values_list("noun_id", "merged_into"))
    for noun_id in into:
        seen = {noun_id}
        while (following := into.get(noun_id)) is not None:
            assert following not in seen
            seen.add(following)
            noun_id = following


def test_the_steps_are_told_apart() -> None:
    """An actor renamed and two actors merged are both steps that begin with “actor”."""
    deeds = Deeds()
    actor("council", name="one", country_id="CZ")
    act(deeds, ("actor", "prague", "two", "CN"))
    assert Actor.objects.get(pk="prague").name == "two"
    act(deeds, ("actor", "prague", "council", ["name"]))
    assert (Actor.objects.get(pk="council").name, Merge.objects.count()) == ("two", 2)
    edit(Actor, "council", name="three")
