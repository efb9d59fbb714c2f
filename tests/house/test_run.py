"""`make run`, as a newcomer meets it: from a fresh clone, and a second time."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.house.shell import ROOT, plain_environment

READY = "Ctrl-C ends it."


@contextmanager
def served(clone: Path, **settings: str) -> Iterator[tuple[str, str]]:
    """The address of a running Dateline, and what it said until it ran. It is ended as by Ctrl-C, and must end well."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [clone / "scripts/run"],
        cwd=clone,
        env=plain_environment({"PORT": str(port), **settings}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout
        said = ""
        try:
            while READY not in said:
                line = server.stdout.readline()
                assert line, f"it ended early: {said}"
                said += line
            yield f"http://127.0.0.1:{port}", said
        finally:
            server.send_signal(signal.SIGINT)
            rest, status = server.stdout.read().strip(), server.wait()
    assert (rest, status) == ("", 0)


def fetch(url: str) -> str:
    with urlopen(url) as answer:
        return str(answer.read().decode())


def test_a_fresh_clone_is_served_and_a_second_start_keeps_the_data(copy: Path) -> None:
    (copy / ".venv").symlink_to(ROOT / ".venv")
    database = copy / "var/dateline.sqlite3"

    with served(copy) as (url, said):
        assert "Database: var/dateline.sqlite3, which is new" in said
        assert f"Dateline: {url}/" in said
        assert "make login" in said
        page = fetch(f"{url}/admin/login/")
        assert 'href="/static/admin/css/base.css"' in page
        assert "{" in fetch(f"{url}/static/admin/css/base.css")
    with sqlite3.connect(database) as connection:
        connection.execute("INSERT INTO auth_group (name) VALUES ('kept')")
    connection.close()

    with served(copy, DATELINE_BASE_URL="https://example.org/dateline") as (url, said):
        assert "what is in it stays" in said
        assert f"Dateline: {url}/dateline/" in said
        page = fetch(f"{url}/dateline/admin/login/")
        assert 'href="/dateline/static/admin/css/base.css"' in page
        assert "{" in fetch(f"{url}/dateline/static/admin/css/base.css")
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT COUNT(*) FROM auth_group WHERE name = 'kept'").fetchone() == (1,)
    connection.close()
