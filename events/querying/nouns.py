"""One noun by its id: what it is now, or that it was taken back."""

from __future__ import annotations

from events.errors import Gone, Unknown
from events.models.ledger import Entry, instant
from events.querying.events import COLUMNS, Revision, revision


def current(kind: str, noun_id: str) -> Revision:
    """The current revision of a public noun. Raises Gone for a retracted one, Unknown for any other.

    An id that was never public and one that never was are answered alike.
    """
    rows = Entry.objects.current().filter(kind=kind, noun_id=noun_id)
    found = rows.values_list(*COLUMNS, "why").first()
    if found is None:
        raise Unknown(f"There is no {kind} with the id “{noun_id[:40]}”.")
    *row, why = found
    if row[-1] is None:
        raise Gone(instant(row[-2]), why)
    return revision(tuple(row))
