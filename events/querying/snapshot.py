"""One consistent state of the database for one answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from events.models.ledger import Head
from events.querying.sql import fetch, stored_instant
from events.querying.state import State


@contextmanager
def snapshot() -> Iterator[State]:
    """Read the newest state, and those before it, until the block ends. A streamed answer stays inside.

    Not Django's `atomic()`: with IMMEDIATE it would take SQLite's write lock. Inside a transaction that is under way
    already (a test's), that one is the snapshot.
    """
    connection.ensure_connection()
    if connection.in_atomic_block:
        yield _head()
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            cursor.execute("BEGIN")
    try:
        yield _head()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _head() -> State:
    rows = fetch(f"SELECT seq, chain_sha256, at, epoch FROM {Head._meta.db_table}")
    if not rows:
        return State(0, "", None, "")
    ((seq, chain_sha256, at, epoch),) = rows
    return State(seq, chain_sha256, stored_instant(at) if at else None, epoch)
