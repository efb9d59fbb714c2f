"""How often each actor, country, document and type is met among current events, kept as the ledger grows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import connection

from events.curation.chunks import chunks
from events.models.index import CURRENT, TALLIED, Derived, Tally

Key = tuple[str, str]
TABLE = Tally._meta.db_table


def count(superseded: Iterable[int], rows: Iterable[Derived]) -> None:
    """Take away the revisions that were superseded, by their seqs, and add the rows of the new ones."""
    changes: Counter[Key] = Counter()
    facets = [(facet, *TALLIED[facet]) for facet in TALLIED]
    for row in rows:
        for facet, table, column in facets:
            if type(row) is table:
                changes[facet, getattr(row, column)] += 1
    for some in chunks(superseded):
        for facet, table, column in facets:
            changes.subtract((facet, value) for value in _values(table, column, some))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (facet, value, number) VALUES (%s, %s, %s)"
            f" ON CONFLICT (facet, value) DO UPDATE SET number = {TABLE}.number + excluded.number",
            [(facet, value, number) for (facet, value), number in sorted(changes.items()) if number],
        )


def _values(table: type[Derived], column: str, seqs: list[int]) -> Iterable[str]:
    return table._default_manager.filter(seq__in=seqs).values_list(column, flat=True)


def faults() -> Iterator[str]:
    """The tallies are what is there to count."""
    kept = {(row.facet, row.value): row.number for row in Tally.objects.exclude(number=0).iterator()}
    counted: Counter[Key] = Counter()
    for facet, (table, column) in TALLIED.items():
        for value in table._default_manager.filter(CURRENT).values_list(column, flat=True).iterator():
            counted[facet, value] += 1
    for facet, value in sorted(kept.keys() | counted.keys()):
        if kept.get((facet, value), 0) != counted[facet, value]:
            said = kept.get((facet, value), 0)
            yield f"The tally of {facet} {value} is {said}, and there are {counted[facet, value]}."
