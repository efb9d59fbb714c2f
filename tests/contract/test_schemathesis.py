"""The contract from outside: Schemathesis asks what the description allows and what it forbids, with all its checks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.api import small

HERE = Path(__file__).parent
# In this order, each for so many seconds at most: what is written down, each border of each parameter, chance, and
# what one answer leads to.
PHASES = {"examples,coverage": 25, "fuzzing,stateful": 20}


# The contract is the same on every database, and takes most of a minute.
@pytest.mark.sqlite
@pytest.mark.parametrize("phases", PHASES)
def test_nothing_is_found(live_server: LiveServer, tmp_path: Path, phases: str) -> None:
    small.build().publish()
    ran = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("st")), "--config-file", str(HERE / "schemathesis.toml"), "run"),
            *(f"--phases={phases}", f"--max-time={PHASES[phases]}", f"{live_server.url}/api/v1/schema/"),
        ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(HERE.parents[1]), "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "No issues found" in ran.stdout
