"""Names that people bring along from other systems, and what they are called here."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

HABITS = {
    "start_date": "date_from",
    "from": "date_from",
    "since": "date_from",
    "event_date": "date_from",
    "end_date": "date_to",
    "to": "date_to",
    "until": "date_to",
    "year": "date",
    "month": "date",
    "actor1": "initiator",
    "source_actor": "initiator",
    "actor2": "target",
    "recipient": "target",
    "event_type": "type",
    "iso": "country",
    "iso3": "country",
    "country_code": "country",
    "location": "location_country",
    "source": "document",
    "search": "q",
    "sort": "ordering",
    "order_by": "ordering",
    "page_size": "limit",
    "per_page": "limit",
    "page": "cursor",
    "offset": "cursor",
}
# Django's look-ups, as in `date__gte`.
SIDES = {"gte": "date_from", "gt": "date_from", "lte": "date_to", "lt": "date_to"}
DATE_NAMES = {"date", "event_date", "start_date", "end_date", "day", "start", "end", "year"}


def meant(name: str, known: Iterable[str]) -> str | None:
    """The parameter that somebody who wrote `name` most likely means, among those known on this path."""
    known = list(known)
    stem, _, suffix = name.lower().partition("__")
    if suffix in SIDES and stem in DATE_NAMES:
        guess: str | None = SIDES[suffix]
    else:
        guess = HABITS.get(stem, stem if stem in known else None)
    if guess in known:
        return guess
    near = difflib.get_close_matches(stem, known, 1, 0.7)
    return near[0] if near else None
