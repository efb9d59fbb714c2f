"""What the tests of the pages share: a way to read one, and a small dataset made by deeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.curation import world
from tests.pages.reading import Read

Page = Callable[..., Read]


@pytest.fixture
def page(client: Client) -> Page:
    """Ask for a page; it must answer so, and be well-formed."""

    def page(path: str, status: int = 200) -> Read:
        response = client.get(path)
        assert response.status_code == status, response.content[:2000]
        assert response["Content-Type"] == "text/html; charset=utf-8"
        return Read(response.content.decode())

    return page


@pytest.fixture
def small(db: None) -> None:
    """Four public events and a draft: two of October 2019, one of 2019, one without a date."""
    world.document()
    world.actor("prague", name="City of Prague", names=["Praha"], country_id="CZ")
    world.actor("beijing", name="City of Beijing", country_id="CN")
    dated: dict[str, Any] = {"date_rule": "curator", "public": True}
    world.event("event-a", actors=["prague", "beijing"], countries=["CZ", "CN"], type_id="REJECT", public=True)
    world.event("event-b", edtf="2019", date_text="this year", claimed_by=["beijing"], **dated)
    world.event("event-c", edtf="2019-10", date_text="in October", actors=["beijing"], **dated)
    world.event("event-d", edtf="", date_text="recently", date_rule="", public=True)
    world.event("event-e", actors=["prague"], edtf="2019-10-17")
