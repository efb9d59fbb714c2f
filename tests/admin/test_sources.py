"""Add a source here: pasted into an event's form, stored as a document, quoted; all of it or nothing."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from events.models import Document, Edit, Event, Evidence
from tests.admin.curator import Curator, Form
from tests.admin.dataset import member

pytestmark = pytest.mark.django_db

PASSAGE = "A first paragraph.\r\n\r\nLast March the minister resigned.\r\n"


def pasted(curator: Curator, **changes: str | list[str]) -> Form:
    page = curator.open("event/add/").type(title="The minister resigns", type="RETREAT", edtf="last March")
    page.type(
        **{"source-0-publisher": "The Weekly", "source-0-title": "A resignation"},
        **{"source-0-url": "https://example.org/a", "source-0-archived_url": "https://example.org/archive/a"},
        **{"source-0-published": "2019-11-04", "source-0-passage": PASSAGE},
    )
    return page.type(**changes)


def test_a_source_is_stored_and_quoted_in_the_same_save(editor: Curator) -> None:
    page = pasted(editor, source__0__quote="Last March the minister resigned.").press("_publish")
    assert page.errors() == []
    event, document = Event.objects.get(), Document.objects.get()
    assert (event.status, event.edtf, str(event.date_anchor)) == ("published", "2019-03", "2019-11-04")
    assert document.text == "A first paragraph.\n\nLast March the minister resigned.\n"
    assert (document.publisher, document.url, document.version) == ("The Weekly", "https://example.org/a", 1)
    evidence = event.evidence.get()
    assert (evidence.document, evidence.quote, evidence.supports) == (
        document,
        "Last March the minister resigned.",
        ["title", "date"],
    )
    assert document.text[evidence.start : evidence.end] == evidence.quote
    assert set(Edit.objects.values_list("kind", "version", "by")) == {("event", 1, "emma"), ("document", 1, "emma")}


def test_without_a_part_the_whole_passage_is_quoted(editor: Curator) -> None:
    pasted(editor).press()
    assert Evidence.objects.get().quote == "A first paragraph.\n\nLast March the minister resigned."


def test_a_source_is_added_to_an_event_that_is_there(editor: Curator, draft: Event) -> None:
    page = editor.open("event/event-one/change/").type(
        **{"source-0-title": "Another", "source-0-passage": "The council ended it.", "source-0-supports": ["summary"]}
    )
    assert page.press().errors() == []
    assert draft.evidence.count() == 2
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"source-0-title": ""}, "This field is required."),
        ({"source-0-passage": ""}, "This field is required."),
        ({"source-0-url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"source-0-quote": "Last April"}, "don't stand once in the passage"),
        ({"source-0-published": "4 November"}, "Enter a valid date."),
        ({"title": ""}, "This field is required."),
    ],
)
def test_if_anything_is_invalid_nothing_is_stored_and_nothing_is_lost(
    editor: Curator, changes: dict[str, str], says: str
) -> None:
    page = pasted(editor).type(**changes)
    before = dict(page.sent)
    page = page.press()
    assert any(says in error for error in page.errors())
    assert not Event.objects.exists()
    assert not Document.objects.exists()
    assert {name: page.sent[name] for name in before if name.startswith("source-0")} == {
        name: values for name, values in before.items() if name.startswith("source-0")
    }


def test_a_publication_that_is_refused_stores_no_source(editor: Curator) -> None:
    page = pasted(editor, source__0__supports=["summary"]).press("_publish")
    assert any("supports the title" in error for error in page.errors())
    assert not Document.objects.exists()
    assert page.sent["source-0-passage"] == [PASSAGE]


def test_whoever_may_not_add_documents_is_not_offered_it() -> None:
    group = Group.objects.create(name="events only")
    permissions = Group.objects.get(name="contributor").permissions.exclude(codename="add_document")
    group.permissions.set(permissions)
    page = pasted(member("nora", "events only"))
    assert "Add a source here" not in page.text
    page.type(edtf="2019").press()
    assert Event.objects.exists()
    assert not Document.objects.exists()
