"""Long lists of ids, a statement's worth at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

# SQLite and PostgreSQL both take this many placeholders in one statement with ease.
CHUNK = 500


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in their order, each once."""
    once = list(dict.fromkeys(items))
    for start in range(0, len(once), CHUNK):
        yield once[start : start + CHUNK]
