"""Proposals reviewed in a real browser: by keyboard, by mouse, on a phone, without scripts; nothing typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from events.curation.decide import reject
from events.models import Event, Proposal
from tests.admin import dataset, proposing
from tests.admin.curator import Curator
from tests.admin.proposing import AT, SENTENCES
from tests.browser.test_admin import log_in


@pytest.fixture
def editor(live_server: LiveServer) -> Curator:
    return dataset.member("emma", "editor")


@pytest.fixture
def proposals(live_server: LiveServer) -> list[Proposal]:
    proposing.make_digest()
    return proposing.make_proposals()


def ready(page: Page) -> None:
    """The scripts run: what only they can do is shown."""
    expect(page.get_by_role("button", name="Add an actor")).to_be_visible()


def address(proposal: Proposal) -> str:
    return f"/admin/events/proposal/{proposal.pk}/change/"


def test_a_digest_is_reviewed_by_keyboard_and_seen_over_the_api(
    page: Page, editor: Curator, proposals: list[Proposal]
) -> None:
    log_in(page, editor, "/admin/events/proposal/")
    page.get_by_role("link", name="Review the next one").press("Enter")
    expect(page.get_by_text("0 of 3 decided")).to_be_visible()
    ready(page)
    page.keyboard.press("p")
    expect(page.get_by_text("was accepted and published")).to_be_visible()
    expect(page.get_by_text("1 of 3 decided")).to_be_visible()

    ready(page)
    page.keyboard.press("d")
    page.keyboard.press("Control+a")
    page.keyboard.type("October 19, 2019")
    expect(page.locator("output.dateline-understood")).to_contain_text("Understood as 2019-10-19")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.get_by_text("2 of 3 decided")).to_be_visible()

    ready(page)
    page.keyboard.press("r")
    page.keyboard.type("a plan, nothing that happened")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing else is left to decide.")).to_be_visible()

    seen = page.request.get("/api/v1/events/").json()["results"]
    assert {event["title"]: event["date"]["edtf"] for event in seen} == {
        "the Prague council ended the agreement with Beijing": "2019-10-16",
        "the embassy called it a mistake": "2019-10-19",
    }
    assert Proposal.objects.get(status="rejected").reason == "a plan, nothing that happened"


def test_other_words_are_quoted_by_mouse_and_by_keyboard(
    page: Page, editor: Curator, proposals: list[Proposal]
) -> None:
    log_in(page, editor, address(proposals[0]))
    row = page.get_by_role("group", name="Evidence 1")
    box = page.locator("#dl-text .dl-actor").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    row.get_by_role("button", name="Quote the selection").click()
    quotation = row.get_by_role("textbox", name="Quotation")
    expect(quotation).to_have_value("Prague council")
    for _time in range(3):
        row.get_by_role("button", name="End later").press("Enter")
    row.get_by_role("button", name="Begin earlier").press("Enter")
    expect(quotation).to_have_value("the Prague council ended the agreement")
    expect(page.locator("#dl-text .dl-evidence", has_text="ended the agreement")).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("a")
    page.wait_for_url(f"**{address(proposals[1])}")
    stored = Event.objects.get().evidence.get(quote="the Prague council ended the agreement")
    assert stored.start == proposing.TEXT.index("the Prague council")


def test_another_reading_of_the_date_is_chosen_by_a_button(
    page: Page, editor: Curator, proposals: list[Proposal]
) -> None:
    log_in(page, editor, address(proposals[2]))
    page.get_by_role("button", name="2018-03", exact=True).click()
    expect(page.locator("[name=edtf]")).to_have_value("2018-03")
    expect(page.locator("output.dateline-understood")).to_contain_text("March 2018")


def test_rows_are_added(page: Page, editor: Curator, proposals: list[Proposal]) -> None:
    dataset.make_actor()
    log_in(page, editor, address(proposals[0]))
    for _time in range(2):
        page.get_by_role("button", name="Add an actor").click()
    page.fill("[name=participations-2-name]", "The mayor")
    page.select_option("[name=participations-2-kind]", "person")
    page.select_option("[name=participations-2-role]", "participant")
    page.locator("[name=participations-1-actor] + .select2-container .select2-selection").click()
    page.locator(".select2-search__field").press_sequentially("prague")
    page.get_by_role("option", name="Prague City Council").click()
    page.select_option("[name=participations-1-role]", "target")
    page.get_by_role("button", name="Accept", exact=True).click()
    page.wait_for_url(f"**{address(proposals[1])}")
    roles = {part.actor.name: part.role for part in Event.objects.get().participations.all()}
    assert roles == {"Prague council": "initiator", "Prague City Council": "target", "The mayor": "participant"}


def test_leaving_a_changed_form_warns_and_coming_back_finds_it(
    page: Page, editor: Curator, proposals: list[Proposal]
) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    log_in(page, editor, address(proposals[0]))
    page.goto("/admin/events/proposal/")
    assert asked == []
    page.goto(address(proposals[0]))
    page.locator("[name=title]").press_sequentially("Typed by me: ")
    page.goto("/admin/events/proposal/")
    assert asked == ["beforeunload"]
    page.goto(address(proposals[0]))
    expect(page.get_by_text("What you had typed here is in the form again.")).to_be_visible()
    assert "Typed by me: " in page.input_value("[name=title]")


def test_a_log_in_that_ran_out_loses_no_text(page: Page, editor: Curator, proposals: list[Proposal]) -> None:
    log_in(page, editor, address(proposals[0]))
    page.fill("[name=title]", "Typed by me")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Your log-in ran out.")
    page.fill("[name=username]", "emma")
    page.fill("[name=password]", "password")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("[name=title]")).to_have_value("Typed by me")
    assert not Event.objects.exists()
    page.get_by_role("button", name="Accept", exact=True).click()
    page.wait_for_url(f"**{address(proposals[1])}")
    assert Event.objects.get().title == "Typed by me"


def test_a_log_in_in_another_tab_loses_no_text(page: Page, editor: Curator, proposals: list[Proposal]) -> None:
    log_in(page, editor, address(proposals[0]))
    page.fill("[name=title]", "Typed by me")
    page.context.clear_cookies(name="sessionid")
    tab = page.context.new_page()
    log_in(tab, editor)
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("This form is out of date")
    page.get_by_role("button", name="Back to the form, with my text").click()
    expect(page.locator("[name=title]")).to_have_value("Typed by me")
    assert not Event.objects.exists()
    page.get_by_role("button", name="Accept", exact=True).click()
    page.wait_for_url(f"**{address(proposals[1])}")
    assert Event.objects.get().title == "Typed by me"


def test_two_browsers_and_one_proposal(page: Page, editor: Curator, proposals: list[Proposal]) -> None:
    log_in(page, editor, address(proposals[0]))
    page.fill("[name=title]", "Typed by me")
    reject(proposals[0].pk, version=1, by="eric", at=AT, why="No event at all")
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_text("by eric. No event at all")).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("Typed by me")
    page.get_by_role("button", name="Open it again").click()
    expect(page.get_by_text("is open again")).to_be_visible()


def test_shortcuts_can_be_turned_off(page: Page, editor: Curator, proposals: list[Proposal]) -> None:
    log_in(page, editor, address(proposals[0]))
    page.get_by_text("Keyboard shortcuts").click()
    page.get_by_role("checkbox", name="Use them").uncheck()
    page.reload()
    page.keyboard.press("a")
    page.keyboard.press("e")
    expect(page.locator("[name=title]")).not_to_be_focused()
    assert not Event.objects.exists()


def test_without_javascript(
    chromium: Browser, live_server: LiveServer, editor: Curator, proposals: list[Proposal]
) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, editor, address(proposals[0]))
    assert "".join(page.locator("#dl-text").all_text_contents()).strip() == proposing.TEXT.strip()
    page.fill("[name=edtf]", "last March")
    page.press("[name=edtf]", "Enter")
    assert "Understood as 2019-03" in page.inner_text("output.dateline-understood")
    page.fill("[name=edtf]", "2019-10-16")
    page.fill("[name=evidence-0-quote]", SENTENCES[0].rstrip("."))
    page.fill("[name=claimed_by-0-name]", "The Weekly")
    page.select_option("[name=claimed_by-0-kind]", "media")
    page.click("[name=_accept]")
    assert "was accepted" in page.inner_text(".messagelist")
    assert Event.objects.get().claims.get().actor.name == "The Weekly"
    page.fill("[name=because]", "No event")
    page.click("[name=_reject]")
    page.click("[name=_skip]")
    assert "Nothing else is left to decide." in page.inner_text(".messagelist")
    context.close()
