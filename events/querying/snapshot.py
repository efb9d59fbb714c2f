"""One consistent state of the database for one answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

from events.models.ledger import Head
from events.models.sql import stored_instant
from events.querying.state import State

BEGIN = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
HEAD = f"SELECT seq, chain_sha256, at, epoch FROM {Head._meta.db_table}"


@contextmanager
def snapshot() -> Iterator[State]:
    """Read the newest state, and those before it, until the block ends. A streamed answer stays inside.

    Not Django's `atomic()`: with IMMEDIATE it would take SQLite's write lock. Inside a transaction that is under way
    already (a test's), that one is the snapshot.
    """
    with connection.cursor() as db:
        if connection.in_atomic_block:
            yield _head(db)
            return
        db.execute(BEGIN[connection.vendor])
        try:
            yield _head(db)
        finally:
            db.execute("ROLLBACK")


def _head(db: CursorWrapper) -> State:
    db.execute(HEAD)
    row = db.fetchone()
    if row is None:
        return State(0, "", None, "")
    seq, chain_sha256, at, epoch = row
    return State(seq, chain_sha256, stored_instant(at) if at else None, epoch)
