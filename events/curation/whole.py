"""Events with all that hangs on them, read in as many queries as there are tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from events.curation.chunks import chunks
from events.curation.reading import rows
from events.models import working


@dataclass
class Whole:
    """One event of the working copy with all that its document is made of."""

    event: working.Event
    participations: list[working.Participation] = field(default_factory=list)
    countries: list[working.EventCountry] = field(default_factory=list)
    claims: list[working.Claim] = field(default_factory=list)
    evidence: list[working.Evidence] = field(default_factory=list)
    relations: list[working.Relation] = field(default_factory=list)
    released_relations: list[working.ReleasedRelation] = field(default_factory=list)


# The lists of an event, and their tables.
PARTS: dict[str, type[Any]] = {
    "participations": working.Participation,
    "countries": working.EventCountry,
    "claims": working.Claim,
    "evidence": working.Evidence,
    "relations": working.Relation,
    "released_relations": working.ReleasedRelation,
}


def wholes(ids: Iterable[str], *, texts: bool = True) -> list[Whole]:
    """The events of these ids that there are, in the order of the ids; on demand without the texts that they quote."""
    return [whole for some in chunks(ids) for whole in _wholes(some, texts)]


def _wholes(ids: list[str], texts: bool) -> Iterable[Whole]:
    events = {row.pk: row for row in rows(working.Event, "id", ids)}
    found = {pk: Whole(events[pk]) for pk in ids if pk in events}
    for name, table in PARTS.items():
        for row in rows(table, "event_id", ids):
            getattr(found[row.event_id], name).append(row)
    quotations = [row for whole in found.values() for row in whole.evidence]
    quoted = {row.document_id for row in quotations}
    documents = (
        {row.pk: row for row in rows(working.Document, "id", quoted)}
        if texts
        else working.Document.objects.defer("text").in_bulk(quoted)
    )
    for row in quotations:
        row.document = documents[row.document_id]
    return found.values()
