"""The text of a document as the review of a proposal shows it: around the evidence, with what it says marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from events.models import Actor, Country, Document
from events.models.proposals import Proposal

# What is shown before and after the evidence: some pages, so that a long document is no long page.
AROUND: Final = 6000
EVIDENCE, DATE, ACTOR, COUNTRY = "evidence", "date", "actor", "country"
ONLY: Final = {"date": DATE, "actors": ACTOR, "claimed_by": ACTOR, "countries": COUNTRY, "location": COUNTRY}


@dataclass(frozen=True)
class Span:
    """Characters of the document, and what they are."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Piece:
    """Text between two borders, and the style sheet's classes for all that it is part of."""

    text: str
    classes: str


@dataclass(frozen=True)
class Passage:
    """The part of a document that is shown; `start` is its first character in the document."""

    document: Document
    start: int
    text: str
    spans: tuple[Span, ...]

    @property
    def cut_before(self) -> bool:
        return self.start > 0

    @property
    def cut_after(self) -> bool:
        return self.start + len(self.text) < len(self.document.text)

    def pieces(self) -> Iterator[Piece]:
        """The text in order, cut wherever something begins or ends."""
        end = self.start + len(self.text)
        borders = {self.start, end}
        for span in self.spans:
            borders |= {min(max(place, self.start), end) for place in (span.start, span.end)}
        for first, last in pairwise(sorted(borders)):
            kinds = dict.fromkeys(span.kind for span in self.spans if span.start <= first and last <= span.end)
            yield Piece(self.text[first - self.start : last - self.start], " ".join(f"dl-{kind}" for kind in kinds))

    def as_json(self) -> dict[str, Any]:
        """What the script needs to draw it anew when other words are chosen."""
        inner = [[span.start, span.end, span.kind] for span in self.spans if span.kind != EVIDENCE]
        return {"start": self.start, "document": self.document.pk, "spans": inner}


def passage(proposal: Proposal, rows: Iterable[dict[str, Any]] | None = None) -> Passage | None:
    """What a proposal's document says around its evidence, or these quotations; None where it has no document."""
    document = proposal.document
    if document is None:
        return None
    every = proposal.quotations() if rows is None else rows
    quoted = [row for row in every if row["document"] == document.pk and row["start"] is not None]
    spans = [Span(row["start"], row["end"], EVIDENCE) for row in quoted]
    first = min((span.start for span in spans), default=0)
    last = max((span.end for span in spans), default=0)
    start = _line_start(document.text, max(0, first - AROUND))
    text = document.text[start : last + AROUND]
    only = [Span(row["start"], row["end"], ONLY[row["supports"][0]]) for row in quoted if _supports_only_one(row)]
    inner = dict.fromkeys((*only, *_inner(proposal, document.text, spans)))
    return Passage(document, start, text, (*spans, *inner))


def _supports_only_one(row: dict[str, Any]) -> bool:
    """Whether a quotation is there for a date, an actor or a country alone: “Chinese”, “the station”."""
    return len(row["supports"]) == 1 and row["supports"][0] in ONLY


def _line_start(text: str, place: int) -> int:
    """The start of the line, so that no word is shown in half."""
    return max(text.rfind("\n", 0, place) + 1, place - 1000)


def _inner(proposal: Proposal, text: str, quoted: Iterable[Span]) -> Iterator[Span]:
    """Where the evidence has the words of the date, the names of the actors and those of the countries."""
    values = proposal.values
    words = {
        DATE: {values.get("date_text", "")},
        ACTOR: set(_actor_names(values)),
        COUNTRY: set(Country.objects.filter(pk__in=_codes(values)).values_list("name", flat=True)),
    }
    found: dict[Span, None] = {}
    for kind, names in words.items():
        for name in sorted(filter(None, names)):
            for quotation in quoted:
                for match in re.finditer(re.escape(name), text[quotation.start : quotation.end]):
                    found[Span(quotation.start + match.start(), quotation.start + match.end(), kind)] = None
    yield from found


def _actor_names(values: dict[str, Any]) -> Iterator[str]:
    rows = (*values.get("participations", ()), *values.get("claimed_by", ()))
    yield from (row["name"] for row in rows if row.get("name"))
    for actor in Actor.objects.filter(pk__in=[row["actor"] for row in rows if row.get("actor")]).prefetch_related(
        "names"
    ):
        yield actor.name
        yield from (other.name for other in actor.names.all())


def _codes(values: dict[str, Any]) -> list[str]:
    return [code for code in (*values.get("countries", ()), values.get("location_country")) if code]


def sources(proposal: Proposal) -> dict[str, list[str]]:
    """For each thing that evidence may support, the quotations that do."""
    found: dict[str, list[str]] = {}
    for row in proposal.quotations():
        for what in row["supports"]:
            found.setdefault(what, []).append(row["quote"])
    return found
