"""One noun by its id: what it is now, what it ever was, or that it was taken back."""

from __future__ import annotations

import re

from events.errors import Gone, Unknown
from events.models.ledger import EVENT, Entry, instant
from events.querying.events import COLUMNS, Revision, revision

# Nothing else is an id, and some databases fail over what can't be text (NUL).
ID = re.compile("[0-9A-Za-z_-]{1,32}")


def current(kind: str, noun_id: str) -> Revision:
    """The current revision of a public noun. Raises Gone for a retracted one, Unknown for any other.

    An id that was never public and one that never was are answered alike.
    """
    rows = Entry.objects.current().filter(kind=kind, noun_id=_fit(kind, noun_id))
    found = rows.values_list(*COLUMNS, "why").first()
    if found is None:
        raise unknown(kind, noun_id)
    *row, why = found
    if row[-1] is None:
        raise Gone(instant(row[-2]), why)
    return revision(tuple(row))


def history(event_id: str) -> list[Entry]:
    """All ledger rows of an event, newest first. Raises Unknown for one that never was public."""
    rows = list(Entry.objects.filter(kind=EVENT, noun_id=_fit(EVENT, event_id)).order_by("-revision"))
    if not rows:
        raise unknown(EVENT, event_id)
    return rows


def unknown(kind: str, noun_id: str) -> Unknown:
    word = "code" if kind in ("country", "type") else "id"
    return Unknown(f"There is no {kind} with the {word} “{noun_id[:40]}”.")


def _fit(kind: str, noun_id: str) -> str:
    if not ID.fullmatch(noun_id):
        raise unknown(kind, noun_id)
    return noun_id
