"""How the tables of words in this room are written."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words of a table, which spaces separate."""
    return frozenset(words.split())
