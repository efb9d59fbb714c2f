"""Changes of what is public are shown before they are published; any two revisions are compared, any is restored."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.utils import timezone

from events.admin.difference import differences
from events.curation.deed import deed
from events.curation.edit import editing
from events.curation.restore import WouldReplace, restore
from events.models import Actor, Document, Edit, Entry, Event, Saved
from tests.admin.curator import Curator
from tests.admin.dataset import AT

pytestmark = pytest.mark.django_db

CHANGE = "event/event-one/change/"
HISTORY = "event/event-one/history/"


def revise(editor: Curator, **changes: str) -> None:
    editor.open(CHANGE).type(why="Typing error", **changes).press("_revise").press("_revise")


def test_what_changes_for_the_public_is_shown_before_it_is_published(editor: Curator, published: Event) -> None:
    page = (
        editor.open(CHANGE)
        .type(title="The council ended the agreement", note="Private", why="Wording")
        .press("_revise")
    )
    found = {row.field: (row.before, row.after) for row in page.answer.context["comparison"].differences}
    assert found == {
        "Title": ("The council <del>ends</del> the agreement", "The council <ins>ended</ins> the agreement"),
    }
    published.refresh_from_db()
    assert (published.title, published.version) == ("The council ends the agreement", 1)
    assert page.sent["title"] == ["The council ended the agreement"]
    # What is typed after the look is shown again.
    page = page.type(title="The council broke the agreement").press("_revise")
    assert "<ins>broke</ins>" in page.text
    assert page.press("_revise").errors() == []
    published.refresh_from_db()
    assert (published.title, published.version) == ("The council broke the agreement", 2)
    assert Entry.objects.filter(noun_id="event-one", deed="revised").count() == 1


def test_what_a_field_shows_is_escaped() -> None:
    [row] = differences({"title": "<b>a</b> one"}, {"title": "<b>a</b> two"})
    assert (row.before, row.after) == (
        "&lt;b&gt;a&lt;/b&gt; <del>one</del>",
        "&lt;b&gt;a&lt;/b&gt; <ins>two</ins>",
    )
    [row] = differences({"names": [{"name": "<i>", "kind": "alias"}]}, {"names": []})
    assert (row.before, row.after) == ("<del>&lt;i&gt; (alias)</del>", "")


def test_a_private_note_stays_in_the_history(editor: Curator, viewer: Curator, published: Event) -> None:
    editor.open(CHANGE).type(private="Ask Eric", title="Changed").press()
    assert Edit.objects.get(noun_id="event-one", version=2).note == "Ask Eric"
    assert "Ask Eric" in viewer.open(HISTORY).text
    editor.open(CHANGE).type(private="Nothing changed, but this").press()
    assert Edit.objects.get(noun_id="event-one", version=3).note == "Nothing changed, but this"
    assert not Entry.objects.filter(document__contains="Ask Eric").exists()


def test_any_two_revisions_are_compared(editor: Curator, viewer: Curator, published: Event) -> None:
    revise(editor, title="Two")
    revise(editor, title="Three", place="Prague")
    seqs = [str(seq) for seq in Entry.objects.filter(noun_id="event-one").order_by("seq").values_list("seq", flat=True)]
    page = viewer.get(HISTORY, **{"from": seqs[2], "to": seqs[1]})
    found = {row.field: row.after for row in page.context["comparison"].differences}
    assert found == {"Title": "<ins>Three</ins>", "Location": "country: CZ<br><ins>place: Prague</ins>"}
    assert "From “revised, public revision 2” to “revised, public revision 3”" in page.content.decode()
    for broken in (
        {"from": seqs[0]},
        {"from": "x", "to": "y"},
        {"from": "1", "to": "1"},
        {"from": "9" * 30, "to": "1"},
        {"from": "v9", "to": "v1"},
        {"from": "vx", "to": "v"},
    ):
        assert viewer.get(HISTORY, **broken).context["comparison"] is None


def compared(somebody: Curator, path: str, one: str, other: str) -> dict[str, tuple[str, str]]:
    rows = somebody.get(path, **{"from": one, "to": other}).context["comparison"].differences
    return {row.field: (row.before, row.after) for row in rows}


def test_saves_that_were_never_published_are_compared_and_restored(
    editor: Curator, viewer: Curator, published: Event, actor: Actor
) -> None:
    with editing(Actor(pk="actor-new", name="The embassy", kind="government"), version=0, by="x", at=AT) as embassy:
        embassy.save()
    page = editor.open(CHANGE).type(title="Second", note="Ask Eric")
    page.type(participations__1__actor="actor-new", participations__1__role="target")
    page.type(participations__TOTAL_FORMS="2").press()
    editor.open(CHANGE).type(title="Third", note="", participations__1__DELETE="on").press()
    editor.open(CHANGE).type(title="Fourth").press()
    found, council = compared(viewer, HISTORY, "v3", "v2"), "Prague City Council (initiator)"
    assert found == {
        "Title": ("<del>Second</del>", "<ins>Third</ins>"),
        "Actors": (f"{council}<br><del>The embassy (target)</del>", council),
        "Note": ("<del>Ask Eric</del>", ""),
    }
    seq = str(Entry.objects.get(noun_id="event-one").seq)
    assert compared(viewer, HISTORY, "v1", seq) == {}
    # What no public revision has isn't missing there.
    assert set(compared(viewer, HISTORY, seq, "v2")) == {"Title", "Actors"}
    assert compared(viewer, HISTORY, "v4", "v3")["Title"] == ("<del>Third</del>", "<ins>Fourth</ins>")
    # The whole of it comes back, and what it replaces can be had again.
    back = {"restore": "v2", "version": "4"}
    asked = editor.post(HISTORY, **back)
    assert "this history keeps what they said" in asked.content.decode()
    assert editor.post(HISTORY, **back, replace="4").status_code == 302
    published.refresh_from_db()
    assert (published.title, published.note, published.version) == ("Second", "Ask Eric", 5)
    assert published.participations.count() == 2
    assert compared(viewer, HISTORY, "v5", "v2") == {}
    assert compared(viewer, HISTORY, "v4", "v3")["Title"] == ("<del>Third</del>", "<ins>Fourth</ins>")


def test_saves_of_an_actor_and_a_document_are_compared(editor: Curator, published: Event) -> None:
    path = "actor/actor-one/"
    names = {"names-0-name": "Rada", "names-0-kind": "original"}
    known = {"identifiers-0-scheme": "wikidata", "identifiers-0-value": "Q42"}
    editor.open(f"{path}change/").type(name="Council", **names, **known).press()
    editor.open(f"{path}change/").type(**{"identifiers-0-DELETE": "on"}).press()
    assert compared(editor, f"{path}history/", "v1", "v2") == {
        "Name": ("<del>Prague City </del>Council", "Council"),
        "Names": ("", "<ins>Rada (original)</ins>"),
        "Identifiers": ("", "<ins>Q42 (wikidata)</ins>"),
    }
    assert editor.post(f"{path}history/", restore="v2", version="3", replace="3").status_code == 302
    assert compared(editor, f"{path}history/", "v2", "v4") == {}
    editor.open("document/doc-one/change/").type(publisher="The Monthly").press()
    found = compared(editor, "document/doc-one/history/", "v1", "v2")
    assert found == {"Publisher": ("The <del>Weekly</del>", "The <ins>Monthly</ins>")}


def test_a_version_that_nobody_knows_is_not_offered(editor: Curator, published: Event) -> None:
    editor.open(CHANGE).type(title="Second").press()
    with deed():
        Saved.objects.all().delete()
    page = editor.open(HISTORY).text
    assert 'value="v2"' in page
    assert 'value="v1"' not in page
    answer = editor.post(HISTORY, restore="v1", version="2")
    assert "Nobody knows what that version said." in answer.content.decode()


def test_a_quotation_that_only_moved_does_not_differ(editor: Curator, published: Event) -> None:
    text = f"A new first line.\n{Document.objects.get().text}"
    editor.open("document/doc-one/change/").type(text=text, why="Typing error").press("_revise").press("_revise")
    rows = Entry.objects.filter(noun_id="event-one").order_by("seq")
    one, other = rows
    starts = [json.loads(row.document or "")["evidence"][0]["start"] for row in rows]
    assert starts[0] + len("A new first line.\n") == starts[1]
    assert compared(editor, HISTORY, str(one.seq), str(other.seq)) == {}


def test_an_older_revision_is_restored(editor: Curator, published: Event) -> None:
    revise(editor, title="Two", edtf="2019-10-17", **{"participations-0-DELETE": "on"})
    first = Entry.objects.filter(noun_id="event-one").earliest("seq")
    published.refresh_from_db()
    page = editor.post(HISTORY, restore=str(first.seq), version=str(published.version))
    assert page.status_code == 302
    published.refresh_from_db()
    assert (published.title, published.edtf) == ("The council ends the agreement", "2019-10-16")
    assert published.participations.get().actor_id == "actor-one"
    assert published.evidence.get().start is not None
    assert published.unpublished_edits
    page = editor.open(CHANGE).type(why="As it was").press("_revise").press("_revise")
    assert page.errors() == []
    newest = Entry.objects.public().get(noun_id="event-one")
    assert newest.document == first.document


def test_an_actor_is_restored(editor: Curator, published: Event, actor: Actor) -> None:
    path = "actor/actor-one/change/"
    names = {"names-0-name": "Rada", "names-0-kind": "original"}
    editor.open(path).type(name="Council", why="Typing error", **names).press("_revise").press("_revise")
    first = Entry.objects.filter(noun_id="actor-one").earliest("seq")
    actor.refresh_from_db()
    editor.post("actor/actor-one/history/", restore=str(first.seq), version=str(actor.version))
    actor.refresh_from_db()
    assert (actor.name, list(actor.names.all())) == ("Prague City Council", [])


def test_what_is_not_restored(editor: Curator, published: Event) -> None:
    revise(editor, title="Two")
    first = Entry.objects.filter(noun_id="event-one").earliest("seq").seq
    for seq, version, status, says in (
        (first, 1, 409, "saved by somebody else"),
        (first - 1, 2, 200, "a revision of this one"),
    ):
        answer = editor.post(HISTORY, restore=str(seq), version=str(version))
        assert answer.status_code == status
        assert says in answer.content.decode()
        published.refresh_from_db()
        assert published.title == "Two"


def save_unpublished(editor: Curator) -> None:
    editor.open(CHANGE).type(title="Saved, not published").press()


def save_after_retracting(editor: Curator) -> None:
    editor.open(CHANGE).type(why="Duplicate").press("_retract")
    editor.open(CHANGE).type(title="Saved, not published").press()


@pytest.mark.parametrize("save", [save_unpublished, save_after_retracting])
def test_unpublished_changes_are_replaced_only_when_it_is_said(
    editor: Curator, second_editor: Curator, published: Event, save: Callable[[Curator], None]
) -> None:
    first = str(Entry.objects.filter(noun_id="event-one").earliest("seq").seq)
    save(editor)
    published.refresh_from_db()
    version = str(published.version)
    for sent in ({}, {"replace": "1"}, {"replace": ""}):
        page = second_editor.post(HISTORY, restore=first, version=version, **sent)
        assert page.status_code == 200
        assert "last saved by emma on 2" in page.content.decode()
        assert f'<input type="hidden" name="replace" value="{version}">' in page.content.decode()
        assert f'<button type="submit" name="restore" value="{first}">Replace' in page.content.decode()
        published.refresh_from_db()
        assert (published.title, str(published.version)) == ("Saved, not published", version)
    # What is saved after the question isn't replaced by its answer.
    editor.open(CHANGE).type(title="Saved again").press()
    assert second_editor.post(HISTORY, restore=first, version=version, replace=version).status_code == 409
    published.refresh_from_db()
    assert published.title == "Saved again"
    version = str(published.version)
    assert second_editor.post(HISTORY, restore=first, version=version, replace=version).status_code == 302
    published.refresh_from_db()
    assert published.title == "The council ends the agreement"


def test_a_retracted_event_without_changes_is_restored_at_once(editor: Curator, published: Event) -> None:
    first = Entry.objects.filter(noun_id="event-one").earliest("seq")
    revise(editor, title="Two")
    editor.open(CHANGE).type(why="Duplicate").press("_retract")
    published.refresh_from_db()
    assert published.status == "retracted"
    assert editor.post(HISTORY, restore=str(first.seq), version=str(published.version)).status_code == 302
    published.refresh_from_db()
    assert published.title == "The council ends the agreement"


def test_the_deed_itself_keeps_unpublished_changes(editor: Curator, published: Event) -> None:
    save_unpublished(editor)
    published.refresh_from_db()
    first = Entry.objects.filter(noun_id="event-one").earliest("seq").seq
    with pytest.raises(WouldReplace):
        restore(published, first, version=published.version, by="emma", at=timezone.now(), why="Back")
    published.refresh_from_db()
    assert (published.title, published.unpublished_edits) == ("Saved, not published", True)


def test_only_editors_restore(contributor: Curator, viewer: Curator, editor: Curator, published: Event) -> None:
    for somebody in (contributor, viewer):
        assert somebody.post(HISTORY, restore="1", version="1").status_code == 403
        assert "Restore this one" not in somebody.open(HISTORY).text
    assert editor.post(HISTORY, restore="x", version="1").status_code == 400
