"""From what the reader makes of a digest to suggestions."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeVar

from events.curation.suggestion import NAME_LENGTH, TEXTS, Suggestion, Values
from events.extraction import Candidate, CandidateActor, Claimant
from events.models.proposals import Origin

A = TypeVar("A", CandidateActor, Claimant)


def suggestions_of(told: Sequence[Candidate], document: str, root: str) -> list[Suggestion]:
    """A suggestion for each candidate. Its key names the source (`root`, its first document), the words of the sentence
    and which of these it is."""
    seen: Counter[str] = Counter()
    made = []
    for candidate in told:
        words = " ".join(_sentence(candidate).casefold().split())
        digest = hashlib.sha256(words.encode()).hexdigest()[:32]
        seen[digest] += 1
        made.append(
            Suggestion(
                f"{root}:{digest}:{seen[digest]}",
                _values(candidate, document),
                Origin.READER,
                document=document,
                alternatives=candidate.date.alternatives,
                explanation=candidate.why,
                warnings=_too_long(candidate),
                confidence=candidate.confidence,
            )
        )
    return made


def _sentence(candidate: Candidate) -> str:
    """The words that say that it happened."""
    titled = [quote.quote for quote in candidate.evidence if "title" in quote.supports]
    return titled[0] if titled else candidate.title


def _values(candidate: Candidate, document: str) -> Values:
    when, place = candidate.date, candidate.place
    values: Values = {
        "title": candidate.title,
        "type": candidate.type,
        "edtf": when.edtf or "",
        "date_text": when.text,
        "date_anchor": when.anchor.isoformat() if when.anchor else None,
        "date_rule": when.rule if when.edtf else "",
        "location_country": place.country if place else "",
        "place": place.name if place else "",
        "countries": [code for code in candidate.countries if not place or code != place.country],
        "participations": [_actor(actor) | {"role": actor.role} for actor in _each_once(candidate.actors)],
        "claimed_by": [_actor(claimant) for claimant in _each_once(candidate.claimed_by)],
        "evidence": [
            {"document": document, "quote": one.quote, "start": one.start, "supports": list(one.supports)}
            for one in candidate.evidence
        ],
    }
    for name, most in TEXTS.items():
        if name in values:
            values[name] = values[name][:most]
    return values


def _each_once(actors: Sequence[A]) -> list[A]:
    """The first of those with one id or name, without those whose name no column holds."""
    found: dict[str, A] = {}
    for actor in actors:
        if actor.id or len(actor.name) <= NAME_LENGTH:
            found.setdefault(actor.id or actor.name.casefold(), actor)
    return list(found.values())


def _too_long(candidate: Candidate) -> tuple[str, ...]:
    """What a curator should know of names that were left out."""
    names = [actor.name for actor in candidate.actors if not actor.id]
    names += [claimant.name for claimant in candidate.claimed_by if not claimant.id]
    long = dict.fromkeys(name for name in names if len(name) > NAME_LENGTH)
    return tuple(
        f"A name was left out, for it is longer than {NAME_LENGTH} characters: “{name[:60]}…”." for name in long
    )


def _actor(actor: CandidateActor | Claimant) -> dict[str, Any]:
    if actor.id:
        return {"actor": actor.id, "name": actor.name}
    return {"actor": None, "name": actor.name, "kind": actor.kind, "country": getattr(actor, "country", "") or None}
