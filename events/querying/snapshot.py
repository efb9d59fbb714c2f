"""One consistent state of the database for one answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from events.models.ledger import Head


@dataclass(frozen=True)
class Snapshot:
    """Where the ledger stood when the answer began: everything in it is as of `seq`."""

    seq: int
    chain_sha256: str
    at: datetime | None
    epoch: str

    @property
    def token(self) -> str:
        """Where a follower of changes goes on from: this dataset, this seq."""
        return f"{self.epoch}-{self.seq}"


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """Read one state until the block ends. A streamed answer stays inside.

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


def _head() -> Snapshot:
    head = Head.objects.filter(pk=Head.THE_ROW).first()
    if head is None:
        return Snapshot(0, "", None, "")
    return Snapshot(head.seq, head.chain_sha256, head.at, head.epoch)
