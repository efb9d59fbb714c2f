"""One noun by its id: what it is, what it ever was, or what became of it."""

from __future__ import annotations

import re

from events.errors import Gone, Merged, Unknown
from events.models.ledger import Entry
from events.models.sql import written_instant
from events.querying.events import COLUMNS, Revision, revision
from events.querying.lookup import Found, became, countries, types
from events.querying.state import State

# Nothing else is an id, and some databases fail over what can't be text (NUL).
ID = re.compile("[0-9A-Za-z_-]{1,32}")
# What has a code, and how codes are looked up.
CODES = {"country": countries, "type": types}


def one(kind: str, noun_id: str, state: State) -> Revision:
    """A public noun as it stands in a state.

    Raises Merged for one that became another, Gone for a retracted one, Unknown for any other: an id that isn't
    public and one that never was are answered alike.
    """
    columns, of_kind = f"{COLUMNS}, t.why, t.merged_into", f"t.kind = '{kind}'"
    found = state.select(columns, Entry, "noun_id", [fit(kind, noun_id)], of_kind)
    if not found:
        raise unknown(kind, noun_id, state)
    *row, why, merged_into = found[0]
    if merged_into is not None:
        raise Merged(kind, became(kind, [noun_id], state)[noun_id])
    if row[-1] is None:
        raise Gone(written_instant(row[-2]), why)
    return revision(tuple(row))


def unknown(kind: str, noun_id: str, state: State) -> Unknown:
    meant = _meant(kind, noun_id, state) if ID.fullmatch(noun_id) else None
    return _unknown(kind, noun_id, f" Did you mean “{meant}”?" if meant else "")


def _unknown(kind: str, noun_id: str, hint: str = "") -> Unknown:
    word = "code" if kind in CODES else "id"
    return Unknown(f"There is no {kind} with the {word} “{noun_id[:40]}”.{hint}")


def _meant(kind: str, noun_id: str, state: State) -> str | None:
    """What a filter would suggest: a code by its habits, an id in its right case."""
    if kind in CODES:
        meaning = CODES[kind]([noun_id], state)[noun_id]
        return meaning.id if isinstance(meaning, Found) else meaning.suggestion
    lower = noun_id.lower()
    public = lower != noun_id and state.select("t.noun_id", Entry, "noun_id", [lower], f"t.kind = '{kind}'")
    return lower if public else None


def fit(kind: str, noun_id: str) -> str:
    """An id, if it can be one. Raises Unknown."""
    if not ID.fullmatch(noun_id):
        raise _unknown(kind, noun_id)
    return noun_id
