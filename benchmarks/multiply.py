"""Copy every event of the dataset so many times under other ids: `python -m benchmarks.multiply COPIES`.

DATABASE_URL names the database.

The rows are those that the same deeds would have written for the copies, ledger numbers, times and hash chain included:
SQL is some ten times as quick as deeds.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.database import ready

ready()

from django.db import connection  # noqa: E402  # the registry must be ready first

from events.models.index import SCANNED  # noqa: E402
from events.models.ledger import instant  # noqa: E402
from events.models.sql import fetch, stored_instant  # noqa: E402

# What tells a copy's ids from the original's: letters that ids have.
LETTERS = "bcdfghjkmnpqrstvwxz"
DAYS = 400
LINKS = ("participation", "country", "claim", "source")
# What all rows about an event have, but for what a copy has otherwise.
DATED = ", ".join(name for name in SCANNED if name not in ("key", "seq", "superseded_by"))
COLUMNS = {"participation": "actor_id, role, country", "country": "country, relation", "claim": "actor_id"} | {
    "source": "document_id"
}
SQLITE = ("synchronous=OFF", "journal_mode=OFF", "cache_size=-3000000", "foreign_keys=OFF")


def execute(text: str, parameters: Sequence[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)


def multiply(copies: int) -> None:
    sqlite = connection.vendor == "sqlite"
    if sqlite:
        for pragma in SQLITE:
            execute(f"PRAGMA {pragma}")
        indexes = fetch("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%%'")
    else:
        # Rows that exist in a copy refer to what exists: nothing is checked again.
        execute("SET session_replication_role = replica")
        execute("SET maintenance_work_mem = '1GB'")
        indexes = fetch(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename LIKE 'events!_%%'"
            " ESCAPE '!' AND indexdef LIKE 'CREATE INDEX%%'"
        )
    for name, _sql in indexes:
        execute(f'DROP INDEX "{name}"')
    ((head,),) = fetch("SELECT seq FROM events_head")
    execute("CREATE TEMP TABLE numbered (seq bigint PRIMARY KEY, rank bigint)")
    execute("INSERT INTO numbered SELECT seq, row_number() OVER (ORDER BY seq) FROM events_entry WHERE kind='event'")
    execute("ANALYZE numbered")
    ((entries,),) = fetch("SELECT COUNT(*) FROM numbered")
    execute("BEGIN")
    for number, letter in enumerate(LETTERS[:copies]):
        _copy(letter, head + number * entries, (number + 1) * DAYS, head)
    _chain(head)
    # Actors and documents have copies neither of themselves nor of their rows: all else is there so many times more.
    for table in ("tally", "daytally"):
        execute(f"UPDATE events_{table} SET number = number * {copies + 1}")
    if sqlite:
        execute("INSERT INTO events_textindex (events_textindex) VALUES ('optimize')")
    execute("COMMIT")
    for _name, sql in indexes:
        execute(sql)
    execute("ANALYZE")
    if sqlite:
        execute("PRAGMA journal_mode=WAL")


def _copy(letter: str, offset: int, days: int, head: int) -> None:
    later = "strftime('%Y-%m-%d %H:%M:%S', t.{name}, '+{days} days')"
    if connection.vendor == "postgresql":
        later = "t.{name} + interval '{days} days'"
    at, first_at = (later.format(name=name, days=days) for name in ("at", "first_at"))
    seq, superseded = f"n.rank + {offset}", f"s.rank + {offset}"
    numbered = "JOIN numbered n ON n.seq = t.seq JOIN numbered k ON k.seq = t.key"
    numbered += " LEFT JOIN numbered s ON s.seq = t.superseded_by"
    old = f"t.seq <= {head}"
    execute(
        "INSERT INTO events_entry (seq, kind, noun_id, key, revision, deed, at, first_at, by, why, document,"
        f" content_sha256, chain_sha256, superseded_by) SELECT {seq}, t.kind, t.noun_id || '{letter}',"
        f" k.rank + {offset}, t.revision, t.deed, {at}, {first_at}, t.by, t.why, t.document,"
        f" t.content_sha256, '', {superseded} FROM events_entry t {numbered} WHERE {old}"
    )
    dated = ", ".join(f"t.{name}" for name in DATED.split(", "))
    rest = "open_start, open_end"
    execute(
        f"INSERT INTO events_eventindex (seq, superseded_by, key, noun_id, at, {DATED}, {rest})"
        f" SELECT {seq}, {superseded}, k.rank + {offset}, t.noun_id || '{letter}', {at}, {dated}, {rest}"
        f" FROM events_eventindex t {numbered} WHERE {old}"
    )
    for link in LINKS:
        execute(
            f"INSERT INTO events_{link}index (seq, superseded_by, key, {DATED}, {COLUMNS[link]})"
            f" SELECT {seq}, {superseded}, k.rank + {offset}, {dated}, {COLUMNS[link]}"
            f" FROM events_{link}index t {numbered} WHERE {old}"
        )
    place = "(t.span * 100000000 + COALESCE(t.start_earliest, 0)) * 10000000000"
    execute(
        f"INSERT INTO events_textindex (rowid, words) SELECT {place} + k.rank + {offset}, x.words"
        " FROM events_eventindex t JOIN numbered k ON k.seq = t.key"
        # The text of each event is looked up, not the event of each text.
        f" CROSS JOIN events_textindex x WHERE x.rowid = {place} + t.key"
        f" AND {old} AND t.superseded_by IS NULL ORDER BY 1"
    )
    _working(letter)


def _working(letter: str) -> None:
    """Originals' ids have ten characters, copies' eleven."""
    listed = _columns("event", "id")
    execute(
        f"INSERT INTO events_event (id, {listed})"
        f" SELECT id || '{letter}', {listed} FROM events_event WHERE length(id) = 10"
    )
    for table in ("participation", "eventcountry", "claim", "evidence", "relation", "releasedrelation"):
        listed = _columns(table, "id", "event_id")
        execute(
            f"INSERT INTO events_{table} (event_id, {listed}) SELECT event_id || '{letter}', {listed}"
            f" FROM events_{table} WHERE length(event_id) = 10"
        )
    listed = _columns("edit", "id", "noun_id")
    execute(
        f"INSERT INTO events_edit (noun_id, {listed}) SELECT noun_id || '{letter}', {listed}"
        " FROM events_edit WHERE kind = 'event' AND length(noun_id) = 10"
    )


def _columns(table: str, *but: str) -> str:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, f"events_{table}")
    return ", ".join(f'"{column.name}"' for column in columns if column.name not in but)


def _chain(head: int) -> None:
    """The hash chain over the new rows, and the head at its end."""
    ((chain,),) = fetch("SELECT chain_sha256 FROM events_entry WHERE seq = %s", [head])
    text = "SELECT seq, kind, noun_id, deed, at, content_sha256 FROM events_entry WHERE seq > %s ORDER BY seq"
    found = []
    for seq, kind, noun_id, deed, at, content in fetch(text, [head]):
        lines = [chain, str(seq), kind, noun_id, deed, instant(stored_instant(at)), content]
        chain = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        found.append((seq, chain))
    execute("CREATE TEMP TABLE chained (seq bigint PRIMARY KEY, chain varchar(64))")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO chained VALUES (%s, %s)", found)
    execute(
        "UPDATE events_entry SET chain_sha256 = (SELECT c.chain FROM chained c WHERE c.seq = events_entry.seq)"
        f" WHERE seq > {head}"
    )
    last = "SELECT {} FROM events_entry ORDER BY seq DESC LIMIT 1"
    sets = ", ".join(f"{name} = ({last.format(name)})" for name in ("at", "chain_sha256", "seq"))
    execute(f"UPDATE events_head SET {sets}")


if __name__ == "__main__":
    multiply(int(sys.argv[1]))
