"""Compare Dateline with its rivals, in turn, in one session: `python -m benchmarks [--instances N] FILE`.

DATABASE_URL names the database that `benchmarks.build` and `benchmarks.multiply` made; DATASETTE is the program of that
name. FILE gets the measurements as JSON, and what it has already isn't measured again; `benchmarks.report` makes
RESULTS.md of them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.questions import DATASETTE, DATELINE, DRF, INSTANCES, QUESTIONS, RAW, Question, Sample
from benchmarks.rivals import raw
from benchmarks.servers import Server, gunicorn

SEED = 7
# The instances of a question are asked in so many rounds, all servers in each.
ROUNDS = 5
# Seconds that a rival has for its instances of a round, and Dateline for all of them.
TURN, PATIENCE = 1.0, 90.0
# A rival that takes so many seconds for one request is asked once.
SLOW = 1.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--instances", type=int, default=INSTANCES)
    options = parser.parse_args()
    url = os.environ["DATABASE_URL"]
    with ExitStack() as stack:
        servers = {server.name: stack.enter_context(server) for server in started(url)}
        measure(servers, options, Path(url).stem)


def started(url: str) -> list[Server]:
    env = {"DATABASE_URL": url, "DATELINE_ALLOWED_HOSTS": "127.0.0.1"}
    tutorial = env | {"DJANGO_SETTINGS_MODULE": "benchmarks.rivals.settings"}
    postmaster = None
    if not url.startswith("sqlite"):
        # The work of PostgreSQL's processes counts too.
        ((text,),) = raw.query("SELECT pg_read_file('postmaster.pid')").fetchall()
        postmaster = int(text.split()[0])
    found = [
        Server(DATELINE, gunicorn("timeline.wsgi"), env, postmaster),
        Server(RAW, gunicorn("benchmarks.rivals.raw"), env, postmaster),
        Server(DRF, gunicorn("timeline.wsgi"), tutorial, postmaster),
    ]
    program = os.environ.get("DATASETTE")
    if program and url.startswith("sqlite"):
        limits = [f"--setting={name}=600000" for name in ("sql_time_limit_ms", "facet_time_limit_ms")]
        settings = [part for limit in limits for part in ("--setting", *limit.split("=")[1:])]
        command = [program, "serve", url.removeprefix("sqlite:///"), "--port", "PORT", *settings]
        found.append(Server(DATASETTE, command, {}))
    return found


def sample() -> Sample:
    chance = random.Random(SEED)
    ((head, epoch),) = raw.query("SELECT seq, epoch FROM events_head")
    chosen = [chance.randrange(head // 20, head) for _number in range(4000)]

    def column(table: str, name: str) -> list[Any]:
        found = []
        for some in (chosen[start : start + 500] for start in range(0, len(chosen), 500)):
            where = f"superseded_by IS NULL AND seq IN ({raw.marks(some)})"
            found += raw.query(f"SELECT seq, {name} FROM events_{table}index WHERE {where}", some).fetchall()
        return [value for _seq, value in sorted(found, key=lambda row: (chosen.index(row[0]), str(row[1])))]

    days = [
        f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}" for day in column("event", "start_earliest") if day
    ]
    return Sample(
        actors=column("participation", "actor_id"),
        countries=column("country", "country"),
        types=column("event", "type"),
        days=days,
        events=column("event", "noun_id"),
        seqs=[chance.randrange(head // 2, head) for _number in range(200)],
        epoch=epoch,
        words=["trade", "visas", "warns", "embassy", "talks", "railway", "grain", "elections", "loan", "border"],
    )


def measure(servers: dict[str, Server], options: argparse.Namespace, database: str) -> None:
    """Everything, kept in the file as it is found."""
    known = sample()
    ((events,),) = raw.query("SELECT COUNT(*) FROM events_eventindex WHERE superseded_by IS NULL")
    found: dict[str, Any] = {"events": events, "database": os.environ["DATABASE_URL"].split(":")[0], "questions": {}}
    if options.file.exists():
        found = json.loads(options.file.read_text())
    for question in [deep(servers[DATELINE]), *QUESTIONS]:
        if question.name in found["questions"]:
            continue
        found["questions"][question.name] = compare(question, servers, known, options, database)
        keep(found, options.file, question.name)
    for name, measured in (("exports", exports), ("throughput", throughput)):
        if name not in found:
            found[name] = measured(servers, known)
            keep(found, options.file, name)


def keep(found: dict[str, Any], file: Path, name: str) -> None:
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    sys.stdout.write(f"{name}\n")
    sys.stdout.flush()


def compare(
    question: Question, servers: dict[str, Server], known: Sample, options: argparse.Namespace, database: str
) -> dict[str, Any]:
    """CPU and wall time of a request at each server, in turn, on the same instances; and Dateline's slowest."""
    chance = random.Random(f"{SEED} {question.name}")
    instances = [question.draw(chance, known) for _number in range(options.instances)]
    asked = {
        name: address for name, address in question.asked.items() if (RAW if name == "stored" else name) in servers
    }
    found: dict[str, list[Request]] = {name: [] for name in asked}
    rounds = min(ROUNDS, len(instances))
    for number in range(rounds):
        for name, address in asked.items():
            if found[name] and name != DATELINE and statistics.median(one.wall for one in found[name]) > SLOW:
                continue
            server = servers[RAW if name == "stored" else name]
            addresses = {
                place: address(instances[place]).replace("DATABASE", database)
                for place in range(number, len(instances), rounds)
            }
            turn = PATIENCE / rounds if name == DATELINE else TURN
            found[name] += spend(server, addresses, turn, "304" in question.name)
    slowest = max(found[DATELINE], key=lambda one: one.cpu)
    walls = {name: sorted(one.wall for one in requests) for name, requests in found.items()}
    return {
        "asked": {name: len(requests) for name, requests in found.items()},
        "cpu": {name: statistics.mean(one.cpu for one in requests) * 1000 for name, requests in found.items()},
        "times": {name: times(requests, found[DATELINE]) for name, requests in found.items() if name != DATELINE},
        "p50": {name: statistics.median(wall) * 1000 for name, wall in walls.items()},
        "p99": {name: wall[int(len(wall) * 0.99)] * 1000 for name, wall in walls.items()},
        "worst": slowest.cpu * 1000,
        "worst_wall": slowest.wall * 1000,
        "worst_address": slowest.address,
    }


class Request(NamedTuple):
    """One request: the place of its instance among all, its address, CPU and wall seconds."""

    place: int
    address: str
    cpu: float
    wall: float


def times(requests: list[Request], ours: list[Request]) -> float:
    """How many times as much a rival spends on the instances that both were asked."""
    cost = {one.place: one.cpu for one in ours}
    both = [one for one in requests if one.place in cost]
    return sum(one.cpu for one in both) / sum(cost[one.place] for one in both)


def spend(server: Server, addresses: dict[int, str], seconds: float, again: bool) -> list[Request]:
    """What each request cost; as many as there is time for, but one at least."""
    places = list(addresses)
    first = request(server, places[0], addresses[places[0]])
    if first.wall > SLOW:
        return [first]
    found, until = [], time.monotonic() + seconds
    for place, address in addresses.items():
        headers = {"If-None-Match": server.get(address)[1]["etag"]} if again else {}
        found.append(request(server, place, address, headers))
        if time.monotonic() > until:
            break
    return found


def request(server: Server, place: int, address: str, headers: dict[str, str] | None = None) -> Request:
    before, start = server.settled(), time.perf_counter()
    status, _headers, body = server.get(address, headers)
    wall = time.perf_counter() - start
    assert status == (304 if headers else 200), (server.name, address, status, body[:300])
    return Request(place, address, server.settled() - before, wall)


DEEP = 100_000


def deep(server: Server) -> Question:
    """Page 2,000 of all events, by the cursor that following the pages gives."""
    ((events,),) = raw.query("SELECT COUNT(*) FROM events_eventindex WHERE superseded_by IS NULL")
    size = min(1000, events // 4)
    address, seen, place = f"/api/v1/events/?limit={size}", 0, min(DEEP, events // 2 // size * size)
    while seen < place:
        _status, headers, _body = server.get(address)
        address = headers["link"].split("<")[1].split(">")[0].split(f":{server.port}")[1]
        seen += size
    cursor = address.split("cursor=")[1].split("&")[0]
    text, values = raw.rows({}, "e.seq, e.start_earliest, e.key", None)
    ((seq, start, key),) = raw.query(f"{text} ORDER BY 2, 3 LIMIT 1 OFFSET {place - 1}", values).fetchall()
    day = f"{start // 10000:04}-{start // 100 % 100:02}-{start % 100:02}"
    ((noun,),) = raw.query("SELECT noun_id FROM events_eventindex WHERE seq = %s", [seq]).fetchall()
    return Question(
        f"page {place // 50:,} by cursor",
        lambda chance, known: {},
        {
            DATELINE: lambda asked: f"/api/v1/events/?cursor={cursor}",
            RAW: lambda asked: f"/three/?after={start},{key}",
            "stored": lambda asked: f"/stored/?after={start},{key}",
            DRF: lambda asked: f"/events/?page={place // 50}",
            DATASETTE: lambda asked: (
                "/DATABASE/events_event.json?_shape=objects&_size=50&_sort=start_earliest"
                f"&_nofacet=1&_nocount=1&_next={day}%2C{noun}"
            ),
        },
    )


def throughput(servers: dict[str, Server], known: Sample, seconds: float = 4) -> dict[str, float]:
    """Pages of a window a second, over eight connections."""
    question = QUESTIONS[0]
    chance = random.Random(SEED)
    instances = [question.draw(chance, known) for _number in range(INSTANCES)]
    found = {}
    for name, address in question.asked.items():
        server = servers.get(RAW if name == "stored" else name)
        if server is None or name == DATASETTE:
            continue
        done = [0] * 8
        until = time.monotonic() + seconds

        def ask(
            number: int, server: Server = server, address: Any = address, done: Any = done, until: float = until
        ) -> None:
            connection = server.connection()
            while time.monotonic() < until:
                connection.request("GET", address(instances[(number * 31 + done[number]) % INSTANCES]))
                connection.getresponse().read()
                done[number] += 1

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found[name] = sum(done) / seconds
    return found


EXPORTS = {
    "JSONL": (DATELINE, "/api/v1/events/?format=jsonl"),
    "CSV": (DATELINE, "/api/v1/events/?format=csv"),
    "stored documents": (RAW, "/export/"),
}


def exports(servers: dict[str, Server], known: Sample) -> dict[str, Any]:
    """Everything, streamed."""
    found = {name: export(servers[server], address) for name, (server, address) in EXPORTS.items()}
    return found | {"tutorial DRF, by pages of 250": pages(servers[DRF], found["JSONL"]["lines"] // 250)}


def export(server: Server, address: str) -> dict[str, Any]:
    """Seconds to the first byte and in all, CPU, the most memory of a process."""
    before, began = server.cpu(), time.perf_counter()
    connection = server.connection()
    connection.request("GET", address)
    response = connection.getresponse()
    blocks, size, first, lines, memory = 0, 0, 0.0, 0, 0.0
    while block := response.read1(1 << 18):
        first = first or time.perf_counter() - began
        blocks, size, lines = blocks + 1, size + len(block), lines + block.count(b"\n")
        if blocks % 100 == 1:
            memory = max(memory, server.memory())
    return {
        "first_byte_ms": first * 1000,
        "seconds": time.perf_counter() - began,
        "cpu": server.cpu() - before,
        "megabytes": size / 1e6,
        "lines": lines,
        "memory": memory,
    }


def pages(server: Server, number: int) -> dict[str, float]:
    """All events as pages of 250: what the first and the middle one cost, times their number.

    Django asks for the actors of larger ones by more conditions than SQLite takes.
    """
    some = [request(server, 0, f"/events/?page_size=250&page={page}") for page in (1, number // 2 or 1)]
    found = {"cpu": statistics.mean(one.cpu for one in some) * number, "memory": server.memory()}
    return found | {"seconds": statistics.mean(one.wall for one in some) * number}


if __name__ == "__main__":
    main()
