"""Names that people bring along from other systems, and what they are called here."""

from __future__ import annotations

import difflib
from collections.abc import Collection

HABITS = {
    "start_date": "date_from",
    "from": "date_from",
    "since": "date_from",
    "event_date": "date_from",
    "after": "date_from",
    "end_date": "date_to",
    "to": "date_to",
    "until": "date_to",
    "before": "date_to",
    "year": "date",
    "month": "date",
    "day": "date",
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
    "updated": "updated_since",
    "updated_at": "updated_since",
    "search": "q",
    "sort": "ordering",
    "order_by": "ordering",
    "page_size": "limit",
    "per_page": "limit",
    "page": "cursor",
    "offset": "cursor",
}
# Look-ups of Django and of django-filter, as in `date__gte` and `date_after`: which side of the window they mean.
SIDES = {
    **dict.fromkeys(("gte", "gt", "after", "min"), "date_from"),
    **dict.fromkeys(("lte", "lt", "before", "max"), "date_to"),
}
DATES = {"date", "event_date", "start_date", "end_date", "start_earliest", "end_latest", "start", "end", "day", "year"}
# Names that are kept free for what may come.
RESERVED = {"tag", "bbox", "place", "initiator_kind", "target_kind"}


def meant(name: str, known: Collection[str]) -> str | None:
    """The parameter that somebody who wrote `name` most likely means, among those known on this path."""
    stem, _, lookup = name.lower().partition("__")
    before, _, last = stem.rpartition("_")
    if stem in DATES and lookup in SIDES:
        guess: str | None = SIDES[lookup]
    elif before in DATES and last in SIDES:
        guess = SIDES[last]
    else:
        guess = HABITS.get(stem, stem)
    if guess in known:
        return guess
    near = difflib.get_close_matches(stem, known, 1, 0.7)
    return near[0] if near else None
