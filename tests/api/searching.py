"""The oracle of full text: what `q` means, by pieces of text in the served JSON, without tokens or an index.

A text is folded, its words stand one space apart, and so do scripts with spaces and those without. A phrase stands in
it where it is found from the beginning of a word to the end of one; in a script without spaces anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Json = dict[str, Any]
# Where questions and texts of these tests have no spaces.
UNSPACED = ("CJK UNIFIED", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "MYANMAR", "KHMER")
MARKLESS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def normal(text: str) -> str:
    """Folded, with one space between words and before and after each run without spaces."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = "".join(character for character in unicodedata.normalize("NFD", text) if not _dropped(character))
    text = unicodedata.normalize("NFC", text).translate(MARKLESS)
    text = "".join(character if unicodedata.category(character)[0] in "LMN" else " " for character in text)
    return " ".join("".join(_parted(text)).split())


def _dropped(character: str) -> bool:
    """Accents and points; what is invisible."""
    combining = unicodedata.combining(character)
    return combining >= 200 or 10 <= combining <= 36 or unicodedata.category(character) == "Cf"


def unspaced(character: str) -> bool:
    return any(word in unicodedata.name(character, "") for word in UNSPACED)


def _parted(text: str) -> Iterator[str]:
    before = " "
    for character in text:
        if " " not in (before, character) and unspaced(before) != unspaced(character):
            yield " "
        yield character
        before = character


def stands_in(phrase: str, text: str) -> bool:
    """Whether a normal phrase stands in a normal text."""
    start = "" if unspaced(phrase[0]) else r"(?<!\S)"
    end = "" if unspaced(phrase[-1]) else r"(?!\S)"
    return re.search(start + re.escape(phrase) + end, text) is not None


TERM = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')


def terms(q: str) -> list[tuple[str, bool]]:
    """Normal phrases, and whether each is excluded; those without a word are none."""
    found = [(normal(quoted or word), sign == "-") for sign, quoted, word in TERM.findall(q)]
    return [(phrase, excluded) for phrase, excluded in found if phrase]


NamesOf = Callable[[str], Iterable[str]]


def texts(event: Json, names_of: NamesOf) -> tuple[list[str], list[str]]:
    """The head of an event (its title, the names of its actors), and all of its text."""
    actors = {item["id"] for item in [*event["actors"], *event["claimed_by"]]}
    head = [event["title"], *(name for actor in sorted(actors) for name in names_of(actor))]
    rest = [event["summary"], event["location"]["place"], *(item["quote"] for item in event["evidence"])]
    return [normal(text) for text in head], [normal(text) for text in [*head, *rest] if text]


def finds(q: str, fields: list[str]) -> bool:
    return all(any(stands_in(phrase, text) for text in fields) != excluded for phrase, excluded in terms(q))


def wanted(q: str) -> str:
    """What is looked for, without what is left out."""
    return " ".join(f'"{phrase}"' for phrase, excluded in terms(q) if not excluded)
