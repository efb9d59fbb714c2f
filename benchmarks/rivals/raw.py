"""A bare WSGI server with hand-written SQL: the limit. `/three/…` builds a page from rows, `/stored/…` from documents.

It checks nothing, refuses nothing and speaks of one state only; its SQL uses the best indexes that there are.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote

URL = os.environ["DATABASE_URL"]
_local = threading.local()
NOW = "e.superseded_by IS NULL"
# Days before a window on which something of each span class may begin that reaches into it.
SPANS = (31, 366, 3653, None)


def connection() -> Any:
    if not hasattr(_local, "db"):
        if URL.startswith("sqlite"):
            _local.db = sqlite3.connect(URL.removeprefix("sqlite:///"), check_same_thread=False)
            for pragma in ("cache_size=-16000", "mmap_size=2147418112"):
                _local.db.execute(f"PRAGMA {pragma}")
        else:
            import psycopg

            _local.db = psycopg.connect(URL, autocommit=True)
    return _local.db


def query(sql: str, values: Iterable[Any] = ()) -> Any:
    if URL.startswith("sqlite"):
        return connection().execute(sql.replace("%s", "?"), tuple(values))
    return connection().execute(sql, tuple(values))


def before(day: int, days: int | None) -> int:
    """So many days before a day, roughly, on the safe side."""
    if days is None:
        return 10101
    year, month = divmod(day // 10000 * 12 + day // 100 % 100 - 1 - (days // 28 + 1), 12)
    return max(10101, year * 10000 + (month + 1) * 100 + 1)


def lead(asked: dict[str, str]) -> tuple[str, str, list[Any]]:
    """The table to go through, and the conditions."""
    table, parts, values = "events_eventindex", [NOW], []
    if "actor" in asked:
        table, parts, values = "events_participationindex", [*parts, "e.actor_id = %s"], [asked["actor"]]
    elif "country" in asked:
        table, parts, values = "events_countryindex", [*parts, "e.country = %s"], [asked["country"]]
    if "type" in asked and table == "events_eventindex":
        parts, values = [*parts, "e.type = %s"], [asked["type"]]
    elif "type" in asked:
        parts.append("EXISTS (SELECT 1 FROM events_eventindex o WHERE o.seq = e.seq AND o.type = %s LIMIT 1 OFFSET 0)")
        values = [*values, asked["type"]]
    return table, " AND ".join(parts), values


def rows(asked: dict[str, str], columns: str, limit: int | None) -> tuple[str, list[Any]]:
    table, where, fixed = lead(asked)
    first, last = int(asked.get("from", 10101)), int(asked.get("to", 99991231))
    start, end = ("start_latest", "end_earliest") if asked.get("certain") else ("start_earliest", "end_latest")
    sure = "AND NOT e.uncertain" if asked.get("certain") else ""
    branches, values = [], []
    for span, days in enumerate(SPANS):
        low, beyond = ("e.start_earliest >= %s", [before(first, days)]), []
        if "after" in asked:
            day, key = map(int, asked["after"].split(","))
            if day >= low[1][0]:
                low = ("(e.start_earliest, e.key) > (%s, %s)", [day, key])
        text = (
            f"SELECT {columns} FROM {table} e WHERE {where} AND e.span = {span} AND {low[0]}"
            f" AND e.start_earliest <= %s AND e.{start} <= %s AND e.{end} >= %s {sure}"
        )
        if limit:
            text = f"SELECT * FROM ({text} ORDER BY e.start_earliest, e.key LIMIT {limit}) b{span}"
        branches.append(text)
        values += [*fixed, *low[1], last, last, first, *beyond]
    return " UNION ALL ".join(branches), values


def page(asked: dict[str, str]) -> list[tuple[Any, ...]]:
    text, values = rows(asked, "e.seq, e.start_earliest, e.key", 51)
    found: list[tuple[Any, ...]] = query(f"{text} ORDER BY 2, 3 LIMIT 51", values).fetchall()
    return found


def marks(items: list[Any]) -> str:
    return ", ".join(["%s"] * len(items))


def three(asked: dict[str, str]) -> str:
    """Events, their actors, their countries: three queries, joined in Python."""
    found = page(asked)
    seqs = [seq for seq, _start, _key in found[:50]]
    return _three(found, seqs)


# The index of ids has PostgreSQL's own collation, and serves no comparison by code point.
PLAIN = "" if URL.startswith("sqlite") else ' COLLATE "default"'
EVENT = "e.id, e.title, e.slug, e.summary, e.type_id, e.edtf, e.date_text, e.start_earliest, e.end_latest, e.place"


def _three(found: list[tuple[Any, ...]], seqs: list[int]) -> str:
    if not seqs:
        return json.dumps({"next": None, "results": []})
    names = [name.split(".")[1] for name in EVENT.split(", ")]
    events = {
        row[0]: dict(zip(names, row[1:], strict=True)) | {"actors": [], "countries": []}
        for row in query(
            f"SELECT i.seq, {EVENT} FROM events_eventindex i JOIN events_event e ON e.id = i.noun_id{PLAIN}"
            f" WHERE i.seq IN ({marks(seqs)})",
            seqs,
        )
    }
    ids = {event["id"]: event for event in events.values()}
    for event, actor, name, role, kind, country in query(
        "SELECT p.event_id, a.id, a.name, p.role, a.kind, a.country_id FROM events_participation p"
        f" JOIN events_actor a ON a.id = p.actor_id WHERE p.event_id IN ({marks(list(ids))})",
        ids,
    ):
        ids[event]["actors"].append({"id": actor, "name": name, "role": role, "kind": kind, "country": country})
    for event, code, name in query(
        "SELECT c.event_id, n.code, n.name FROM events_eventcountry c JOIN events_country n ON n.code = c.country_id"
        f" WHERE c.event_id IN ({marks(list(ids))})",
        ids,
    ):
        ids[event]["countries"].append({"code": code, "name": name})
    following = ",".join(map(str, found[49][1:])) if len(found) > 50 else None
    return json.dumps({"next": following, "results": [events[seq] for seq in seqs if seq in events]}, default=str)


def stored(asked: dict[str, str]) -> str:
    """Ids, then ready documents."""
    found = page(asked)
    seqs = [seq for seq, _start, _key in found[:50]]
    if not seqs:
        return '{"next":null,"results":[]}'
    documents = dict(query(f"SELECT seq, document FROM events_entry WHERE seq IN ({marks(seqs)})", seqs).fetchall())
    following = json.dumps(",".join(map(str, found[49][1:])) if len(found) > 50 else None)
    return f'{{"next":{following},"results":[{",".join(documents[seq] for seq in seqs)}]}}'


def event(asked: dict[str, str]) -> str:
    found = query(
        "SELECT seq, seq, key FROM events_entry WHERE kind = 'event' AND noun_id = %s AND superseded_by IS NULL",
        [asked["id"]],
    ).fetchall()
    return _three(found, [found[0][0]])


def counts(asked: dict[str, str]) -> str:
    table, column = {
        "country": ("events_countryindex", "country"),
        "actor": ("events_participationindex", "actor_id"),
        "type": ("events_eventindex", "type"),
    }[asked.pop("by")]
    if not asked:
        sql, values = f"SELECT {column}, COUNT(*) FROM {table} e WHERE {NOW} GROUP BY 1", []
    else:
        text, values = rows(asked, "e.seq", None)
        sql = f"SELECT l.{column}, COUNT(*) FROM ({text}) m CROSS JOIN {table} l WHERE l.seq = m.seq GROUP BY 1"
    return json.dumps(query(f"{sql} ORDER BY 2 DESC LIMIT 51", values).fetchall())


def months(asked: dict[str, str]) -> str:
    """Two grouped counts and running sums: what may have happened; the certain ones are left out."""
    table, where, fixed = lead(asked)
    found = []
    for column in ("start_earliest", "end_latest"):
        sql = f"SELECT e.{column} / 100, COUNT(*) FROM {table} e WHERE {where} AND e.span < 9 GROUP BY 1 ORDER BY 1"
        found.append(query(sql, fixed).fetchall())
    return json.dumps(found)


def changes(asked: dict[str, str]) -> str:
    """The next fifty rows of the ledger, with ready documents."""
    text = "SELECT seq, kind, noun_id, deed, why, document FROM events_entry WHERE seq > %s ORDER BY seq LIMIT 50"
    rows = query(text, [int(asked["after"])]).fetchall()
    items = [f"{json.dumps(row[:-1])[:-1]},{row[-1] or 'null'}]" for row in rows]
    return f'{{"next":{rows[-1][0] if rows else "null"},"results":[{",".join(items)}]}}'


def export(asked: dict[str, str]) -> Iterator[bytes]:
    after = (0, 0)
    while True:
        text, values = rows({"after": f"{after[0]},{after[1]}"}, "e.seq, e.start_earliest, e.key", 500)
        found = query(f"{text} ORDER BY 2, 3 LIMIT 500", values).fetchall()
        if not found:
            return
        seqs = [row[0] for row in found]
        documents = dict(query(f"SELECT seq, document FROM events_entry WHERE seq IN ({marks(seqs)})", seqs).fetchall())
        yield "".join(f"{documents[seq]}\n" for seq in seqs).encode()
        after = found[-1][1:]


PAGES: dict[str, Callable[[dict[str, str]], str]] = {
    "/three/": three,
    "/stored/": stored,
    "/changes/": changes,
    "/event/": event,
    "/counts/": counts,
    "/months/": months,
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    asked = dict(parse_qsl(environ.get("QUERY_STRING", "")))
    path = unquote(environ["PATH_INFO"])
    if path == "/export/":
        start_response("200 OK", [("Content-Type", "application/x-ndjson")])
        return export(asked)
    body = PAGES[path](asked).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
