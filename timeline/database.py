"""The database: SQLite beside the code, tuned; or what `DATABASE_URL` names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

CONNECTION_SECONDS = 600
"""How long a worker keeps its connection: opening one costs more than most questions."""

SQLITE_OPTIONS: dict[str, Any] = {
    # A deferred BEGIN that turns into a write meets "database is locked" at once, whatever the timeout.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA cache_size=-16000;"  # 16 MB, in KiB, for each connection
        "PRAGMA mmap_size=2147418112;"  # as much as SQLite maps at most: what is mapped is copied into no cache
    ),
}


def database(url: str, var: Path) -> dj_database_url.DBConfig:
    """What Django's `DATABASES` wants for `url`; for an empty one, `dateline.sqlite3` in the folder `var`."""
    if not url:
        var.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{var / 'dateline.sqlite3'}"
    config = _parsed(url)
    if config.get("ENGINE") == SQLITE:
        config["OPTIONS"] = {**SQLITE_OPTIONS, **config.get("OPTIONS", {})}
    return config


def _parsed(url: str) -> dj_database_url.DBConfig:
    # The sentence doesn't repeat the address: it may hold a password.
    wrong = ImproperlyConfigured(
        "DATABASE_URL names no database that Dateline runs on: write sqlite:////path/to/file.sqlite3 "
        "or postgresql://user:password@host:5432/name."
    )
    try:
        config = dj_database_url.parse(url, conn_max_age=CONNECTION_SECONDS, conn_health_checks=True)
    except ValueError:
        raise wrong from None
    if config.get("ENGINE") not in (SQLITE, POSTGRESQL):
        raise wrong
    return config
