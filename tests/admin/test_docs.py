"""The curation guide says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from django.test import Client

from events.admin import buttons
from events.admin.roles import ROLES

GUIDE = (Path(__file__).parents[2] / "docs" / "curation.md").read_text(encoding="utf-8")


def test_the_table_of_permissions_is_the_table_of_roles() -> None:
    rows = re.findall(r"^\| `(\w+_\w+)` \|(.*)\|$", GUIDE, re.MULTILINE)
    columns = {
        name: [cells.split("|")[number].strip() == "yes" for _code, cells in rows] for number, name in enumerate(ROLES)
    }
    stated = {
        name: {code for (code, _cells), has in zip(rows, column, strict=True) if has}
        for name, column in columns.items()
    }
    assert stated == {name: set(codenames) for name, codenames in ROLES.items()}
    assert set(re.findall(r"^\| `(\w+)` \| \w+ .*\|$", GUIDE, re.MULTILINE)) >= set(ROLES)


def test_every_button_is_explained() -> None:
    labels = {str(button.label) for button in vars(buttons).values() if isinstance(button, buttons.Button)}
    explained = set(re.findall(r"^\| \*(.+?)\* \|", GUIDE, re.MULTILINE))
    assert explained == labels | {"Save"}


def test_the_login_page_bears_the_name(client: Client, db: None) -> None:
    assert "Dateline" in client.get("/admin/login/").content.decode()
