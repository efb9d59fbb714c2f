"""A deed: one transaction with the write gate open, and one deed at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from events.curation.reading import rows
from events.models.gate import Gate, open_gate
from events.models.ledger import Head


@contextmanager
def deed() -> Iterator[Gate]:
    """All or nothing: what is written inside is committed at the end, or not at all.

    The head's lock comes first and is held until the commit, so that what a deed reads stays true while it decides,
    no two deeds wait for each other, and `seq` is in the order of commits. SQLite has one writer at a time anyway.
    """
    with transaction.atomic(), open_gate() as gate:
        lock_head()
        yield gate


def lock_head() -> Head:
    """The head as it stands, locked until the commit."""
    # On SQLite the transaction has the only lock that there is.
    locked = connection.ops.for_update_sql() if connection.features.has_select_for_update else ""
    found = rows(Head, "id", [Head.THE_ROW], locked)
    return found[0] if found else Head.objects.create(epoch=uuid.uuid4().hex)


def move_head(head: Head) -> None:
    """Keep where the ledger stands now."""
    at = connection.ops.adapt_datetimefield_value(head.at)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Head._meta.db_table} SET seq = %s, at = %s, chain_sha256 = %s WHERE id = %s",
            [head.seq, at, head.chain_sha256, head.pk],
        )
