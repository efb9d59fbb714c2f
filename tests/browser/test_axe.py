"""What axe finds on previews, reports, imports and log-ins of the desk: nothing, and none is too wide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from django.test import Client
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from tests.admin import desk
from tests.admin.curator import Curator
from tests.browser.test_admin import PHONE, log_in

Axe = Callable[[Page], list[str]]

LOOKS: tuple[tuple[ViewportSize, Literal["light", "dark"]], ...] = (
    ({"width": 1280, "height": 800}, "light"),
    ({"width": PHONE, "height": 740}, "dark"),
)
# A list, what is done to the first of its rows, and what is typed into the preview; then it is done.
MANY = [
    ("events/event/?status__exact=draft", "publish_selected", {}),
    ("events/event/", "assign_type", {"type": "OTHER"}),
    ("events/proposal/", "reject_selected", {"why": "No event at all"}),
    ("events/proposal/", "accept_selected", {}),
]


@pytest.fixture
def world(live_server: LiveServer) -> desk.World:
    return desk.World()


class Audit:
    """Audit the page that is open on a light screen and on a dark phone, and remember what was wrong."""

    def __init__(self, page: Page, axe: Axe) -> None:
        self.page, self.axe = page, axe
        self.found: dict[str, list[str]] = {}

    def __call__(self, what: str) -> None:
        here = []
        for size, scheme in LOOKS:
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme=scheme)
            # Colours change by and by.
            self.page.evaluate("() => Promise.all(document.getAnimations().map((change) => change.finished))")
            here += [f"{scheme}: {fault}" for fault in self.axe(self.page)]
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                here.append(f"it is wider than {size['width']}")
        if here:
            self.found[what] = here

    def report(self) -> str:
        return "\n".join(f"{what}:\n    " + "\n    ".join(lines) for what, lines in self.found.items())


@pytest.fixture
def faults(page: Page, axe: Axe) -> Audit:
    return Audit(page, axe)


@pytest.fixture
def editor(page: Page, world: desk.World) -> Curator:
    root = Curator(world.root)
    log_in(page, root)
    return root


def fill(page: Page, values: dict[str, str]) -> None:
    """Type into fields as a forger would, so that the browser's own checks don't come before ours."""
    for name, value in values.items():
        page.evaluate(
            """([name, value]) => {
                const fields = [...document.querySelectorAll(`[name="${name}"]`)];
                const radio = fields.find((field) => field.type === "radio" && field.value === value);
                if (radio) { radio.checked = true; return; }
                for (const field of fields) { field.value = value; }
            }""",
            [name, value],
        )


def press(page: Page, button: str) -> None:
    """Send the form by a button of it, whatever the browser thinks of it."""
    with page.expect_navigation():
        page.evaluate(
            """(name) => {
                const button = name ? document.querySelector(`#content-main [name="${name}"], [name="${name}"]`)
                    : document.querySelector("#content-main [type=submit]");
                button.form.noValidate = true;
                button.form.requestSubmit(button);
            }""",
            button,
        )


def visit(page: Page, path: str) -> None:
    page.goto(f"/admin/{path}")


def test_many_at_once(page: Page, faults: Audit, editor: Curator) -> None:
    for path, action, typed in MANY:
        visit(page, path)
        page.locator("[name=_selected_action]").first.check()
        page.select_option("[name=action]", action)
        press(page, "index")
        faults(f"{action}: the preview")
        fill(page, typed)
        press(page, "_do")
        faults(f"{action}: the report")
    assert not faults.report()


def test_a_table_is_looked_at(page: Page, faults: Audit, editor: Curator) -> None:
    visit(page, "events/document/import-table/")
    table = b"What,When\nThe council met,2019-10-16\nIt met again,03/04/2019\n"
    mapping = b'title = "What"\n[date]\ncolumn = "When"\n'
    for order in ("", "day-first"):
        page.set_input_files("[name=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": table})
        page.set_input_files("[name=map]", {"name": "a.toml", "mimeType": "text/plain", "buffer": mapping})
        fill(page, {"order": order})
        press(page, "_look")
        faults(f"a table, {order}")
    assert not faults.report()


def test_logged_out(page: Page, faults: Audit, editor: Curator) -> None:
    visit(page, "events/event/event-one/change/")
    fill(page, {"title": "Typed by me"})
    page.context.clear_cookies(name="sessionid")
    press(page, "_save")
    faults("log in again")
    fill(page, {"username": "root", "password": "wrong"})
    press(page, "_log_in_again")
    faults("log in again, wrong")
    visit(page, "")
    faults("log in")
    for _time in range(12):
        Client().post("/admin/login/", {"username": "root", "password": "wrong"})
    fill(page, {"username": "root", "password": "wrong"})
    press(page, "")
    expect(page.get_by_text("Too many wrong passwords")).to_be_visible()
    faults("shut out")
    assert not faults.report()
