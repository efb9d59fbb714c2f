"""The ledger in its order: all that came after a point, or all that one noun ever was.

Numbers first, then the ready documents, some at a time, so that no answer holds the whole ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from events.errors import Problem, UnknownPoint
from events.models.ledger import Entry
from events.models.sql import fetch, placeholders, written_instant
from events.querying import cursor
from events.querying.events import CHUNK, COLUMNS, Revision, revision
from events.querying.filters import DEFAULT_LIMIT
from events.querying.nouns import fit, unknown
from events.querying.question import Question
from events.querying.state import Point, State

LEDGER = Entry._meta.db_table
CHANGES = f"SELECT {COLUMNS}, t.deed, t.why, t.merged_into FROM {LEDGER} t"


class Change(NamedTuple):
    """One row of the ledger as the public sees it; a tombstone has no revision of its noun."""

    seq: int
    kind: str
    noun_id: str
    number: int
    """Of the noun's revisions."""
    deed: str
    at: str
    why: str
    merged_into: str | None
    revision: Revision | None


@dataclass(frozen=True)
class Following:
    """Changes after a point, and the token of the point where they end; `more` if there are others beyond it."""

    changes: Iterator[Change]
    token: str
    more: bool


def following(question: Question, *, default: int | None = None) -> Following:
    """The changes after `since`, at most `limit` or `default` of them, the oldest first.

    Raises UnknownPoint where `since` isn't in this dataset.
    """
    after, kinds = _start(question), question.shape("kind", ())
    limit = question.shape("limit", default)
    last = question.state.seq
    if limit is None:
        return Following(_between(after, last, kinds), Point(question.state.epoch, last).token, more=False)
    seqs = _seqs(after, last, kinds, limit + 1)
    more = len(seqs) > limit
    token = Point(question.state.epoch, seqs[limit - 1] if more else last).token
    return Following(_numbered(seqs[:limit]), token, more)


def _start(question: Question) -> int:
    """The seq after which to go on."""
    since: Point | None = question.shape("since")
    if since is None or since.before_all:
        return 0
    if since.epoch == question.state.epoch and since.seq <= question.state.seq:
        return since.seq
    detail = (
        "This token is of another dataset, or of one that was restored to an earlier state."
        " What you have may not be in this one: start again without 'since'."
    )
    raise UnknownPoint([Problem("since", since.token, "unknown_point", detail)])


def _between(after: int, last: int, kinds: Sequence[str]) -> Iterator[Change]:
    while seqs := _seqs(after, last, kinds, CHUNK):
        yield from _numbered(seqs)
        after = seqs[-1]


def _numbered(seqs: Sequence[int]) -> Iterator[Change]:
    left = iter(seqs)
    while some := list(islice(left, CHUNK)):
        yield from _changes(f"t.seq IN ({placeholders(some)}) ORDER BY t.seq", some)


def _seqs(after: int, last: int, kinds: Sequence[str], limit: int) -> list[int]:
    """The numbers that come next. A query for each kind, so that an index has each in order."""
    text = f"SELECT t.seq FROM {LEDGER} t WHERE t.seq > %s AND t.seq <= %s"
    asked = [(f"{text} AND t.kind = %s", [after, last, kind]) for kind in kinds] or [(text, [after, last])]
    rows = [row for text, values in asked for row in fetch(f"{text} ORDER BY t.seq LIMIT %s", [*values, limit])]
    return sorted(seq for (seq,) in rows)[:limit]


@dataclass(frozen=True)
class History:
    """Revisions of a noun, the newest first, and the cursor to go on from."""

    changes: list[Change]
    next: str | None


def newest(kind: str, noun_id: str, state: State) -> int:
    """The last change of a noun up to a state. Raises Unknown where it wasn't public by then."""
    rows = Entry.objects.filter(kind=kind, noun_id=fit(kind, noun_id), seq__lte=state.seq).order_by("-revision")
    found: int | None = rows.values_list("seq", flat=True).first()
    if found is None:
        raise unknown(kind, noun_id, state)
    return found


def history(kind: str, noun_id: str, question: Question) -> History:
    """A page of all that a noun ever was, up to the state of the question."""
    position, state = cursor.decode(question), question.state
    text, values = "t.kind = %s AND t.noun_id = %s AND t.seq <= %s", [kind, fit(kind, noun_id), state.seq]
    if position is not None:
        if position[0] != noun_id:
            raise cursor.of_another_question(question)
        text, values = f"{text} AND t.revision < %s", [*values, position[1]]
    limit = question.shape("limit", DEFAULT_LIMIT)
    found = list(_changes(f"{text} ORDER BY t.revision DESC LIMIT %s", [*values, limit + 1]))
    more = cursor.encode(question, [noun_id, found[limit - 1].number]) if len(found) > limit else None
    return History(found[:limit], more)


def _changes(where: str, values: Sequence[Any]) -> Iterator[Change]:
    for *row, deed, why, merged_into in fetch(f"{CHANGES} WHERE {where}", values):
        kind, noun_id, seq, number, _first_at, at, document = row
        shown = None if document is None else revision(tuple(row))
        yield Change(seq, kind, noun_id, number, deed, written_instant(at), why, merged_into, shown)
