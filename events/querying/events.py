"""The events of a question: a page, their number, all of them.

Ids first, from the index alone, then the ready documents. Pages go by keyset on (sort key, key), so that no event is
skipped or met twice while others change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from events.models.index import day_number
from events.models.ledger import Entry
from events.querying import cursor, numbers
from events.querying.conditions import HasFirstDay, InWindow, Not
from events.querying.filters import BEST, DEFAULT_LIMIT, RELEVANCE
from events.querying.question import CERTAIN, POSSIBLE, Question
from events.querying.scan import Order, Scan
from events.querying.sql import database_instant, fetch, placeholders, stored_instant, unparsed, written_instant

# What tells how an event lies in the window, beside its seq.
SHOWN = "e.seq, e.start_latest, e.end_earliest, e.uncertain"
# Ids and documents fetched at a time while everything is streamed.
CHUNK = 500


class Revision(NamedTuple):
    """One public revision of a noun: its stored document (JSON text) and what the answer adds to it."""

    kind: str
    noun_id: str
    seq: int
    revision: int
    first_at: str
    at: str
    document: str
    in_window: str | None = None


@dataclass(frozen=True)
class EventPage:
    rows: list[Revision]
    # The cursor to go on from; None at the end.
    next: str | None


@dataclass(frozen=True)
class Counts:
    """How many match; with a window also how many certainly do, and how many match but for having no date."""

    total: int
    total_certain: int | None = None
    undated: int | None = None


class _Hit(NamedTuple):
    seq: int
    position: list[Any]
    in_window: str | None


def page(question: Question) -> EventPage:
    """One page of events in the order asked for."""
    limit = question.shape("limit", DEFAULT_LIMIT)
    if question.shape("ordering") == RELEVANCE:
        return EventPage(_revisions(_best(question, limit)), None)
    hits = _hits(question, cursor.decode(question), limit + 1)
    shown = hits[:limit]
    following = cursor.encode(question, shown[-1].position) if len(hits) > limit else None
    return EventPage(_revisions(shown), following)


def everything(question: Question) -> Iterator[Revision]:
    """All events of a question, or as many as its limit says, a chunk at a time.

    Raises InvalidQuestion for a bad cursor, now and not when the first event is read.
    """
    if question.shape("ordering") == RELEVANCE:
        return iter(_revisions(_best(question, min(question.shape("limit", BEST), BEST))))
    return _chunks(question, cursor.decode(question), question.shape("limit"))


def _chunks(question: Question, position: list[Any] | None, left: int | None) -> Iterator[Revision]:
    while left is None or left > 0:
        hits = _hits(question, position, CHUNK if left is None else min(CHUNK, left))
        yield from _revisions(hits)
        if len(hits) < CHUNK:
            return
        position = hits[-1].position
        left = None if left is None else left - len(hits)


def count(question: Question) -> Counts:
    if question.window is None:
        return Counts(numbers.count(question.where))
    certain, parameters = InWindow(question.first, question.last, certain=True).sql("m")
    text, values = numbers.days(question.where, question.window)
    ((total, sure),) = fetch(
        f"SELECT SUM(m.number), SUM(CASE WHEN {certain} THEN m.number ELSE 0 END) FROM ({text}) m",
        [*parameters, *values],
    )
    return Counts(int(total or 0), int(sure or 0), numbers.undated(question.where))


def _best(question: Question, limit: int) -> list[_Hit]:
    """The most relevant events."""
    first, others = question.by_relevance()
    hits = _hits(first, None, limit)
    return hits + _hits(others, None, limit - len(hits)) if len(hits) < limit else hits


def _hits(question: Question, after: list[Any] | None, limit: int) -> list[_Hit]:
    """Seqs and sort keys of the next events; undated ones come after all dated ones, whichever way round."""
    ordering = question.shape("ordering", "date")
    scan, descending = Scan(question.where, question.window), ordering[0] == "-"
    if ordering.endswith("updated"):
        return _as_hits(question, scan.by_revision(SHOWN, _revised(after), descending, limit))
    rows: list[Any] = []
    if after is None or len(after) > 1:
        rows = scan.first(SHOWN, Order(descending, after, limit), dated=True)
        after = None
    if len(rows) < limit and not question.windowed:
        rows += scan.first(SHOWN, Order(descending, after, limit - len(rows)), dated=False)
    return _as_hits(question, rows)


def _revised(after: list[Any] | None) -> list[Any] | None:
    """The place in the order of revisions after which to go on, as the database has it."""
    if after is None:
        return None
    return [database_instant(datetime.fromisoformat(after[0])), after[1]]


def _as_hits(question: Question, rows: list[Any]) -> list[_Hit]:
    bounds = None
    if question.windowed:
        # Days as numbers; no day is beyond those of an open side.
        bounds = (day_number(question.first or date.min), day_number(question.last or date.max))
    return [_hit(bounds, *row) for row in rows]


def _hit(
    bounds: tuple[int, int] | None, seq: int, start_latest: int, end_earliest: int, uncertain: bool, *keys: Any
) -> _Hit:
    position = list(keys)
    if isinstance(position[0], str | datetime):
        position[0] = stored_instant(position[0]).isoformat()
    if bounds is None:
        return _Hit(seq, position, None)
    certain = not uncertain and bounds[0] <= end_earliest and start_latest <= bounds[1]
    return _Hit(seq, position, CERTAIN if certain else POSSIBLE)


def _revisions(hits: list[_Hit]) -> list[Revision]:
    if not hits:
        return []
    seqs = [hit.seq for hit in hits]
    text = f"SELECT {COLUMNS} FROM {Entry._meta.db_table} t WHERE t.seq IN ({placeholders(seqs)})"
    found = {row[2]: row for row in fetch(text, seqs)}
    return [revision(found[hit.seq], hit.in_window) for hit in hits]


# What a revision is made of, as SQL of a row `t` of the ledger.
COLUMNS = f"t.kind, t.noun_id, t.seq, t.revision, {unparsed('t.first_at')}, {unparsed('t.at')}, t.document"


def revision(row: tuple[Any, ...], in_window: str | None = None) -> Revision:
    kind, noun_id, seq, number, first_at, at, document = row
    return Revision(kind, noun_id, seq, number, written_instant(first_at), written_instant(at), document, in_window)


def without_first_day(question: Question) -> int:
    """How many events of a question have no date, or nothing that limits their start."""
    return numbers.count(question.where.plus(Not(HasFirstDay())), question.window)
