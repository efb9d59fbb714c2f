"""A JSON list as a stream: what stands before it, its items one a line, what stands after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def listing(before: str, items: Iterable[str], after: str) -> Iterator[str]:
    """The items are JSON already."""
    yield f"{before}[\n"
    comma = ""
    for item in items:
        yield comma + item
        comma = ",\n"
    yield f"\n]{after}\n"
