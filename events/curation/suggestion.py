"""What a proposal may say, as plain values, and whether it holds: every fault is found before anything is written.

The words are those of a fixture's event (docs/fixtures.md):

    title, summary, type, edtf, date_text, date_anchor, date_rule, location_country, place, lat, lon, note
    countries        codes of the countries involved
    participations   {"actor": id, "role"}, or a new actor {"name", "kind", "country", "role"}
    claimed_by       {"actor": id}, or a new actor {"name", "kind", "country"}
    evidence         {"document": id, "quote", "supports"}; "prefix", "suffix" or "start" say which of several places

A new event needs a title, a type and evidence. A change has only what changes; a list that it has replaces the old
one, but evidence is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from events import dates
from events.curation.chunks import chunks
from events.curation.evidence import CONTEXT_LENGTH, settle
from events.errors import DatelineError, InvalidDate
from events.models import Actor, Country, Document, Event, EventType, Evidence
from events.models.proposals import KEY_LENGTH, Kind
from events.models.reference import ActorKind, Role
from events.models.working import Supports

Values = dict[str, Any]

TEXTS: Final = {"title": 300, "summary": 10_000, "date_text": 200, "date_rule": 40, "place": 200, "note": 10_000}
NUMBERS: Final = {"lat": 90, "lon": 180}
PLAIN: Final = (*TEXTS, "type", "edtf", "date_anchor", "location_country", *NUMBERS)
LISTS: Final = ("countries", "participations", "claimed_by", "evidence")
NAME_LENGTH: Final = 200


@dataclass(frozen=True)
class Suggestion:
    """One proposal to be made. `key` is its identity; `document`, `event`, `into`, `actor` and `actor_into` are ids, as
    are those in `values`."""

    key: str
    values: Values
    origin: str
    kind: str = Kind.EVENT
    document: str | None = None
    event: str | None = None
    into: str | None = None
    actor: str | None = None
    actor_into: str | None = None
    alternatives: tuple[str, ...] = ()
    explanation: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    confidence: float | None = None

    @property
    def name(self) -> str:
        return f"“{str(self.values.get('title') or self.key)[:60]}”"


class Shelf:
    """The rows that some values name, read at once."""

    def __init__(
        self, all_values: Iterable[Values], events: Iterable[str | None] = (), merging: Iterable[str | None] = ()
    ) -> None:
        every = list(all_values)
        quoted = _named(every, "evidence", "document")
        actors = _named(every, "participations", "actor") | _named(every, "claimed_by", "actor")
        self.documents = _rows(Document, quoted)
        self.actors = _rows(Actor, actors | {pk for pk in merging if pk})
        self.events = _rows(Event, {pk for pk in events if pk})
        self.countries = set(Country.objects.values_list("code", flat=True))
        self.types = set(EventType.objects.values_list("code", flat=True))


def _named(every: Iterable[Values], items: str, key: str) -> set[str]:
    found: set[str] = set()
    for values in every:
        rows = values.get(items)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and isinstance(row.get(key), str):
                found.add(row[key])
    return found


def _rows(model: Any, ids: set[str]) -> dict[str, Any]:
    return {row.pk: row for some in chunks(sorted(ids)) for row in model.objects.filter(pk__in=some)}


def faults_of(suggestion: Suggestion, shelf: Shelf) -> Iterator[str]:
    """Why a proposal can't be made, a sentence each."""
    if not 0 < len(suggestion.key) <= KEY_LENGTH:
        yield f"A key has 1 to {KEY_LENGTH} characters."
    for pk in (suggestion.event, suggestion.into):
        if pk and pk not in shelf.events:
            yield f"There is no event {pk}."
    for pk in (suggestion.actor, suggestion.actor_into):
        if pk and pk not in shelf.actors:
            yield f"There is no actor {pk}."
    named = (suggestion.event, suggestion.into, suggestion.actor, suggestion.actor_into)
    yield from (sentence for _field, sentence in about(suggestion.kind, *named))
    yield from faults(suggestion.values, shelf, whole=suggestion.kind == Kind.EVENT)


def about(
    kind: str, event: str | None, into: str | None, actor: str | None, actor_into: str | None
) -> Iterator[tuple[str, str]]:
    """What a proposal of its kind must name and doesn't, or mustn't: field and sentence."""
    if (actor or actor_into) and (kind != Kind.MERGE or event or into):
        yield "actor", "Only a merging of actors names them here, and it names no event."
    elif actor or actor_into:
        if not actor or not actor_into or actor == actor_into:
            yield "actor_into", "It doesn't say which actor is to be merged into which other."
    elif kind != Kind.EVENT and not event:
        yield "event", "It doesn't say which event it is about."
    elif kind == Kind.MERGE and (not into or into == event):
        yield "into", "It doesn't say which other event it is to be merged into."


def faults(values: Values, shelf: Shelf, *, whole: bool) -> Iterator[str]:
    """What is wrong with the values of an event: of a `whole` one, or of a change."""
    unknown = sorted(set(values) - {*PLAIN, *LISTS})
    if unknown:
        yield f"An event has no {', '.join(unknown)}."
    if whole:
        yield from (f"It has no {name}." for name in ("title", "type", "evidence") if not values.get(name))
    yield from _plain_faults(values, shelf)
    yield from _date_faults(values)
    for name in LISTS:
        rows = values.get(name, [])
        if not isinstance(rows, list):
            yield f"{name} is a list."
        elif name == "countries":
            yield from (f"There is no country {code!r}." for code in rows if code not in shelf.countries)
        else:
            for row in rows:
                yield from (
                    _ROW_FAULTS[name](row, shelf) if isinstance(row, dict) else [f"{name}: {row!r} is no object."]
                )
    yield from _repeated(values)


def _plain_faults(values: Values, shelf: Shelf) -> Iterator[str]:
    for name, most in TEXTS.items():
        text = values.get(name, "")
        if not isinstance(text, str) or len(text) > most:
            yield f"{name} is a text of at most {most} characters."
        elif "\0" in text:
            yield f"{name} has a NUL character."
    for name, most in NUMBERS.items():
        number = values.get(name)
        if number is not None and not (isinstance(number, int | float) and -most <= number <= most):
            yield f"{name} is a number from -{most} to {most}."
    if (values.get("lat") is None) != (values.get("lon") is None):
        yield "Latitude and longitude go together."
    if values.get("type") and values["type"] not in shelf.types:
        yield f"There is no type {values['type']!r}."
    if values.get("location_country") and values["location_country"] not in shelf.countries:
        yield f"There is no country {values['location_country']!r}."


def _date_faults(values: Values) -> Iterator[str]:
    anchor = values.get("date_anchor")
    if anchor:
        try:
            date.fromisoformat(anchor)
        except (TypeError, ValueError):
            yield f"date_anchor: {anchor!r} isn't a day; write it like 2019-10-16."
    if values.get("edtf"):
        try:
            dates.parse(values["edtf"])
        except (InvalidDate, TypeError) as error:
            yield f"The date: {error}"
        if not values.get("date_text") or not values.get("date_rule"):
            yield "A date needs the words it was read from and the rule (curator, where a person decided)."


def _participation_faults(row: Values, shelf: Shelf) -> Iterator[str]:
    if row.get("role") not in Role.values:
        yield f"There is no role {row.get('role')!r}; there are {', '.join(Role.values)}."
    yield from _actor_faults(row, shelf)


def _actor_faults(row: Values, shelf: Shelf) -> Iterator[str]:
    if row.get("actor"):
        if row["actor"] not in shelf.actors:
            yield f"There is no actor {row['actor']!r}."
        return
    name = row.get("name")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= NAME_LENGTH or "\0" in name:
        yield f"A new actor has a name of at most {NAME_LENGTH} characters."
    if row.get("kind") not in ActorKind.values:
        yield f"New actor “{name}”: there is no kind {row.get('kind')!r}; there are {', '.join(ActorKind.values)}."
    if row.get("country") and row["country"] not in shelf.countries:
        yield f"New actor “{name}”: there is no country {row['country']!r}."


def _evidence_faults(row: Values, shelf: Shelf) -> Iterator[str]:
    document = shelf.documents.get(row.get("document", ""))
    if document is None:
        yield f"There is no document {row.get('document')!r}."
        return
    supports = row.get("supports")
    if not isinstance(supports, list) or not supports or not set(supports) <= set(Supports.values):
        yield f"A quotation supports at least one of {', '.join(Supports.values)}."
    try:
        found = evidence_of(row, document).start is not None
    except (DatelineError, AttributeError, TypeError):
        found = False
    if not found:
        yield f"The quotation “{str(row.get('quote'))[:60]}” isn't found (once) in “{document}”."


_ROW_FAULTS: Final = {
    "participations": _participation_faults,
    "claimed_by": _actor_faults,
    "evidence": _evidence_faults,
}


def _repeated(values: Values) -> Iterator[str]:
    for name in ("participations", "claimed_by"):
        rows = [row for row in values.get(name, ()) if isinstance(row, dict)]
        ids = [row["actor"] for row in rows if row.get("actor")]
        names = [str(row.get("name")).casefold() for row in rows if not row.get("actor")]
        if len(set(ids)) < len(ids) or len(set(names)) < len(names):
            yield f"{name} names the same actor twice."


def evidence_of(row: Values, document: Document) -> Evidence:
    """The quotation of a proposal found in its document: without a `start` where it isn't, or not once."""
    evidence = Evidence(
        document=document,
        quote=row["quote"],
        prefix=row.get("prefix", ""),
        suffix=row.get("suffix", ""),
        start=row.get("start"),
        supports=row["supports"],
    )
    if not _stands(evidence):
        settle(evidence)
    return evidence


def _stands(evidence: Evidence) -> bool:
    """Whether it stands where it says. Then nothing is searched: a digest may have thousands in one long text."""
    start, quote, text = evidence.start, evidence.quote, evidence.document.text
    if not isinstance(start, int) or start < 0 or not quote or not text.startswith(quote, start):
        return False
    end = start + len(quote)
    before, after = text[max(0, start - CONTEXT_LENGTH) : start], text[end : end + CONTEXT_LENGTH]
    if not before.endswith(evidence.prefix) or not after.startswith(evidence.suffix):
        return False
    evidence.end, evidence.prefix, evidence.suffix = end, before, after
    return True


def with_context(values: Values, shelf: Shelf) -> Values:
    """The same values, each quotation with its place and what is around it, so that it is found again."""
    evidence = []
    for row in values.get("evidence", ()):
        found = evidence_of(row, shelf.documents[row["document"]])
        context: Sequence[str] = ("quote", "prefix", "suffix", "start", "end", "supports")
        evidence.append({"document": row["document"]} | {name: getattr(found, name) for name in context})
    return {**values, "evidence": evidence} if evidence else values
