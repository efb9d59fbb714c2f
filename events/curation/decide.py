"""Decide a proposal: accept it, add it to an event that is there, reject it; open a rejected one again.

Each deed is handed the `version` of the proposal that the curator saw. Raises EditConflict where somebody decided it
meanwhile, DeedRefused where what it says doesn't hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from events.curation.cascade import go_on
from events.curation.deed import deed
from events.curation.edit import editing
from events.curation.merge import Chosen, Seen, merge
from events.curation.propose import log
from events.curation.publish import publish as publish_event
from events.curation.publish import revise
from events.curation.retract import retract
from events.curation.suggestion import Shelf, Values, faults
from events.curation.writing import add_evidence, write_event
from events.errors import DeedRefused, EditConflict, WrongState
from events.models import Actor, Event
from events.models.proposals import Decision, Kind, Proposal
from events.models.working import Status


def accept(
    proposal_id: int,
    *,
    version: int,
    by: str,
    at: datetime,
    why: str = "",
    values: Values | None = None,
    event_version: int | None = None,
    publish: bool = False,
    looked_at: bool = False,
    chosen: Chosen | None = None,
) -> str:
    """Do what the proposal says, and return the id of what it is about: a new event is a draft, unless `publish`.

    `values` are those that the curator made of it; None takes them as proposed. `event_version` is that of the event
    which is to be changed, as the curator saw it. A proposal with warnings needs `looked_at`. A retraction or a
    merging is public at once and needs a reason; `chosen` is what the curator made of a merging, perhaps turned round.
    """
    with _deciding(proposal_id, version) as proposal:
        if proposal.warnings and not looked_at:
            raise DeedRefused("Look at the warnings, and say so.", *proposal.warnings)
        event = proposal.event or Event()
        if event_version not in (None, event.version):
            raise EditConflict(f"“{event}” was saved by somebody else since you opened this proposal.")
        if proposal.kind == Kind.RETRACTION:
            retract(event.pk, by=by, at=at, why=why)
        elif proposal.kind == Kind.MERGE:
            _merge(proposal, chosen, by=by, at=at, why=why)
        else:
            _write(event, proposal, proposal.values if values is None else values, by=by, at=at, why=why)
            if publish:
                _publish(event, by=by, at=at, why=why)
        _close(proposal, Decision.ACCEPTED, event=None if proposal.actor else event, by=by, at=at, why=why)
    go_on()
    return proposal.actor_id or event.pk


def _merge(proposal: Proposal, chosen: Chosen | None, *, by: str, at: datetime, why: str) -> None:
    one, into = proposal.pair
    if one is None or into is None:
        raise WrongState("This proposal doesn't say into what.")
    choice = chosen or Chosen(Seen(one.pk, one.version), Seen(into.pk, into.version))
    if {choice.loser.id, choice.survivor.id} != {one.pk, into.pk}:
        raise DeedRefused("This proposal is about two others.")
    model: Any = Actor if proposal.actor else Event
    merge(model, choice.loser, choice.survivor, take=choice.take, by=by, at=at, why=why)


def _write(event: Event, proposal: Proposal, values: Values, *, by: str, at: datetime, why: str) -> None:
    shelf = Shelf([values])
    reasons = list(faults(values, shelf, whole=proposal.kind == Kind.EVENT))
    if reasons:
        raise DeedRefused(*reasons)
    write_event(event, values, shelf, version=event.version, by=by, at=at, why=why)


def _publish(event: Event, *, by: str, at: datetime, why: str) -> None:
    event.refresh_from_db()
    deed_of = publish_event if event.status == Status.DRAFT else revise
    deed_of(event.pk, by=by, at=at, why=why)


def add_to_event(
    proposal_id: int,
    event_id: str,
    *,
    version: int,
    by: str,
    at: datetime,
    why: str = "",
    values: Values | None = None,
    publish: bool = False,
) -> str:
    """The proposal tells of an event that is there already: give that event its evidence, and accept it so.

    The event's own fields stay as they are. Returns the id of the event.
    """
    with _deciding(proposal_id, version) as proposal:
        event = Event.objects.filter(pk=event_id).first()
        if event is None:
            raise DeedRefused(f"There is no event {event_id}.")
        rows = (proposal.values if values is None else values).get("evidence", [])
        shelf = Shelf([{"evidence": rows}])
        reasons = list(faults({"evidence": rows}, shelf, whole=False))
        if reasons:
            raise DeedRefused(*reasons)
        with editing(event, version=event.version, by=by, at=at, why=why):
            add_evidence(event, rows, shelf)
        if publish:
            _publish(event, by=by, at=at, why=why)
        _close(proposal, Decision.ACCEPTED, event=event, by=by, at=at, why=why)
    go_on()
    return event.pk


def reject(proposal_id: int, *, version: int, by: str, at: datetime, why: str) -> None:
    """Decide that nothing comes of it; it is never proposed again."""
    if not why.strip():
        raise DeedRefused("Give a reason; the next one who reads the same digest will want to know.")
    with _deciding(proposal_id, version) as proposal:
        _close(proposal, Decision.REJECTED, event=proposal.event, by=by, at=at, why=why)


def reopen(proposal_id: int, *, version: int, by: str, at: datetime, why: str = "") -> None:
    """Open a rejected proposal again."""
    with deed():
        proposal = _seen(proposal_id, version)
        if proposal.status != Decision.REJECTED:
            raise WrongState(f"“{proposal}” is {proposal.status}; only a rejected proposal is opened again.")
        proposal.status, proposal.reason = Decision.OPEN, ""
        proposal.decided_at, proposal.decided_by = None, ""
        _save(proposal, by=by, at=at, why=why)


@contextmanager
def _deciding(proposal_id: int, version: int) -> Iterator[Proposal]:
    with deed():
        proposal = _seen(proposal_id, version)
        if proposal.status != Decision.OPEN:
            raise EditConflict(f"“{proposal}” is {proposal.status} already, by {proposal.decided_by}.")
        yield proposal


def _seen(proposal_id: int, version: int) -> Proposal:
    proposal = Proposal.objects.select_related("event", "into", "actor", "actor_into").get(pk=proposal_id)
    if proposal.version != version:
        raise EditConflict(
            f"“{proposal}” was decided since you opened it: {proposal.get_status_display()},"
            f" by {proposal.decided_by or 'somebody else'}. {proposal.reason}".strip()
        )
    return proposal


def _close(proposal: Proposal, status: Decision, *, event: Event | None, by: str, at: datetime, why: str) -> None:
    proposal.status, proposal.event, proposal.reason = status, event, why
    proposal.decided_at, proposal.decided_by = at, by
    proposal.held_by, proposal.held_until = "", None
    _save(proposal, by=by, at=at, why=why)


def _save(proposal: Proposal, *, by: str, at: datetime, why: str) -> None:
    proposal.version += 1
    proposal.save()
    log([proposal], by=by, at=at, why=why)
