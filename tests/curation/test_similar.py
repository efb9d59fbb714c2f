"""Likely doubles of a proposal among the events, with why."""

from __future__ import annotations

from typing import Any

import pytest

from events.curation.deed import deed
from events.curation.similar import similar
from events.curation.suggestion import Values
from events.models import Actor, Event, Participation
from tests.curation import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def events() -> None:
    world.document()
    world.actor("prague", name="Prague City Council")
    world.actor("beijing", name="Beijing City Council")
    world.event("event-a", title="Prague annulled the sister-city agreement with Beijing", actors=["prague"])
    world.event("event-b", title="Prague elected a mayor", actors=["prague"], edtf="2018-11-15")


def told(**changes: Any) -> Values:
    return {
        "title": "Prague's council annulled its sister-city agreement",
        "edtf": "2019-10",
        "participations": [{"name": "Prague City Council", "kind": "government", "role": "initiator"}],
    } | changes


def test_it_says_why() -> None:
    (found,) = similar(told())
    assert found.event.pk == "event-a"
    assert found.reasons == (
        "the same actors: Prague City Council",
        "dates that overlap: 2019-10-16",
        "similar words: agreement, annulled, city, prague, sister",
    )


@pytest.mark.parametrize(
    "values",
    [
        told(title="Something else entirely", participations=[]),
        told(edtf="2012", participations=[]),
        told(title="A council met", edtf="2012"),
        {},
    ],
)
def test_one_thing_in_common_is_not_enough(values: Values) -> None:
    assert similar(values) == []


def test_many_events_of_many_actors_are_looked_at() -> None:
    with deed():
        actors = [Actor(pk=f"actor-{number}", name=f"Actor {number}", kind="person") for number in range(1_200)]
        Actor.objects.bulk_create(actors)
        many = [Event(pk=f"many-{number}", title="Prague annulled a fine", type_id="OTHER") for number in range(300)]
        Event.objects.bulk_create(many)
        Participation.objects.bulk_create(
            Participation(event=many[number % 300], actor=actor, role="target") for number, actor in enumerate(actors)
        )
    assert [found.event.pk for found in similar(told())] == ["event-a"]


def test_the_same_passage_is() -> None:
    (found,) = similar({"title": "Anything", "evidence": [{"document": "doc", "start": 3, "end": 20}]})
    assert found.event.pk == "event-a"
    assert "the same passage" in found.reasons[0]


def test_an_event_is_no_double_of_itself() -> None:
    assert similar(told(), besides="event-a") == []
