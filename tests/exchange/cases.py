"""The table of cases that every format is asserted against: dates of every kind, and text that means harm."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from events import dates
from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.exchange.formats import FORMATS
from events.querying import filters
from events.querying.events import Revision
from events.querying.question import ask
from events.querying.state import State

DATES: dict[str, str | None] = {
    "day": "2019-10-16",
    "month": "2019-10",
    "season": "2019-21",
    "decade": "194X",
    "interval": "2019-10-16/2019-10-18",
    "one day of three": "[2019-10-16..2019-10-18]",
    "open end": "2016-03/..",
    "unknown end": "2016/",
    "unknown start": "/2016-03",
    "open start": "[..2016]",
    "approximate": "2016-10-16~",
    "uncertain": "2019-10-16?",
    "undated": None,
    "year 1": "0001",
    "first day": "0001-01-01",
    "year 9999": "9999",
    "last day": "9999-12-31",
}
UNPLACED = {"unknown start", "open start", "undated"}

# Markup, entities, the ends of CDATA and comments, escapes and separators of each format, line ends, a formula,
# right-to-left marks, an emoji outside the first plane, a combining accent, and what Python takes for a line end.
HOSTILE = (
    '@<script>alert("1")</script> & &amp; \'quote\' ]]> --> \\n ; , : | {"a":1}\n'
    "BEGIN:VEVENT\r\nEND:VCALENDAR\tx \u202eevil\u202c 🎉 cafe\u0301 \u2028 " + "long " * 40 + "end"
)
# What XML and iCalendar can't hold at all.
CONTROLS = "a\x0cb\x1bc\x7fd\ufffee"

ADDRESSES = Addresses("https://example.org/dateline")
WORDS = "on October 16"


def date(edtf: str | None) -> dict[str, Any]:
    """The date of an event as its public document has it."""
    flags = {"open_start": False, "open_end": False, "approximate": False, "uncertain": False}
    names = ("start_earliest", "start_latest", "end_earliest", "end_latest", *flags, "kind", "precision")
    value = dates.parse(edtf) if edtf else None
    found = {name: getattr(value, name) if value else flags.get(name) for name in names}
    days = {name: getattr(value, name).isoformat() if value else None for name in names[:4]}
    return {"edtf": edtf, "text": WORDS, "anchor": None, "rule": "curator" if edtf else None} | found | days


def document(**changes: Any) -> dict[str, Any]:
    """The public document of an event, with some of its keys changed."""
    source = {
        "id": "doc",
        "title": "A digest",
        "publisher": "Gazette",
        "published": "2019-11-04",
        "url": "https://gazette.example/?a=1&b=2",
        "archived_url": None,
    }
    evidence = {
        "supports": ["date", "title"],
        "quote": "It was said.",
        "prefix": "",
        "suffix": "",
        "start": 0,
        "end": 12,
    }
    return {
        "slug": "a-title",
        "title": "A title",
        "summary": "A summary.",
        "type": "CONSULT",
        "date": date("2019-10-16"),
        "location": {"country": "NA", "place": "Windhoek", "lat": -22.57, "lon": 17.08},
        "countries": [
            {"code": "NA", "name": "Namibia", "relation": "location"},
            {"code": "CZ", "name": "Czechia", "relation": "involved"},
        ],
        "actors": [
            {"id": "act", "name": "Ann Actor", "role": "initiator", "kind": "person", "country": "NA"},
            {"id": "gov", "name": "A ministry", "role": "target", "kind": "government", "country": None},
        ],
        "claimed_by": [{"id": "gov", "name": "A ministry"}],
        "evidence": [evidence | {"document": source}],
        "relations": [{"relation": "response_to", "id": "other", "title": "Another"}],
    } | changes


def revision(**changes: Any) -> Revision:
    text = json.dumps(document(**changes), ensure_ascii=False, separators=(",", ":"))
    times = ("2024-05-01T12:00:00.000000Z", "2024-05-02T13:30:00.250000Z")
    return Revision("event", "event-a", 12, 3, *times, text)


def hostile(text: str = HOSTILE) -> Revision:
    """The same text wherever somebody could put it."""
    event = document(title=text, summary=text)
    event["location"]["place"] = event["date"]["text"] = text
    for actor in (*event["actors"], *event["claimed_by"]):
        actor["name"] = text
    event["evidence"][0]["quote"] = event["evidence"][0]["document"]["title"] = text
    return revision(**event)


def about(*pairs: tuple[str, str]) -> About:
    at = datetime(2024, 5, 3, tzinfo=UTC)
    question = ask(filters.EventList, pairs, State(41, "0" * 64, at, "epoch"), now=at)
    return About("Ann & Bob's <dataset>", question, f"{ADDRESSES.api}events/?a=1&b=2")


def lf(text: str) -> str:
    """Text with the line ends that XML and iCalendar carry."""
    return text.replace("\r\n", "\n")


def written(form: str, *revisions: Revision, asked: tuple[tuple[str, str], ...] = ()) -> str:
    """The file of some events."""
    return "".join(FORMATS[form].rows(revisions, ADDRESSES, about(*asked)))


def dated(case: str) -> Revision:
    return revision(date=date(DATES[case]))
