"""Every page of the desk: it is known to these tests, it opens, and it takes as many queries whatever it shows."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.curator import Curator
from tests.admin.desk import NO_PAGES, PAGES, World, names

pytestmark = pytest.mark.django_db

# The session, the login, its groups' permissions, and what a page shows: a few tables each.
MOST_QUERIES = 50
FEW, MANY = 2, 14


def test_every_page_is_known() -> None:
    assert set(PAGES) | NO_PAGES == set(names(admin.site.get_urls()))
    assert not set(PAGES) & NO_PAGES


def queries(curator: Curator, paths: list[str]) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        with CaptureQueriesContext(connection) as seen:
            assert curator.client.get(f"/admin/{path}").status_code == 200, path
        found[path] = [query["sql"] for query in seen]
    return found


def test_no_page_takes_more_queries_when_there_is_more_to_show() -> None:
    world = World()
    root = Curator(world.root)
    world.grow(range(FEW))
    # The first look at a proposal holds it.
    queries(root, world.paths())
    few = queries(root, world.paths())
    world.grow(range(FEW, MANY))
    many = queries(root, world.paths())
    grown = {path: many[path] for path in few if len(many[path]) > len(few[path])}
    more = {path: [sql for sql in found if sql not in few[path]] for path, found in grown.items()}
    assert more == {}
    assert {path: len(found) for path, found in many.items() if len(found) > MOST_QUERIES} == {}
