"""The public pages in a real browser: without scripts, by keyboard, on a phone, in print; and axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from events.curation.retract import retract
from tests.browser.conftest import Axe
from tests.curation.world import AT

RETRACTED = "mdqrqpck42"
# Every kind of page, and its status.
PAGES = {
    "/": 200,
    "/?date=2019&country=CN&initiator_country_not=US": 200,
    "/?ordering=-updated&limit=3": 200,
    "/?date=1950": 200,
    "/?contry=China&country=China&date_from=2019-02-30&actor_not=Huawey&dated=maybe": 400,
    "/events/gcc8zqhgqx/": 200,
    "/events/xk29ff63hq/": 200,
    f"/events/{RETRACTED}/": 410,
    "/events/nothing/": 404,
}


@pytest.fixture
def digest(live_server: LiveServer) -> None:
    call_command("loaddata", "china-digest-2019-11", verbosity=0)
    retract(RETRACTED, by="ann", at=AT + timedelta(days=9999), why="It was reported twice.")


@pytest.fixture
def plain(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page in a browser without scripts."""
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def visit(page: Page, path: str) -> None:
    response = page.goto(path)
    assert response is not None
    assert response.status == PAGES[path]


def test_axe_finds_nothing_in_light_or_dark(digest: None, page: Page, axe: Axe) -> None:
    faults = []
    for path in PAGES:
        visit(page, path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults += [f"{path} {scheme}: {fault}" for fault in axe(page)]
    assert faults == []


def test_nothing_is_wider_than_a_phone(digest: None, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for path in PAGES:
        visit(page, path)
        if page.locator("summary").count():
            page.click("summary")
        width = page.evaluate("document.documentElement.scrollWidth")
        wide += [f"{path} is {width} wide"] if width > 320 else []
    assert wide == []


def test_a_question_without_scripts(digest: None, plain: Page) -> None:
    plain.goto("/")
    plain.get_by_label("From", exact=True).fill("2019-10")
    plain.get_by_label("In this time").select_option("certainly")
    plain.get_by_label("Country", exact=True).fill("CN")
    plain.get_by_text("More filters").click()
    plain.get_by_role("group", name="Type").get_by_label("none of").select_option("threats")
    plain.get_by_role("button", name="Show events").click()
    address = plain.url.partition("?")[2]
    assert address == "date_from=2019-10&date_match=certain&country=CN&type_not=THREATEN"
    expect(plain.get_by_role("heading", level=1)).to_have_text(
        "Events that certainly happened on or after 1 October 2019 and involve China, except threats"
    )
    expect(plain.get_by_label("From", exact=True)).to_have_value("2019-10")
    expect(plain.get_by_label("Type, none of")).to_have_value("THREATEN")


def test_a_slip_is_mended_by_following_the_suggestion(digest: None, plain: Page) -> None:
    plain.goto("/")
    plain.get_by_label("Country", exact=True).fill("China")
    plain.get_by_label("To", exact=True).fill("2019")
    plain.get_by_role("button", name="Show events").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("This question can't be answered as it stands")
    field = plain.get_by_label("Country", exact=True)
    expect(field).to_have_value("China")
    expect(field).to_have_accessible_description(
        "“China” isn't a country code (ISO 3166: CN or CHN; CSHH). Try country=CN such as CZ,SK"
    )
    plain.get_by_role("alert").get_by_role("link", name="Try country=CN").click()
    expect(field).to_have_value("CN")
    expect(plain.get_by_label("To", exact=True)).to_have_value("2019")


def test_a_question_by_keyboard(digest: None, page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Words", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("From", exact=True)).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.type("2019-10-16")
    page.keyboard.press("Tab")
    page.keyboard.type("2019-10-18")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?date_from=2019-10-16&date_to=2019-10-18")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Events that may have happened between 16 October 2019 and 18 October 2019"
    )


def test_from_the_list_to_an_event_and_on(digest: None, plain: Page) -> None:
    plain.goto("/?date=2019-10-18")
    plain.get_by_role("link", name="The U.S. Embassy to China answered that China blocks Twitter").click()
    expect(plain.get_by_role("heading", level=2, name="Evidence")).to_be_visible()
    plain.get_by_role("link", name="China's Embassy to the U.S. called the new rule").click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("called the new rule a breach")
    plain.get_by_role("link", name="China's Embassy to the U.S.", exact=True).click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Events that involve China's Embassy to the U.S.")


def test_headings_don_t_skip_a_level(digest: None, page: Page) -> None:
    for path in PAGES:
        visit(page, path)
        levels = [
            int(name[1]) for name in page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => h.tagName)")
        ]
        assert levels.count(1) == 1 == levels[0], path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_print_leaves_out_what_paper_cannot_do(digest: None, page: Page) -> None:
    page.goto("/")
    page.emulate_media(media="print")
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.get_by_role("heading", level=2, name="2019", exact=True)).to_be_visible()
