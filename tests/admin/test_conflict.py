"""Two people have one noun open: whoever saves second loses nothing, and nobody's work is undone unseen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from events.models import Actor, Country, Document, Event, EventType, Evidence, Participation
from tests.admin.curator import Curator, Form

pytestmark = pytest.mark.django_db

CHANGE = "event/event-one/change/"


def told(page: Form) -> dict[str, tuple[str, str, bool]]:
    """What the notice shows: field → theirs, yours, taken over."""
    return {
        difference.field: (difference.theirs, difference.yours, difference.taken_over)
        for difference in page.answer.context["conflict"].differences
    }


def test_both_changed_the_same_field(editor: Curator, second_editor: Curator, draft: Event) -> None:
    mine = editor.open(CHANGE)
    second_editor.open(CHANGE).type(title="Theirs", why="New wording").press()
    page = mine.type(title="Mine").press()
    assert page.answer.status_code == 409
    assert told(page) == {"Title": ("Theirs", "Mine", False)}
    assert "eric saved this on" in page.text
    assert "New wording" in page.text
    assert page.sent["title"] == ["Mine"]
    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("Theirs", 2)
    assert page.press().errors() == []
    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("Mine", 3)


def test_each_changed_another_field(editor: Curator, second_editor: Curator, draft: Event) -> None:
    mine = editor.open(CHANGE)
    second_editor.open(CHANGE).type(summary="Two\r\nlines", place="Prague", **{"location_country-typed": "SK"}).press()
    page = mine.type(title="Mine").press()
    assert told(page) == {
        "Summary": ("Two\nlines", "Two\nlines", True),
        "Place": ("Prague", "Prague", True),
        "Country of the place": ("Slovakia", "Slovakia", True),
    }
    assert page.press().errors() == []
    draft.refresh_from_db()
    assert (draft.title, draft.summary, draft.place, draft.location_country_id) == (
        "Mine",
        "Two\nlines",
        "Prague",
        "SK",
    )


def test_both_typed_the_same(editor: Curator, second_editor: Curator, draft: Event) -> None:
    mine = editor.open(CHANGE)
    second_editor.open(CHANGE).type(title="The same").press()
    page = mine.type(title="The same").press()
    assert page.answer.status_code == 409
    assert told(page) == {}


def test_a_third_save_in_between_is_a_conflict_again(editor: Curator, second_editor: Curator, draft: Event) -> None:
    mine = editor.open(CHANGE)
    second_editor.open(CHANGE).type(title="Theirs").press()
    page = mine.type(title="Mine").press()
    second_editor.open(CHANGE).type(title="Theirs again").press()
    page = page.press()
    assert page.answer.status_code == 409
    assert told(page) == {"Title": ("Theirs again", "Mine", False)}


def test_rows_that_the_other_added_changed_and_took_out(
    editor: Curator, second_editor: Curator, draft: Event, actor: Actor
) -> None:
    mine = editor.open(CHANGE)
    theirs = second_editor.open(CHANGE).type(
        **{"evidence-0-supports": ["title", "date", "type"], "participations-0-DELETE": "on"},
        **{"countries-0-country-typed": "CN", "claims-0-actor-typed": "actor-one"},
    )
    theirs.press()
    page = mine.type(**{"evidence-0-quote": "On October 16", "countries-0-country-typed": "SK"}).press()
    assert page.answer.status_code == 409
    assert told(page) == {
        "Evidence: Supports": ("title, date, type", "title, date, type", True),
        "Actor of the event": ("", "", True),
        "Country involved": ("China", "China", True),
        "Claimed by": ("Prague City Council", "Prague City Council", True),
    }
    assert not Evidence.objects.filter(quote="On October 16").exists()
    assert page.press().errors() == []
    evidence = draft.evidence.get()
    assert (evidence.quote, set(evidence.supports)) == ("On October 16", {"title", "date", "type"})
    assert not draft.participations.exists()
    assert set(draft.countries.values_list("country", flat=True)) == {"CN", "SK"}
    assert draft.claims.get().actor == actor


def test_a_row_that_the_other_took_out_and_one_changed_is_kept(
    editor: Curator, second_editor: Curator, draft: Event
) -> None:
    mine = editor.open(CHANGE)
    second_editor.open(CHANGE).type(**{"participations-0-DELETE": "on"}).press()
    page = mine.type(**{"participations-0-role": "host"}).press()
    assert told(page) == {
        "Actor of the event": ("", "Prague City Council · host: gives the place or the occasion", False)
    }
    page.press()
    assert Participation.objects.get(event=draft).role == "host"


def test_an_invalid_form_is_a_conflict_first(editor: Curator, second_editor: Curator, draft: Event) -> None:
    mine = editor.open(CHANGE)
    second_editor.open(CHANGE).type(summary="Theirs").press()
    page = mine.type(title="", edtf="2019-02-30").press()
    assert page.answer.status_code == 409
    assert page.sent["edtf"] == ["2019-02-30"]
    assert page.sent["summary"] == ["Theirs"]


def test_nobody_publishes_what_they_have_not_seen(editor: Curator, second_editor: Curator, draft: Event) -> None:
    mine = editor.open(CHANGE)
    second_editor.open(CHANGE).type(title="Theirs").press()
    page = mine.press("_publish")
    assert page.answer.status_code == 409
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_whoever_published_meanwhile_is_told_as_a_reason(editor: Curator, second_editor: Curator, draft: Event) -> None:
    mine = editor.open(CHANGE).type(title="Mine")
    second_editor.open(CHANGE).press("_publish")
    page = mine.press("_publish")
    assert ["is published, not a draft" in error for error in page.errors()] == [True]
    assert page.sent["title"] == ["Mine"]


def test_the_text_of_a_document(editor: Curator, second_editor: Curator, document: Document) -> None:
    mine = editor.open("document/doc-one/change/")
    second_editor.open("document/doc-one/change/").type(publisher="The Monthly").press()
    page = mine.type(text="Mine\r\n").press()
    assert told(page)["Publisher"] == ("The Monthly", "The Monthly", True)
    page.press()
    stored = Document.objects.get(pk="doc-one")
    assert (stored.publisher, stored.text) == ("The Monthly", "Mine\n")


def test_a_form_without_what_stood_there_keeps_all_that_was_typed(
    editor: Curator, second_editor: Curator, draft: Event
) -> None:
    """A form that was sent by something else than the page."""
    mine = editor.open(CHANGE)
    second_editor.open(CHANGE).type(title="Theirs").press()
    mine.sent = {name: values for name, values in mine.sent.items() if not name.startswith("initial-")}
    page = mine.press()
    assert told(page)["Title"] == ("Theirs", "The council ends the agreement", False)


@pytest.mark.parametrize("version", ["", "x", "-1", "９", "1" * 400])
def test_an_unreadable_version_is_refused(editor: Curator, draft: Event, version: str) -> None:
    page = editor.open(CHANGE).type(title="Mine", version=version).press()
    assert page.errors() != []
    draft.refresh_from_db()
    assert draft.version == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment(editor: Curator, second_editor: Curator, draft: Event) -> None:
    forms = [editor.open(CHANGE).type(title="Mine"), second_editor.open(CHANGE).type(title="Theirs")]
    together = Barrier(len(forms))

    def send(form: Form) -> Form:
        together.wait()
        try:
            return form.press()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(forms)) as pool:
        pages = list(pool.map(send, forms))
    assert sorted(page.answer.status_code for page in pages) == [200, 409]
    draft.refresh_from_db()
    assert draft.version == 2
    late = next(page for page in pages if page.answer.status_code == 409)
    assert {draft.title, late.sent["title"][0]} == {"Mine", "Theirs"}


def test_two_rename_a_country(editor: Curator, second_editor: Curator, draft: Event) -> None:
    mine = editor.open("country/CZ/change/")
    assert second_editor.open("country/CZ/change/").type(name="Bohemia", why="Theirs").press().errors() == []
    page = mine.type(name="Czech Republic", why="Mine").press()
    assert page.answer.status_code == 409
    assert told(page) == {"Name": ("Bohemia", "Czech Republic", False)}
    assert "eric saved this on" in page.text
    assert Country.objects.get(code="CZ").name == "Bohemia"
    assert (page.sent["name"], page.sent["why"]) == (["Czech Republic"], ["Mine"])
    assert page.press().errors() == []
    assert Country.objects.get(code="CZ").name == "Czech Republic"


def test_two_change_a_type_of_event(editor: Curator, second_editor: Curator, db: None) -> None:
    mine = editor.open("eventtype/AID/change/")
    assert second_editor.open("eventtype/AID/change/").type(name="gifts").press().errors() == []
    page = mine.type(definition="Mine").press()
    assert page.answer.status_code == 409
    assert told(page) == {"Name": ("gifts", "gifts", True)}
    assert page.press().errors() == []
    stored = EventType.objects.get(code="AID")
    assert (stored.name, stored.definition) == ("gifts", "Mine")


@pytest.mark.parametrize("path", ["country/CZ/change/", "eventtype/AID/change/"])
@pytest.mark.parametrize("version", ["", "x"])
def test_reference_data_without_the_version_that_was_seen(editor: Curator, db: None, path: str, version: str) -> None:
    page = editor.open(path).type(name="Mine", why="So", version=version).press()
    assert page.answer.status_code == 409
    assert not Country.objects.filter(name="Mine").exists()
    assert not EventType.objects.filter(name="Mine").exists()
