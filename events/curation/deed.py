"""A deed: one transaction with the write gate open, and one deed at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

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
    defaults = {"epoch": uuid.uuid4().hex}
    return Head.objects.select_for_update().get_or_create(id=Head.THE_ROW, defaults=defaults)[0]
