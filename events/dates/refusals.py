"""Why a text is refused, and what to write instead.

To explain one more mistake, add a row to `_ROWS`: a pattern that finds it, the sentence, and how the text is put right.
Rows are tried in order and only on texts that were refused, and what they make of a text is suggested only if that is
accepted, so a row need not be exact.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from typing import NamedTuple

from events.dates.bounds import is_reversed
from events.dates.edtf import Interval, OneOf, exists, read, write
from events.errors import InvalidDate

MAX_EXPLAINED = 60
"""An interval with times of day has some fifty characters: what is longer is no slip in a date, and isn't searched."""

MAX_REPAIRS = 4
"""A text with more kinds of mistake than this is not guessed at."""

_FORMS = (
    "Write a year (2019), a month (2019-10), a day (2019-10-16), an interval (2019-10-16/2019-10-18) "
    "or one day of a range ([2019-10-16..2019-10-18])."
)
_YEARS = "The years that Dateline knows are 0001 to 9999, in four digits and without a sign."
_DIGITS = "A month or day is not known by half: write a range, such as [2019-10..2019-12]."
_IN_FULL = "A slash stands between the ends of an interval, each in full (2019/2021); hyphens part a day (2019-10-16)."
_CODES = "After the year stands a month (01–12), a season (21–24), a quarter (33–36) or a half year (40, 41)."
_ISO_DAY = "A day is written with its year first, in four digits, and with hyphens: 2019-10-16."

Repair = Callable[[re.Match[str]], str]


class Row(NamedTuple):
    """One kind of mistake."""

    pattern: re.Pattern[str]
    detail: str
    repair: Repair | None


def _row(pattern: str, detail: str, repair: str | Repair | None = None) -> Row:
    """Make a row; a repair that is a template replaces every match in the text."""
    compiled = re.compile(pattern)
    if isinstance(repair, str):
        template = repair
        return Row(compiled, detail, lambda match: compiled.sub(template, match.string))
    return Row(compiled, detail, repair)


def _to_ascii(match: re.Match[str]) -> str:
    return "".join(_ascii(character) for character in match.string)


def _ascii(character: str) -> str:
    if unicodedata.category(character) == "Pd":
        return "-"
    return str(unicodedata.decimal(character, unicodedata.normalize("NFKC", character)))


def _qualified_last(match: re.Match[str]) -> str:
    """Let the whole date be as unsure as any part of it."""
    return "/".join(re.sub("[?~%]", "", end) + _joined(end) for end in match.string.split("/"))


def _joined(text: str) -> str:
    found = set(re.findall("[?~%]", text))
    return "%" if len(found) > 1 else "".join(found)


def _range_of_digit(match: re.Match[str]) -> str:
    fitting = [match[1] + digit for digit in "0123456789" if read(match[1] + digit)]
    return f"[{fitting[0]}..{fitting[-1]}]" if fitting else ""


def _significant_digits(match: re.Match[str]) -> str:
    return match[1][: int(match[2])].ljust(4, "X")


def _northern_season(match: re.Match[str]) -> str:
    return f"{match[1]}{int(match[2]) - 4}{match[3]}"


_ROWS = (
    _row(r"^\s*$", f"The date is empty. {_FORMS}"),
    _row(r"[^\x00-\x7f]", f"A date is written in plain ASCII. {_FORMS}", _to_ascii),
    _row(
        r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{1,2}:[0-9:.]*(?:Z|[+-][0-9:]+)?",
        "Dateline keeps the day, not the time of day: leave the time out.",
        r"\1",
    ),
    _row(r"[Xx]{4}", "A year without a known digit says nothing: leave the date out."),
    _row(
        r"^(?=.*[xu])[0-9Xxu?~%/.\[\]-]+$",
        "An unknown digit is a capital X: 201X.",
        lambda match: re.sub("[xu]", "X", match.string),
    ),
    _row(r"(^|/)open(?=/|$)", "An open end is two dots (2016/..).", r"\1.."),
    _row(r"(^|/)unknown(?=/|$)", "An unknown end is left empty (2016/).", r"\1"),
    _row(r"^([0-9]{2}[1-9])0s$|^[0-9]{2}00s$", "A decade is written as 201X, a century as 20XX.", r"\1X"),
    _row(r"[A-WYZa-z][A-Za-z]{2}", f"This is not EDTF but words. {_FORMS}"),
    _row(r"\s", "A date has no spaces.", ""),
    _row(
        r"^(?:\.\.)?/(?:\.\.)?$|^\[?\.\.\]?$",
        "One end at least has to be known (2016/..); where nothing is known, leave the date out.",
    ),
    _row(
        r"([1-9])XXX",
        "Of a year only the last digit or the last two can be unknown: write a range, such as [1000..1999].",
        r"[\g<1>000..\g<1>999]",
    ),
    _row(r"(?:^|[/[.])[0-9]*X+[0-9]", "Of a year only the last digit or the last two can be unknown: 201X, 20XX."),
    _row(
        r"([0-9]{2}[0-9X]X)-[0-9X]{2}(?:-[0-9X]{2})?",
        "A month or day needs a year of which every digit is known: write the decade or century alone.",
        r"\1",
    ),
    _row(r"([0-9]{4})-XX-(?!XX)[0-9X]{2}", "A day needs a month that is known: write the year alone.", r"\1"),
    _row(r"^([0-9]{4}-(?:[01]|[0-9]{2}-[0-3]))X$", _DIGITS, _range_of_digit),
    _row(r"-[0-9]X|-X[0-9]", _DIGITS),
    _row(r"[{}]", "A set of several dates is not one date: write the interval from the first to the last (2016/2018)."),
    _row(
        r"^\[([^],.]*)[^]]*,(?:[^]]*\.\.)?([^],.]*)\]$",
        "A list of dates is not supported: write the range that holds them, such as [2016..2018].",
        r"[\1..\2]",
    ),
    _row(r",", "A list of dates is not supported: write the range that holds them, such as [2016..2018]."),
    _row(r"^\[([^].,]+)\]$", "A range has two dots between its ends; a single date has no brackets.", r"\1"),
    _row(r"^\[.*[?~%]", "A range takes no ?, ~ or %: leave them out, and write the range as wide as it has to be."),
    _row(r"(^|/)\?(?=/|$)", "An unknown end is left empty (2016/).", r"\1"),
    _row(
        r"[?~%](?!/|$)",
        "One qualifier (?, ~, or % for both) stands at the end of a date and counts for all of it: 2019-10-16~.",
        _qualified_last,
    ),
    _row(r"(^|[/[.])\+(?=[0-9])", _YEARS, r"\1"),
    _row(r"(?:^|[/[.])(?:-|Y|0000)", _YEARS),
    _row(r"(?<![0-9-])([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])", _ISO_DAY, r"\1-\2-\3"),
    _row(r"[0-9]{5}", _YEARS),
    _row(
        r"^([0-9]{4})S([1-4])$",
        "Significant digits are not supported: write X for the digits that are unknown, such as 195X or 19XX.",
        _significant_digits,
    ),
    _row(
        r"W[0-9]|^[0-9]{4}-[0-9]{3}$",
        "Weeks and days of the year are not supported: write the days, such as 2019-10-14/2019-10-20.",
    ),
    _row(r"^[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{2,4}$", _ISO_DAY),
    _row(
        r"^[0-9]{4}[/.][0-9]{1,2}[/.][0-9]{1,2}$",
        _ISO_DAY,
        lambda match: re.sub("[/.]", "-", match.string),
    ),
    _row(r"^([0-9]{4}(?:-[0-9]{2})?)-([0-9]{2})/([0-9]{2})$", _IN_FULL, r"\1-\2/\1-\3"),
    _row(r"^([0-9]{4})-([0-9]{4})$", _IN_FULL, r"\1/\2"),
    _row(
        r"^[0-9X-]*\.\.[0-9X-]*$",
        "One day of a range stands in brackets, [2016..2018]; what lasted has a slash, 2016/2018.",
        r"[\g<0>]",
    ),
    _row(r"(?<=-)([0-9])(?![0-9X])", "Months and days have two digits: 2019-03-05.", r"0\1"),
    _row(r"^([0-9]{4}-)(2[5-8])([?~%]?)$", _CODES, _northern_season),
    _row(r"[0-9]{4}-(?:00|1[3-9]|20|2[5-9]|3[0-2]|3[7-9]|4[2-9]|[5-9][0-9])(?![0-9])", _CODES),
    _row(
        r"([0-9]{4}-(?:2[1-4]|3[3-6]|4[01]))-[0-9X]{2}",
        "A day needs a month; a season, quarter or half year has none.",
        r"\1",
    ),
    _row(r"/.*/", "An interval has one slash, between its two ends: 2016/2018."),
    _row(r"/", _IN_FULL),
    _row(r"^[0-9]{1,3}$", "A year has four digits: 1979, or 0079."),
    _row(r"", f"This is not a date that Dateline reads. {_FORMS}"),
)


def explain(text: str) -> InvalidDate:
    """Return the error for a text that was refused: the reason, and a text that is accepted if one was meant."""
    if len(text) > MAX_EXPLAINED:
        return InvalidDate(f"This is far too long for a date. {_FORMS}")
    detail, repaired = _diagnose(text)
    return InvalidDate(detail, _accepted(repaired))


def _accepted(text: str | None) -> str | None:
    """Put right what is still wrong with a repaired text; None if that fails."""
    for _ in range(MAX_REPAIRS):
        if text is None or _is_accepted(text):
            return text
        _, text = _diagnose(text)
    return None


def _is_accepted(text: str) -> bool:
    expression = read(text)
    return expression is not None and not is_reversed(expression)


def _diagnose(text: str) -> tuple[str, str | None]:
    """Return what is wrong with a refused text first of all, and the text with that put right."""
    return _reversed(text) or _missing_day(text) or _first_row(text)


def _reversed(text: str) -> tuple[str, str] | None:
    expression = read(text)
    if isinstance(expression, Interval):
        turned = write(Interval(expression.end, expression.start))
        return "The interval ends before it starts: write the earlier end first.", turned
    if isinstance(expression, OneOf):
        turned = write(OneOf(expression.last, expression.first))
        return "The range ends before it starts: write the earlier end first.", turned
    return None


def _missing_day(text: str) -> tuple[str, str] | None:
    for year, month, day in re.findall(r"(?<![0-9])([0-9]{4})-(0[1-9]|1[0-2])-([0-9]{2})(?![0-9])", text):
        if not exists(year, month, day):
            last = monthrange(int(year), int(month))[1]
            detail = f"There is no day {year}-{month}-{day}: the days of {year}-{month} are 01 to {last}."
            return detail, text.replace(f"{year}-{month}-{day}", f"{year}-{month}")
    return None


def _first_row(text: str) -> tuple[str, str | None]:
    row, match = next((row, match) for row in _ROWS if (match := row.pattern.search(text)))
    return row.detail, row.repair(match) if row.repair else None
