"""What the reader makes of a digest, as plain frozen values, and their JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from events.extraction.mentions import Mention


@dataclass(frozen=True)
class KnownActor:
    """An actor of the database: its id, name, kind, country (ISO 3166 code, or empty) and other names."""

    id: str
    name: str
    kind: str
    country: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, up to the next heading; `title` is empty before the first one."""

    title: str
    start: int
    end: int


@dataclass(frozen=True)
class Quote:
    """Words of the text, `text[start:end] == quote`, and the fields of the candidate that they support.

    The fields have the names that evidence has in the database: title, type, date, location, actors, countries,
    claimed_by.
    """

    quote: str
    start: int
    end: int
    supports: tuple[str, ...]


@dataclass(frozen=True)
class CandidateDate:
    """The date of a candidate: EDTF (None where the words carry none), the words, rule and anchor.

    `alternatives` are other readings as EDTF. Without words, nothing is said of the date at all.
    """

    edtf: str | None = None
    text: str = ""
    rule: str = ""
    anchor: date | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class CandidateActor:
    """Who took part: `id` is that of a known actor or None, `role` and `kind` are the codes of the database.

    `country` is the actor's own country where the known actor has one or the words beside the name say so, else empty.
    """

    name: str
    id: str | None
    role: str
    kind: str
    country: str = ""


@dataclass(frozen=True)
class Claimant:
    """Who says that it happened."""

    name: str
    id: str | None
    kind: str


@dataclass(frozen=True)
class Place:
    """Where it happened: the words and, where these name one, the country."""

    name: str
    country: str


@dataclass(frozen=True)
class Candidate:
    """One happening that the text tells of, to be checked by a curator.

    `type` is a PLOVER code or OTHER. `happened` is False where the words plan, foretell, threaten, wish or deny it.
    `confidence` (0 to 1, two decimals) and `why` (a sentence for each field) are explained in docs/reader.md.
    """

    title: str
    date: CandidateDate
    actors: tuple[CandidateActor, ...]
    countries: tuple[str, ...]
    type: str
    place: Place | None
    claimed_by: tuple[Claimant, ...]
    happened: bool
    evidence: tuple[Quote, ...]
    confidence: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class Cut:
    """What was left unread because a text may not have more of it."""

    what: str
    kept: int
    found: int


@dataclass(frozen=True)
class Reading:
    """A text as it was read (in NFC), and what was found in it, in the order of the text."""

    text: str
    published: date
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...]
    candidates: tuple[Candidate, ...]
    cut: tuple[Cut, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The reading as JSON has it: days as ISO strings, lists for tuples, without the text."""
        return {
            "sections": [asdict(section) for section in self.sections],
            "mentions": [_mention(mention) for mention in self.mentions],
            "candidates": [_candidate(candidate) for candidate in self.candidates],
            "cut": [asdict(cut) for cut in self.cut],
        }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _all(values: Iterable[Any]) -> list[dict[str, Any]]:
    return [asdict(value) for value in values]


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "edtf": mention.edtf,
        "first": _day(mention.first),
        "last": _day(mention.last),
        "type": mention.type,
        "rule": mention.rule,
        "anchor": _day(mention.anchor),
        "alternatives": list(mention.alternatives),
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    when = candidate.date
    return {
        "title": candidate.title,
        "date": {
            **asdict(when),
            "anchor": _day(when.anchor),
            "alternatives": list(when.alternatives),
        },
        "actors": _all(candidate.actors),
        "countries": list(candidate.countries),
        "type": candidate.type,
        "place": asdict(candidate.place) if candidate.place else None,
        "claimed_by": _all(candidate.claimed_by),
        "happened": candidate.happened,
        "evidence": [{**asdict(quote), "supports": list(quote.supports)} for quote in candidate.evidence],
        "confidence": candidate.confidence,
        "why": list(candidate.why),
    }
