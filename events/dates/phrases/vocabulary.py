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
# `centurie` before the plural s.
UNIT = r"(?:day|week|weekend|fortnight|month|quarter|year|decade|century|centurie)"

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
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
    "twenty-first": 21,
}  # fmt: skip
_DIGIT = f"(?:{'|'.join(list(SMALL)[1:10])})"
_TEEN = f"(?:{'|'.join(list(SMALL)[10:])})"
_TO_99 = rf"(?:(?:{'|'.join(TENS)})(?:(?: |-){_DIGIT})?|{_TEEN}|{_DIGIT})"
LARGE = {"dozen": 12, "hundred": 100, "thousand": 1000}
NUMBER = rf"(?:[0-9]{{1,4}}|(?:an?|{_TO_99}) (?:dozen|hundred|thousand)(?: (?:and )?{_TO_99})?|an?|{_TO_99})"
_HUNDREDS = "(?:(?:fif|six|seven|eigh|nine)teen|twenty)"
_TENS_OF_YEAR = rf"(?:{'|'.join(TENS)})(?:(?: |-){_DIGIT})?|{_TEEN}|(?:oh|o)(?: |-){_DIGIT}"
# `nineteen ninety-one`, `the year two thousand`, as speech is written down.
YEAR_IN_WORDS = rf"(?:{_HUNDREDS}(?: |-)(?:{_TENS_OF_YEAR})|year two thousand(?: (?:and )?{_TO_99})?)"
WRITTEN_YEAR = rf"(?:{YEAR}|'[0-9]{{2}}|{YEAR_IN_WORDS})"
_SINGLE = SMALL | TENS | {"a": 1, "an": 1}
# The day of a month in words: `March eighth`.
DAY_IN_WORDS = (
    rf"(?:(?:twenty|thirty)(?: |-)(?:{'|'.join(list(ORDINALS)[:9])})|thirtieth|twentieth"
    rf"|{'|'.join(list(ORDINALS)[3:19])})"
)
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
    """`16th` → 16, `eighth` → 8."""
    return ordinal(text) if text[0].isalpha() else int(text.rstrip("stndrh"))


def number(text: str) -> int:
    """`twenty-two` → 22, `a` → 1, `3` → 3, `two hundred and five` → 205."""
    if text[0] in "0123456789":
        return int(text)
    total = 0
    for word in re.split(r"\W+", text):
        total = total * LARGE[word] if word in LARGE else total + _SINGLE.get(word, 0)
    return total


def year_in_words(text: str) -> int:
    """`nineteen ninety-one` → 1991, `year two thousand` → 2000."""
    if text.startswith("year "):
        return number(text.removeprefix("year "))
    hundreds, *rest = re.split(r"\W+", text)
    return 100 * number(hundreds) + number("-".join(rest))


def unit_name(text: str) -> str:
    """The name of a unit, from its stem in a plural too: `centurie` → `century`."""
    return "century" if text == "centurie" else text


def ordinal(text: str) -> int:
    """`third` → 3, `20th` → 20, `thirty-first` → 31."""
    if not text[0].isalpha():
        return day_number(text)
    tens, _, ones = text.replace(" ", "-").partition("-")
    return ORDINALS[text] if text in ORDINALS else TENS[tens] + ORDINALS[ones]
