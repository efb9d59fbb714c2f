"""What people type, and what they are told when it can't be done."""

from __future__ import annotations

import re
import shutil
import socket
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from scripts.free_port import complaint
from tests.house.shell import ROOT, run

TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
SCRIPTS = [file for file in [*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run"] if file.is_file() and not file.suffix]


def test_bare_make_lists_every_target() -> None:
    listed = re.findall(r"^make (\w+) +\S", run(["make"]).stdout, re.MULTILINE)
    assert listed == TARGETS
    assert {"run", "test", "login", "lock"} <= set(TARGETS)


def test_the_pages_name_only_targets_that_exist(tracked: dict[str, str]) -> None:
    pages = "\n".join(text for name, text in tracked.items() if name.endswith(".md"))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", pages, re.MULTILINE)) <= set(TARGETS)


def test_ci_runs_the_test_command_of_the_readme(tracked: dict[str, str]) -> None:
    assert "\nmake test\n" in tracked["README.md"]
    assert tracked[".ci/run"].endswith("\nmake test\n")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_are_sound(script: Path) -> None:
    assert script.stat().st_mode & 0o111, "not executable"
    assert script.read_text().startswith("#!/usr/bin/env bash\n# ")
    assert run(["bash", "-n", script]).stdout == ""


def test_each_setting_is_documented_and_each_documented_setting_exists(tracked: dict[str, str]) -> None:
    code = "\n".join(text for name, text in tracked.items() if name.startswith(("timeline/", "scripts/")))
    read = set(re.findall(r"\b(DATELINE_[A-Z_]+|DATABASE_URL|HOST|PORT|PYTHON)\b", code))
    assert set(re.findall(r"^\| `([A-Z_]+)` ", tracked["docs/operations.md"], re.MULTILINE)) == read


# Ports and hosts


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("127.0.0.1", "x", "PORT is 'x': write a number"),
        ("127.0.0.1", "0", "PORT is '0': write a number"),
        ("127.0.0.1", "65536", "PORT is '65536': write a number"),
        ("127.0.0.1", "٨٠٠٠", "write a number"),
        ("127.0.0.1", "", "write a number"),
        ("nowhere.invalid", "8000", "HOST is 'nowhere.invalid', which no address is known for"),
        ("192.0.2.1", "8000", "The server can't listen on 192.0.2.1, port 8000"),
    ],
)
def test_an_address_that_cannot_be_had(host: str, port: str, said: str) -> None:
    assert said in (complaint(host, port) or "")


def test_a_busy_port_is_told_before_anything_is_made(copy: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = run(["make", "run", f"PORT={port}"], cwd=copy)
    assert told.returncode != 0
    assert f"Port {port} on 127.0.0.1 is in use" in told.stdout
    assert f"make run PORT={port + 1}" in told.stdout
    assert not (copy / ".venv").exists()
    assert not (copy / "var").exists()


# What is missing


def tools(folder: Path, *names: str, **scripts: str) -> str:
    """A PATH with the tools named and these scripts, and nothing else."""
    for name in names:
        (folder / name).symlink_to(shutil.which(name) or name)
    for name, text in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    return str(folder)


def test_an_old_python_is_passed_over(tmp_path: Path) -> None:
    path = tools(tmp_path, "bash", "env", "dirname", **{"python3": "exit 1", "python3.12": "exit 0"})
    assert run([ROOT / "scripts/python"], env={"PATH": path}).stdout == "python3.12\n"


def test_without_a_python_it_says_what_to_install(tmp_path: Path, copy: Path) -> None:
    path = tools(tmp_path, "bash", "env", "dirname", "make", python3="exit 1")
    told = run(["make", "run"], cwd=copy, env={"PATH": path})
    assert told.returncode != 0
    assert "Dateline needs Python 3.11 or newer" in told.stdout
    assert "apt install python3 python3-venv" in told.stdout


def test_without_postgresql_it_says_what_to_install(tmp_path: Path) -> None:
    path = tools(tmp_path, "bash", "env", "dirname", "sort", "tail", find="exit 1")
    told = run([ROOT / "scripts/with-postgresql", "echo", "not reached"], env={"PATH": path})
    reason = "PostgreSQL tests skipped: initdb isn't installed; on Debian: apt install postgresql\n"
    assert (told.returncode, told.stdout) == (77, reason)


def test_a_command_gets_a_postgresql_that_is_gone_after_it() -> None:
    told = run([ROOT / "scripts/with-postgresql", "bash", "-c", "echo $DATABASE_URL; exit 3"])
    if told.returncode == 77:
        pytest.skip(told.stdout)
    folder = unquote(told.stdout.strip()).removeprefix("postgresql://dateline@").removesuffix("/dateline")
    assert (told.returncode, folder.startswith("/"), Path(folder).exists()) == (3, True, False)


def test_without_uv_it_says_what_to_install(tmp_path: Path) -> None:
    told = run([ROOT / "scripts/lock"], env={"PATH": tools(tmp_path, "bash", "env", "dirname")})
    assert (told.returncode, told.stdout.startswith("This needs uv")) == (1, True)


def test_ci_installs_only_what_is_missing(tmp_path: Path) -> None:
    say = 'echo "$(basename "$0") $@ CI=$CI"'
    path = tools(
        tmp_path, "bash", "env", "dirname", "basename", python3="exit 0", initdb="", make=say, **{"apt-get": say}
    )
    assert run([ROOT / ".ci/run"], env={"PATH": path}).stdout.splitlines() == [
        "apt-get update CI=true",
        "apt-get install --yes --no-install-recommends chromium fonts-liberation CI=true",
        "make test CI=true",
    ]
    tools(tmp_path, chromium="")
    assert run([ROOT / ".ci/run"], env={"PATH": path}).stdout == "make test CI=true\n"


# No silent skip

SKIPPED = """
import pytest

def test_runs(): pass

@pytest.mark.skip(reason="no sea")
def test_swim(): pass

def test_dive(): pytest.skip("no sea here")

@pytest.mark.xfail(reason="as expected", strict=True)
def test_fly(): assert False
"""


@pytest.mark.parametrize(
    ("ci", "summary"),
    [("true", "1 failed, 1 passed, 1 xfailed, 1 error"), ("", "1 passed, 2 skipped, 1 xfailed")],
)
def test_a_skip_says_why_and_fails_in_ci(tmp_path: Path, ci: str, summary: str) -> None:
    told = skipping(tmp_path, SKIPPED, ci)
    assert summary in told
    assert "no sea" in told


@pytest.mark.parametrize(("ci", "summary"), [("true", "1 error"), ("", "1 skipped")])
def test_a_file_that_is_skipped_fails_in_ci(tmp_path: Path, ci: str, summary: str) -> None:
    told = skipping(tmp_path, 'import pytest\npytest.skip("no sea", allow_module_level=True)', ci)
    assert summary in told
    assert "no sea" in told


def skipping(folder: Path, tests: str, ci: str) -> str:
    """What pytest says of these tests under our own rules."""
    hooks = "pytest_make_collect_report, pytest_runtest_makereport"
    (folder / "conftest.py").write_text(f"from tests.conftest import {hooks}\n")
    (folder / "test_skipping.py").write_text(tests)
    return run([sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", folder], env={"CI": ci}).stdout
