"""How many statements a publication takes: few, and as many whatever there is besides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.curation.batch import CASCADE
from events.curation.publish import publish, revise
from events.models import Event
from tests.curation.world import DEED, actor, document, edit, event

pytestmark = pytest.mark.django_db

# With a noun each that becomes public; a publication is to take twenty milliseconds.
MOST = 50


def statements(deed: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as seen:
        deed()
    return len(seen)


def happening(number: int) -> str:
    """A draft with all that may hang on an event, between actors that are in all the others too."""
    pk = f"event-{number}"
    document(f"doc-{number}", text=f"On 16 October, {pk} took place.")
    event(
        pk,
        source=f"doc-{number}",
        actors=["prague", "beijing"],
        claimed_by=["herald"],
        countries=["CZ", "CN"],
        relations=[("follows", f"event-{number - 1}")] if number else [],
    )
    return pk


def published(number: int) -> int:
    pk = happening(number)
    return statements(lambda: publish(pk, **DEED))


def revised(number: int) -> int:
    edit(Event, f"event-{number}", title=f"Another title of {number}")
    return statements(lambda: revise(f"event-{number}", **DEED))


def test_a_publication_takes_few_statements_however_many_events_there_are() -> None:
    for pk in ("prague", "beijing", "herald"):
        actor(pk, names=[f"Alias of {pk}"])
    published(0)
    published(1)
    few = {"publish": published(2), "revise": revised(2)}
    for number in range(3, CASCADE + 10):
        published(number)
    many = {"publish": published(CASCADE + 10), "revise": revised(CASCADE + 10)}
    assert many == few
    assert max(many.values()) <= MOST
