"""A deed: one transaction with the write gate open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from events.models.gate import Gate, open_gate


@contextmanager
def deed() -> Iterator[Gate]:
    """All or nothing: what is written inside is committed at the end, or not at all."""
    with transaction.atomic(), open_gate() as gate:
        yield gate
