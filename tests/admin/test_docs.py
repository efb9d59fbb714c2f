"""The curation guide says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from django.test import Client

from events.admin import buttons

GUIDE = (Path(__file__).parents[2] / "docs" / "curation.md").read_text(encoding="utf-8")


def test_every_button_is_explained() -> None:
    labels = {str(button.label) for button in vars(buttons).values() if isinstance(button, buttons.Button)}
    explained = set(re.findall(r"^\| \*(.+?)\* \|", GUIDE, re.MULTILINE))
    assert explained == labels | {"Save"}


def test_the_login_page_bears_the_name(client: Client, db: None) -> None:
    assert "Dateline" in client.get("/admin/login/").content.decode()
