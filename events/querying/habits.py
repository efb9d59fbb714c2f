"""Names that people bring along from other systems, and what they are called here."""

from __future__ import annotations

import difflib
import re
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


# Words by which people exclude, and those by which they say "one of these".
EXCLUDING = {"not", "ne", "neq", "exclude", "excluding", "except", "without", "!"}
ALTERNATIVE = {"any", "in", "is", "or"}


def meant(name: str, known: Collection[str]) -> str | None:
    """The parameter that somebody who wrote `name` most likely means, among those known on this path.

    Never the opposite: a name that excludes stands for one that excludes, and no other does.
    """
    stem, _, lookup = name.lower().partition("__")
    words = re.findall("[^_!]+|!", stem)
    kept = [word for word in words if not _excludes(word)]
    ending = "_not" if len(kept) < len(words) or any(map(_excludes, lookup.split("_"))) else ""
    plain = "_".join(kept[:-1] if kept[1:] and kept[-1] in ALTERNATIVE else kept)
    guess = _side(stem, lookup) or HABITS.get(plain, plain)
    alike = {other.removesuffix("_not") for other in known if other.endswith("_not") == bool(ending)}
    near = [guess] if guess in alike else difflib.get_close_matches(plain, sorted(alike), 1, 0.7)
    return near[0] + ending if near else None


def _side(stem: str, lookup: str) -> str | None:
    """The side of the window that a look-up of dates means."""
    before, _, last = stem.rpartition("_")
    side = lookup if stem in DATES else last if before in DATES else ""
    return SIDES.get(side)


def _excludes(word: str) -> bool:
    """Whether it is a word that excludes, or a slip of "not"."""
    return word in EXCLUDING or difflib.SequenceMatcher(None, word, "not").ratio() > 0.6
