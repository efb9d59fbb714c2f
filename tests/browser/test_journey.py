"""From a digest to public events and back, in a real browser, by keyboard alone; each step is seen over the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import Event, Proposal
from tests.admin import dataset
from tests.browser.test_admin import log_in
from tests.browser.test_review import ready

DIGEST = """# The week in Prague

On October 16, 2019, the Prague City Council ended the agreement with Beijing.

On October 18, the Chinese embassy protested against the decision.

On October 16, 2019, the council of Prague cancelled its agreement with the city of Beijing.

Last March the mayor of Prague visited Taiwan.
"""
ENDED = "The Prague City Council ended the agreement with Beijing"
PROTESTED = "The Chinese embassy protested against the decision"
CANCELLED = "The council of Prague cancelled its agreement with the city of Beijing"
VISITED = "The mayor of Prague visited Taiwan"
# More than any page of the desk has that one may tab to before what is looked for.
STEPS = 60


@pytest.fixture
def digest(live_server: LiveServer, tmp_path: Path) -> None:
    file = tmp_path / "2019-11-04-prague.md"
    file.write_text(DIGEST, encoding="utf-8")
    call_command("read_digest", str(file), publisher="The Weekly", language="en", by="reader", verbosity=0)
    assert list(Proposal.objects.values_list("title", flat=True)) == [ENDED, PROTESTED, CANCELLED, VISITED]


class Api:
    """What a client sees, asked anew each time."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.token = self.get("")["changes_token"]

    def get(self, path: str, status: int = 200) -> Any:
        answer = self.page.request.get(f"/api/v1/{path}", max_redirects=0)
        assert answer.status == status, answer.text()
        return answer.json() if status == 200 else answer.headers.get("location", "")

    def dates(self) -> dict[str, str]:
        return {event["title"]: event["date"]["edtf"] for event in self.get("events/")["results"]}

    def happened(self) -> list[tuple[str, str]]:
        """What the feed of changes tells of events since it was last asked."""
        told = self.get(f"changes/?since={self.token}")
        self.token = told["token"]
        return [(row["deed"], row["id"]) for row in told["results"] if row["kind"] == "event"]


def go(page: Page, target: Locator) -> None:
    """Tab to something and press Enter: so one knows that the keyboard gets there."""
    reach(page, target)
    page.keyboard.press("Enter")


def press_at_foot(page: Page, *names: str) -> None:
    """Jump over the fields of a form, to its reasons and buttons."""
    go(page, page.get_by_role("link", name="To the reason and the buttons"))
    for name in names:
        go(page, page.get_by_role("button", name=name, exact=True))


def reach(page: Page, target: Locator) -> None:
    expect(target).to_be_visible()
    for _step in range(STEPS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard doesn't get to {target}")


def decide(page: Page, title: str, *keys: str) -> None:
    """The review of the proposal that comes next, and the keys that decide it."""
    expect(page.locator("[name=title]")).to_have_value(title)
    ready(page)
    for key in keys:
        page.keyboard.press(key)


def pk(title: str) -> str:
    return Event.objects.get(title=title).pk


def test_from_a_digest_to_public_events_and_back(page: Page, digest: None) -> None:
    log_in(page, dataset.member("emma", "editor"), "/admin/events/proposal/digests/")
    api = Api(page)
    assert api.dates() == {}
    expect(page.get_by_text("0 of 4 decided")).to_be_visible()
    go(page, page.get_by_role("link", name="Review The week in Prague"))

    decide(page, ENDED, "p")
    expect(page.get_by_text("1 of 4 decided")).to_be_visible()
    assert api.dates() == {ENDED: "2019-10-16"}
    assert api.happened() == [("published", pk(ENDED))]

    decide(page, PROTESTED, "d", "Control+a")
    page.keyboard.type("October 19, 2019")
    expect(page.locator("output.dateline-understood")).to_contain_text("Understood as 2019-10-19")
    decide(page, PROTESTED, "Escape", "p")
    expect(page.get_by_text("2 of 4 decided")).to_be_visible()
    assert api.dates() == {ENDED: "2019-10-16", PROTESTED: "2019-10-19"}
    assert api.happened() == [("published", pk(PROTESTED))]

    decide(page, CANCELLED, "a")
    expect(page.get_by_text("3 of 4 decided")).to_be_visible()
    api.get(f"events/{pk(CANCELLED)}/", 404)
    assert api.happened() == []

    decide(page, VISITED, "r")
    page.keyboard.type("We know of no such visit")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing else is left to decide.")).to_be_visible()
    assert Proposal.objects.get(status="rejected").title == VISITED
    assert api.get("events/?q=Taiwan")["results"] == []
    assert api.happened() == []

    publish_draft(page, api)
    merge_and_part(page, api)
    retract(page, api)


def publish_draft(page: Page, api: Api) -> None:
    page.goto("/admin/events/event/")
    go(page, page.get_by_role("link", name=CANCELLED))
    press_at_foot(page, "Save and publish")
    expect(page.locator(".messagelist")).to_contain_text("was saved and published")
    assert set(api.dates()) == {ENDED, PROTESTED, CANCELLED}
    assert api.happened() == [("published", pk(CANCELLED))]


def merge_and_part(page: Page, api: Api) -> None:
    stays, goes = pk(ENDED), pk(CANCELLED)
    before = {title: api.get(f"events/{title}/") for title in (stays, goes)}
    page.goto(f"/admin/events/event/{stays}/change/")
    go(page, page.get_by_role("link", name="Merge it with another"))
    go(page, page.get_by_role("combobox", name="The other one"))
    page.keyboard.type("cancelled")
    expect(page.get_by_role("option", name=CANCELLED)).to_be_visible()
    page.keyboard.press("Enter")
    go(page, page.get_by_role("button", name="Look at both"))
    go(page, page.get_by_role("button", name="Duplicate of another event"))
    go(page, page.get_by_role("button", name="Merge", exact=True))
    expect(page.locator(".messagelist")).to_contain_text("is part of this one now")
    assert api.get(f"events/{goes}/", 308).endswith(f"/api/v1/events/{stays}/")
    assert set(api.dates()) == {ENDED, PROTESTED}
    quotes = {row["quote"] for row in api.get(f"events/{stays}/")["evidence"]}
    assert {row["quote"] for event in before.values() for row in event["evidence"]} == quotes
    assert ("merged", goes) in api.happened()

    go(page, page.get_by_role("link", name="Undo that merge"))
    go(page, page.get_by_role("button", name="Retracted by mistake"))
    go(page, page.get_by_role("button", name="Undo the merge"))
    expect(page.locator("#content-main")).to_contain_text("both are as they were")
    for event_id, event in before.items():
        now = api.get(f"events/{event_id}/")
        changing = {"revision", "seq", "updated_at"}
        assert {key: now[key] for key in now.keys() - changing} == {key: event[key] for key in event.keys() - changing}
    assert ("reinstated", goes) in api.happened()


def retract(page: Page, api: Api) -> None:
    event_id = pk(CANCELLED)
    page.goto(f"/admin/events/event/{event_id}/change/")
    press_at_foot(page, "Duplicate of another event", "Retract")
    expect(page.locator(".messagelist")).to_contain_text("was retracted")
    api.get(f"events/{event_id}/", 410)
    assert api.happened() == [("retracted", event_id)]
    press_at_foot(page, "Retracted by mistake", "Reinstate")
    expect(page.locator(".messagelist")).to_contain_text("was reinstated")
    assert api.get(f"events/{event_id}/")["title"] == CANCELLED
