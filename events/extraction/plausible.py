"""Tell words that only look like a time expression from those that are one."""

from __future__ import annotations

import re

from events.dates.phrases.languages import month_names
from events.dates.phrases.rules import Found

# Months and weekdays in short: `Jan Kavan`, `Sun Microsystems`. Without a dot they are names, unless a number follows.
_SHORT = re.compile(r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)")
_VERBS = ("may", "march")
_LEAD = re.compile(
    r"(?:\b(?:early|late|mid|last|this|next|around|about|in|of|since|by|until|from|to|and|for|through|during|between)\s|[-(,]\s?)$",
    re.I,
)
_OLD = re.compile(r"(?:-|\s)olds?\b")
_EACH = re.compile(r"(?:[a-z]{2,}s|once|twice|times|[0-9%])\s+$")
_SEASON_LEAD = re.compile(r"(?:in|of|by|since|until|during|for|this|last|next|early|late|the)\s+(?:the\s+)?$", re.I)
_YEAR_LEAD = re.compile(
    r"(?:[$£€#]\s?|\bno\.?\s|[0-9][.,/]|\bthan\s|\bflight\s|\bp\.?\s|\bresolution\s|[a-z]-(?<!mid-)(?<!post-)(?<!pre-)(?<!early-)(?<!late-))$",
    re.I,
)
_COUNTED = re.compile(
    r"\s?(?:%|percent|per cent|million|billion|people|men|women|troops|soldiers|dollars|yen|shares|points|tons|tonnes"
    r"|miles|km|kilometers|kilometres|meters|feet|pounds|jobs|workers|employees|cars|units|votes|members|prisoners|guns"
    r"|casualties|killed|wounded|aircraft|tanks|ships|planes|killed|dead|cases|copies|times|others|of them|or so)\b",
    re.I,
)
# `The first Monday of May` and `Black Friday` are other days than the `Monday` and `Friday` next to publication.
_OTHER_DAY = re.compile(r"\b(?:black|cyber|first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)\s+$", re.I)
_THE_LAST = re.compile(r"\bthe last \w+$", re.I)
_NAMED_AFTER = re.compile(
    r"\s(?!(?:and|or|but|for|in|on|to|when|that|this|last|at|as|by|with|is|was|were|has|had|will|morning|night|week"
    r"|weekend|day|after|before|until|since|from|through|following|because|if|while)\b)\w+"
)
_AT_NEW_YEAR = re.compile(r"\b(?:and|or|at|to|by|until|since|before|after|through)\s+$", re.I)
_LAST_YEAR = 2100
# `April Jones`: a month that is a given name too, before a surname, where no other word makes it a time.
_GIVEN_NAMES = ("april", "may", "june", "august")
_SURNAME = re.compile(
    r" (?!(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december|spring|summer|autumn|winter|christmas|easter)\b)[A-Z][a-z]+",
)
_NAME_PLACE = re.compile(
    r"(?:^|[.!?:;]['\"”’)]*\s+|\n\s*|['\"“‘]|\b(?:mrs?|ms|dr|prof)\.?\s|\b(?:said|says|told|met|with|named)\s)['\"“‘]?$",
    re.I,
)
# `Room 1917`, `Blade Runner 2049`, `the film 1984`: the number is a name.
_NUMBERED = re.compile(
    r"\b(?:rooms?|films?|movies?|novels?|numbers?|agenda|vision|age of|route|highway|channel|model|house|gate|runner"
    r"|suite|section|article|paragraph|lot|item|unit|train|bus|platform|locomotive|asteroid|population of"
    r"|horizon)\s+['\"“‘]?$",
    re.I,
)


def is_expression(found: Found, text: str) -> bool:
    """Whether the words are meant as a time, from the words themselves and what stands beside them."""
    before, after = text[max(0, found.start - 20) : found.start], text[found.end : found.end + 20]
    check = _CHECKS.get(found.rule.name)
    return check is None or check(found, text[found.start : found.end], before, after)


def _month(found: Found, words: str, before: str, after: str) -> bool:
    month = found.part("month")
    if _SHORT.fullmatch(month) or not any(sign.isupper() for sign in words):
        return False
    if len(found.words) > len(month):
        return True
    if month in _GIVEN_NAMES and _SURNAME.match(after) and _NAME_PLACE.search(before):
        return False
    return month not in _VERBS or bool(_LEAD.search(before))


def _weekday(found: Found, words: str, before: str, after: str) -> bool:
    if _OTHER_DAY.search(before) or (_THE_LAST.search(before + words) and re.match(r"\s(?:of|in)\s", after)):
        return False
    if re.match(r"\sweek\b(?!-)", after):
        return False
    return not _SHORT.fullmatch(found.part("weekday")) and any(sign.isupper() for sign in words)


def _duration(found: Found, words: str, before: str, after: str) -> bool:
    if _OLD.match(after) or found.words == "one day" or _is_fraction(found, before, after):
        return False
    if re.fullmatch(r"1[5-9][0-9]{2}|20[0-9]{2}", found.part("count")):
        return False
    return not (words.startswith("a ") and _EACH.search(before))


def _holiday(found: Found, words: str, before: str, after: str) -> bool:
    """`By Christmas`, `on Good Friday`; not `the Easter Offensive`, `a Christmas tree` or `White Christmas`."""
    if any(found.part(name) for name in ("when", "year", "which", "around")):
        return True
    if found.part("name") == "new year" and not _AT_NEW_YEAR.search(before):
        return False
    if not any(sign.isupper() for sign in words) or (_NAMED_AFTER.match(after) and not words.endswith(("Day", "Eve"))):
        return False
    return bool(_LEAD.search(before)) or not re.search(r"[A-Z]\w+\s$", before)


def _the_year(found: Found, words: str, before: str, after: str) -> bool:
    """Not `man of the year`, `the year when`."""
    return not re.search(r"[a-z]\s+of\s+$", before) and not re.match(r"\s(?:when|that|in which|of)\b|-", after)


def _other_language(found: Found, words: str, before: str, after: str) -> bool:
    """`16 octobre 2019`, not `12 officers 2019`; a numeric one in Chinese, Japanese or Korean signs names no month."""
    name = found.part("name")
    return not name or name in month_names()


def _following_unit(found: Found, words: str, before: str, after: str) -> bool:
    """`For the next year` is a length of time."""
    return found.part("which") not in ("next", "following") or not re.search(r"\bfor\s+$", before, re.I)


def _is_fraction(found: Found, before: str, after: str) -> bool:
    """`Three quarters of the troops`, `a second attack`, `in some quarters`."""
    unit, count, few = found.part("unit"), found.part("count"), found.part("few")
    if unit == "second":
        return count in ("a", "one") and not re.match(r"[.,;]|\s(?:later|earlier|ago|before|after|or two)\b", after)
    if unit != "quarter":
        return False
    return few == "some" or (count in ("a", "three") and not re.match(r"\s(?:later|earlier|ago)\b", after))


def _year(found: Found, words: str, before: str, after: str) -> bool:
    if words.isdigit() and int(words) > _LAST_YEAR:
        return False
    if words.isdigit() and _NUMBERED.search(before):
        return False
    return not _YEAR_LEAD.search(before) and not _COUNTED.match(after)


def _both_seasons(found: Found, words: str, before: str, after: str) -> bool:
    """Not `summer 2018` in `spring/summer 2018`: the year alone holds both."""
    return not re.search(r"\b(?:spring|summer|autumn|fall|winter)\s?/\s?$", before, re.I)


def _weekend(found: Found, words: str, before: str, after: str) -> bool:
    """Not `the weekend of 5 May`, `the weekend before the vote`: another one than that before publication."""
    return not re.match(r"\s(?:of|ending|beginning|starting|commencing|before|after|when|that|following)\b", after)


def _season(found: Found, words: str, before: str, after: str) -> bool:
    if found.part("which") not in ("", "the"):
        return True
    if re.match(r"\s?/\s?(?:spring|summer|autumn|fall|winter)\b", after, re.I):
        return False
    if found.part("season") == "fall" and (re.match(r"\s(?:of|to|from|in|apart)\b", after) or before.endswith("to ")):
        return False
    return bool(_SEASON_LEAD.search(before)) or words.startswith("the ")


def _day_of_month(found: Found, words: str, before: str, after: str) -> bool:
    return bool(re.search(r"\bon\s+$", before, re.I)) and bool(re.match(r"\s*[.,;)]|\s+(?:of this month|and)", after))


def _about(found: Found, words: str, before: str, after: str) -> bool:
    """Not `to get around Wednesday's ruling`, `still around in 1995`."""
    if re.match(r"(?:about|around) (?:in|on) ", found.words):
        return False
    return not re.search(r"\b(?:get|gets|got|getting|turn\w*|come|talk\w*|think\w*)\s+$", before, re.I)


def _decade(found: Found, words: str, before: str, after: str) -> bool:
    if re.search(r"\b(?:his|her|their|my|your|our|its)\s+(?:early |mid-?|late )?$", before, re.I):
        return False
    return words.startswith(("the ", "The ")) or any(sign.isdigit() for sign in words)


_CHECKS = {
    "named-month": _month,
    "weekday": _weekday,
    "year": _year,
    "season": _both_seasons,
    "the-weekend": _weekend,
    "named-season": _season,
    "day-of-month": _day_of_month,
    "decade": _decade,
    "duration": _duration,
    "holiday": _holiday,
    "other-language": _other_language,
    "the-year": _the_year,
    "following-unit": _following_unit,
    "about": _about,
}
