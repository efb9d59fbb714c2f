"""The files that the project holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.shell import ROOT, run


@pytest.fixture(scope="session")
def tracked() -> dict[str, str]:
    """The text of every tracked file, by its path."""
    names = [name for name in run(["git", "ls-files", "-z"]).stdout.split("\0") if name]
    return {name: text for name in names if (text := _text(ROOT / name)) is not None}


def _text(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):  # a picture; a file about to be removed
        return None
