"""One consistent state of the database for one answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from events.models.ledger import Head
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
    head = Head.objects.filter(pk=Head.THE_ROW).first()
    if head is None:
        return State(0, "", None, "")
    return State(head.seq, head.chain_sha256, head.at, head.epoch)
