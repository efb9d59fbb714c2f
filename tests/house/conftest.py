"""The files that the project holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.house.shell import ROOT, run


@pytest.fixture(scope="session")
def tracked() -> dict[str, str]:
    """The text of every file that is tracked, or would be, by its path."""
    listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
    names = [name for name in listed.stdout.split("\0") if name]
    return {name: text for name in names if (text := _text(ROOT / name)) is not None}


def _text(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):  # a picture; a file about to be removed
        return None


@pytest.fixture
def copy(tmp_path: Path, tracked: dict[str, str]) -> Path:
    """A fresh clone, as it is now."""
    clone = tmp_path / "clone"
    for name in tracked:
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, clone / name)
    return clone
