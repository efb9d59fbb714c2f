"""Who may do what, pages and forged requests alike; and nothing is ever deleted."""

from __future__ import annotations

from html import unescape

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from events.admin.roles import ROLES
from events.models import Actor, Document, Entry, Event
from tests.admin.curator import Curator
from tests.admin.dataset import member

pytestmark = pytest.mark.django_db

CHANGE = "event/event-one/change/"
SENT = {"title": "Forged", "type": "OTHER", "version": "1", "why": "Because"}
DEEDS = ("_publish", "_revise", "_retract", "_reinstate")


def test_migrate_makes_the_groups_and_leaves_what_was_added() -> None:
    extra = Group.objects.get(name="editor").permissions.model.objects.get(codename="view_logentry")
    Group.objects.get(name="viewer").delete()
    Group.objects.get(name="editor").permissions.add(extra)
    call_command("migrate", verbosity=0)
    found = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    assert found == {name: set(codenames) for name, codenames in ROLES.items()} | {
        "editor": {*ROLES["editor"], "view_logentry"}
    }


@pytest.mark.parametrize(
    "path",
    [
        *("event/", "actor/", "document/", "country/", "eventtype/", "entry/", CHANGE, "event/event-one/history/"),
        *("actor/actor-one/change/", "document/doc-one/change/", "entry/1/change/"),
        *("country/CZ/change/", "eventtype/AID/change/"),
    ],
)
def test_a_viewer_sees_everything(viewer: Curator, published: Event, path: str) -> None:
    page = viewer.open(path)
    assert page.answer.status_code == 200
    assert not {*DEEDS, "_save", "_continue", "_addanother"}.intersection(page.buttons)


@pytest.mark.parametrize("role", ["viewer", "contributor"])
@pytest.mark.parametrize("path", [CHANGE, "actor/actor-one/change/", "document/doc-one/change/"])
def test_what_is_public_they_see_and_do_not_change(published: Event, role: str, path: str) -> None:
    somebody = member("somebody", role)
    page = somebody.open(path)
    assert page.answer.status_code == 200
    assert page.buttons == []
    assert "title" not in page.sent
    assert somebody.post(path, **SENT).status_code == 403
    published.refresh_from_db()
    assert published.title == "The council ends the agreement"


def test_a_retracted_event_is_closed_to_contributors_too(
    editor: Curator, contributor: Curator, published: Event
) -> None:
    editor.open(CHANGE).type(why="Duplicate").press("_retract")
    assert contributor.post(CHANGE, **SENT).status_code == 403


def test_a_contributor_writes_drafts_actors_and_documents(
    contributor: Curator, draft: Event, actor: Actor, document: Document
) -> None:
    page = contributor.open(CHANGE)
    assert "_save" in page.buttons
    assert not set(DEEDS).intersection(page.buttons)
    assert page.type(title="By Carl").press().errors() == []
    assert contributor.open("actor/actor-one/change/").type(name="Carl's name").press().errors() == []
    assert contributor.open("document/doc-one/change/").type(title="Carl's title").press().errors() == []
    draft.refresh_from_db()
    actor.refresh_from_db()
    document.refresh_from_db()
    assert (draft.title, actor.name, document.title) == ("By Carl", "Carl's name", "Carl's title")


@pytest.mark.parametrize("button", DEEDS)
def test_a_contributor_forges_no_deed(contributor: Curator, draft: Event, button: str) -> None:
    page = contributor.open(CHANGE).type(title="Forged", why="Because").press(button)
    assert page.answer.status_code == 403
    draft.refresh_from_db()
    assert (draft.title, draft.status) == ("The council ends the agreement", "draft")
    assert not Entry.objects.exists()


@pytest.mark.parametrize("button", DEEDS)
def test_an_editor_forges_no_deed_that_makes_no_sense(editor: Curator, draft: Event, button: str) -> None:
    page = editor.open(CHANGE).type(why="Because").press(button)
    draft.refresh_from_db()
    assert draft.status == ("published" if button == "_publish" else "draft")
    assert bool(page.errors()) == (button != "_publish")


@pytest.mark.parametrize("path", ["event/add/", "actor/add/", "document/add/", "eventtype/add/", CHANGE])
def test_a_viewer_writes_nothing(viewer: Curator, draft: Event, path: str) -> None:
    assert viewer.post(path, **SENT).status_code == 403


def test_what_is_forbidden_says_what_to_do(viewer: Curator) -> None:
    answer = viewer.post("event/add/", **SENT)
    assert answer.status_code == 403
    page = unescape(answer.content.decode())
    assert "Your role doesn't allow what you asked for. Nothing was changed." in page
    assert 'href="/admin/"' in page.split('id="content-main"')[1]


def test_a_form_of_which_no_browser_says_who_sent_it_is_refused_with_advice(contributor: Curator, draft: Event) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(contributor.user)
    strict.get(f"/admin/events/{CHANGE}")
    answer = strict.post(f"/admin/events/{CHANGE}", {**SENT, "csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    page = unescape(answer.content.decode())
    assert "Open the form anew in another tab and copy it over." in page
    assert 'href="/admin/"' in page.split('id="content-main"')[1]


@pytest.mark.parametrize("path", ["eventtype/add/", "eventtype/AID/change/", "country/CZ/change/"])
def test_reference_data_are_the_editors_matter(contributor: Curator, path: str) -> None:
    assert contributor.post(path, name="Forged", code="FORGED", definition="Forged", why="Because").status_code == 403


@pytest.mark.parametrize("path", ["country/add/", "entry/add/", "entry/1/change/"])
def test_these_nobody_writes(published: Event, path: str, admin_user: User) -> None:
    everything = Curator(admin_user)
    assert everything.post(path, why="Because").status_code == 403


@pytest.mark.parametrize(
    "path", ["event/event-one", "actor/actor-one", "document/doc-one", "country/CZ", "eventtype/AID", "entry/1"]
)
def test_nothing_is_deleted(admin_user: User, published: Event, path: str) -> None:
    everything = Curator(admin_user)
    assert everything.get(f"{path}/delete/").status_code == 403
    assert everything.post(f"{path}/delete/", post="yes").status_code == 403
    before = Event.objects.count(), Actor.objects.count(), Document.objects.count()
    everything.post(f"{path.split('/')[0]}/", action="delete_selected", _selected_action=path.split("/")[1], post="yes")
    assert (Event.objects.count(), Actor.objects.count(), Document.objects.count()) == before == (1, 1, 1)


def test_a_superuser_does_everything(admin_user: User, draft: Event) -> None:
    everything = Curator(admin_user)
    assert everything.open(CHANGE).press("_publish").errors() == []


def test_the_index_tables_are_not_shown(admin_user: User) -> None:
    everything = Curator(admin_user)
    shown = everything.client.get("/admin/").context["app_list"]
    names = {model["object_name"] for app in shown if app["app_label"] == "events" for model in app["models"]}
    assert names == {"Actor", "Country", "Document", "Entry", "Event", "EventType", "Proposal"}
