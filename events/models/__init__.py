"""The tables. Files that meet nowhere: `working` and `proposals` (what editors change, and what is suggested to them),
`ledger` (what the public saw), `index` (what questions need of it) and `reference` (countries, types of event).

The public half reads the ledger, the index and the reference data; only curation reads and writes all of them.
A new table goes into the file whose readers need it; a new column of a public document also needs a line in
`curation.render`, and one in `curation.indexing` if questions ask for it.
"""

from events.models.index import (
    ActorIndex,
    ClaimIndex,
    CountryIndex,
    DocumentIndex,
    EventIndex,
    NameIndex,
    ParticipationIndex,
    SourceIndex,
    TextIndex,
)
from events.models.ledger import Entry, Head
from events.models.proposals import Proposal
from events.models.reference import Country, EventType
from events.models.working import (
    Actor,
    ActorIdentifier,
    ActorName,
    Claim,
    Document,
    Edit,
    Event,
    EventCountry,
    Evidence,
    Merge,
    Participation,
    Pending,
    Relation,
    ReleasedRelation,
    Saved,
)

__all__ = [
    "Actor",
    "ActorIdentifier",
    "ActorIndex",
    "ActorName",
    "Claim",
    "ClaimIndex",
    "Country",
    "CountryIndex",
    "Document",
    "DocumentIndex",
    "Edit",
    "Entry",
    "Event",
    "EventCountry",
    "EventIndex",
    "EventType",
    "Evidence",
    "Head",
    "Merge",
    "NameIndex",
    "Participation",
    "ParticipationIndex",
    "Pending",
    "Proposal",
    "Relation",
    "ReleasedRelation",
    "Saved",
    "SourceIndex",
    "TextIndex",
]
