"""Finding and listing: search, pasted addresses, filters, history, and how many queries that takes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.curation.deed import deed
from events.models import Actor, Document, Entry, Event
from tests.admin.curator import Curator

pytestmark = pytest.mark.django_db

CHANGE = "event/event-one/change/"


def listed(curator: Curator, path: str, **query: str) -> list[Any]:
    return [row.pk for row in curator.get(path, **query).context["cl"].result_list]


@pytest.mark.parametrize(
    ("path", "words", "found"),
    [
        ("event/", "event-one", "event-one"),
        ("event/", "the-council-ends", "event-one"),
        ("event/", "council agreement", "event-one"),
        ("event/", "https://dateline.example/events/event-one/the-council/", "event-one"),
        ("event/", "https://dateline.example/below/api/v1/events/event-one/?as_of=3", "event-one"),
        ("event/", "http://localhost:8000/admin/events/event/event-one/change/", "event-one"),
        ("event/", "/events/event-one", "event-one"),
        ("event/", "https://dateline.example/events/another/", None),
        ("event/", "nothing like it", None),
        ("event/", "x" * 60_000, None),
        ("event/", '"unbalanced', None),
        ("actor/", "prague", "actor-one"),
        ("actor/", "Rada města", "actor-one"),
        ("actor/", "https://dateline.example/api/v1/actors/actor-one/", "actor-one"),
        ("document/", "weekly", "doc-one"),
        ("document/", "https://dateline.example/api/v1/documents/doc-one/", "doc-one"),
        ("country/", "czechi", "CZ"),
        ("country/", "Czechia", "CZ"),
        ("entry/", "nothing", None),
    ],
)
def test_search(editor: Curator, draft: Event, actor: Actor, path: str, words: str, found: str | None) -> None:
    with deed():
        actor.names.create(name="Rada města", kind="original")
    assert listed(editor, path, q=words) == ([found] if found else [])


def test_autocomplete_finds_the_same(contributor: Curator, draft: Event) -> None:
    def offered(term: str, model: str, field: str) -> list[str]:
        query = {"term": term, "app_label": "events", "model_name": model, "field_name": field}
        answer = contributor.client.get("/admin/autocomplete/", query)
        return [row["id"] for row in answer.json()["results"]]

    assert offered("https://dateline.example/events/event-one/", "relation", "target") == ["event-one"]
    assert offered("prague", "participation", "actor") == ["actor-one"]
    assert offered("digest", "evidence", "document") == ["doc-one"]
    assert offered("china", "eventcountry", "country") == ["CN"]
    assert offered("x\0", "participation", "actor") == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Nobody", "Nothing here has the id, address or name “Nobody”."),
        ("Twin", "Several are called “Twin”"),
        ("https://dateline.example/actors/unknown/", "Nothing here has the id"),
    ],
)
def test_a_typed_choice_that_is_none_is_told_and_kept(editor: Curator, draft: Event, typed: str, says: str) -> None:
    with deed():
        for pk in ("twin-one", "twin-two"):
            Actor.objects.bulk_create([Actor(pk=pk, name="Twin", kind="person")])
    page = editor.open(CHANGE).type(**{"claims-0-actor-typed": typed}).press()
    assert [says in error for error in page.errors()] == [True]
    assert page.sent["claims-0-actor-typed"] == [typed]


def test_unpublished_changes_are_seen(editor: Curator, published: Event) -> None:
    assert listed(editor, "event/", unpublished_edits__exact="1") == []
    assert "There are no unpublished changes." in editor.open(CHANGE).text
    editor.open(CHANGE).type(title="Changed").press()
    assert listed(editor, "event/", unpublished_edits__exact="1") == ["event-one"]
    assert '<td class="field-unpublished">yes</td>' in editor.open("event/").text
    page = editor.open(CHANGE)
    assert "There are unpublished changes." in page.text
    assert 'href="/events/event-one/"' in page.text


def test_history_says_who_did_what_when_and_why(editor: Curator, viewer: Curator, published: Event) -> None:
    editor.open(CHANGE).type(title="Changed", why="Typing error").press("_revise").press("_revise")
    steps = viewer.get("event/event-one/history/").context["steps"]
    assert [(step.by, step.what, step.why) for step in steps] == [
        ("emma", "revised, public revision 2", "Typing error"),
        ("emma", "saved here, version 2", "Typing error"),
        ("setup", "published, public revision 1", ""),
        ("setup", "saved here, version 1", ""),
    ]
    seen = viewer.client.get(steps[0].address)
    assert seen.status_code == 200
    assert "Changed" in seen.content.decode()
    assert viewer.get("event/unknown/history/").status_code == 404


def test_the_history_of_a_country_tells_the_reason(editor: Curator, db: None) -> None:
    editor.open("country/CZ/change/").type(name="Czech Republic", why="As its law has it").press()
    page = editor.open("country/CZ/history/")
    assert "emma" in page.text
    assert "Czech Republic: As its law has it" in page.text


def test_the_ledger_shows_tombstones(editor: Curator, published: Event) -> None:
    editor.open(CHANGE).type(why="Duplicate").press("_retract")
    last = Entry.objects.latest("seq")
    assert "it was taken back" in editor.open(f"entry/{last.pk}/change/").text


def more(count: int) -> None:
    """Many rows of all kinds, without their history."""
    with deed():
        Document.objects.bulk_create([Document(pk=f"more-{n}", title="More", text="x") for n in range(count)])
        Actor.objects.bulk_create(
            [Actor(pk=f"more-{n}", name="More", kind="person", country_id="CN") for n in range(count)]
        )
        Event.objects.bulk_create(
            [Event(pk=f"more-{n}", title="More", slug="more", type_id="AID", date_text="soon") for n in range(count)]
        )


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("event/", ["session", "user", "permissions", "permissions", "count", "rows", "filter by type"]),
        ("actor/", ["session", "user", "permissions", "permissions", "count", "rows"]),
        ("document/", ["session", "user", "permissions", "permissions", "count", "rows"]),
        ("country/", ["session", "user", "permissions", "permissions", "count", "rows"]),
        ("entry/", ["session", "user", "permissions", "permissions", "count", "rows"]),
    ],
)
def test_a_list_takes_the_same_queries_whatever_it_lists(
    editor: Curator, published: Event, path: str, queries: list[str]
) -> None:
    for rows in (0, 60):
        more(rows)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert editor.get(path).status_code == 200
        assert len(seen) == len(queries), "\n".join(query["sql"] for query in seen)


@pytest.mark.parametrize(("path", "column"), [("document/", '"text"'), ("event/", '"note"'), ("entry/", '"document"')])
def test_a_list_does_not_read_what_is_long(editor: Curator, published: Event, path: str, column: str) -> None:
    with CaptureQueriesContext(connection) as seen:
        editor.get(path)
    assert not [query for query in seen if column in query["sql"]]


def test_the_ledger_is_filtered(editor: Curator, published: Event) -> None:
    assert listed(editor, "entry/", kind="event", deed="published") == [
        Entry.objects.get(kind="event", noun_id="event-one").pk
    ]
    assert listed(editor, "entry/", deed="retracted") == []
    assert set(listed(editor, "entry/", q="https://dateline.example/events/event-one/")) == {
        Entry.objects.get(noun_id="event-one").pk
    }
