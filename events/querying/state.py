"""The state of the dataset that a question is about: as it stands, or as it stood after an earlier change."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Model, Q

from events.models.index import CURRENT, then
from events.models.ledger import Entry
from events.models.sql import Sql, fetch, placeholders
from events.querying.conditions import Condition, Matching


@dataclass(frozen=True)
class Point:
    """A place in the order of changes of one dataset, and the token by which a client goes on from it."""

    epoch: str
    seq: int

    FORM: ClassVar = re.compile("(?:([0-9a-f]{32})-(0|[1-9][0-9]{0,17})|-0)-[0-9a-f]{8}")

    @property
    def token(self) -> str:
        """The point and eight digits that a slip of the pen doesn't leave right; no secret, so it outlives keys."""
        text = f"{self.epoch}-{self.seq}"
        return f"{text}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    @property
    def before_all(self) -> bool:
        """Of a dataset in which nothing had ever happened, so that it had no name yet."""
        return not self.epoch

    @classmethod
    def of(cls, token: str) -> Point | None:
        """The point that a token names; None for one that was never given out."""
        match = cls.FORM.fullmatch(token)
        point = cls(match[1] or "", int(match[2] or 0)) if match else None
        return point if point and point.token == token else None


@dataclass(frozen=True)
class State:
    """The dataset after the change `seq`, with the hash and the time of that change; 0 is before all.

    `current` is true of the newest state alone: the same rows then have a shorter condition, and smaller indexes.
    """

    seq: int
    chain_sha256: str
    at: datetime | None
    epoch: str
    current: bool = True

    @property
    def token(self) -> str:
        """Where a follower of changes goes on from."""
        return Point(self.epoch, self.seq).token

    def sql(self, alias: str) -> Sql:
        """The rows of a table of the ledger or the index that made up this state."""
        now = f"{alias}.superseded_by IS NULL"
        if self.current:
            return now, []
        return f"{alias}.seq <= %s AND ({now} OR {alias}.superseded_by > %s)", [self.seq, self.seq]

    def parts(self, alias: str) -> list[Sql]:
        """The same as conditions of which a row meets at most one, each on rows that one family of indexes has: what
        is current still, and what is so no more."""
        now = f"{alias}.superseded_by IS NULL"
        if self.current:
            return [(now, [])]
        # The plus keeps a planner from going through all that there was until then.
        then = f"+{alias}.seq <= %s"
        return [(f"{now} AND {then}", [self.seq]), (f"{alias}.superseded_by > %s AND {then}", [self.seq, self.seq])]

    def scan(self, columns: str, table: str, where: Sql = ("TRUE", [])) -> Sql:
        """A query for columns of the rows `e` of a table about events that made up this state, in no order."""
        condition, parameters = where
        queries = [
            (f"SELECT {columns} FROM {table} e WHERE {condition} AND {part}", [*parameters, *values])
            for part, values in self.parts("e")
        ]
        return " UNION ALL ".join(text for text, _values in queries), [v for _text, values in queries for v in values]

    def select(
        self, columns: str, model: type[Model], column: str, values: Iterable[str], where: str = "TRUE"
    ) -> list[Any]:
        """Columns of the rows `t` of a table that made up this state and have one of these values."""
        values = list(values)
        if not values:
            return []
        current, parameters = self.sql("t")
        one_of = f"t.{column} IN ({placeholders(values)})"
        text = f"SELECT {columns} FROM {model._meta.db_table} t WHERE {one_of} AND {current} AND {where}"
        return fetch(text, [*values, *parameters])

    @property
    def rows(self) -> Q:
        """The same, for the ORM."""
        return CURRENT if self.current else then(self.seq)

    def as_of(self, moment: int | datetime) -> State | None:
        """How it stood after a seq, or at an instant, seen from the newest state; None of a seq still to come."""
        seq = moment if isinstance(moment, int) else _newest_at(moment)
        if seq >= self.seq:
            return self if seq == self.seq else None
        entry = Entry.objects.filter(seq=seq).only("chain_sha256", "at").first()
        at, chain = (entry.at, entry.chain_sha256) if entry else (None, "")
        return replace(self, seq=seq, chain_sha256=chain, at=at, current=False)


def _newest_at(instant: datetime) -> int:
    """The last change at an instant or before it: times are in the order of changes."""
    rows = Entry.objects.filter(at__lte=instant).order_by("-at", "-seq")
    return rows.values_list("seq", flat=True).first() or 0


@dataclass(frozen=True)
class Where:
    """All conditions of a question, on the events of a state."""

    state: State
    conditions: tuple[Condition, ...] = field(default=())

    def sql(self) -> Sql:
        """What holds of a row `e` of the event index that was found already."""
        state, parameters = self.state.sql("e")
        asked, values = self.asked()
        return f"{state} AND {asked}", [*parameters, *values]

    def asked(self) -> Sql:
        """The conditions alone, asked row by row until there are enough."""
        parts, parameters = ["TRUE"], []
        for condition in self.conditions:
            text, values = condition.each() if isinstance(condition, Matching) else condition.sql()
            parts.append(text)
            parameters += values
        return " AND ".join(parts), parameters

    def plus(self, *conditions: Condition | None) -> Where:
        return Where(self.state, (*self.conditions, *(condition for condition in conditions if condition)))
