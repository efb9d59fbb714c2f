"""The value of a mention as TimeML (TIMEX3) writes it, for measuring against marked texts."""

from __future__ import annotations

import re

from events.dates.phrases.rules import Found
from events.dates.phrases.spans import Span
from events.dates.phrases.vocabulary import month_number, number, ordinal, weekday_number
from events.extraction.mentions import Mention, core

_REFERENCES = {"now": "PRESENT_REF", "some-time-past": "PAST_REF", "some-time-ahead": "FUTURE_REF"}
_LENGTHS = {
    "second": "T{}S", "minute": "T{}M", "hour": "T{}H", "day": "{}D", "week": "{}W", "fortnight": "{}W", "month": "{}M",
    "weekend": "{}WE", "quarter": "{}Q", "year": "{}Y", "decade": "{}0Y", "century": "{}00Y", "centurie": "{}00Y",
}  # fmt: skip
_OFTEN = {"hourly": "PT1H", "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "annually": "P1Y", "yearly": "P1Y"}
_SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
_SEASON_CODES = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}
_DAYTIMES = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))? ?([ap])?\.?m?")


def value(mention: Mention) -> str:
    """Return the TIMEX3 value; `PXX` where the words have none."""
    found = core(mention.found)
    name = found.rule.name
    if name in _REFERENCES:
        return _REFERENCES[name]
    if name in ("duration", "past-span", "coming-span"):
        return _length(found)
    if name == "set":
        return _set(found)
    if name == "before-christ":
        return _before_christ(found)
    if mention.span is None:
        return "PXX"
    span = mention.span
    while span.whole:
        span = span.whole
    return _date(span) + (_time(found.words) if mention.type == "TIME" else "")


def _set(found: Found) -> str:
    if weekday := found.part("weekday"):
        return f"XXXX-WXX-{weekday_number(weekday) + 1}"
    if month := found.part("month"):
        return f"XXXX-{month_number(month):02d}"
    if season := found.part("season"):
        return f"XXXX-{_SEASONS[season]}"
    return _OFTEN.get(found.part("often")) or _times(found.part("unit"), "1")


def _times(unit: str, count: str) -> str:
    text = "P" + _LENGTHS.get(unit, "{}D").format(count)
    return re.sub(r"X0+Y", "XY", text)


def _length(found: Found) -> str:
    unit = found.part("unit") or found.part("bare").rstrip("s")
    count = found.part("count")
    if found.part("few") or found.part("bare"):
        return _times(unit, "2" if "couple" in found.part("few") else "X")
    much = float(count) if "." in count else number(count or "one")
    if found.part("half"):
        return _with_half(unit, much)
    return _times(unit, f"{much:g}" if "." in count else str(much))


_SMALLER = {"year": ("M", 6), "day": ("TH", 12), "hour": ("M", 30), "minute": ("S", 30)}


def _with_half(unit: str, much: float) -> str:
    if unit not in _SMALLER:
        return _times(unit, f"{much + 0.5:g}")
    letter, half = _SMALLER[unit]
    return f"{_times(unit, f'{much:g}')}{letter[:-1]}{half}{letter[-1]}"


def _before_christ(found: Found) -> str:
    if century := found.part("century"):
        return f"BC{ordinal(century) - 1:02d}"
    year, month, season = f"BC{int(found.part('year')):04d}", found.part("month"), found.part("season")
    if season:
        return f"{year}-{_SEASONS[season]}"
    return f"{year}-{month_number(month):02d}" if month else year


def _date(span: Span) -> str:
    first = span.first
    week = first.isocalendar()
    made = {
        "day": first.isoformat(),
        "week": f"{week.year}-W{week.week:02d}",
        "weekend": f"{week.year}-W{week.week:02d}-WE",
        "month": first.isoformat()[:7],
        "quarter": f"{first.year}-Q{(first.month + 2) // 3}",
        "half": f"{first.year}-H{(first.month + 5) // 6}",
        "season": f"{first.year}-{_SEASON_CODES.get(span.edtf[5:7], '')}",
        "decade": span.edtf[:3],
        "century": span.edtf[:2],
    }
    return made.get(span.unit, first.isoformat()[:4])


def _time(words: str) -> str:
    for part, code in _DAYTIMES.items():
        if part in words:
            return f"T{code}"
    clock = _CLOCK.search(words)
    if "noon" in words or clock is None:
        return "T12:00"
    return f"T{int(clock[1]) % 12 + 12 * (clock[3] == 'p'):02d}:{clock[2] or '00'}"
