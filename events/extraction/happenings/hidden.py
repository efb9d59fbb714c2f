"""Words that look like others: hidden characters, and letters of several scripts in one word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Zero-width characters, soft hyphens, bidirectional controls, and what else shows nothing.
_HIDDEN = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_WORD = re.compile(r"[^\W\d_]+")
_CONFUSABLE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "GEORGIAN", "LISU"})
# Beyond this no name goes on; it bounds the look to the left and right of one.
_AROUND = 40


def is_suspicious(text: str, start: int, end: int) -> bool:
    """Whether the words there, or what touches them, have hidden characters or mix scripts that look alike."""
    while start > 0 and not text[start - 1].isspace() and end - start < _AROUND:
        start -= 1
    stop = min(len(text), end + _AROUND)
    while end < stop and not text[end].isspace():
        end += 1
    words = text[start:end]
    if words.isascii():
        return False
    return bool(_HIDDEN.search(words)) or any(_is_mixed(word) for word in _WORD.findall(words))


def without_hidden(words: str) -> str:
    """The words without characters that show nothing; the words themselves if nothing else is left."""
    return _HIDDEN.sub("", words) or words


@lru_cache(maxsize=4096)
def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(sign, "").partition(" ")[0] for sign in word if not sign.isascii()}
    scripts |= {"LATIN"} if any(sign.isascii() for sign in word) else set()
    return len(scripts & _CONFUSABLE) > 1
