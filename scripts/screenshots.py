"""Serve the database that DATABASE_URL names, and photograph its pages and the curators' desk.

export DATABASE_URL=sqlite:////tmp/pictures.sqlite3
python manage.py migrate && python manage.py loaddata china-digest-2019-11
    python scripts/screenshots.py docs/screenshots
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

from playwright.sync_api import Page, ViewportSize, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from timeline.wsgi import application

# isort: split
from django.contrib.auth.models import User
from django.core.management import call_command

from events.models import Actor, Proposal

# Playwright keeps an event loop in this thread, for which Django would refuse to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

EVENT = "gcc8zqhgqx"
TITLES = (
    "China's embassy in the U.S. called the new rule a breach of the Vienna Convention",
    "China's embassy in the U.S. said that the new rule breaches the Vienna Convention",
)
PICTURES = {"timeline": "/?date_from=2019-10-03&date_to=2019-10-18", "event": f"/events/{EVENT}/"}
SIZE: ViewportSize = {"width": 1080, "height": 1240}
WIDE: ViewportSize = {"width": 1280, "height": 900}
DIGEST = """# The week in Prague

The city council of Prague met four times this week.

On October 7, the Prague City Council ended the partnership agreement with Beijing. The Chinese embassy
protested against the decision on October 9. Last March the mayor of Prague visited Taiwan.

On October 21, Prague signed an agreement with Taipei. Next spring the mayor will travel to Vienna.
"""


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def _desk(page: Page, desk: str, folder: Path) -> None:
    """What a curator sees: a difference before it is published, a history, two actors that may be one."""
    editor = User.objects.create_superuser("editor", password="pictures")
    page.goto(desk)
    page.fill("[name=username]", editor.username)
    page.fill("[name=password]", "pictures")
    page.click("[type=submit]")
    change = f"{desk}events/event/{EVENT}/change/"
    for title in TITLES:
        page.goto(change)
        page.fill("[name=title]", title)
        page.fill("[name=why]", "Wording made clearer")
        page.click("[name=_revise]")
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=folder / "difference.png")
        page.click("[name=_revise]")
    page.goto(f"{desk}events/event/{EVENT}/history/")
    page.locator("[name=from]").last.check()
    page.locator("[name=to]").first.check()
    page.get_by_role("button", name="Compare the two").click()
    page.screenshot(path=folder / "history.png")
    one, other = Actor.objects.filter(country="CZ").order_by("name").values_list("pk", flat=True)[:2]
    page.goto(f"{desk}events/actor/{one}/merge/?other={other}")
    page.screenshot(path=folder / "merge.png")
    _review(page, desk, folder)


def _review(page: Page, desk: str, folder: Path) -> None:
    """Proposals of a digest: the list, and the review of the first."""
    with tempfile.TemporaryDirectory() as digests:
        file = Path(digests) / "2019-11-04-prague.md"
        file.write_text(DIGEST, encoding="utf-8")
        call_command("read_digest", str(file), publisher="The Weekly", language="en", verbosity=0)
    page.set_viewport_size(WIDE)
    page.goto(f"{desk}events/proposal/")
    page.screenshot(path=folder / "proposals.png")
    page.goto(f"{desk}events/proposal/{Proposal.objects.earliest('pk').pk}/change/")
    page.locator(".dl-scripted").wait_for()
    page.screenshot(path=folder / "review.png")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    flags = ["--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        for name, path in PICTURES.items():
            page.goto(f"http://127.0.0.1:{server.server_port}{path}")
            page.screenshot(path=folder / f"{name}.png")
        _desk(page, f"http://127.0.0.1:{server.server_port}/admin/", folder)
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
