"""TimelineJS3 out: a slide an event, by the documented fields of its JSON format.

A date has the year, month and day that are known. What TimelineJS has no unit for (a season, a decade, one day of
several) spans the months, years or days in which it may lie; the words always say what is meant. Who has no known
first day can't be placed and must be left out by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from json import loads
from typing import Any

from events import dates
from events.exchange import prose
from events.exchange.about import About
from events.exchange.addresses import Addresses
from events.exchange.as_json import dumps
from events.exchange.listing import listing
from events.querying.events import Revision

# How many of year, month and day a date of a precision has; the others have a year.
PARTS = {"day": 3, "month": 2, "season": 2, "quarter": 2, "half": 2}


def rows(revisions: Iterable[Revision], addresses: Addresses, about: About) -> Iterator[str]:
    title = {"text": {"headline": escape(about.dataset), "text": escape(about.question.text)}}
    slides = (dumps(_slide(revision, loads(revision.document), addresses)) for revision in revisions)
    return listing(f'{{"title":{dumps(title)},"events":', slides, "}")


def _slide(revision: Revision, event: dict[str, Any], addresses: Addresses) -> dict[str, Any]:
    page = escape(addresses.page(revision.noun_id, event["slug"]))
    return {
        "unique_id": revision.noun_id,
        **_dates(event["date"]["edtf"]),
        "display_date": prose.when(event["date"]),
        # TimelineJS takes both for HTML.
        "text": {
            "headline": escape(event["title"]),
            "text": f'{prose.html(event)}<p><a href="{page}">{page}</a></p>',
        },
        # What looks like an address in a quotation stays as it is.
        "autolink": False,
    }


def _dates(edtf: str) -> dict[str, dict[str, int]]:
    first, last = _ends(edtf)
    start = _date(first.start_earliest, first)
    end = _date(last.end_latest, last) if last else start
    # An imprecise end is drawn at its first day, which may lie before the start.
    return {"start_date": start} | ({"end_date": end} if _drawn(end) > _drawn(start) else {})


def _ends(edtf: str) -> tuple[dates.DateValue, dates.DateValue | None]:
    """The two ends as they are written, without qualifiers, which would widen them; None for one that isn't known."""
    bare = edtf.strip("[]")
    first, sign, last = bare.partition("/" if "/" in bare else "..")
    start = dates.parse(first.rstrip("?~%"))
    if not sign:
        return start, start
    return start, None if last in ("", "..") else dates.parse(last.rstrip("?~%"))


def _date(day: date, end: dates.DateValue) -> dict[str, int]:
    parts = {"year": day.year, "month": day.month, "day": day.day}
    return {name: parts[name] for name in list(parts)[: PARTS.get(end.precision, 1)]}


def _drawn(day: dict[str, int]) -> date:
    """The day at which TimelineJS draws a date."""
    return date(day["year"], day.get("month", 1), day.get("day", 1))
