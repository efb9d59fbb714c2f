"""The pages of merging, comparing and bulk work, used in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import Event
from tests.admin import dataset
from tests.browser.test_admin import log_in
from tests.curation.world import actor, document, event


@pytest.fixture
def world(live_server: LiveServer) -> None:
    document()
    actor("prague", name="City Council of Prague")
    actor("council", name="Prague City Council")
    event("event-a", actors=["prague"], public=True)
    event("event-b", actors=["council"], public=True)
    event("event-c")


def test_two_are_merged_and_parted_and_nothing_is_published_unseen(page: Page, world: None) -> None:
    log_in(page, dataset.member("emma", "editor"))
    page.goto("/admin/events/actor/doubles/")
    page.get_by_role("link", name="Look at").click()
    page.get_by_role("button", name="Duplicate of another event").click()
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("is part of this one now")
    page.get_by_role("link", name="Undo that merge").click()
    page.get_by_role("button", name="Retracted by mistake").click()
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.locator("#content-main")).to_contain_text("both are as they were")

    page.goto("/admin/events/event/event-a/change/")
    page.fill("[name=title]", "Another title")
    page.get_by_role("button", name="Wording made clearer").click()
    page.click("[name=_revise]")
    expect(page.locator(".dateline-comparison")).to_contain_text("Another title")
    page.click("[name=_revise]")
    expect(page.locator(".messagelist")).to_contain_text("are public now")
    page.goto("/admin/events/event/event-a/history/")
    page.locator("[name=from]").last.check()
    page.locator("[name=to]").first.check()
    page.get_by_role("button", name="Compare the two").click()
    expect(page.locator("ins").first).to_contain_text("Another")

    page.goto("/admin/events/event/")
    page.check("[name=_selected_action][value=event-c]")
    page.select_option("[name=action]", "publish_selected")
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()
    page.get_by_role("button", name="Do it where it is possible").click()
    expect(page.get_by_role("status")).to_contain_text("1 was done.")
    assert Event.objects.get(pk="event-c").status == "published"
