"""Events that may be what a proposal tells of, and why one would think so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch, Q, QuerySet

from events import dates
from events.curation.suggestion import Values
from events.dates import DateValue
from events.errors import InvalidDate
from events.models import Event, Participation
from events.models.working import Status

# How many events are looked at, and how many are shown.
LOOKED_AT: Final = 300
SHOWN: Final = 5
# What counts, and how much is needed to be worth a curator's look.
ACTORS, DAYS, WORDS, QUOTED = 3.0, 2.0, 4.0, 4.0
ENOUGH: Final = 3.5

_WORD = re.compile(r"\w{3,}")
_COMMON = frozenset(
    _WORD.findall(
        "the and for that with from was were has had have are its his her their they this which who when after before"
        " into over about said says not but also been being than them these those would could will"
    )
)


@dataclass(frozen=True)
class Likeness:
    """An event, and a sentence for each thing that it has in common with the proposal."""

    event: Event
    score: float
    reasons: tuple[str, ...]


def similar(values: Values, *, besides: str | None = None) -> list[Likeness]:
    """The likeliest doubles of what these values tell, best first. `besides` is an event that isn't one."""
    told = _Told(values)
    found = [_compare(told, event) for event in _candidates(told, besides)]
    found = [likeness for likeness in found if likeness.score >= ENOUGH]
    return sorted(found, key=lambda likeness: (-likeness.score, likeness.event.pk))[:SHOWN]


class _Told:
    """What a proposal tells, ready to be compared."""

    def __init__(self, values: Values) -> None:
        rows = (*values.get("participations", ()), *values.get("claimed_by", ()))
        self.ids = {row["actor"] for row in rows if row.get("actor")}
        self.written = {str(row["name"]) for row in rows if row.get("name")}
        self.names = {name.casefold() for name in self.written}
        self.date = _date(values.get("edtf", ""))
        self.words = words(values.get("title", ""))
        self.places = [
            (row["document"], row["start"], row["end"]) for row in values.get("evidence", ()) if row.get("end")
        ]


def words(text: str) -> frozenset[str]:
    """What a title is about: its words but for the commonest."""
    return frozenset(_WORD.findall(text.casefold())) - _COMMON


def _date(edtf: str) -> DateValue | None:
    try:
        return dates.parse(edtf) if edtf else None
    except InvalidDate:
        return None


def _candidates(told: _Told, besides: str | None) -> Iterable[Event]:
    """Events that share an actor or a passage with the proposal, or whose title has its longest words."""
    named = Q(participations__actor__in=told.ids) | Q(participations__actor__name__in=told.written)
    longest = sorted(told.words, key=lambda word: (-len(word), word))[:4]
    titled = Q()
    for word in longest:
        titled |= Q(title__icontains=word)
    quoted = Q()
    for document, start, end in told.places[:4]:
        quoted |= Q(evidence__document=document, evidence__start__lt=end, evidence__end__gt=start)
    rows: QuerySet[Event] = Event.objects.exclude(status__in=(Status.RETRACTED, Status.MERGED)).exclude(pk=besides)
    ids: dict[str, None] = {}
    for condition in (quoted, named, titled):
        if condition:
            ids.update(dict.fromkeys(rows.filter(condition).order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT]))
    some = list(ids)[:LOOKED_AT]
    # Joined: to prefetch them, Django makes a condition for each actor, and SQLite takes a thousand of them.
    parts = Prefetch("participations", Participation.objects.select_related("actor"))
    return rows.filter(pk__in=some).prefetch_related(parts, "evidence")


def _compare(told: _Told, event: Event) -> Likeness:
    reasons, score = [], 0.0
    for points, reason in (
        *_same_actors(told, event),
        *_same_days(told, event),
        *_same_words(told, event),
        *_quoted(told, event),
    ):
        score += points
        reasons.append(reason)
    return Likeness(event, score, tuple(reasons))


def _same_actors(told: _Told, event: Event) -> Iterator[tuple[float, str]]:
    actors = [part.actor for part in event.participations.all()]
    same = [actor.name for actor in actors if actor.pk in told.ids or actor.name.casefold() in told.names]
    if same:
        yield ACTORS * len(same) / max(len(actors), len(told.ids | told.names)), f"the same actors: {', '.join(same)}"


def _same_days(told: _Told, event: Event) -> Iterator[tuple[float, str]]:
    if told.date is None or event.start_earliest is None or event.end_latest is None:
        return
    if told.date.start_earliest > event.end_latest or told.date.end_latest < event.start_earliest:
        yield -DAYS, f"but other days: {event.edtf}"
        return
    same = (told.date.start_earliest, told.date.end_latest) == (event.start_earliest, event.end_latest)
    yield (DAYS, f"the same date: {event.edtf}") if same else (DAYS / 2, f"dates that overlap: {event.edtf}")


def _same_words(told: _Told, event: Event) -> Iterator[tuple[float, str]]:
    theirs = words(event.title)
    same = told.words & theirs
    if same:
        yield WORDS * len(same) / len(told.words | theirs), f"similar words: {', '.join(sorted(same))}"


def _quoted(told: _Told, event: Event) -> Iterator[tuple[float, str]]:
    for row in event.evidence.all():
        if row.start is None or row.end is None:
            continue
        if any(row.document_id == pk and row.start < end and row.end > start for pk, start, end in told.places):
            yield QUOTED, f"the same passage: “{row.quote[:80]}”"
            return
