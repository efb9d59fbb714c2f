"""The page to try the API, in a browser."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/events/", "/dates/", "/"])
def test_what_is_tried_as_it_stands_is_answered(page: Page, path: str) -> None:
    call_command("loaddata", "china-digest-2019-11", verbosity=0)
    page.goto("/api/v1/docs/")
    operation = page.locator(".opblock", has=page.locator(f'[data-path="{path}"]'))
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table .response-col_status").nth(1)).to_contain_text("200")
