"""What each variable of the environment may say, and what stops the start."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from timeline import environment
from timeline.database import database


@pytest.mark.parametrize(
    ("text", "url", "origin", "host", "path", "secure"),
    [
        ("", "", "", "", "", False),
        (
            "https://dates.example.org",
            "https://dates.example.org",
            "https://dates.example.org",
            "dates.example.org",
            "",
            True,
        ),
        ("http://localhost:8000/", "http://localhost:8000", "http://localhost:8000", "localhost", "", False),
        ("https://example.org/a/b/", "https://example.org/a/b", "https://example.org", "example.org", "/a/b", True),
        ("http://[::1]:8000/x", "http://[::1]:8000/x", "http://[::1]:8000", "[::1]", "/x", False),
        ("https://EXAMPLE.org", "https://EXAMPLE.org", "https://EXAMPLE.org", "example.org", "", True),
    ],
)
def test_base_url(text: str, url: str, origin: str, host: str, path: str, secure: bool) -> None:
    base = environment.base_url({"DATELINE_BASE_URL": text})
    assert (base.url, base.origin, base.host, base.path, base.secure) == (url, origin, host, path, secure)


@pytest.mark.parametrize(
    "text",
    [
        "example.org",
        "/dateline",
        "ftp://example.org",
        "https://",
        "https://example.org/?a=1",
        "https://example.org/#a",
        "https://example.org//a",
        "https://me:secret@example.org",
        "https://example.org:port",
        "https://[::1",
    ],
)
def test_base_url_that_is_no_address(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="write the public address"):
        environment.base_url({"DATELINE_BASE_URL": text})


@pytest.mark.parametrize(
    ("named", "base", "hosts"),
    [
        ("", "", ["localhost", "127.0.0.1", "[::1]"]),
        ("", "https://example.org", ["localhost", "127.0.0.1", "[::1]", "example.org"]),
        ("", "http://localhost:8000", ["localhost", "127.0.0.1", "[::1]"]),
        ("a.org, b.org,", "", ["a.org", "b.org"]),
        ("a.org", "https://example.org/dateline", ["a.org", "example.org"]),
    ],
)
def test_allowed_hosts(named: str, base: str, hosts: list[str]) -> None:
    environ = {"DATELINE_ALLOWED_HOSTS": named, "DATELINE_BASE_URL": base}
    assert environment.allowed_hosts(environ, environment.base_url(environ)) == hosts


@pytest.mark.parametrize(("text", "on"), [(None, False), ("", False), ("0", False), ("1", True)])
def test_debug(text: str | None, on: bool) -> None:
    assert environment.debug({} if text is None else {"DATELINE_DEBUG": text}) is on


@pytest.mark.parametrize("text", ["true", "yes", "2", " 1"])
def test_debug_that_is_neither(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="write 1 to turn debugging on"):
        environment.debug({"DATELINE_DEBUG": text})


def test_the_key_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret-key"
    key = environment.secret_key({}, file)
    assert len(key) >= 50
    assert environment.secret_key({}, file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [kept.name for kept in file.parent.iterdir()] == ["secret-key"]


def test_processes_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: environment.secret_key({}, tmp_path / "secret-key"), range(64)))
    assert len(keys) == 1


def test_a_key_that_is_given_is_not_kept(tmp_path: Path) -> None:
    assert environment.secret_key({"DATELINE_SECRET_KEY": "given"}, tmp_path / "secret-key") == "given"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_key_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    with pytest.raises(ImproperlyConfigured, match="delete it"):
        environment.secret_key({}, tmp_path / "secret-key")


def test_the_database_is_a_tuned_sqlite_in_var(tmp_path: Path) -> None:
    config = database("", tmp_path / "var")
    assert (config["ENGINE"], config["NAME"]) == ("django.db.backends.sqlite3", str(tmp_path / "var/dateline.sqlite3"))
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert (tmp_path / "var").is_dir()


@pytest.mark.parametrize("url", ["sqlite:////srv/a.sqlite3", "sqlite:////srv/a.sqlite3?timeout=20"])
def test_every_sqlite_is_tuned(url: str, tmp_path: Path) -> None:
    config = database(url, tmp_path)
    assert (config["NAME"], config["OPTIONS"]["transaction_mode"]) == ("/srv/a.sqlite3", "IMMEDIATE")


def test_postgresql_keeps_what_its_address_says(tmp_path: Path) -> None:
    config = database("postgresql://me:word@db.example.org:5433/dates?sslmode=require", tmp_path)
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["USER"], config["HOST"], config["PORT"], config["NAME"]) == ("me", "db.example.org", 5433, "dates")
    assert config["OPTIONS"] == {"sslmode": "require"}
    assert config["CONN_HEALTH_CHECKS"]


@pytest.mark.parametrize(
    "url", ["mysql://me:secret@localhost/dates", "dates.sqlite3", "postgresql://me:secret@host:port/x"]
)
def test_another_database_is_refused_without_telling_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="names no database that Dateline runs on") as refusal:
        database(url, tmp_path)
    assert "secret" not in str(refusal.value)
