"""Serve the database that DATABASE_URL names, and photograph its timeline and one of its events."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from timeline.wsgi import application

PICTURES = {"timeline": "/?date_from=2019-10-03&date_to=2019-10-18", "event": "/events/gcc8zqhgqx/"}
SIZE = {"width": 1080, "height": 1240}


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


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
        browser.close()
    server.shutdown()


main(Path(sys.argv[1]))
