"""A question as people say it: "events that may have happened in October 2019 and involve China, except threats"."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from events import dates
from events.querying.named import ActorFilter, Several
from events.querying.parameters import Parameter, listed


def sentence(
    declared: dict[str, Parameter], parsed: dict[str, Any], first: date | None, last: date | None, match: str | None
) -> str:
    """The question in English; parameters that only shape the answer aren't in it."""
    positive: list[str] = []
    negative: list[str] = []
    if match:
        verb = "certainly happened" if match == "certain" else "may have happened"
        positive.append(f"{verb} {_when(first, last)}")
    listing: list[str] = []
    for name, value in parsed.items():
        parameter = declared[name]
        excluded = isinstance(parameter, Several) and parameter.negated
        part = listing if isinstance(parameter, ActorFilter) else negative if excluded else positive
        part.append(parameter.sentence(value))
    that, besides, those = listed(positive, "and"), listed(negative, "and"), listed(listing, "and")
    only = f"; of their actors those that {those}" if those else ""
    known = f", as of change {parsed['as_of'].seq}" if "as_of" in parsed else ""
    return "events" + (f" that {that}" if that else "") + (f", except {besides}" if besides else "") + known + only


@lru_cache(maxsize=1024)
def _when(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return "at any time"
    if last is None:
        return f"on or after {_words(f'{first}')}"
    if first is None:
        return f"on or before {_words(f'{last}')}"
    unit = _unit(first, last)
    if unit:
        return f"{'on' if len(unit) == 10 else 'in'} {_words(unit)}"
    return f"between {_words(f'{first}')} and {_words(f'{last}')}"


def _unit(first: date, last: date) -> str | None:
    """The day, month or year that is exactly the window, as EDTF."""
    for text in (f"{first.isoformat()}", f"{first.year:04}-{first.month:02}", f"{first.year:04}"):
        if dates.calendar_span(text) == (first, last):
            return text
    return None


def _words(edtf: str) -> str:
    return dates.parse(edtf).words()
