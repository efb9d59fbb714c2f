"""Which proposal a curator looks at next: two curators are handed different ones."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from events.curation.deed import deed
from events.models.proposals import Decision, Proposal

# Time enough to read a page and check a sentence. It keeps nobody from opening the proposal all the same.
HOLD = timedelta(minutes=15)


def free(rows: QuerySet[Proposal], *, by: str, at: datetime) -> QuerySet[Proposal]:
    """The open ones among these that nobody else looks at."""
    return rows.filter(Q(held_until__isnull=True) | Q(held_until__lte=at) | Q(held_by=by), status=Decision.OPEN)


def take_next(rows: QuerySet[Proposal], *, by: str, at: datetime, after: int = 0) -> Proposal | None:
    """Hold the next open proposal among `rows` for a curator: the first after the number `after`, else from the start.

    What nobody else looks at comes first to hand; None where nothing is left but `after` itself.
    """
    with deed():
        left = free(rows, by=by, at=at).exclude(pk=after).order_by("pk")
        found = left.filter(pk__gt=after).first() or left.first()
        if found is not None:
            hold(found, by=by, at=at)
    return found


def hold(proposal: Proposal, *, by: str, at: datetime) -> None:
    """Hold an open proposal for who looks at it, unless somebody else does. Leaves no trace in the log."""
    with deed():
        rows = free(Proposal.objects.filter(pk=proposal.pk), by=by, at=at)
        rows.update(held_by=by, held_until=at + HOLD)


def let_go(proposal: Proposal, *, by: str) -> None:
    """Leave a proposal to the others, before the time is up."""
    with deed():
        Proposal.objects.filter(pk=proposal.pk, held_by=by).update(held_by="", held_until=None)
