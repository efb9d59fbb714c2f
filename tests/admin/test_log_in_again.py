"""A log-in that runs out loses nothing that was typed, on any form of the desk, and does nothing unasked."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.models import Event, Proposal
from tests.admin import proposing
from tests.admin.curator import Curator, Form
from tests.curation.world import document as make_document
from tests.curation.world import event as make_event

pytestmark = pytest.mark.django_db

TYPED = "Typed “by me” <b> & no other"
# Where one types, what into, and the button that is pressed.
FORMS = [
    ("event/add/", "title", "_publish"),
    ("event/event-one/change/", "title", "_revise"),
    ("event/event-one/change/", "private", "_retract"),
    ("event/event-one/change/", "source-0-passage", "_save"),
    ("actor/add/", "name", "_save"),
    ("actor/actor-one/change/", "description", "_save"),
    ("document/add/", "text", "_save"),
    ("document/doc-one/change/", "text", "_revise"),
    ("country/CZ/change/", "name", "_save"),
    ("eventtype/add/", "definition", "_save"),
    ("eventtype/AID/change/", "definition", "_save"),
    ("event/event-one/merge/?other=event-a", "why", "_merge"),
    ("event/event-one/merge/?other=event-a", "why", "_suggest"),
    ("proposal/suggest/event-one/", "title", "_suggest"),
    ("proposal/PROPOSAL/change/", "title", "_accept"),
    ("proposal/PROPOSAL/change/", "because", "_reject"),
    ("document/import-table/", "title", "_do"),
]


def everything() -> list[Any]:
    skipped = {"held_by", "held_until"}
    models: list[Any] = list(apps.get_app_config("events").get_models())
    columns = [[field.attname for field in model._meta.concrete_fields] for model in models]
    return [
        sorted(map(str, model._default_manager.values_list(*(name for name in names if name not in skipped))))
        for model, names in zip(models, columns, strict=True)
    ]


def log_in_again(curator: Curator, asked: Form) -> Form:
    """Fill in the page that asks to log in again."""
    assert asked.answer.status_code == 401
    asked.type(username=curator.user.username, password="a password of mine")
    return Form.of(curator.client, asked.path, curator.client.post(asked.path, {**asked.sent, "_log_in_again": "x"}))


@pytest.fixture
def editor(editor: Curator) -> Curator:
    editor.user.set_password("a password of mine")
    editor.user.save()
    editor.client.force_login(editor.user)
    return editor


@pytest.mark.parametrize(("path", "field", "button"), FORMS)
def test_what_was_typed_is_in_the_form_again(
    editor: Curator, published: Event, path: str, field: str, button: str
) -> None:
    make_document()
    make_event("event-a")
    proposing.make_digest()
    proposal = proposing.make_proposals()[0]
    page = editor.open(path.replace("PROPOSAL", str(proposal.pk))).type(**{field: TYPED})
    before = everything()
    editor.client.logout()
    again = log_in_again(editor, page.press(button))
    assert again.sent[field] == [TYPED]
    assert {name: again.sent.get(name) for name in page.sent if "csrf" not in name} == {
        name: value for name, value in page.sent.items() if "csrf" not in name
    }
    assert everything() == before


def test_the_form_can_be_sent_then(editor: Curator, published: Event) -> None:
    page = editor.open("event/event-one/change/").type(title=TYPED, why="Wording made clearer")
    editor.client.logout()
    log_in_again(editor, page.press("_save")).press("_save")
    assert Event.objects.get().title == TYPED


def test_many_that_were_chosen_stay_chosen(editor: Curator, draft: Event) -> None:
    proposing.make_digest()
    proposal = proposing.make_proposals()[0]
    sent = {"action": "reject_selected", "_selected_action": str(proposal.pk), "index": "0"}
    path = "/admin/events/proposal/"
    page = Form.of(editor.client, path, editor.client.post(path, sent)).type(why=TYPED)
    editor.client.logout()
    again = log_in_again(editor, page.press("_do"))
    assert (again.sent["why"], again.sent["_selected_action"]) == ([TYPED], [str(proposal.pk)])
    assert Proposal.objects.get(pk=proposal.pk).status == "open"
    again.press("_do")
    assert Proposal.objects.get(pk=proposal.pk).reason == TYPED


def test_files_are_chosen_again(editor: Curator) -> None:
    page = editor.open("document/import-table/").type(title=TYPED)
    editor.client.logout()
    files = {
        "file": SimpleUploadedFile("a.csv", b"What\nx\n"),
        "map": SimpleUploadedFile("a.toml", b'title = "What"\n'),
    }
    answer = editor.client.post(page.path, {**page.sent, **files, "_do": "x"})
    again = log_in_again(editor, Form.of(editor.client, page.path, answer))
    assert again.sent["title"] == [TYPED]
    assert "This field is required." in again.text


def test_a_revision_is_not_restored_by_logging_in(editor: Curator, published: Event) -> None:
    path = "/admin/events/event/event-one/history/"
    page = Form.of(editor.client, path, editor.client.get(path))
    before = everything()
    editor.client.logout()
    again = log_in_again(editor, page.type(restore="1").press("x"))
    assert again.answer.status_code == 200
    assert everything() == before


HERE = {"Origin": "http://testserver"}
CHANGE = "event/event-one/change/"


def in_a_browser(editor: Curator, **headers: str) -> Curator:
    """The same person in a browser that sends these headers with each form, and is held to its tokens."""
    return Curator(editor.user, Client(enforce_csrf_checks=True, headers=HERE | headers))


def logged_in_elsewhere(editor: Curator, path: str, **typed: str) -> Form:
    """A form that was filled in while its token grew old, as another tab does it that logs in anew."""
    page = editor.open(path).type(**typed)
    editor.client.cookies.pop("sessionid")
    token = str(editor.client.get("/admin/login/").context["csrf_token"])
    sent = {"username": editor.user.username, "password": "a password of mine", "csrfmiddlewaretoken": token}
    assert editor.client.post("/admin/login/", sent).status_code == 302
    return page


@pytest.mark.parametrize(("path", "field", "button"), FORMS[1::5])
def test_a_form_from_before_another_log_in_keeps_what_was_typed(
    editor: Curator, published: Event, path: str, field: str, button: str
) -> None:
    make_document()
    make_event("event-a")
    proposing.make_digest()
    path = path.replace("PROPOSAL", str(proposing.make_proposals()[0].pk))
    page = logged_in_elsewhere(in_a_browser(editor), path, **{field: TYPED})
    typed, before = dict(page.sent), everything()
    refused = page.press(button)
    assert refused.answer.status_code == 403
    again = refused.press(refused.buttons[0])
    assert {name: value for name, value in again.sent.items() if "csrf" not in name} == {
        name: value for name, value in typed.items() if "csrf" not in name
    }
    assert again.sent[field] == [TYPED]
    assert everything() == before


def test_the_form_with_its_new_token_can_be_sent(editor: Curator, published: Event) -> None:
    page = logged_in_elsewhere(in_a_browser(editor), CHANGE, title=TYPED, why="Wording made clearer")
    refused = page.press("_save")
    refused.press(refused.buttons[0]).press("_save")
    assert Event.objects.get().title == TYPED


def test_who_is_logged_out_too_logs_in_on_the_page(editor: Curator, published: Event) -> None:
    browser = in_a_browser(editor)
    page = logged_in_elsewhere(browser, CHANGE, title=TYPED)
    browser.client.cookies.pop("sessionid")
    asked = page.press("_save")
    again = log_in_again(browser, asked)
    assert again.sent["title"] == [TYPED]
    assert Event.objects.get().title != TYPED


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": ""},
    ],
    ids=str,
)
def test_of_what_another_site_sends_nothing_is_shown(
    editor: Curator, published: Event, headers: dict[str, str]
) -> None:
    forged = in_a_browser(editor, **headers).post(CHANGE, title="Forged", why="Forged", _revise="x", _log_in_again="x")
    assert forged.status_code == 403
    assert "Forged" not in forged.content.decode()
    assert "<form" not in forged.content.decode().split('id="content-main"')[1]
    assert Event.objects.get().title != "Forged"


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/password_change/", "/admin/auth/user/add/"])
def test_passwords_are_never_sent_twice(editor: Curator, path: str) -> None:
    answer = in_a_browser(editor).client.post(path, {"password": "a secret", "new_password1": "a secret"})
    assert answer.status_code == 403
    assert "a secret" not in answer.content.decode()
    assert "Go back with your browser" in answer.content.decode()


def test_a_password_that_was_typed_to_log_in_again_is_not_sent_twice(editor: Curator, published: Event) -> None:
    sent = {"title": TYPED, "username": "emma", "password": "a secret", "_log_in_again": "x"}
    answer = in_a_browser(editor).post(CHANGE, **sent)
    assert answer.status_code == 403
    page = Form.of(editor.client, CHANGE, answer)
    assert page.sent["title"] == [TYPED]
    assert "a secret" not in page.text
