"""What no file of the project may hold, and what belongs together."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.house.shell import ROOT, run

INDEX_HOSTS = "from pip._internal.models.index import PyPI as i; print(i.url, 'https://' + i.file_storage_domain)"
ADDRESS = re.compile(r"[a-z+]+://[^\s'\"]+")
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME)\b")


def registry_hosts() -> set[str]:
    """The hosts that this machine's package tools get packages from. Asked for, since no file may name one."""
    said = run([sys.executable, "-c", INDEX_HOSTS]).stdout + run([sys.executable, "-m", "pip", "config", "list"]).stdout
    if shutil.which("npm"):
        said += run(["npm", "config", "get", "registry"]).stdout
    return {host for address in ADDRESS.findall(said) if (host := urlsplit(address).hostname)}


def lines_with(tracked: dict[str, str], unwanted: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in tracked.items()
        for number, line in enumerate(text.splitlines(), 1)
        if unwanted.search(line)
    ]


def test_no_file_names_a_package_registry(tracked: dict[str, str]) -> None:
    hosts = registry_hosts()
    assert hosts, "the check has nothing to look for"
    assert lines_with(tracked, re.compile("|".join(map(re.escape, hosts)))) == []


def test_no_file_names_a_folder_of_this_machine(tracked: dict[str, str]) -> None:
    assert lines_with(tracked, re.compile("|".join(re.escape(f"{path}/") for path in (ROOT, Path.home())))) == []


def test_nothing_is_left_for_later(tracked: dict[str, str]) -> None:
    assert lines_with(tracked, UNFINISHED) == []


def test_what_a_start_makes_is_not_tracked(tracked: dict[str, str]) -> None:
    assert [name for name in tracked if name.startswith(("var/", ".venv/"))] == []
    assert run(["git", "check-ignore", "var/secret-key", "var/dateline.sqlite3", ".venv/x"]).returncode == 0


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+==\S+)", (ROOT / "requirements" / lock).read_text(), re.MULTILINE))


def test_what_develops_it_also_runs_it() -> None:
    assert pins("runtime.txt") < pins("dev.txt")


@pytest.mark.parametrize("lock", ["runtime.txt", "dev.txt", "benchmark.txt"])
def test_every_pin_has_a_hash(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text()
    assert text.startswith(tuple("abcdefghijklmnopqrstuvwxyz"))
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=\S)", text.strip()))


def test_the_dependencies_page_explains_each_dependency(tracked: dict[str, str]) -> None:
    project = tomllib.loads(tracked["pyproject.toml"])
    groups = project["dependency-groups"]
    wanted = project["project"]["dependencies"] + groups["dev"] + groups["benchmark"]
    names = {re.match(r"[a-z0-9-]+", name, re.IGNORECASE)[0] for name in wanted}  # type: ignore[index]  # all match
    assert set(re.findall(r"^\| `([a-z0-9-]+)`", tracked["docs/dependencies.md"], re.MULTILINE)) == names
