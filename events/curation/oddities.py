"""Characters in a name that deceive the eye: a curator must have seen them before an actor is made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from events.curation.suggestion import Values

# Marks that turn the direction of writing, and characters without width.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u115f\u1160\u180e\u200b-\u200d\u2060-\u2064\u3164\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Scripts with letters that look alike.
_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


def oddities(values: Values) -> Iterator[str]:
    """A sentence for each name or title that isn't what it seems."""
    rows = (*values.get("participations", ()), *values.get("claimed_by", ()))
    names = [("The title", values.get("title", "")), ("The place", values.get("place", ""))]
    names += [("The name", row["name"]) for row in rows if not row.get("actor")]
    for what, name in dict.fromkeys(names):
        for fault in _faults(name):
            yield f"{what} “{visible(name)}” {fault}."


def _faults(name: str) -> Iterator[str]:
    if _BIDI.search(name):
        yield "has marks that turn the direction of writing"
    if _INVISIBLE.search(name):
        yield "has characters that can't be seen"
    if _CONTROL.search(name):
        yield "has control characters"
    if any(len(_scripts(word)) > 1 for word in re.findall(r"[^\W\d_]+", name)):
        yield "mixes scripts inside a word"


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(letter, "").split(" ")[0] for letter in word}.intersection(_ALIKE)


def visible(text: str) -> str:
    """The same text with what can't be seen written as its code."""
    hidden = re.compile("|".join(pattern.pattern for pattern in (_BIDI, _INVISIBLE, _CONTROL)))
    return hidden.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
