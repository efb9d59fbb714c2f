"""Load proposals of a fixture, with what was decided. Of what has the same key only the first is ever kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from events.curation.chunks import CHUNK, chunks
from events.curation.load_rows import Fault
from events.curation.propose import log
from events.curation.suggestion import Shelf, Values, about, faults
from events.errors import InvalidFixture
from events.models import Document
from events.models.proposals import Decision, Kind, Proposal


@dataclass(frozen=True)
class Recorded:
    """A proposal, unsaved, as a record of a file has it: the record's number, and that of what superseded it."""

    row: Proposal
    file: Path
    number: Any
    newer: Any
    place: str


def load_proposals(recorded: Sequence[Recorded], *, by: str, at: datetime, why: str) -> tuple[int, int]:
    """Inside a deed, after the rows that they name: how many were new, and how many were known.

    Raises InvalidFixture with every fault.
    """
    known = set(_keys(one.row.key for one in recorded))
    fresh = [one for one in recorded if one.row.key not in known]
    found = [str(fault) for fault in chain(_number_faults(recorded), _faults(fresh))]
    if found:
        raise InvalidFixture(found)
    rows = [one.row for one in fresh]
    Proposal.objects.bulk_create(rows, batch_size=CHUNK)
    ids = _ids(recorded)
    for one in fresh:
        if one.newer is not None:
            one.row.superseded_by_id = ids[one.file, one.newer]
    Proposal.objects.bulk_update([one.row for one in fresh if one.newer is not None], ["superseded_by"], CHUNK)
    log(rows, by=by, at=at, why=why)
    return len(rows), len(recorded) - len(rows)


def _keys(keys: Iterable[str]) -> Iterator[str]:
    for some in chunks(keys):
        yield from Proposal.objects.filter(key__in=some).values_list("key", flat=True)


def _ids(recorded: Sequence[Recorded]) -> dict[tuple[Path, int], int]:
    stored: dict[str, int] = {}
    for some in chunks(one.row.key for one in recorded):
        stored.update(Proposal.objects.filter(key__in=some).values_list("key", "pk"))
    return {(one.file, one.number): stored[one.row.key] for one in recorded}


def _number_faults(every: Sequence[Recorded]) -> Iterator[Fault]:
    numbers = Counter((one.file, one.number) for one in every if isinstance(one.number, int))
    for one in every:
        if not isinstance(one.number, int):
            yield Fault(one.place, "pk", "It is a whole number.")
        elif numbers[one.file, one.number] > 1:
            yield Fault(one.place, "pk", "Another proposal of the file has the same number.")
        if one.newer is None:
            continue
        if one.newer == one.number:
            yield Fault(one.place, "superseded_by", "That is the proposal itself.")
        elif not isinstance(one.newer, int) or (one.file, one.newer) not in numbers:
            yield Fault(one.place, "superseded_by", f"There is no proposal {one.newer!r} in the file.")


def _faults(fresh: Sequence[Recorded]) -> Iterator[Fault]:
    named = {one.row.event_id for one in fresh} | {one.row.into_id for one in fresh}
    merging = {one.row.actor_id for one in fresh} | {one.row.actor_into_id for one in fresh}
    shelf = Shelf((one.row.values for one in fresh), named, merging)
    documents = _there(Document, (one.row.document_id for one in fresh))
    seen: set[str] = set()
    for one in fresh:
        row, place = one.row, one.place
        if row.key in seen:
            yield Fault(place, "key", "Another proposal of the load has the same key.")
        seen.add(row.key)
        if row.document_id and row.document_id not in documents:
            yield Fault(place, "document", f"There is no document “{row.document_id}”.")
        for name, pk in (("event", row.event_id), ("into", row.into_id)):
            if pk and pk not in shelf.events:
                yield Fault(place, name, f"There is no event “{pk}”.")
        for name, pk in (("actor", row.actor_id), ("actor_into", row.actor_into_id)):
            if pk and pk not in shelf.actors:
                yield Fault(place, name, f"There is no actor “{pk}”.")
        if row.type_id and row.type_id not in shelf.types:
            yield Fault(place, "type", f"There is no type of event “{row.type_id}”.")
        yield from (Fault(place, name, detail) for name, detail in _contradictions(row))
        if row.status == Decision.OPEN:
            yield from (Fault(place, "values", fault) for fault in faults(_found(row.values), shelf, whole=False))


def _there(model: type[Document], ids: Iterable[str | None]) -> set[str]:
    wanted = {pk for pk in ids if pk}
    return {pk for some in chunks(wanted) for pk in model.objects.filter(pk__in=some).values_list("pk", flat=True)}


def _found(values: Values) -> Values:
    """Without quotations that are known not to be found any more: a curator looks at these."""
    evidence = values.get("evidence", [])
    if not isinstance(evidence, list):
        return values
    lost = [row for row in evidence if isinstance(row, dict) and "start" in row and row["start"] is None]
    return values | {"evidence": [row for row in evidence if row not in lost]}


def _contradictions(row: Proposal) -> Iterator[tuple[str, str]]:
    checked = {"key", "kind", "origin", "status", "title", "proposed_at"}
    try:
        row.clean_fields(exclude={field.name for field in row._meta.concrete_fields} - checked)
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            yield name, " ".join(sentences)
    yield from about(row.kind, row.event_id, row.into_id, row.actor_id, row.actor_into_id)
    if row.kind == Kind.EVENT and row.status == Decision.ACCEPTED and not row.event_id:
        yield "event", "It is missing."
    if (row.status == Decision.OPEN) != (row.decided_at is None):
        yield "decided_at", "A proposal has it unless it is open."
