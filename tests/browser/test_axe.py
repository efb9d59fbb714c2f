"""What axe finds on every page of the desk, in every state that a form can be in: nothing, and none is too wide.

The pages are those of `tests/admin/desk.py`, where a new one can't be forgotten.
"""

from __future__ import annotations

from typing import Literal

import pytest
from django.test import Client
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from tests.admin import desk
from tests.admin.curator import Curator
from tests.browser.conftest import Axe
from tests.browser.test_admin import PHONE, log_in

# Where things stand depends on the width and colours on the scheme: two audits see each of both.
LOOKS: tuple[tuple[ViewportSize, Literal["light", "dark"]], ...] = (
    ({"width": 1280, "height": 800}, "light"),
    ({"width": PHONE, "height": 740}, "dark"),
)
# A page, what is typed there, and the button that is pressed: errors, previews, and what two people bring about.
STATES: list[tuple[str, dict[str, str], str]] = [
    ("events/event/add/", {"edtf": "2019-02-30"}, "_publish"),
    ("events/event/event-one/change/", {"title": "", "edtf": "soonish"}, "_save"),
    ("events/event/event-a/change/", {"title": "A new title", "why": "Typing error"}, "_revise"),
    ("events/event/event-a/change/", {"title": "A new title"}, "_revise"),
    ("events/event/event-a/change/", {"title": "A new title", "version": "0"}, "_save"),
    ("events/actor/add/", {"name": ""}, "_save"),
    ("events/actor/actor-one/change/", {"name": "A new name", "version": "0"}, "_save"),
    ("events/document/add/", {"title": "", "url": "nowhere"}, "_save"),
    ("events/document/doc/change/", {"text": "Nothing that was quoted", "why": "Typing error"}, "_revise"),
    ("events/country/CZ/change/", {"name": ""}, "_save"),
    ("events/eventtype/add/", {"code": ""}, "_save"),
    ("events/event/event-a/merge/", {"other-typed": "nothing"}, ""),
    ("events/event/event-a/merge/?other=event-d", {}, "_merge"),
    ("events/event/event-a/merge/?other=event-one", {"why": "The same", "stays": "event-one"}, "_merge"),
    ("events/event/event-c/unmerge/", {}, "_part"),
    ("events/actor/actor-three/unmerge/", {}, "_part"),
    ("events/document/import-table/", {}, "_look"),
    ("events/proposal/{new}/change/", {"title": "", "edtf": "2019-02-30"}, "_accept"),
    ("events/proposal/{new}/change/", {}, "_reject"),
    ("events/proposal/{new}/change/", {"same_as": ""}, "_same"),
    ("events/proposal/{new}/change/", {"participations-0-role": "", "evidence-0-quote": "No such words"}, "_publish"),
    ("events/proposal/{new}/change/", {"title": "Typed by me", "version": "0"}, "_accept"),
    ("events/proposal/{odd}/change/", {}, "_publish"),
    ("events/proposal/{merging}/change/", {}, "_accept"),
    ("events/proposal/{retraction}/change/", {}, "_accept"),
    ("events/proposal/suggest/event-a/", {"title": ""}, "_suggest"),
    ("events/proposal/suggest/event-a/", {"why": "x"}, "_suggest"),
]
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


def test_every_page(page: Page, faults: Audit, editor: Curator, world: desk.World) -> None:
    new = f"events/proposal/{world.proposals['new'].pk}/change/"
    for path in world.paths():
        visit(page, path)
        # An empty row of each kind; every form has the same.
        if path.endswith("/add/") or path == new:
            for more in page.get_by_role("button", name="Add a").all():
                more.click()
        faults(path)
    assert not faults.report()


def test_every_state_of_a_form(page: Page, faults: Audit, editor: Curator, world: desk.World) -> None:
    for path, typed, button in STATES:
        visit(page, path.format(**world.keys()))
        fill(page, typed)
        press(page, button)
        faults(f"{path} {button} {typed}")
    assert not faults.report()


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
    page.context.clear_cookies(name="csrftoken")
    press(page, "_save")
    expect(page.get_by_role("heading", level=1)).to_contain_text("This form is out of date")
    faults("a form that is out of date")
    press(page, "_log_in_again")
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
