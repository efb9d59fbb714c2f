"""iCalendar out (RFC 5545, head RFC 7986): an all-day VEVENT over the days in which the event may lie.

Its summary says the date in words unless that is a single day. An open end has no DTEND; who has no known first day
can't be placed and must be left out by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from json import loads
from typing import Any

from icalendar import Calendar, Event

from events.exchange import prose
from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.querying.events import Revision

END = "END:VCALENDAR\r\n"
ONE_DAY = timedelta(days=1)


def rows(revisions: Iterable[Revision], addresses: Addresses, about: About) -> Iterator[str]:
    yield _calendar(about).to_ical().decode().removesuffix(END)
    for revision in revisions:
        yield _event(revision, loads(revision.document), addresses).to_ical().decode()
    yield END


def _calendar(about: About) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Dateline//Dateline//EN")
    calendar.add("version", "2.0")
    for name, text in (("name", about.dataset), ("description", about.question.text)):
        calendar.add(name, prose.plain(text))
    # What the calendars of Apple and Google read instead.
    calendar.add("x-wr-calname", prose.plain(about.dataset))
    calendar.add("x-wr-caldesc", prose.plain(about.question.text))
    calendar.add("source", about.address, {"VALUE": "URI"})
    calendar.add("last-modified", datetime.fromisoformat(about.changed_at))
    return calendar


def _event(revision: Revision, event: dict[str, Any], addresses: Addresses) -> Event:
    made = Event()
    made.add("uid", prose.urn(revision.noun_id))
    made.add("sequence", revision.revision - 1)
    made.add("dtstamp", datetime.fromisoformat(revision.at))
    made.add("created", datetime.fromisoformat(revision.first_at))
    made.add("last-modified", datetime.fromisoformat(revision.at))
    _span(made, event["date"])
    made.add("summary", _summary(event))
    made.add("description", prose.text(event))
    made.add("url", addresses.page(revision.noun_id, event["slug"]))
    made.add("categories", [event["type"]])
    # It happened; it doesn't take up the reader's day.
    made.add("transp", "TRANSPARENT")
    _where(made, event)
    return made


def _span(made: Event, when: dict[str, Any]) -> None:
    start = date.fromisoformat(when["start_earliest"])
    made.add("dtstart", start)
    if when["open_end"]:
        return
    last = date.fromisoformat(when["end_latest"])
    if last < date.max:
        made.add("dtend", last + ONE_DAY)
    else:
        # No day after 9999-12-31 can be written.
        made.add("duration", last - start + ONE_DAY)


def _summary(event: dict[str, Any]) -> str:
    when = event["date"]
    return prose.plain(event["title"] if prose.is_a_day(when) else f"{event['title']} ({prose.when(when)})")


def _where(made: Event, event: dict[str, Any]) -> None:
    place, location = prose.place(event), event["location"]
    if place:
        made.add("location", prose.plain(place))
    if location["lat"] is not None:
        made.add("geo", (location["lat"], location["lon"]))
