"""A document's text was corrected: where each quotation stands now, or that it doesn't.

A quotation is found again only where the words *and* their place agree: its span lies in a piece that both texts share,
and what is around it, on one side at least, tells it from other places with the same words. Or the whole passage,
surroundings included, stands once in what is new. Everything else is broken: better a quotation that a curator looks at
than one that moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from events.curation.evidence import CONTEXT_LENGTH, occurrences

TOKEN: Final = re.compile(r"\S+\s*|\s+")
# Lines with lines and words with words, at most: some tenths of a second. What is longer is taken as new throughout.
MOST_COMPARED: Final = 4_000_000


@dataclass(frozen=True)
class Piece:
    """What both texts share: from `old` in the one and from `new` in the other."""

    old: int
    new: int
    length: int


class Correction:
    """From an old text to a new one."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.pieces = _shared(old, new)

    def follow(self, start: int, end: int) -> int | None:
        """Where the words from `start` to `end` of the old text begin in the new one; None where they are broken."""
        piece = self._piece(start, end)
        if piece is None:
            return self._moved(start, end)
        found = start - piece.old + piece.new
        same = self._around(self.old, start, end) == self._around(self.new, found, found + end - start)
        return found if same or self._only(start, end) or self._beside(piece, start, end) else None

    def _piece(self, start: int, end: int) -> Piece | None:
        """The shared piece that the words are part of."""
        return next(
            (piece for piece in self.pieces if piece.old <= start and end <= piece.old + piece.length),
            None,
        )

    def _only(self, start: int, end: int) -> bool:
        """Whether both texts have these words once."""
        words = self.old[start:end]
        return len(occurrences(self.old, words)) == len(occurrences(self.new, words)) == 1

    def _beside(self, piece: Piece, start: int, end: int) -> bool:
        """Whether the words stand beside what was corrected, and what stayed on their other side tells which they are.

        All that is around them on that side stayed, and both texts have the words with what stayed once.
        """
        first, last = max(piece.old, start - CONTEXT_LENGTH), min(piece.old + piece.length, end + CONTEXT_LENGTH)
        whole = (start - first == min(start, CONTEXT_LENGTH), last - end == min(len(self.old) - end, CONTEXT_LENGTH))
        return any(whole) and self._only(first, last)

    def _around(self, text: str, start: int, end: int) -> tuple[str, str]:
        return text[max(0, start - CONTEXT_LENGTH) : start], text[end : end + CONTEXT_LENGTH]

    def _moved(self, start: int, end: int) -> int | None:
        """Where the whole passage was put, if it stands there once, and nothing of the old text stood there."""
        before, after = self._around(self.old, start, end)
        places = occurrences(self.new, f"{before}{self.old[start:end]}{after}")
        if len(places) != 1 or len(before) < CONTEXT_LENGTH or len(after) < CONTEXT_LENGTH:
            return None
        found = places[0] + len(before)
        length = end - start
        taken = any(piece.new < found + length and found < piece.new + piece.length for piece in self.pieces)
        return None if taken else found


def _shared(old: str, new: str) -> list[Piece]:
    """The pieces that both texts share, in order, as long as they go."""
    first = _common(old, new)
    last = _common(old[first:][::-1], new[first:][::-1])
    pieces = [Piece(0, 0, first), *_inner(old[first : len(old) - last], new[first : len(new) - last], first)]
    pieces.append(Piece(len(old) - last, len(new) - last, last))
    return _joined(piece for piece in pieces if piece.length)


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their start, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _inner(old: str, new: str, offset: int) -> Iterator[Piece]:
    """What the changed middle parts share: by lines, and in changed lines by words."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(before) * len(after) <= MOST_COMPARED:
        for lines in _blocks(before, after):
            yield from _words(old, new, lines, offset)


@dataclass(frozen=True)
class _Change:
    """A stretch of both texts, and whether it is the same in both."""

    old: slice
    new: slice
    same: bool


def _blocks(old: list[str], new: list[str]) -> Iterator[_Change]:
    """Stretches of characters, from two lists of their parts."""
    old_at, new_at = _offsets(old), _offsets(new)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield _Change(slice(old_at[i], old_at[j]), slice(new_at[k], new_at[m]), tag == "equal")


def _offsets(parts: list[str]) -> list[int]:
    found = [0]
    for part in parts:
        found.append(found[-1] + len(part))
    return found


def _words(old: str, new: str, change: _Change, offset: int) -> Iterator[Piece]:
    if change.same:
        yield Piece(change.old.start + offset, change.new.start + offset, change.old.stop - change.old.start)
        return
    before, after = TOKEN.findall(old[change.old]), TOKEN.findall(new[change.new])
    if len(before) * len(after) > MOST_COMPARED:
        return
    for words in _blocks(before, after):
        if words.same:
            yield Piece(
                change.old.start + words.old.start + offset,
                change.new.start + words.new.start + offset,
                words.old.stop - words.old.start,
            )


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours that go on in both texts as one."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and last.old + last.length == piece.old and last.new + last.length == piece.new:
            found[-1] = Piece(last.old, last.new, last.length + piece.length)
        else:
            found.append(piece)
    return found
