"""The browser that the other tests rely on: it sees faults, and the admin works in it under our security policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page


def test_axe_sees_a_fault(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.set_content("<!doctype html><html lang=en><title>t</title><main><h1>h</h1><img src='data:,'></main></html>")
    assert [fault.split(" ")[0] for fault in axe(page)] == ["image-alt"]


@pytest.mark.parametrize("path", ["auth/user/add/", "auth/group/add/", "password_change/"])
def test_the_admin_works_under_the_security_policy(page: Page, admin_user: User, path: str) -> None:
    page.goto(f"/admin/{path}")
    page.fill("[name=username]", admin_user.username)
    page.fill("[name=password]", "password")
    page.click("[type=submit]")
    page.wait_for_url(f"**/admin/{path}")
