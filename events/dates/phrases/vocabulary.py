"""The words that date expressions are made of, as pattern fragments and as numbers."""

from __future__ import annotations

import re
import unicodedata

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)"
)
WEEKDAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|mon\.?|tues?\.?|wed\.?|thu(?:rs?)?\.?|fri\.?|sat\.?|sun\.?)"
)
# A day of the month: not the beginning of a longer number, nor of 3.5 or 1,000.
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9]|[.:][0-9]|,[0-9]{3}(?![0-9]))"
YEAR = r"[12][0-9]{3}(?![0-9]|[.,][0-9])"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
UNIT = r"(?:day|week|weekend|fortnight|month|quarter|year|decade|century)"

SMALL = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}  # fmt: skip
_ONES = "|".join(word for word in SMALL if word not in ("zero",))
NUMBER = rf"(?:[0-9]{{1,4}}|an?|(?:{'|'.join(TENS)})(?:(?: |-)(?:{'|'.join(list(SMALL)[1:10])}))?|{_ONES})"
ORDINAL = rf"(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))}|[0-9]{{1,2}}(?:st|nd|rd|th))"
FEW = r"(?:a few|few|several|some|a couple of|a couple|couple of|a number of)"

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# Signs that mean the same to a reader, one character for one so that offsets in a text stay exact.
_SAME = str.maketrans(
    dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys("‘’ʼ`´", "'")
    | dict.fromkeys("\t\r\n\xa0\u2002\u2003\u2009\u202f", " ")
    | {chr(0xE000 + number): "\ufffd" for number in range(8)}
)


def plain_signs(text: str) -> str:
    """The text in lower case with plain hyphens, apostrophes and spaces, character for character."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
    return lower.translate(_SAME)


def normalise(words: str) -> str:
    """The words as rules see them: NFKC, lower case, plain signs, single spaces, nothing dangling."""
    text = plain_signs(unicodedata.normalize("NFKC", words))
    return re.sub(r"\s+", " ", text).strip(' ,;:!"“”')


def month_number(name: str) -> int:
    """`sept.` → 9."""
    return _MONTHS.index(name[:3]) + 1


def weekday_number(name: str) -> int:
    """`friday` → 4; Monday is 0."""
    return _WEEKDAYS.index(name[:3])


def day_number(text: str) -> int:
    """`16th` → 16."""
    return int(text.rstrip("stndrh"))


def number(text: str) -> int:
    """`twenty-two` → 22, `a` → 1, `3` → 3."""
    if text[0] in "0123456789":
        return int(text)
    if text in ("a", "an"):
        return 1
    tens, _, ones = text.replace(" ", "-").partition("-")
    return TENS[tens] + SMALL.get(ones, 0) if tens in TENS else SMALL[tens]


def ordinal(text: str) -> int:
    """`third` → 3, `20th` → 20."""
    return ORDINALS[text] if text in ORDINALS else day_number(text)
