"""The events of a question: a page, their number, all of them.

Ids first, from the index alone, then the ready documents. Pages go by keyset on (sort key, key), so that no event is
skipped or met twice while others change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from events.models.index import EventIndex, day_number
from events.models.ledger import Entry, instant
from events.querying import cursor
from events.querying.conditions import Dated, HasFirstDay, InWindow, Not, Sql
from events.querying.filters import BEST, DEFAULT_LIMIT, RELEVANCE
from events.querying.question import CERTAIN, POSSIBLE, Question
from events.querying.state import Where

TABLE = EventIndex._meta.db_table
# Ids and documents fetched at a time while everything is streamed.
CHUNK = 500


@dataclass(frozen=True)
class Revision:
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


@dataclass(frozen=True)
class _Hit:
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
    where = question.where
    if question.window is None:
        return Counts(_count(where))
    certain = InWindow(question.first, question.last, certain=True)
    return Counts(
        total=_count(where.plus(question.window)),
        total_certain=_count(where.plus(certain)),
        undated=_count(where.plus(Dated(False))),
    )


def _count(where: Where) -> int:
    text, parameters = where.sql()
    with connection.cursor() as db:
        db.execute(f"SELECT COUNT(*) FROM {TABLE} e WHERE {text}", parameters)
        return int(db.fetchone()[0])


def _best(question: Question, limit: int) -> list[_Hit]:
    """The most relevant events."""
    first, others = question.by_relevance()
    hits = _hits(first, None, limit)
    return hits + _hits(others, None, limit - len(hits)) if len(hits) < limit else hits


def _hits(question: Question, after: list[Any] | None, limit: int) -> list[_Hit]:
    """Seqs and sort keys of the next events; undated ones come after all dated ones, whichever way round."""
    ordering = question.shape("ordering", "date")
    where = question.where.plus(question.window)
    if ordering.endswith("updated"):
        return _stream(question, where, ("at", "key"), ordering[0] == "-", after, limit)
    dated_is_over = after is not None and len(after) == 1
    hits: list[_Hit] = []
    if not dated_is_over:
        hits = _stream(question, where.plus(Dated(True)), ("start_earliest", "key"), ordering[0] == "-", after, limit)
        after = None
    if len(hits) < limit and not question.windowed:
        rest = limit - len(hits)
        hits += _stream(question, where.plus(Dated(False)), ("key",), ordering[0] == "-", after, rest)
    return hits


def _stream(
    question: Question, where: Where, keys: tuple[str, ...], descending: bool, after: list[Any] | None, limit: int
) -> list[_Hit]:
    text, parameters = where.sql()
    if after is not None:
        beyond, values = _beyond(keys, descending, after)
        text, parameters = f"{text} AND {beyond}", [*parameters, *values]
    columns = ", ".join(f"e.{key}" for key in keys)
    order = ", ".join(f"e.{key} {'DESC' if descending else 'ASC'}" for key in keys)
    with connection.cursor() as db:
        db.execute(
            f"SELECT e.seq, e.start_latest, e.end_earliest, e.uncertain, {columns} FROM {TABLE} e"
            f" WHERE {text} ORDER BY {order} LIMIT %s",
            [*parameters, limit],
        )
        return [_hit(question, row) for row in db.fetchall()]


def _beyond(keys: tuple[str, ...], descending: bool, after: list[Any]) -> Sql:
    """Rows after a position, as one row comparison, which an index on the keys answers."""
    columns = ", ".join(f"e.{key}" for key in keys)
    marks = ", ".join(["%s"] * len(keys))
    values = list(after)
    if keys[0] == "at":
        values[0] = connection.ops.adapt_datetimefield_value(datetime.fromisoformat(values[0]))
    return f"({columns}) {'<' if descending else '>'} ({marks})", values


def _hit(question: Question, row: tuple[Any, ...]) -> _Hit:
    seq, start_latest, end_earliest, uncertain, *position = row
    if isinstance(position[0], str | datetime):
        position[0] = _iso(position[0])
    return _Hit(seq, position, _in_window(question, start_latest, end_earliest, uncertain))


def _iso(value: str | datetime) -> str:
    """An instant of the database, which SQLite keeps as text without a zone."""
    return value.isoformat() if isinstance(value, datetime) else f"{value}+00:00"


def _in_window(question: Question, start_latest: int, end_earliest: int, uncertain: bool) -> str | None:
    if not question.windowed:
        return None
    certain = (
        not uncertain
        and (question.last is None or start_latest <= day_number(question.last))
        and (question.first is None or end_earliest >= day_number(question.first))
    )
    return CERTAIN if certain else POSSIBLE


def _revisions(hits: list[_Hit]) -> list[Revision]:
    found = {}
    for row in Entry.objects.filter(seq__in=[hit.seq for hit in hits]).values_list(*COLUMNS):
        found[row[2]] = row
    return [revision(found[hit.seq], hit.in_window) for hit in hits]


COLUMNS = ("kind", "noun_id", "seq", "revision", "first_at", "at", "document")


def revision(row: tuple[Any, ...], in_window: str | None = None) -> Revision:
    kind, noun_id, seq, number, first_at, at, document = row
    return Revision(kind, noun_id, seq, number, instant(first_at), instant(at), document, in_window)


def of_entry(entry: Entry) -> Revision:
    """A ledger row that has a document, as a revision."""
    return revision(tuple(getattr(entry, column) for column in COLUMNS))


def without_first_day(question: Question) -> int:
    """How many events of a question have no date, or nothing that limits their start."""
    return _count(question.where.plus(question.window, Not(HasFirstDay())))


def undated(where: Where) -> int:
    """How many events have no date."""
    return _count(where.plus(Dated(False)))
