"""The write gate: curated tables are written inside a deed and nowhere else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps

from events.curation.deed import deed
from events.errors import WriteOutsideDeed
from events.models import Actor, Country, Event, EventType, Participation
from events.models.gate import Gated, GatedQuerySet, gate_is_open, open_gate

pytestmark = pytest.mark.django_db

AT = datetime(2024, 5, 1, tzinfo=UTC)


def new() -> Actor:
    return Actor(pk="actor-a", name="A", kind="person")


WRITES: dict[str, Callable[[], Any]] = {
    "save": lambda: new().save(),
    "create": lambda: Actor.objects.create(pk="actor-a", name="A", kind="person"),
    "get_or_create": lambda: Actor.objects.get_or_create(pk="actor-a", name="A", kind="person"),
    "update_or_create": lambda: Actor.objects.update_or_create(pk="actor-a", defaults={"name": "A", "kind": "person"}),
    "bulk_create": lambda: Actor.objects.bulk_create([new()]),
    "bulk_update": lambda: Country.objects.bulk_update([Country.objects.get(code="CZ")], ["name"]),
    "update": lambda: Country.objects.filter(code="CZ").update(name="Bohemia"),
    "delete": lambda: Country.objects.get(code="CZ").delete(),
    "queryset delete": lambda: Country.objects.filter(code="CZ").delete(),
    "related manager": lambda: Event(pk="event-a").participations.create(actor_id="actor-a", role="target"),
    "related update": lambda: Event(pk="event-a").participations.update(role="target"),
    "type": lambda: EventType(code="WAR", name="war", definition="War.").save(),
    "child": lambda: Participation(event_id="event-a", actor_id="actor-a", role="target").save(),
}


@pytest.mark.parametrize("write", [pytest.param(write, id=name) for name, write in WRITES.items()])
def test_a_write_outside_a_deed_raises(write: Callable[[], Any]) -> None:
    with pytest.raises(WriteOutsideDeed):
        write()
    assert not Actor.objects.exists()
    assert Country.objects.get(code="CZ").name == "Czechia"


@pytest.mark.parametrize("name", ["save", "create", "get_or_create", "update_or_create", "bulk_create"])
def test_the_same_write_inside_a_deed_passes(name: str) -> None:
    with deed():
        WRITES[name]()
    assert Actor.objects.get().name == "A"


def test_every_curated_table_is_gated() -> None:
    rooms = ("events.models.working", "events.models.proposals", "events.models.reference")
    models = [model for model in apps.get_models() if model.__module__.startswith(rooms)]
    assert len(models) >= 18
    for model in models:
        assert issubclass(model, Gated), model
        assert isinstance(model._default_manager.all(), GatedQuerySet), model


def test_the_gate_shuts_after_a_deed_and_after_a_deed_that_fails() -> None:
    with deed():
        assert gate_is_open()
    assert not gate_is_open()
    with pytest.raises(ZeroDivisionError), deed():
        _ = 1 / 0
    assert not gate_is_open()


def test_an_inner_deed_leaves_the_outer_gate_open() -> None:
    with deed():
        with deed():
            pass
        new().save()


def test_the_gate_is_open_for_one_thread_alone() -> None:
    seen: list[bool] = []
    with open_gate():
        thread = threading.Thread(target=lambda: seen.append(gate_is_open()))
        thread.start()
        thread.join()
    assert seen == [False]
