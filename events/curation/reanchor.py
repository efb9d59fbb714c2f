"""The day of a document was corrected: what was read against the old day is proposed anew.

An open proposal gives way to one with the date as it is now; of an accepted one, a change of its event is proposed.
Only words that the old day alone made the old date are read again; where more went into it, a curator is told to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from events.curation.propose import propose, supersede
from events.curation.suggestion import Suggestion, Values
from events.dates import phrases
from events.errors import UnreadableDate
from events.models import Document
from events.models.proposals import Decision, Kind, Proposal

# Of the quotations, those that a change of the date needs.
DATED = "date"


@dataclass(frozen=True)
class _Days:
    old: date
    new: date

    def read_again(self, values: Values) -> Values | None:
        """What the corrected day makes of the date: nothing where it stays, None where nobody can say."""
        words, edtf = values.get("date_text", ""), values.get("edtf", "")
        before, after = (_edtf(words, day) for day in (self.old, self.new))
        if before is None or after is None or before.edtf != edtf:
            return None
        anchored = {"date_anchor": self.new.isoformat(), "date_rule": after.rule}
        return {"edtf": after.edtf, "date_text": words} | anchored if after.edtf != edtf else {}


def _edtf(words: str, day: date) -> phrases.Reading | None:
    try:
        return phrases.read(words, day)
    except UnreadableDate:
        return None


def reanchor(document: Document, old: date | None, *, by: str, at: datetime) -> None:
    """Inside a deed that corrects the day of a document, which was `old`."""
    new = document.published
    if old is None or new is None or old == new:
        return
    days = _Days(old, new)
    rows = Proposal.objects.filter(document=document, kind=Kind.EVENT, status__in=(Decision.OPEN, Decision.ACCEPTED))
    why = f"The day of “{document}” was corrected from {old} to {new}."
    for row in rows.select_related("event"):
        if row.values.get("date_anchor") == old.isoformat() and row.values.get("date_text"):
            _settle(row, days, by=by, at=at, why=why)


def _settle(row: Proposal, days: _Days, *, by: str, at: datetime, why: str) -> None:
    fresh = days.read_again(row.values)
    if fresh is None and row.status == Decision.OPEN:
        row.warnings = [*row.warnings, f"{why} “{row.values['date_text']}” was read against the old day."]
        row.save()
    elif fresh:
        made = propose(list(_suggestions(row, fresh, days, why)), by=by, at=at, why=why)
        if row.status == Decision.OPEN and made.added:
            supersede([row], newer=made.added[0], by=by, at=at, why=why)


def _suggestions(row: Proposal, fresh: Values, days: _Days, why: str) -> Iterator[Suggestion]:
    shared: dict[str, Any] = {"origin": row.origin, "document": row.document_id, "confidence": row.confidence}
    key = f"{row.key[:160]}:day:{days.new}"
    if row.status == Decision.OPEN:
        explanation = (why, *row.explanation)
        yield Suggestion(key, row.values | fresh, explanation=explanation, warnings=tuple(row.warnings), **shared)
    elif row.event is not None and row.event.edtf == row.values.get("edtf") and row.event.merged_into_id is None:
        quoted = [item for item in row.quotations() if DATED in item["supports"]]
        yield Suggestion(
            key, fresh | {"evidence": quoted}, kind=Kind.CHANGE, event=row.event_id, explanation=(why,), **shared
        )
