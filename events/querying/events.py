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
from events.models.sql import database_instant, fetch, one_of, stored_instant, unparsed, written_instant
from events.querying import cursor, numbers
from events.querying.conditions import HasFirstDay, InWindow, Not
from events.querying.filters import BEST, DEFAULT_LIMIT, RELEVANCE
from events.querying.question import CERTAIN, POSSIBLE, Question
from events.querying.scan import Order, Scan

# What is read of an event before its sort keys; in a window also what tells how it lies there.
IN_NONE = ("e.seq",)
IN_WINDOW = ("e.seq", "e.start_latest", "e.end_earliest", "e.uncertain")
# Ids and documents fetched at a time while everything is streamed.
CHUNK = 1000

Row = tuple[Any, ...]


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


def page(question: Question) -> EventPage:
    """One page of events in the order asked for."""
    limit = question.shape("limit", DEFAULT_LIMIT)
    if question.shape("ordering") == RELEVANCE:
        return EventPage(_revisions(question, _best(question, limit)), None)
    rows = _rows(question, cursor.decode(question), limit + 1)
    shown = rows[:limit]
    following = cursor.encode(question, _position(question, shown[-1])) if len(rows) > limit else None
    return EventPage(_revisions(question, shown), following)


def everything(question: Question) -> Iterator[Revision]:
    """All events of a question, or as many as its limit says, a chunk at a time.

    Raises InvalidQuestion for a bad cursor, now and not when the first event is read.
    """
    if question.shape("ordering") == RELEVANCE:
        return iter(_revisions(question, _best(question, min(question.shape("limit", BEST), BEST))))
    return _chunks(question, cursor.decode(question), question.shape("limit"))


def _chunks(question: Question, position: list[Any] | None, left: int | None) -> Iterator[Revision]:
    while left is None or left > 0:
        rows = _rows(question, position, CHUNK if left is None else min(CHUNK, left))
        yield from _revisions(question, rows)
        if len(rows) < CHUNK:
            return
        position = _position(question, rows[-1])
        left = None if left is None else left - len(rows)


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


def _best(question: Question, limit: int) -> list[Row]:
    """The most relevant events."""
    first, others = question.by_relevance()
    rows = _rows(first, None, limit)
    return rows + _rows(others, None, limit - len(rows)) if len(rows) < limit else rows


def _rows(question: Question, after: list[Any] | None, limit: int) -> list[Row]:
    """Of the next events the seq, in a window how they lie in it, and the sort keys.

    Undated ones come after all dated ones, whichever way round.
    """
    ordering = question.shape("ordering", "date")
    scan, descending = Scan(question.where, question.window), ordering[0] == "-"
    columns = ", ".join(IN_WINDOW if question.windowed else IN_NONE)
    if ordering.endswith("updated"):
        return scan.by_revision(columns, _revised(after), descending, limit)
    rows: list[Row] = []
    if after is None or len(after) > 1:
        rows = scan.first(columns, Order(descending, after, limit), dated=True)
        after = None
    if len(rows) < limit and not question.windowed:
        rows += scan.first(columns, Order(descending, after, limit - len(rows)), dated=False)
    return rows


def _position(question: Question, row: Row) -> list[Any]:
    """The sort keys of a row as a cursor has them."""
    first, *rest = row[len(IN_WINDOW if question.windowed else IN_NONE) :]
    return [stored_instant(first).isoformat() if isinstance(first, str | datetime) else first, *rest]


def _revised(after: list[Any] | None) -> list[Any] | None:
    """The place in the order of revisions after which to go on, as the database has it."""
    if after is None:
        return None
    return [database_instant(datetime.fromisoformat(after[0])), after[1]]


def _revisions(question: Question, rows: list[Row]) -> list[Revision]:
    if not rows:
        return []
    seqs = [row[0] for row in rows]
    these, parameters = one_of("t.seq", seqs)
    found = {row[2]: row for row in fetch(f"SELECT {COLUMNS} FROM {Entry._meta.db_table} t WHERE {these}", parameters)}
    if not question.windowed:
        return [revision(found[seq]) for seq in seqs]
    # Days as numbers; no day is beyond those of an open side.
    first, last = day_number(question.first or date.min), day_number(question.last or date.max)
    return [
        revision(found[seq], POSSIBLE if uncertain or last < start_latest or end_earliest < first else CERTAIN)
        for seq, start_latest, end_earliest, uncertain, *_keys in rows
    ]


# What a revision is made of, as SQL of a row `t` of the ledger.
COLUMNS = f"t.kind, t.noun_id, t.seq, t.revision, {unparsed('t.first_at')}, {unparsed('t.at')}, t.document"


def revision(row: tuple[Any, ...], in_window: str | None = None) -> Revision:
    kind, noun_id, seq, number, first_at, at, document = row
    revised = written_instant(at)
    published = revised if first_at == at else written_instant(first_at)
    return Revision(kind, noun_id, seq, number, published, revised, document, in_window)


def without_first_day(question: Question) -> int:
    """How many events of a question have no date, or nothing that limits their start."""
    return numbers.count(question.where.plus(Not(HasFirstDay())), question.window)
