"""The rule for full dates in other languages, read by dateparser and believed only as far as the words bear it out.

dateparser fills in what words leave out (measured: `2016` becomes today's day and month of 2016). So it is asked only
about words with a day and a year in digits, one language at a time and strictly, twice with different days to
start from; what it says is taken if both answers agree and hold the digits of the words and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from events.dates.phrases import spans
from events.dates.phrases.rules import Context, Found, Rule
from events.dates.phrases.spans import Span
from events.errors import UnreadableDate

LANGUAGES = (
    "fr", "de", "es", "it", "pt", "nl", "ru", "uk", "pl", "cs", "sk", "zh", "ja", "ko", "ar", "fa", "tr", "sv", "da",
    "fi", "hu", "ro", "bg", "el", "he", "vi", "id",
)  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
# dateparser's cost grows with the length; no date in any of these languages is longer.
LONGEST = 60
# Two days that share neither year, month nor day: what depends on them was made up.
_STARTS = (datetime(1907, 2, 3), datetime(2011, 10, 26))  # noqa: DTZ001 (dateparser's base is a naive local time)


@cache
def month_names() -> Mapping[str, tuple[str, ...]]:
    """The names of months in dateparser's own lists, and the languages that have them."""
    names: dict[str, list[str]] = {}
    for language in LANGUAGES:
        info = import_module(f"dateparser.data.date_translation_data.{language}").info
        for month in _MONTHS:
            for name in info.get(month, ()):
                names.setdefault(name.lower(), []).append(language)
    return {name: tuple(dict.fromkeys(languages)) for name, languages in names.items()}


def _languages(words: str) -> tuple[str, ...]:
    """The languages of the month that the words name; all, where none is known."""
    if re.search(r"月|월", words):
        return ("zh", "ja", "ko")
    named = (month_names().get(word) for word in re.findall(r"[^\W\d_]+", words))
    return next((languages for languages in named if languages), LANGUAGES)


@cache
def _parser(language: str, start: datetime) -> Any:
    # dateparser costs a second to import: only those pay who need it.
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=[language],
        settings={
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
            "RELATIVE_BASE": start,
            "DATE_ORDER": "DMY",
            "NORMALIZE": True,
        },
    )


def _read(words: str, language: str, start: datetime) -> date | None:
    try:
        when = _parser(language, start).get_date_data(words).date_obj
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError, KeyError, re.error):
        # dateparser fails in many ways on hostile text; each of them means that it cannot read it.
        return None
    return when.date() if when else None


def _borne_out(when: date, words: str) -> bool:
    """Whether the numbers of the words are those of the day, and a month is named or marked 月 or 월."""
    numbers = [int(digits) for digits in re.findall(r"[0-9]+", words)]
    if re.search(r"月|월", words):
        return numbers == [when.year, when.month, when.day]
    letters = len(re.findall(r"[^\W\d_]", words))
    return letters >= 3 and sorted(numbers) == sorted([when.year, when.day])


# Each question costs milliseconds, and texts repeat their dates.
@lru_cache(maxsize=2000)
def _when(words: str) -> date | None:
    for language in _languages(words):
        first = _read(words, language, _STARTS[0])
        if first and _borne_out(first, words) and _read(words, language, _STARTS[1]) == first:
            return first
    return None


def _other_language(found: Found, context: Context) -> Span:
    when = _when(found.words) if len(found.words) <= LONGEST else None
    if when is None:
        raise UnreadableDate(
            "No rule finds a date in these words. Write it like 16 October 2019, or as EDTF: 2019-10-16."
        )
    return spans.day_of(when)


OTHER_LANGUAGE = Rule(
    "other-language",
    "A full date in another language, with day and year in digits and the month by name; all the words, never a part.",
    (("16 octobre 2019", "2019-11-04", "2019-10-16"), ("2019年10月16日", "2019-11-04", "2019-10-16")),
    (r"(?=.*[0-9]{4})(?=.*(?<![0-9])[0-9]{1,2}(?![0-9])).+",),
    _other_language,
)
