"""A real Chromium for these tests: the machine's own, cut off from every host but the one under test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
LOCAL = "127.0.0.1"
FLAGS = [
    # Chromium calls its makers in the background; a test must not.
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE {LOCAL}",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        pytest.skip("Browser tests skipped: Chromium isn't installed; on Debian: apt install chromium")
    # As root Chromium refuses its sandbox.
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with pytest.MonkeyPatch.context() as monkeypatch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, for which Django would refuse to query from the tests.
        monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=executable, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A page on the live server. A failing script, a missing file or a call to another host fails the test."""
    context = chromium.new_context(base_url=live_server.url, locale="en-GB", timezone_id="UTC")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"a script failed: {error}"))
    page.on("console", lambda message: faults.extend(_complaint(message)))
    page.on("request", lambda request: faults.extend(_call_out(request)))
    page.on("response", lambda response: faults.extend(_missing(response)))
    yield page
    context.close()
    assert faults == []


def _complaint(message: ConsoleMessage) -> list[str]:
    """An error on the console, but for failed loads: `_missing` knows which of those matter."""
    fails = message.type == "error" and not message.text.startswith("Failed to load resource")
    return [f"the console says: {message.text}"] if fails else []


def _call_out(request: Request) -> list[str]:
    parts = urlsplit(request.url)
    outside = parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in ("localhost", LOCAL)
    return [f"the page calls {request.url}"] if outside else []


def _missing(response: Response) -> list[str]:
    """A file that the page needs and didn't get. The page may be an error itself; the icon is asked for unasked."""
    asked = response.request.resource_type != "document" and not response.url.endswith("/favicon.ico")
    return [f"{response.status} for {response.url}"] if asked and response.status >= 400 else []


class Axe:
    """Audit a page; one line for each fault: the rule, how grave, what is wrong, where."""

    def __init__(self) -> None:
        self.script = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def __call__(self, page: Page) -> list[str]:
        if page.evaluate("window.axe === undefined"):
            page.evaluate(self.script)
        # Without preloading: axe would fetch what style sheets import from the wrong address. What passed is long.
        run = "axe.run({preload: false, resultTypes: ['violations']}).then((found) => found.violations)"
        return [_line(fault) for fault in page.evaluate(run)]


@pytest.fixture(scope="session")
def axe() -> Axe:
    return Axe()


def _line(fault: dict[str, Any]) -> str:
    places = ", ".join(str(node["target"]) for node in fault["nodes"])
    return f"{fault['id']} ({fault['impact']}): {fault['help']}: {places}"
