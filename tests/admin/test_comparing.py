"""Changes of what is public are shown before they are published; any two revisions are compared, any is restored."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from events.admin.difference import differences
from events.curation.restore import WouldReplace, restore
from events.models import Actor, Edit, Entry, Event
from tests.admin.curator import Curator

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
    assert "From public revision 2 to 3" in page.content.decode()
    for broken in (
        {"from": seqs[0]},
        {"from": "x", "to": "y"},
        {"from": "1", "to": "1"},
        {"from": "9" * 30, "to": "1"},
    ):
        assert viewer.get(HISTORY, **broken).context["comparison"] is None


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
