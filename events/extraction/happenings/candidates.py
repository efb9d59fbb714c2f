"""A happening as a candidate: fields, evidence, confidence and why."""

from __future__ import annotations

from collections.abc import Iterable

from events.extraction.happenings.kinds import OTHER
from events.extraction.happenings.parts import Part
from events.extraction.happenings.reader import Happening
from events.extraction.reading import Candidate, CandidateActor, Claimant, Place, Quote

# What each thing that is known adds to the confidence, or takes from it.
_BASE = 0.5
WEIGHTS = {
    "type": 0.15, "actor": 0.15, "date": 0.1, "main": 0.05, "claimed": -0.05, "hanging": -0.1, "quoted": -0.15,
    "noun": -0.1, "hidden": -0.4,
}  # fmt: skip


def candidate(text: str, happening: Happening) -> Candidate:
    """The candidate for a happening and for the others that tell the same."""
    told = (happening, *happening.also)
    dated = next((one.dated for one in told if one.dated.date.edtf), happening.dated)
    teller = happening.teller
    place = next((one.place for one in told if one.place), None)
    parts = _parts(told)
    return Candidate(
        happening.title,
        dated.date,
        tuple(
            CandidateActor(part.figure.name, part.figure.id, part.role, part.figure.kind, part.figure.country)
            for part in parts
        ),
        tuple(dict.fromkeys(code for one in told for code in _codes(one))),
        happening.verdict.type,
        Place(place.name, place.code) if place else None,
        (Claimant(teller.figure.name, teller.figure.id, teller.figure.kind),) if teller else (),
        happening.verdict.happened,
        _evidence(text, told),
        _confidence(happening, told),
        tuple(_why(happening, told)),
    )


def _parts(told: Iterable[Happening]) -> list[Part]:
    once: dict[str, Part] = {}
    for one in told:
        for part in one.parts:
            once.setdefault(part.figure.name, part)
    return list(once.values())


def _codes(happening: Happening) -> list[str]:
    """The countries that the words of it name; an actor's own country is none of the event's by itself."""
    place = [happening.place.code] if happening.place and happening.place.code else []
    return [*place, *(country.code for country in happening.countries)]


def _evidence(text: str, told: Iterable[Happening]) -> tuple[Quote, ...]:
    """The quotations in order; the same words are quoted once, where they first stand, with all that they support."""
    supports: dict[str, list[str]] = {}
    places: dict[str, tuple[int, int]] = {}

    def add(start: int, end: int, field: str) -> None:
        words = text[start:end]
        places.setdefault(words, (start, end))
        if field not in supports.setdefault(words, []):
            supports[words].append(field)

    for one in told:
        add(one.sentence.start, one.sentence.end, "title")
        add(one.verdict.start, one.verdict.end, "type")
        if one.dated.end:
            add(one.dated.start, one.dated.end, "date")
        for part in one.parts:
            add(part.figure.start, part.figure.end, "actors")
        for country in one.countries:
            add(country.start, country.end, "countries")
        if one.place:
            add(one.place.start, one.place.end, "location")
        if one.teller:
            add(one.teller.start, one.teller.end, "claimed_by")
    return tuple(Quote(words, *places[words], tuple(fields)) for words, fields in supports.items())


def _confidence(happening: Happening, told: tuple[Happening, ...]) -> float:
    holds = {
        "type": happening.verdict.type != OTHER,
        "actor": any(part.figure.kind != "other" or part.figure.id for part in happening.parts),
        "date": any(one.dated.date.edtf for one in told),
        "main": happening.link in ("main", "coordinate"),
        "claimed": happening.teller is not None,
        "hanging": happening.link in ("relative", "subordinate", "reduced"),
        "quoted": happening.quoted,
        "noun": happening.link == "noun",
        "hidden": bool(happening.suspicious),
    }
    score = _BASE + sum(weight for name, weight in WEIGHTS.items() if holds[name])
    return round(min(0.95, max(0.05, score)), 2)


def _why(happening: Happening, told: tuple[Happening, ...]) -> Iterable[str]:
    yield f"Type: {happening.verdict.why}."
    yield f"Date: {happening.dated.why}"
    for part in happening.parts:
        yield f"Actor, {part.role}: {part.figure.why}"
    if happening.teller:
        yield f"Claimed by {happening.teller.figure.name}, in whose words it stands."
    if not happening.verdict.happened:
        yield "Not told as done: planned, foretold, denied or only possible."
    for words in happening.suspicious:
        yield f"No actor was made of “{words}”: it has hidden characters or mixes scripts."
    if len(told) > 1:
        yield f"Told {len(told)} times."
