"""Copy every event of a SQLite database so many times under other ids: `python -m benchmarks.multiply FILE COPIES`.

The rows are those that the same deeds would have written for the copies, ledger numbers, times and hash chain included:
SQL is some ten times as quick as deeds.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys

# What tells a copy's ids from the original's: letters that ids have.
LETTERS = "bcdfghjkmnpqrstvwxz"
DAYS = 400
LINKS = ("participation", "country", "claim", "source")
DATED = "span, start_earliest, start_latest, end_earliest, end_latest, uncertain"
COLUMNS = {"participation": "actor_id, role, country", "country": "country, relation", "claim": "actor_id"} | {
    "source": "document_id"
}


def multiply(path: str, copies: int) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-3000000", "foreign_keys=OFF"):
        db.execute(f"PRAGMA {pragma}")
    plain = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'"
    indexes = db.execute(plain).fetchall()
    for name, _sql in indexes:
        db.execute(f'DROP INDEX "{name}"')
    ((head,),) = db.execute("SELECT seq FROM events_head")
    db.execute("CREATE TEMP TABLE numbered (seq INTEGER PRIMARY KEY, rank INTEGER)")
    db.execute("INSERT INTO numbered SELECT seq, row_number() OVER (ORDER BY seq) FROM events_entry WHERE kind='event'")
    ((entries,),) = db.execute("SELECT COUNT(*) FROM numbered")
    db.execute("BEGIN")
    for number, letter in enumerate(LETTERS[:copies]):
        _copy(db, letter, head + number * entries, (number + 1) * DAYS, head)
    _chain(db, head)
    # Actors and documents have copies neither of themselves nor of their rows: all else is there so many times more.
    db.execute(f"UPDATE events_tally SET number = number * {copies + 1}")
    db.execute("INSERT INTO events_textindex (events_textindex) VALUES ('optimize')")
    db.execute("COMMIT")
    for _name, sql in indexes:
        db.execute(sql)
    db.execute("ANALYZE")
    db.execute("PRAGMA journal_mode=WAL")
    db.close()


def _copy(db: sqlite3.Connection, letter: str, offset: int, days: int, head: int) -> None:
    at, first_at = (f"strftime('%Y-%m-%d %H:%M:%S', t.{name}, '+{days} days')" for name in ("at", "first_at"))
    seq, superseded = f"n.rank + {offset}", f"s.rank + {offset}"
    numbered = "JOIN numbered n ON n.seq = t.seq JOIN numbered k ON k.seq = t.key"
    numbered += " LEFT JOIN numbered s ON s.seq = t.superseded_by"
    old = f"t.seq <= {head}"
    db.execute(
        "INSERT INTO events_entry (seq, kind, noun_id, key, revision, deed, at, first_at, by, why, document,"
        f" content_sha256, chain_sha256, superseded_by) SELECT {seq}, t.kind, t.noun_id || '{letter}',"
        f" k.rank + {offset}, t.revision, t.deed, {at}, {first_at}, t.by, t.why, t.document,"
        f" t.content_sha256, '', {superseded} FROM events_entry t {numbered} WHERE {old}"
    )
    dated = ", ".join(f"t.{name}" for name in DATED.split(", "))
    rest = "type, precision, location_country, open_start, open_end"
    db.execute(
        f"INSERT INTO events_eventindex (seq, superseded_by, key, noun_id, at, {DATED}, {rest})"
        f" SELECT {seq}, {superseded}, k.rank + {offset}, t.noun_id || '{letter}', {at}, {dated}, {rest}"
        f" FROM events_eventindex t {numbered} WHERE {old}"
    )
    for link in LINKS:
        db.execute(
            f"INSERT INTO events_{link}index (seq, superseded_by, key, {DATED}, {COLUMNS[link]})"
            f" SELECT {seq}, {superseded}, k.rank + {offset}, {dated}, {COLUMNS[link]}"
            f" FROM events_{link}index t {numbered} WHERE {old}"
        )
    db.execute(
        "INSERT INTO events_relationindex (seq, superseded_by, target_id)"
        f" SELECT {seq}, {superseded}, t.target_id FROM events_relationindex t JOIN numbered n ON n.seq = t.seq"
        f" LEFT JOIN numbered s ON s.seq = t.superseded_by WHERE {old}"
    )
    place = "(t.span * 100000000 + COALESCE(t.start_earliest, 0)) * 10000000000"
    db.execute(
        f"INSERT INTO events_textindex (rowid, words) SELECT {place} + k.rank + {offset}, x.words"
        " FROM events_eventindex t JOIN numbered k ON k.seq = t.key"
        # The text of each event is looked up, not the event of each text.
        f" CROSS JOIN events_textindex x ON x.rowid = {place} + t.key"
        f" WHERE {old} AND t.superseded_by IS NULL ORDER BY 1"
    )
    _working(db, letter)


def _working(db: sqlite3.Connection, letter: str) -> None:
    """Originals' ids have ten characters, copies' eleven."""
    names = [row[1] for row in db.execute("PRAGMA table_info(events_event)") if row[1] != "id"]
    listed = ", ".join(f'"{name}"' for name in names)
    db.execute(
        f"INSERT INTO events_event (id, {listed})"
        f" SELECT id || '{letter}', {listed} FROM events_event WHERE length(id) = 10"
    )
    for table in ("participation", "eventcountry", "claim", "evidence", "relation", "releasedrelation"):
        names = [row[1] for row in db.execute(f"PRAGMA table_info(events_{table})") if row[1] not in ("id", "event_id")]
        listed = ", ".join(f'"{name}"' for name in names)
        db.execute(
            f"INSERT INTO events_{table} (event_id, {listed}) SELECT event_id || '{letter}', {listed}"
            f" FROM events_{table} WHERE length(event_id) = 10"
        )
    names = [row[1] for row in db.execute("PRAGMA table_info(events_edit)") if row[1] not in ("id", "noun_id")]
    listed = ", ".join(f'"{name}"' for name in names)
    db.execute(
        f"INSERT INTO events_edit (noun_id, {listed}) SELECT noun_id || '{letter}', {listed}"
        " FROM events_edit WHERE kind = 'event' AND length(noun_id) = 10"
    )


def _chain(db: sqlite3.Connection, head: int) -> None:
    """The hash chain over the new rows, and the head at its end."""
    ((chain,),) = db.execute("SELECT chain_sha256 FROM events_entry WHERE seq = ?", [head])
    rows = db.execute(
        "SELECT seq, kind, noun_id, deed, at, content_sha256 FROM events_entry WHERE seq > ? ORDER BY seq", [head]
    )
    found = []
    for seq, kind, noun_id, deed, at, content in rows:
        instant = f"{at.replace(' ', 'T')}.000000Z"
        chain = hashlib.sha256("\n".join([chain, str(seq), kind, noun_id, deed, instant, content]).encode()).hexdigest()
        found.append((chain, seq))
    db.executemany("UPDATE events_entry SET chain_sha256 = ? WHERE seq = ?", found)
    db.execute(
        "UPDATE events_head SET (seq, at, chain_sha256) ="
        " (SELECT seq, at, chain_sha256 FROM events_entry ORDER BY seq DESC LIMIT 1)"
    )


if __name__ == "__main__":
    multiply(sys.argv[1], int(sys.argv[2]))
