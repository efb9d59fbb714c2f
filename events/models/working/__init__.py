"""The working copy: what editors change. Nothing public ever reads it.

Three nouns, what hangs on them, and what deeds keep about them. Every write goes through a deed of `events.curation`
(see `gate`). What hangs on a noun is found by its unique constraint, which begins with the noun, so that this column
has no index of its own.
"""

from events.models.working.edits import Edit, Merge, Pending, Saved
from events.models.working.identifiers import ActorIdentifier
from events.models.working.nouns import (
    Actor,
    ActorName,
    Document,
    Event,
    Mergeable,
    NameKind,
    Noun,
    Status,
    web_address,
)
from events.models.working.parts import (
    Claim,
    EventCountry,
    Evidence,
    Participation,
    Relation,
    RelationKind,
    ReleasedRelation,
    Supports,
    supports_form,
)

__all__ = [
    "Actor",
    "ActorIdentifier",
    "ActorName",
    "Claim",
    "Document",
    "Edit",
    "Event",
    "EventCountry",
    "Evidence",
    "Merge",
    "Mergeable",
    "NameKind",
    "Noun",
    "Participation",
    "Pending",
    "Relation",
    "RelationKind",
    "ReleasedRelation",
    "Saved",
    "Status",
    "Supports",
    "supports_form",
    "web_address",
]
