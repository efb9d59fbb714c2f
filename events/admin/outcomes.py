"""What accepting a proposal does, in a sentence: said before it is accepted, and after."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from events.models import Proposal
from events.models.proposals import Kind
from events.models.working import Status


def needs_reason(proposal: Proposal) -> bool:
    """Whether accepting and publishing it changes what is public already."""
    if proposal.kind == Kind.CHANGE:
        return proposal.event is not None and proposal.event.status == Status.PUBLISHED
    return proposal.kind != Kind.EVENT


def consequence(proposal: Proposal) -> str:
    """What the public will see of a decision that is public at once; of others the form shows it."""
    if proposal.kind == Kind.RETRACTION:
        return (
            _(
                "If you accept it, “%s” is retracted: the public sees that it was, when, and the reason that you give,"
                " and nothing else of it. It can be reinstated."
            )
            % proposal.event
        )
    if proposal.kind == Kind.MERGE:
        return _(
            "If you accept it, the one that goes becomes part of the one that stays, with the values that you choose:"
            " its address leads there, and the public sees the reason that you give. It can be undone."
        )
    return ""


def outcome(proposal: Proposal, why: str, *, published: bool) -> str:
    """What became of an accepted proposal."""
    if proposal.kind == Kind.RETRACTION:
        return _("“%(title)s” is retracted. Public reason: %(why)s") % {"title": proposal.event, "why": why}
    if proposal.kind == Kind.MERGE:
        loser, survivor = _merged(proposal)
        return _("“%(loser)s” is merged into “%(survivor)s” (%(id)s). Public reason: %(why)s") % {
            "loser": loser,
            "survivor": survivor,
            "id": survivor.pk,
            "why": why,
        }
    if proposal.kind == Kind.CHANGE:
        said = _("“%s” is changed, and the change is public.") if published else _("“%s” is changed, not yet public.")
        return said % proposal.event
    return _("It becomes an event, and public.") if published else _("It becomes an event, a draft.")


def _merged(proposal: Proposal) -> tuple[Any, Any]:
    """Which one went, and into which: whoever decided may have turned it round."""
    one: Any
    other: Any
    one, other = proposal.pair
    for noun in (one, other):
        noun.refresh_from_db()
    return (one, other) if one.merged_into_id else (other, one)
