"""The words of a text, for search: one tokeniser in Python, so that SQLite and PostgreSQL find the same.

A word is a run of letters and digits without regard to case, width and diacritics (`Pražák` is `prazak`). Scripts that
are written without spaces (Chinese, Japanese, Korean, Thai, …) are cut into pairs of characters, and the last character
stands alone after them: so each word there is a phrase of pairs, and each single character begins a token.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Characters for private use, so no word has them. This one stands where no word is: phrases don't reach over it.
GAP = "\ue000"
# Before each token of a title or a name, where these are looked for alone.
HEAD = "\ue001"
# Of a longer word the beginning is compared; PostgreSQL takes no word of over 2 kB, and no text of over 1 MB of words.
LENGTH = 30
# Letters without a canonical decomposition that people write without their mark.
PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
# Han with its marks, kana, bopomofo, Hangul; Thai and Lao, Burmese, Khmer.
UNSPACED = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u3041-\u30ff\u31f0-\u31ff\U0001b000-\U0001b16f\u3105-\u312f\u31a0-\u31bf"
    "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
ASCII_WORD = re.compile("[a-z0-9]+")
RUN = re.compile(f"([{UNSPACED}]+)")
ENDING = re.compile(f"[{UNSPACED}]+$")


@dataclass(frozen=True)
class Phrase:
    """Tokens that follow each other; the last one `begins` a token where it is a single character of a run."""

    tokens: tuple[str, ...]
    begins: bool = False


def fold(name: str) -> str:
    """A name as names are stored for comparison: NFKC and case folded."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


class _Folding(dict[int, str]):
    """What becomes of a character of folded, decomposed text; found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _folded(chr(code))
        return found


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Mn", "Me") and _is_diacritic(unicodedata.combining(character)):
        return ""
    # What is invisible (a soft hyphen, a joiner) or only stretches a word (tatweel) parts none.
    if category == "Cf" or character == "\u0640":
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return PLAIN.get(character, character) if category[0] in "LMN" else " "


def _is_diacritic(combining: int) -> bool:
    """By canonical combining class: marks above and below a letter, points of Hebrew, Arabic and Syriac.

    Vowel signs of Indic scripts and Thai, and the voicing of kana, make other words and stay.
    """
    return combining >= 200 or 10 <= combining <= 36


_FOLDING = _Folding()


def folded(text: str) -> str:
    """The text as it is compared, with one space or more where words part."""
    decomposed = unicodedata.normalize("NFD", fold(text))
    return unicodedata.normalize("NFC", decomposed.translate(_FOLDING))


def tokens(text: str) -> list[str]:
    """The words of a text in their order, pairs in place of words where a script has no spaces."""
    if text.isascii():
        return [word[:LENGTH] for word in ASCII_WORD.findall(text.lower())]
    found: list[str] = []
    for word in folded(text).split():
        if word.isascii():
            found.append(word[:LENGTH])
        else:
            found += _parts(word)
    return found


def _parts(word: str) -> list[str]:
    found: list[str] = []
    for number, part in enumerate(RUN.split(word)):
        if number % 2:
            found += [part[at : at + 2] for at in range(len(part))]
        elif part:
            found.append(part[:LENGTH])
    return found


def phrase(text: str) -> Phrase | None:
    """What to look for where this text is asked for; None where it has no word.

    A run without spaces may go on in the text that it is looked for in: its last character alone isn't looked for,
    unless the run has no other.
    """
    found = tokens(text)
    if not found:
        return None
    run = ENDING.search(folded(text).rstrip())
    if run and len(run[0]) > 1:
        return Phrase(tuple(found[:-1]))
    return Phrase(tuple(found), begins=run is not None)
