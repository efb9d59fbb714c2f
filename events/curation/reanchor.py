"""The day of a document was corrected: what was read against another day is proposed anew.

An open proposal gives way to one with the date as it is now; of an event that was accepted, a change is proposed. Each
is read against the day that it names itself, so that a second correction goes on from where the first was left.
Only words that the old day alone made the old date are read again; where more went into it, a curator is told to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from events.curation.chunks import CHUNK, chunks
from events.curation.propose import counted_up, log, propose, supersede
from events.curation.suggestion import Shelf, Suggestion, Values, faults_of
from events.dates import phrases
from events.errors import UnreadableDate
from events.models import Document, Event, Evidence
from events.models.proposals import Decision, Kind, Proposal

# In the key of what was proposed because a day was corrected.
MARK: Final = ":day:"
# Of the quotations, those that a change of the date needs.
DATED: Final = "date"
ORDINARY: Final = (Kind.EVENT, Kind.CHANGE)


def days_of(documents: Iterable[str]) -> dict[str, date | None]:
    """The days of those documents that there are, to be compared after a deed."""
    found: dict[str, date | None] = {}
    for some in chunks(documents):
        found.update(Document.objects.filter(pk__in=some).values_list("pk", "published"))
    return found


def reanchor_corrected(before: Mapping[str, date | None], *, by: str, at: datetime) -> None:
    """Inside a deed, at its end: what `days_of` found before it is compared with what there is now."""
    for pk, day in days_of(before).items():
        if day != before[pk]:
            reanchor(Document.objects.get(pk=pk), before[pk], by=by, at=at)


def reanchor(document: Document, old: date | None, *, by: str, at: datetime) -> None:
    """Inside a deed that corrects the day of a document, which was `old`."""
    day = document.published
    if day is None or day == old:
        return
    why = f"The day of “{document}” was corrected{f' from {old}' if old else ''} to {day}."
    correction = _Correction(document, day, why)
    rows = list(Proposal.objects.filter(document=document, kind__in=ORDINARY).select_related("event"))
    waiting = [row for row in rows if row.status == Decision.OPEN]
    accepted = [row for row in rows if row.status == Decision.ACCEPTED]
    for row in waiting:
        if not _of_event(row):
            correction.read_open(row)
    seen: set[str] = set()
    for row in accepted:
        event = row.event
        if event is not None and event.pk not in seen and event.merged_into_id is None:
            seen.add(event.pk)
            correction.read_event(row, event, [one for one in waiting if _of_event(one) and one.event_id == event.pk])
    correction.bring_about(by=by, at=at)


def _of_event(row: Proposal) -> bool:
    """Whether it is a change that a correction of the day proposed: it follows its event, not itself."""
    return row.kind == Kind.CHANGE and MARK in row.key


@dataclass
class _Correction:
    document: Document
    day: date
    why: str
    # What is proposed, each with the open proposals that give way to it.
    made: list[tuple[Suggestion, list[Proposal]]] = field(default_factory=list)
    # Open proposals that are changed, and those that there is no reason for any more.
    changed: list[Proposal] = field(default_factory=list)
    needless: list[Proposal] = field(default_factory=list)

    def read_open(self, row: Proposal) -> None:
        anchor = _day(row.values.get("date_anchor"))
        if anchor in (None, self.day) or not row.values.get("date_text"):
            return
        fresh = self._read_again(row.values, anchor)
        if fresh is None:
            self._warn(row)
        elif fresh["edtf"] == row.values["edtf"]:
            row.values = row.values | fresh
            self.changed.append(row)
        elif any(item.get("start") is None for item in row.quotations()):
            self._warn(row)
        else:
            shared: dict[str, Any] = {"kind": row.kind, "event": row.event_id, "warnings": tuple(row.warnings)}
            explanation = (self.why, *row.explanation)
            self.made.append((self._suggestion(row, row.values | fresh, explanation=explanation, **shared), [row]))

    def read_event(self, row: Proposal, event: Event, waiting: list[Proposal]) -> None:
        """`row` was accepted as this event; `waiting` are changes of its day that were proposed before."""
        if event.date_anchor == self.day:
            self.needless += waiting
            return
        said = {"edtf": event.edtf, "date_text": event.date_text}
        fresh = self._read_again(said, event.date_anchor)
        if fresh is None:
            for one in waiting:
                self._warn(one)
        elif fresh["edtf"] == event.edtf:
            self.needless += waiting
        else:
            values = said | fresh | {"evidence": list(self._quoted(event))}
            change = self._suggestion(row, values, kind=Kind.CHANGE, event=event.pk, explanation=(self.why,))
            self.made.append((change, waiting))

    def _read_again(self, values: Values, anchor: date | None) -> Values | None:
        """What the corrected day makes of the date; None where nobody can say."""
        if anchor is None:
            return None
        before, after = (_read(values.get("date_text", ""), day) for day in (anchor, self.day))
        if before is None or after is None or before.edtf != values.get("edtf", ""):
            return None
        return {"edtf": after.edtf, "date_anchor": self.day.isoformat(), "date_rule": after.rule}

    def _suggestion(self, row: Proposal, values: Values, **more: Any) -> Suggestion:
        key = f"{sha256(row.key.encode()).hexdigest()}{MARK}{self.day}"
        return Suggestion(key, values, row.origin, document=self.document.pk, confidence=row.confidence, **more)

    def _quoted(self, event: Event) -> Iterator[Values]:
        for row in Evidence.objects.filter(event=event, document=self.document, start__isnull=False):
            if DATED in row.supports:
                names = ("quote", "prefix", "suffix", "start", "supports")
                yield {"document": self.document.pk} | {name: getattr(row, name) for name in names}

    def _warn(self, row: Proposal) -> None:
        words = row.values.get("date_text", "")
        row.warnings = [*row.warnings, f"{self.why} “{words}” was read against the old day."]
        self.changed.append(row)

    def bring_about(self, *, by: str, at: datetime) -> None:
        """What can't be proposed as it is now stays as it was, with a warning: it is no reason to refuse the day."""
        shelf = Shelf((one.values for one, _rows in self.made), (one.event for one, _rows in self.made))
        good = []
        for one, rows in self.made:
            if any(faults_of(one, shelf)):
                for row in rows:
                    self._warn(row)
            else:
                good.append((one, rows))
        Proposal.objects.bulk_update(self.changed, ["values", "warnings"], batch_size=CHUNK)
        log(counted_up([row.pk for row in self.changed]), by=by, at=at, why=self.why)
        propose([one for one, _rows in good], by=by, at=at, why=self.why)
        for one, rows in good:
            supersede(rows, newer=Proposal.objects.get(key=one.key), by=by, at=at, why=self.why)
        supersede(self.needless, by=by, at=at, why=self.why)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _read(words: str, day: date) -> phrases.Reading | None:
    try:
        return phrases.read(words, day)
    except UnreadableDate:
        return None
