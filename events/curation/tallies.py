"""How often each actor, country, document and type is met among current events, and when; kept as the ledger grows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from django.db import connection, models

from events.curation.chunks import CHUNK
from events.curation.reading import values
from events.models.index import DAYS, TALLIED, TALLIED_BY_DAY, DayTally, Derived, EventIndex, Tally
from events.models.sql import placeholders

Key = tuple[Any, ...]
KEYS: Mapping[type[models.Model], Sequence[str]] = {Tally: ("facet", "value"), DayTally: ("facet", "value", *DAYS)}
UNDATED = (0, 0, 0, 0)
# The facets of each table, with their columns.
BY_TABLE = {
    table: [(facet, column) for facet, (of, column) in TALLIED.items() if of is table]
    for table in dict.fromkeys(table for table, _column in TALLIED.values())
}
Changes = dict[type[models.Model], dict[Key, int]]


def count(superseded: Iterable[int], rows: Iterable[Derived]) -> None:
    """Take away the revisions that were superseded, by their seqs, and add the rows of the new ones."""
    changes: Changes = {Tally: defaultdict(int), DayTally: defaultdict(int)}
    fresh: dict[type[Derived], list[Derived]] = defaultdict(list)
    for row in rows:
        fresh[type(row)].append(row)
    gone = list(superseded)
    for table, facets in BY_TABLE.items():
        columns = ("seq", *DAYS, *(column for _facet, column in facets))
        _add(changes, facets, map(itemgetter(*columns), map(vars, fresh[table])), 1)
        if gone:
            _add(changes, facets, values(table, columns, "seq", gone), -1)
    for model, changed in changes.items():
        _write(model, changed)


def _add(changes: Changes, facets: Sequence[tuple[str, str]], rows: Iterable[Any], sign: int) -> None:
    """Rows with their seq, their days and a value for each facet."""
    tallies, days = changes[Tally], changes[DayTally]
    # Of one country several actors may take part in an event, which is tallied by day once.
    once = set()
    for seq, span, *rest in rows:
        four, uncertain, in_facets = rest[:4], rest[4], rest[5:]
        when = (span, *(UNDATED if four[0] is None else four), uncertain)
        for (facet, _column), value in zip(facets, in_facets, strict=True):
            tallies[facet, value] += sign
            if facet not in TALLIED_BY_DAY or (facet, value, seq) in once:
                continue
            once.add((facet, value, seq))
            days[facet, value, *when] += sign
            if facet == "type":
                # Each event has one type: these are all events.
                days["", "", *when] += sign


def _write(model: type[models.Model], changes: Mapping[Key, int]) -> None:
    table, names = model._meta.db_table, KEYS[model]
    keys = ", ".join(names)
    rows = sorted((*key, number) for key, number in changes.items() if number)
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({keys}, number) VALUES ({placeholders(rows[0])})"
            f" ON CONFLICT ({keys}) DO UPDATE SET number = {table}.number + excluded.number",
            rows,
        )


def faults() -> Iterator[str]:
    """The tallies are what is there to count."""
    for model, names in KEYS.items():
        keys = ", ".join(names)
        kept = f"SELECT {keys}, number AS kept, 0 AS there FROM {model._meta.db_table}"
        counted = " UNION ALL ".join([kept, *_counted(model)])
        with connection.chunked_cursor() as cursor:
            cursor.execute(
                f"SELECT {keys}, SUM(kept), SUM(there) FROM ({counted}) t GROUP BY {keys}"
                f" HAVING SUM(kept) <> SUM(there) ORDER BY {keys}"
            )
            while rows := cursor.fetchmany(CHUNK):
                for facet, value, *when, said, there in rows:
                    days = f" from {when[1]} to {when[4]}" if when else ""
                    what = f"{facet} {value}" if facet else "all events"
                    yield f"The tally of {what}{days} is {said}, and there are {there}."


def _counted(model: type[models.Model]) -> Iterator[str]:
    """Queries that count what is tallied, a facet each."""
    if model is Tally:
        for facet, (table, column) in TALLIED.items():
            yield (
                f"SELECT '{facet}', {column}, 0, COUNT(*) FROM {table._meta.db_table}"
                f" WHERE superseded_by IS NULL GROUP BY {column}"
            )
        return
    span, *four, uncertain = DAYS
    days = ", ".join([span, *(f"COALESCE({day}, 0)" for day in four), uncertain])
    by_day: dict[str, tuple[type[Derived], str]] = {"": (EventIndex, "''")}
    for facet, (table, column) in (by_day | {name: TALLIED[name] for name in TALLIED_BY_DAY}).items():
        yield (
            f"SELECT '{facet}', {column}, {days}, 0, COUNT(DISTINCT seq) FROM {table._meta.db_table}"
            f" WHERE superseded_by IS NULL GROUP BY 2, {', '.join(DAYS)}"
        )
