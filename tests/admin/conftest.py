"""Three curators, and one event with its actor and its document."""

from __future__ import annotations

import pytest

from events.models import Actor, Document, Event
from tests.admin import dataset
from tests.admin.curator import Curator


@pytest.fixture
def viewer(db: None) -> Curator:
    return dataset.member("vera", "viewer")


@pytest.fixture
def contributor(db: None) -> Curator:
    return dataset.member("carl", "contributor")


@pytest.fixture
def editor(db: None) -> Curator:
    return dataset.member("emma", "editor")


@pytest.fixture
def second_editor(db: None) -> Curator:
    return dataset.member("eric", "editor")


@pytest.fixture
def document(db: None) -> Document:
    return dataset.make_document()


@pytest.fixture
def actor(db: None) -> Actor:
    return dataset.make_actor()


@pytest.fixture
def draft(document: Document, actor: Actor) -> Event:
    return dataset.make_draft(document, actor)


@pytest.fixture
def published(draft: Event) -> Event:
    return dataset.make_public(draft)
