"""A curator's day in a real browser: with scripts and without, by keyboard; and axe finds nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import Actor, Document, Event
from tests.admin import dataset
from tests.admin.curator import Curator
from tests.browser.conftest import Axe

CHANGE = "/admin/events/event/event-one/change/"
PHONE = 360
PASSAGE = "A first paragraph.\n\nLast March the minister resigned."


@pytest.fixture
def editor(live_server: LiveServer) -> Curator:
    return dataset.member("emma", "editor")


@pytest.fixture
def actor(live_server: LiveServer) -> Actor:
    return dataset.make_actor()


@pytest.fixture
def draft(actor: Actor) -> Event:
    return dataset.make_draft(dataset.make_document(), actor)


@pytest.fixture
def published(draft: Event) -> Event:
    return dataset.make_public(draft)


def log_in(page: Page, curator: Curator, path: str = "/admin/") -> None:
    curator.user.set_password("password")
    curator.user.save()
    page.goto(path)
    page.fill("[name=username]", curator.user.username)
    page.fill("[name=password]", "password")
    page.click("[type=submit]")
    page.wait_for_url(f"**{path}")


def test_from_a_pasted_source_to_a_public_event(page: Page, axe: Axe, editor: Curator, actor: Actor) -> None:
    log_in(page, editor, "/admin/events/event/add/")
    page.fill("[name=title]", "The minister resigns")
    page.select_option("[name=type]", "RETREAT")
    page.fill("[name=source-0-title]", "A resignation")
    page.fill("[name=source-0-published]", "2019-11-04")
    page.fill("[name=source-0-passage]", PASSAGE)
    page.fill("[name=source-0-quote]", "Last March the minister resigned.")
    page.locator("[name=edtf]").press_sequentially("last March")
    said = page.locator("output.dateline-understood")
    expect(said).to_have_text("Understood as 2019-03: March 2019. Read by the rule “last-named-month”.")
    page.click("#participations-0 .select2-selection")
    page.locator(".select2-search__field").press_sequentially("prague")
    page.get_by_role("option", name="Prague City Council").click()
    page.select_option("[name=participations-0-role]", "initiator")
    assert axe(page) == []
    page.get_by_role("button", name="Save and publish", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was saved and published")
    event = Event.objects.get()
    assert (event.status, event.edtf, event.date_text) == ("published", "2019-03", "last March")
    assert event.evidence.get().document == Document.objects.get(title="A resignation")
    expect(page.get_by_role("link", name="What is public now")).to_have_attribute("href", f"/events/{event.pk}/")
    assert axe(page) == []


def test_what_is_mistyped_is_said_while_typing(page: Page, editor: Curator, draft: Event) -> None:
    log_in(page, editor, CHANGE)
    page.fill("[name=edtf]", "2019-02-30")
    expect(page.locator("output.dateline-understood.fault")).to_contain_text("Write 2019-02?")
    page.fill("[name=edtf]", "2019-02")
    expect(page.locator("output.dateline-understood:not(.fault)")).to_contain_text("February 2019")
    page.fill("[name=edtf]", "")
    expect(page.locator("output.dateline-understood")).to_have_text("")


def test_choosing_an_actor_by_keyboard(page: Page, axe: Axe, editor: Curator, draft: Event) -> None:
    log_in(page, editor, CHANGE)
    page.get_by_role("button", name="Add another Actor of the event").press("Enter")
    box = page.locator("#participations-2").get_by_role("combobox", name="Actor")
    box.first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name="Prague City Council")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("[name=participations-2-actor]")).to_have_value("actor-one")


def test_an_actor_that_is_missing_is_added_in_between(page: Page, editor: Curator, draft: Event) -> None:
    log_in(page, editor, CHANGE)
    with page.expect_popup() as opened:
        page.click("#add_id_participations-1-actor")
    popup = opened.value
    popup.fill("[name=name]", "The mayor")
    popup.select_option("[name=kind]", "person")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#select2-id_participations-1-actor-container")).to_contain_text("The mayor")
    page.select_option("[name=participations-1-role]", "participant")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/admin/events/event/")
    assert draft.participations.get(role="participant").actor.name == "The mayor"


def test_two_curators_and_one_event(page: Page, editor: Curator, draft: Event) -> None:
    log_in(page, editor, CHANGE)
    dataset.member("eric", "editor").open("event/event-one/change/").type(title="Theirs", place="Prague").press()
    page.fill("[name=title]", "Mine")
    page.get_by_role("button", name="Save", exact=True).click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("eric saved this")
    expect(notice.get_by_role("row", name="Title")).to_contain_text("Theirs")
    expect(notice.get_by_role("row", name="Place")).to_contain_text("taken over")
    expect(page.locator("[name=title]")).to_have_value("Mine")
    expect(page.locator("[name=place]")).to_have_value("Prague")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/admin/events/event/")
    draft.refresh_from_db()
    assert (draft.title, draft.place) == ("Mine", "Prague")


def test_without_javascript(chromium: Browser, live_server: LiveServer, editor: Curator, actor: Actor) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, editor, "/admin/events/event/add/")
    page.fill("[name=title]", "The minister resigns")
    page.select_option("[name=type]", "RETREAT")
    page.fill("[name=edtf]", "last March")
    page.fill("[name=source-0-title]", "A resignation")
    page.fill("[name=source-0-published]", "2019-11-04")
    page.fill("[name=source-0-passage]", PASSAGE)
    page.fill("[name=participations-0-actor-typed]", "Prague City Council")
    page.select_option("[name=participations-0-role]", "initiator")
    page.click("[name=_understand]")
    assert "Understood as 2019-03: March 2019." in page.inner_text("output.dateline-understood")
    page.click("[name=_publish]")
    assert "was saved and published" in page.inner_text(".messagelist")
    event = Event.objects.get()
    assert (event.status, event.participations.get().actor) == ("published", actor)
    page.fill("[name=title]", "The minister resigned")
    page.fill("[name=why]", "Wording made clearer")
    page.click("[name=_revise]")
    assert "Wording made clearer" in page.input_value("[name=why]")
    assert "resigned" in page.inner_text(".dateline-comparison ins")
    page.click("[name=_revise]")
    page.click("text=History")
    assert "Wording made clearer" in page.inner_text("#change-history")
    context.close()
