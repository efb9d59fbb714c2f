"""Runs the commands of the house as a user would."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def plain_environment(changes: Mapping[str, str]) -> dict[str, str]:
    """This environment without settings of Dateline, so that its defaults hold, and with `changes`."""
    ours = ("DATELINE_", "DATABASE_URL", "DJANGO_", "HOST", "PORT", "PYTHON", "CI")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | dict(changes)


def run(
    command: Sequence[str | Path], cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; what it prints, errors too, is in `stdout`."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=plain_environment(env or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
