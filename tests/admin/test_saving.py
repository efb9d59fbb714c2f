"""Saving goes through the deeds: what each button does, and what is left when a deed refuses."""

from __future__ import annotations

import pytest

from events.models import Actor, Country, Document, Edit, Entry, Event, EventType
from events.models.working import Noun
from tests.admin.curator import Curator

pytestmark = pytest.mark.django_db

CHANGE = "event/event-one/change/"


def deeds(noun: Noun) -> list[tuple[str, str, str]]:
    return list(Entry.objects.filter(noun_id=noun.pk).order_by("seq").values_list("deed", "by", "why"))


def test_a_draft_is_added_with_all_that_hangs_on_it(editor: Curator, document: Document, actor: Actor) -> None:
    page = editor.open("event/add/").type(
        **{"title": "A council protests", "type": "PROTEST", "location_country-typed": "CZ", "why": "From the digest"},
        **{
            "evidence-0-document-typed": "doc-one",
            "evidence-0-quote": "We regret it",
            "evidence-0-supports": ["title"],
        },
        **{"participations-0-actor-typed": "Prague City Council", "participations-0-role": "initiator"},
        **{"countries-0-country-typed": "CN", "claims-0-actor-typed": "actor-one"},
    )
    page = page.press()
    assert page.errors() == []
    event = Event.objects.get()
    assert (event.title, event.status, event.version, event.slug) == (
        "A council protests",
        "draft",
        1,
        "a-council-protests",
    )
    assert event.participations.get().actor == actor
    assert event.countries.get().country_id == "CN"
    assert event.claims.get().actor == actor
    evidence = event.evidence.get()
    assert document.text[evidence.start : evidence.end] == "We regret it"
    assert Edit.objects.filter(noun_id=event.pk).values_list("by", "why").get() == ("emma", "From the digest")
    assert not Entry.objects.exists()


def test_saving_what_nobody_changed_leaves_no_trace(editor: Curator, draft: Event) -> None:
    page = editor.open(CHANGE).press()
    assert page.errors() == []
    draft.refresh_from_db()
    assert draft.version == 1
    assert Edit.objects.filter(noun_id=draft.pk).count() == 1


def test_the_life_of_an_event(editor: Curator, draft: Event) -> None:
    assert editor.open(CHANGE).press("_publish").messages == [
        "“The council ends the agreement” was saved and published."
    ]
    page = editor.open(CHANGE).type(title="The council ended the agreement").press()
    assert page.errors() == []
    draft.refresh_from_db()
    assert (draft.unpublished_edits, draft.version) == (True, 2)
    editor.open(CHANGE).type(why="Wording made clearer").press("_revise").press("_revise")
    editor.open(CHANGE).type(why="Duplicate").press("_retract")
    editor.open(CHANGE).type(why="No duplicate").press("_reinstate")
    assert deeds(draft) == [
        ("published", "emma", ""),
        ("revised", "emma", "Wording made clearer"),
        ("retracted", "emma", "Duplicate"),
        ("reinstated", "emma", "No duplicate"),
    ]


@pytest.mark.parametrize("button", ["_revise", "_retract"])
def test_without_a_reason_nothing_is_stored_and_nothing_typed_is_lost(
    editor: Curator, published: Event, button: str
) -> None:
    page = editor.open(CHANGE).type(title="Typed and not lost", note="Nor this").press(button)
    assert page.errors() == ["Give a reason; it is shown to the public."]
    assert (page.sent["title"], page.sent["note"]) == (["Typed and not lost"], ["Nor this"])
    published.refresh_from_db()
    assert (published.title, published.version) == ("The council ends the agreement", 1)
    page = page.type(why="Typing error").press(button)
    if button == "_revise":
        # What the public will see differently comes first.
        page = page.press(button)
    assert page.errors() == []
    published.refresh_from_db()
    assert (published.title, published.version) == ("Typed and not lost", 2)


def test_an_event_without_evidence_is_not_published_and_not_lost(editor: Curator) -> None:
    page = editor.open("event/add/").type(title="Nobody says so", type="OTHER").press("_publish")
    assert any("No verified quotation supports the title" in error for error in page.errors())
    assert page.sent["title"] == ["Nobody says so"]
    assert not Event.objects.exists()
    page.press()
    assert Event.objects.get().status == "draft"


def test_a_quotation_that_is_not_found_is_said(editor: Curator, draft: Event) -> None:
    page = editor.open(CHANGE).type(**{"evidence-0-quote": "On October 17"}).press("_continue")
    assert any("“On October 17” isn't found" in message for message in page.messages)
    assert "No: these words" in page.text
    page = editor.open(CHANGE).type(**{"evidence-0-quote": "we regret"}).press("_continue")
    assert "Yes: characters" in page.text


def test_a_row_is_taken_out(editor: Curator, draft: Event) -> None:
    editor.open(CHANGE).type(**{"participations-0-DELETE": "on"}).press()
    assert not draft.participations.exists()
    draft.refresh_from_db()
    assert draft.version == 2


def test_an_actor_is_revised_with_its_names(editor: Curator, published: Event, actor: Actor) -> None:
    page = editor.open("actor/actor-one/change/").type(
        **{"name": "City Council of Prague", "names-0-name": "Rada města", "names-0-kind": "original"},
        why="Name made official",
    )
    assert page.press("_revise").press("_revise").errors() == []
    actor.refresh_from_db()
    assert (actor.name, actor.unpublished_edits) == ("City Council of Prague", False)
    assert "City Council of Prague" in (Entry.objects.public().get(noun_id=published.pk).document or "")


def test_the_text_of_a_public_document_is_corrected_with_its_publication(
    editor: Curator, published: Event, document: Document
) -> None:
    better = document.text.replace("Prague, 4 November 2019", "Prague, 5 November 2019")
    page = editor.open("document/doc-one/change/").type(text=better).press()
    assert ["publish the correction with its reason" in error for error in page.errors()] == [True]
    assert page.sent["text"] == [better.replace("\n", "\r\n")]
    assert page.type(title="The retold digest", why="Typing error").press("_revise").press("_revise").errors() == []
    changed = Document.objects.get(pk="doc-one")
    assert (changed.title, changed.text, changed.unpublished_edits) == ("The retold digest", better, False)
    assert "retold" in (Entry.objects.public().get(noun_id=published.pk).document or "")
    page = (
        editor.open("document/doc-one/change/")
        .type(text="Something else", why="Rewritten")
        .press("_revise")
        .press("_revise")
    )
    assert any("Event event-one" in error for error in page.errors())
    assert Document.objects.get(pk="doc-one").text == better


def test_the_text_of_a_document_keeps_its_spaces(editor: Curator) -> None:
    text = "\n  A first line\r\nand a second \r\n"
    editor.open("document/add/").type(title="A page", text=text).press()
    assert Document.objects.get().text == "\n  A first line\nand a second \n"
    editor.open(f"document/{Document.objects.get().pk}/change/").type(title="One page").press()
    assert (Document.objects.get().text, Document.objects.get().version) == (
        "\n  A first line\nand a second \n",
        2,
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/a", "//example.org"])
def test_an_address_that_is_no_web_address_is_refused(editor: Curator, address: str) -> None:
    page = editor.open("document/add/").type(title="A page", text="Text", url=address).press()
    assert page.errors() == ["Enter a valid URL."]


def test_a_country_is_renamed_with_a_reason(editor: Curator, published: Event) -> None:
    page = editor.open("country/CZ/change/").type(name="Czech Republic").press()
    assert page.errors() == ["This field is required."]
    assert page.type(why="As its own law has it").press().errors() == []
    assert Country.objects.get(pk="CZ").name == "Czech Republic"
    assert deeds(published)[-1] == ("revised", "emma", "As its own law has it")


def test_a_country_is_not_given_the_name_of_another(editor: Curator, db: None) -> None:
    page = editor.open("country/CZ/change/").type(name="Slovakia", why="A slip").press()
    assert page.errors() != []
    assert Country.objects.get(pk="CZ").name == "Czechia"


def test_types_are_added_and_changed_but_keep_their_code(editor: Curator) -> None:
    editor.open("eventtype/add/").type(code="LEAK", name="leaks", definition="Secrets get out.").press()
    editor.open("eventtype/LEAK/change/").type(code="DRIP", definition="A secret gets out.").press()
    assert EventType.objects.get(pk="LEAK").definition == "A secret gets out."
    assert not EventType.objects.filter(pk="DRIP").exists()


def test_what_is_typed_is_escaped(editor: Curator, draft: Event) -> None:
    title = "<script>alert(1)</script>"
    page = editor.open(CHANGE).type(title=title).press("_continue")
    for path in (CHANGE, "event/", "event/event-one/history/"):
        assert title not in editor.open(path).text
    assert title not in page.text
