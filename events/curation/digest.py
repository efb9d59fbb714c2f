"""Store a digest that was read: its document, and a proposal for each happening that is new.

A proposal's key is made of the words of its sentence, so that it stays the same where the text around it changes. A
corrected text is a further document, which `corrects` the earlier one. Of what it changed:

- a happening that is told in other words supersedes the open proposal of the old words; if that one was accepted, a
  change of the event is proposed, with what differs; if it was rejected, it stays rejected;
- an open proposal of what isn't told any more is superseded; if it was accepted and its event is public, a retraction
  is proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Final

from django.core.exceptions import ValidationError

from events.curation.candidates import suggestions_of
from events.curation.deed import deed
from events.curation.edit import editing
from events.curation.evidence import settle_document
from events.curation.propose import Proposed, propose, supersede
from events.curation.suggestion import PLAIN, Suggestion, Values
from events.errors import DeedRefused
from events.extraction import KnownActor, Reading
from events.models import Actor, Document
from events.models.proposals import Decision, Kind, Origin, Proposal
from events.models.working import Status

# From so much likeness on (of difflib), a sentence is the old one corrected.
ALIKE: Final = 0.6
# Sentences of a rewritten passage that are compared with each other, at most.
COMPARED: Final = 200
REWORDED: Final = "The corrected text says it in other words."
GONE: Final = "The corrected text doesn't say it any more."


@dataclass(frozen=True)
class Source:
    """What is known of a digest besides its text."""

    title: str
    published: date | None
    publisher: str = ""
    url: str = ""
    language: str = ""
    license: str = ""


@dataclass
class Stored:
    """What became of a reading: ids, numbers, and the source as it is stored."""

    document: str
    source: Source
    new: bool
    corrects: str | None = None
    proposed: list[int] = field(default_factory=list)
    known: int = 0
    superseded: int = 0
    not_happened: int = 0


def known_actors() -> list[KnownActor]:
    """All actors with their names, as the reader wants them."""
    rows = Actor.objects.prefetch_related("names").order_by("pk")
    return [
        KnownActor(row.pk, row.name, row.kind, row.country_id or "", tuple(name.name for name in row.names.all()))
        for row in rows
    ]


def check_source(source: Source) -> None:
    """Raises DeedRefused with what is wrong with it: a field that is too long, an address that no browser opens."""
    try:
        Document(**vars(source)).clean_fields(exclude=("id", "text", "text_sha256"))
    except ValidationError as error:
        faults = ((name, fault) for name, fault in error.message_dict.items())
        raise DeedRefused(*(f"{name}: {' '.join(fault)}" for name, fault in faults)) from None


def store(source: Source, reading: Reading, *, by: str, at: datetime, why: str = "") -> Stored:
    """Store the document and propose what is new. The same text again changes nothing; what fails leaves nothing.

    Raises DeedRefused where the text can't be stored, is stored with another day, or a proposal doesn't hold.
    """
    check_source(source)
    with deed():
        document, new = _document(source, reading.text, by=by, at=at, why=why)
        stored = Stored(document.pk, _source_of(document, source), new, document.corrects_id)
        told = [candidate for candidate in reading.candidates if candidate.happened]
        stored.not_happened = len(reading.candidates) - len(told)
        suggestions = suggestions_of(told, document.pk, _lineage(document)[-1])
        if document.corrects_id and not new:
            stored.known += len(suggestions)
        elif document.corrects_id:
            _correct(stored, suggestions, document, by=by, at=at, why=why)
        else:
            _count(stored, propose(suggestions, by=by, at=at, why=why))
    return stored


def differences(given: Source, stored: Source) -> list[str]:
    """What was given and is stored otherwise, a sentence for each; what is empty wasn't given."""
    pairs = ((each.name, getattr(given, each.name), getattr(stored, each.name)) for each in fields(Source))
    return [
        f"The {name} stays {f'“{old}”' if old else 'empty'}, as it is stored; to make it “{new}”, correct the document"
        " in the admin."
        for name, new, old in pairs
        if new and new != old
    ]


def _source_of(document: Document, given: Source) -> Source:
    """The source of a stored document. Raises DeedRefused where it has another day: dates depend on it."""
    if document.published not in (None, given.published):
        raise DeedRefused(
            f"This text is stored already, as document {document.pk}, published on {document.published}. Dates read"
            f" against {given.published} would be others, so nothing was changed. Give that day; or, where it is wrong,"
            " correct the document in the admin first."
        )
    return Source(**{each.name: getattr(document, each.name) for each in fields(Source)})


def _count(stored: Stored, proposed: Proposed) -> None:
    stored.proposed += [row.pk for row in proposed.added]
    stored.known += len(proposed.known)


def find(source: Source, text: str) -> tuple[Document | None, Document | None]:
    """The document that has this text, and the one whose text it corrects: either may be missing."""
    fresh = Document(text=text)
    settle_document(fresh)
    same = Document.objects.filter(text_sha256=fresh.text_sha256).order_by("pk").first()
    if same is not None:
        return same, same.corrects
    if source.url:
        earlier = Document.objects.filter(url=source.url)
    else:
        earlier = Document.objects.filter(
            title=source.title, publisher=source.publisher, published=source.published, url=""
        )
    return None, earlier.filter(corrections__isnull=True).order_by("pk").last()


def _document(source: Source, text: str, *, by: str, at: datetime, why: str) -> tuple[Document, bool]:
    same, earlier = find(source, text)
    if same is not None:
        return same, False
    document = Document(text=text, corrects=earlier, **vars(source))
    with editing(document, version=0, by=by, at=at, why=why):
        document.save()
    return document, True


def _lineage(document: Document) -> list[str]:
    """The document and all earlier texts of the same source, the first one last."""
    ids = [document.pk]
    while document.corrects is not None and document.corrects_id not in ids:
        document = document.corrects
        ids.append(document.pk)
    return ids


def _correct(
    stored: Stored, suggestions: Sequence[Suggestion], document: Document, *, by: str, at: datetime, why: str
) -> None:
    """Propose what a corrected text has new, and close what it has no more."""
    rows = Proposal.objects.filter(document__in=_lineage(document), kind=Kind.EVENT, origin=Origin.READER)
    old = list(rows.exclude(status=Decision.SUPERSEDED).select_related("event").order_by("pk"))
    told = {one.key for one in suggestions}
    pairs = _pairs(old, suggestions)
    fresh: list[Suggestion] = []
    for one in suggestions:
        before = pairs.get(one.key)
        if before is None or before.status == Decision.OPEN:
            fresh.append(one)
        else:
            stored.known += 1
            fresh += _change(before, one)
    paired = {row.pk for row in pairs.values()}
    dropped = [row for row in old if row.key not in told and row.pk not in paired]
    fresh += [one for row in dropped for one in _retraction(row, document)]
    proposed = propose(fresh, by=by, at=at, why=why)
    _count(stored, proposed)
    newer = {row.key: row for row in proposed.added}
    for key, before in pairs.items():
        if before.status == Decision.OPEN and key in newer:
            supersede([before], newer=newer[key], by=by, at=at, why=REWORDED)
            stored.superseded += 1
    gone = [row for row in dropped if row.status == Decision.OPEN]
    supersede(gone, by=by, at=at, why=GONE)
    stored.superseded += len(gone)


def _pairs(old: Sequence[Proposal], suggestions: Sequence[Suggestion]) -> dict[str, Proposal]:
    """By the key of a new suggestion the proposal whose sentence it corrects: both in the order of their text."""
    known, told = {row.key for row in old}, {one.key for one in suggestions}
    matcher = SequenceMatcher(None, [row.key for row in old], [one.key for one in suggestions], autojunk=False)
    found: dict[str, Proposal] = {}
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "replace":
            left = [row for row in old[start:end][:COMPARED] if row.key not in told]
            for one in suggestions[first:last][:COMPARED]:
                likeness = {row.pk: _likeness(row, one) for row in left if one.key not in known}
                best = max(left, key=lambda row: likeness.get(row.pk, 0.0), default=None)
                if best is not None and likeness.get(best.pk, 0.0) >= ALIKE:
                    left.remove(best)
                    found[one.key] = best
    return found


def _likeness(row: Proposal, one: Suggestion) -> float:
    matcher = SequenceMatcher(None, _quoted(row.values), _quoted(one.values), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def _quoted(values: Values) -> list[str]:
    titled = [row["quote"] for row in values["evidence"] if "title" in row["supports"]]
    return str((titled or [values["title"]])[0]).split()


def _change(before: Proposal, one: Suggestion) -> list[Suggestion]:
    """What a corrected sentence changes of the event that the old one became."""
    if before.status != Decision.ACCEPTED or before.event is None:
        return []
    old, values = before.values, one.values
    names = [name for name in (*PLAIN, "countries") if (values.get(name) or None) != (old.get(name) or None)]
    if not names:
        return []
    if "edtf" in names or "date_text" in names:
        names += [name for name in ("edtf", "date_text", "date_anchor", "date_rule") if name not in names]
    changed = {name: values.get(name) for name in names} | {"evidence": values["evidence"]}
    return [
        Suggestion(
            f"{one.key}:change",
            changed,
            Origin.READER,
            Kind.CHANGE,
            one.document,
            before.event_id,
            alternatives=one.alternatives,
            explanation=(f"The corrected text has it otherwise: {', '.join(names)}.", *one.explanation),
            confidence=one.confidence,
        )
    ]


def _retraction(before: Proposal, document: Document) -> list[Suggestion]:
    """What a sentence that was taken out means for the public event that it became."""
    event = before.event
    if before.status != Decision.ACCEPTED or event is None or event.status != Status.PUBLISHED:
        return []
    others = event.evidence.exclude(document__in=_lineage(document)).values_list("document__title", flat=True)
    told = tuple(f"It quotes “{title}” too." for title in dict.fromkeys(others))
    key = f"{before.key}:retraction"
    return [
        Suggestion(key, {}, Origin.READER, Kind.RETRACTION, document.pk, event.pk, explanation=(GONE, *told)),
    ]
