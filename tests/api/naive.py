"""The oracle: what a question means, in plain Python over the served events, without any code of Dateline.

Days are compared as ISO text. A question is a dict of parameter → value, a list where the parameter takes one.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Json = dict[str, Any]
Question = dict[str, Any]

# Windows as EDTF and the days that they mean, worked out by hand; None is open.
WINDOWS: dict[str, tuple[str | None, str | None]] = {
    "2019-10-16": ("2019-10-16", "2019-10-16"),
    "2019-10": ("2019-10-01", "2019-10-31"),
    "2020-02": ("2020-02-01", "2020-02-29"),
    "2019": ("2019-01-01", "2019-12-31"),
    "201X": ("2010-01-01", "2019-12-31"),
    "19XX": ("1900-01-01", "1999-12-31"),
    "2019-24": ("2019-12-01", "2020-02-29"),
    "2019-36": ("2019-10-01", "2019-12-31"),
    "2019-40": ("2019-01-01", "2019-06-30"),
    "2018-06/2019-10-15": ("2018-06-01", "2019-10-15"),
    "2019-10/..": ("2019-10-01", None),
    "../2017": (None, "2017-12-31"),
    "0001": ("0001-01-01", "0001-12-31"),
    "9999-12-31": ("9999-12-31", "9999-12-31"),
}
SIDES = {
    "2019-10-16": ("2019-10-16", "2019-10-16"),
    "2019-10": ("2019-10-01", "2019-10-31"),
    "2018": ("2018-01-01", "2018-12-31"),
    "2016-02": ("2016-02-01", "2016-02-29"),
    "2020": ("2020-01-01", "2020-12-31"),
    "1995-07-04": ("1995-07-04", "1995-07-04"),
}


def window(question: Question) -> tuple[str | None, str | None] | None:
    if "date" in question:
        return WINDOWS[question["date"]]
    if "date_from" in question or "date_to" in question:
        first = SIDES[question["date_from"]][0] if "date_from" in question else None
        last = SIDES[question["date_to"]][1] if "date_to" in question else None
        return first, last
    return None


def match(event: Json, first: str | None, last: str | None) -> str | None:
    """design: possible iff start_earliest <= to and end_latest >= from; certain iff the inner days are in it too."""
    when = event["date"]
    if when["edtf"] is None:
        return None
    first, last = first or "0001-01-01", last or "9999-12-31"
    if not (when["start_earliest"] <= last and when["end_latest"] >= first):
        return None
    sure = when["start_latest"] <= last and when["end_earliest"] >= first and not when["uncertain"]
    return "certain" if sure else "possible"


def _actors(role: str | None, key: str) -> Callable[[Json], set[str | None]]:
    return lambda event: {actor[key] for actor in event["actors"] if role in (None, actor["role"])}


# What an event has under each parameter that takes codes, ids or names.
HAS: dict[str, Callable[[Json], set[Any]]] = {
    "actor": _actors(None, "id"),
    "initiator": _actors("initiator", "id"),
    "target": _actors("target", "id"),
    "actor_country": _actors(None, "country"),
    "initiator_country": _actors("initiator", "country"),
    "target_country": _actors("target", "country"),
    "country": lambda event: {country["code"] for country in event["countries"]},
    "location_country": lambda event: {event["location"]["country"]},
    "claimed_by": lambda event: {actor["id"] for actor in event["claimed_by"]} or {"none"},
    "type": lambda event: {event["type"]},
    "document": lambda event: {item["document"]["id"] for item in event["evidence"]},
}


def fits(event: Json, question: Question) -> bool:
    """Whether the event matches all but the window."""
    for name, value in question.items():
        stem = name.removesuffix("_all").removesuffix("_not")
        if stem in HAS:
            has, wanted = HAS[stem](event), set(value)
            if name.endswith("_not"):
                held = not has & wanted
            else:
                held = wanted <= has if name.endswith("_all") else bool(has & wanted)
        elif name == "dated":
            held = (event["date"]["edtf"] is not None) == value
        elif name == "precision":
            held = event["date"]["precision"] in value
        elif name == "updated_since":
            held = event["updated_at"] >= value
        else:
            continue
        if not held:
            return False
    return True


def answer(events: Iterable[Json], question: Question) -> list[tuple[Json, str | None]]:
    """The events that match, each with how it matches the window."""
    days = window(question)
    found = []
    for event in events:
        how = match(event, *days) if days else None
        wanted = days is None or how == "certain" or (how and question.get("date_match") != "certain")
        if wanted and fits(event, question):
            found.append((event, how))
    return found


def ordered(events: list[Json], ordering: str, key: Callable[[Json], int]) -> list[Json]:
    """Undated events come last by date, whichever way round."""
    column = _updated if ordering.endswith("updated") else _start
    dated = [event for event in events if column(event) is not None]
    undated = [event for event in events if column(event) is None]
    down = ordering.startswith("-")
    return [
        *sorted(dated, key=lambda event: (column(event), key(event)), reverse=down),
        *sorted(undated, key=key, reverse=down),
    ]


def _updated(event: Json) -> str:
    return str(event["updated_at"])


def _start(event: Json) -> str | None:
    start: str | None = event["date"]["start_earliest"]
    return start


def tally(events: Iterable[Json], stem: str) -> Counter[str]:
    """How many of the events each actor, country, type or document has."""
    counted: Counter[str] = Counter()
    for event in events:
        counted.update(HAS[stem](event))
    return counted


def buckets(by: str, first: str, last: str) -> Iterator[tuple[str, str, str]]:
    """EDTF, first and last day of each whole bucket that touches the window."""
    for edtf, start, end in _all_buckets(by, int(first[:4]) // 10 * 10, int(last[:4]) // 10 * 10 + 9):
        if start <= last and end >= first:
            yield edtf, start, end


def _all_buckets(by: str, first: int, last: int) -> Iterator[tuple[str, str, str]]:
    """The buckets of whole decades."""
    if by == "decade":
        for year in range(first, last + 1, 10):
            yield f"{year:04}"[:3] + "X", f"{max(year, 1):04}-01-01", f"{year + 9:04}-12-31"
        return
    for year in range(max(first, 1), last + 1):
        months = [(f"{year:04}-{month:02}", monthrange(year, month)[1]) for month in range(1, 13)]
        match by:
            case "year":
                yield f"{year:04}", f"{year:04}-01-01", f"{year:04}-12-31"
            case "quarter":
                for quarter in range(4):
                    (start, _days), _middle, (end, days) = months[quarter * 3 : quarter * 3 + 3]
                    yield f"{year:04}-{33 + quarter}", f"{start}-01", f"{end}-{days}"
            case "month":
                yield from ((month, f"{month}-01", f"{month}-{days}") for month, days in months)
            case "day":
                for month, days in months:
                    yield from ((day, day, day) for day in (f"{month}-{n:02}" for n in range(1, days + 1)))


def bounded_days(event: Json) -> list[str]:
    """The days of a dated event that aren't stand-ins for "no known limit"."""
    when = event["date"]
    if when["edtf"] is None:
        return []
    stand_ins = {"0001-01-01"} if when["open_start"] else set()
    stand_ins |= {"9999-12-31"} if when["open_end"] else set()
    names = ("start_earliest", "start_latest", "end_earliest", "end_latest")
    return sorted({when[name] for name in names} - stand_ins)
