"""Write benchmarks/RESULTS.md and its plot: `python -m benchmarks.report LARGE SMALL DEEDS [POSTGRESQL] MACHINE`.

LARGE and SMALL are measurements of `python -m benchmarks` in a big dataset and in a tenth of it, DEEDS those of
`benchmarks.deeds`, POSTGRESQL those of the first in another database; all are JSON. MACHINE says what they were made
on. NOTES.md, which people write, says what to make of the figures.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

from benchmarks.questions import INSTANCES

HERE = Path(__file__).parent
NAMES = {
    "Dateline": "Dateline",
    "raw": "raw, three queries",
    "stored": "raw, stored documents",
    "DRF": "tutorial DRF",
} | {"Datasette": "Datasette"}
COLOURS = {"Dateline": "#0b5394", "raw": "#6aa84f", "stored": "#93c47d", "DRF": "#cc4125", "Datasette": "#e69138"}

# Question: the least speed as a share of the raw server's (three queries, stored documents), as a multiple of DRF's and
# Datasette's.
AIMS = {
    "window": (0.8, 0.4, 60, 12),
    "window + actor": (0.8, 0.4, 60, 50),
    "window + country + type": (0.8, 0.4, 60, 50),
    "page 2,000 by cursor": (1.0, 0.25, 300, 8),
    "one event": (0.3, None, 12, 8),
    "month buckets, all of 2000–2025": (0.7, None, 30, 20),
    "month buckets of a country, 1990–2025": (0.7, None, 30, 20),
    "countries, all": (0.7, None, 30, 20),
    "countries of a window and type": (0.7, None, 30, 20),
    "types of a country": (0.7, None, 30, 20),
    "actors of a window and country": (0.7, None, 30, 20),
}


# A run that was cut off has the questions that it came to.
UNMEASURED = "Not measured."


def ms(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def costs(large: dict[str, Any]) -> str:
    rows = [[name, *(ms(found["cpu"].get(server)) for server in NAMES)] for name, found in large["questions"].items()]
    return table(["question", *NAMES.values()], rows)


def ratios(large: dict[str, Any]) -> str:
    """How many times as fast as each rival, with what was aimed at."""
    rows = []
    for name, found in large["questions"].items():
        cpu, aims = found["cpu"], AIMS.get(name, (None,) * 4)
        if len(cpu) < 2:
            continue
        cells = [name]
        for rival, aim in zip(("raw", "stored", "DRF", "Datasette"), aims, strict=True):
            if rival not in cpu:
                cells.append("")
                continue
            # On the instances that both were asked: a slow rival was asked few.
            ratio = found["times"][rival]
            said = "" if aim is None else f" (aim {aim}{', missed' if ratio < aim else ''})"
            cells.append(f"{ratio:.2f}{said}" if ratio < 10 else f"{ratio:,.0f}{said}")
        rows.append(cells)
    return table(["question", "raw, three", "raw, stored", "DRF", "Datasette"], rows)


def walls(large: dict[str, Any]) -> str:
    rows = [
        [name, str(found["asked"]["Dateline"]), *map(ms, slow)]
        for name, found in large["questions"].items()
        for slow in [(found["p50"]["Dateline"], found["p99"]["Dateline"], found["worst"], found["worst_wall"])]
    ]
    return table(["question", "instances", "p50", "p99", "slowest, CPU", "slowest, wall"], rows)


def growth(large: dict[str, Any], small: dict[str, Any]) -> str:
    servers = ("Dateline", "raw", "stored", "DRF", "Datasette")
    rows = []
    for name, found in large["questions"].items():
        before = small["questions"].get(name, {"cpu": {}})["cpu"]
        times = [f"{found['cpu'][s] / before[s]:.1f}×" if s in before and s in found["cpu"] else "" for s in servers]
        rows.append([name, *times])
    return table(["question", *(NAMES[server] for server in servers)], rows)


def exports(large: dict[str, Any]) -> str:
    if "exports" not in large:
        return UNMEASURED
    rows = []
    for name, one in large["exports"].items():
        whole = (f"{one[key]:,.0f}" if key in one else "" for key in ("seconds", "cpu", "megabytes", "memory"))
        rows.append([name, ms(one.get("first_byte_ms")), *whole])
    return table(["all events as", "first byte (ms)", "seconds", "CPU seconds", "MB", "most memory (MB)"], rows)


def throughput(large: dict[str, Any]) -> str:
    if "throughput" not in large:
        return UNMEASURED
    return table(list(large["throughput"]), [[f"{value:.0f}" for value in large["throughput"].values()]])


def plot(large: dict[str, Any]) -> str:
    """CPU of a request as bars, on a scale of powers of ten."""
    bars, y = [], 30
    for name, found in large["questions"].items():
        if len(found["cpu"]) < 3:
            continue
        bars.append(f'<text x="250" y="{y + 10}" text-anchor="end">{name}</text>')
        for server, cost in found["cpu"].items():
            width = max(2.0, 110 * math.log10(max(cost, 0.1) * 10))
            bars.append(f'<rect x="260" y="{y}" width="{width:.0f}" height="9" fill="{COLOURS[server]}"/>')
            bars.append(f'<text x="{265 + width:.0f}" y="{y + 9}" font-size="9">{ms(cost)} ms {server}</text>')
            y += 11
        y += 8
    title = '<text x="260" y="18" font-weight="bold">CPU time of a request, each step of 110 points tenfold</text>'
    size = f'width="1000" height="{y + 10}" font-family="sans-serif" font-size="11"'
    body = "\n".join(['<rect width="100%" height="100%" fill="white"/>', title, *bars])
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{body}\n</svg>\n'


def writing(deeds: dict[str, Any]) -> str:
    publish, cascade = deeds["publish"], deeds["cascade"]
    bulk = deeds["bulk"]
    cpu, wall = bulk["events_a_second_of_cpu"], bulk["events_a_second"]
    return f"""- Bulk, {bulk["in_a_deed"]:,} in a deed: {cpu:,.0f} complete events a second of CPU ({wall:,.0f} a second
  of wall time): verified, logged, published, indexed. The aim is 1,500.
- Publishing one event: {ms(publish["cpu_ms"])} ms of CPU, {ms(publish["ms"])} ms of wall time (medians). The aim is 20.
- A cascade over {cascade["events"]:,} events: its first deed, which writes down which events wait, holds the lock
  {ms(cascade["first_lock_ms"])} ms ({ms(cascade["first_lock_cpu_ms"])} ms of CPU). Of those that carry it on,
  {cascade["deeds"]} were followed, over {cascade["reached"]:,} events: {ms(cascade["median_lock_ms"])} ms each (median;
  {ms(cascade["median_lock_cpu_ms"])} ms of CPU), {ms(cascade["longest_lock_ms"])} ms at most
  ({ms(cascade["longest_lock_cpu_ms"])} of CPU); {cascade["events_a_second"]:,.0f} events a second
  ({cascade["events_a_second_of_cpu"]:,.0f} a second of CPU). The aim is 1,000 ms at most. Meanwhile a reader in another
  process had {cascade["reads"]} pages: {ms(cascade["median_read_ms"])} ms each (median), the slowest in
  {ms(cascade["slowest_read_ms"])} ms."""


def beside(large: dict[str, Any]) -> str:
    """Everything that is measured of one database beside its rivals."""
    return f"""### Cost of a request (ms of CPU)

{costs(large)}

### How many times as fast

A rival's cost by Dateline's, on the instances that both were asked: more than 1 is faster than the rival.

{ratios(large)}

### Wall time of Dateline, and the slowest of the random instances (ms)

Wall time has in it what else the machine was doing. The slowest instance is the one with the most CPU.

{walls(large)}

### Pages of a window a second, over eight connections

{throughput(large)}

### Everything in one answer

{exports(large)}

Memory is what the process has of its own; pages of the database's file, which SQLite maps, are the system's. The
tutorial's pages are the first and the middle one, times their number."""


def main(large: dict[str, Any], small: dict[str, Any], deeds: dict[str, Any], also: list[Any], machine: str) -> None:
    others = "\n\n".join(f"## On {one['database']}, {one['events']:,} events\n\n{beside(one)}" for one in also)
    text = f"""# What was measured

{large["events"]:,} current events ({large["database"]}), made by `benchmarks.build` and `benchmarks.multiply`: a tenth
loaded by the deeds themselves, the rest copied in SQL as the same rows under other ids, ledger, index and text index
included.

{machine}

`python -m benchmarks` asks all servers in turn, in one session, the same random questions: {INSTANCES} instances of
each, fewer of a rival that is slow. Costs are the CPU time of the server's processes for a request (user and system,
means, in milliseconds). Dateline runs as deployed: gunicorn with two workers of four threads, all middleware, REST
framework. The raw server is bare WSGI with SQL written by hand on the same indexes: *three queries* makes a page from
rows, *stored documents* from ready ones. The tutorial site is REST framework with nested serializers and page numbers
on the editors' tables. Datasette gives flat rows of events, without actors, countries and evidence.

![CPU time of a request](results.svg)

## On {large["database"]}, {large["events"]:,} events

{beside(large)}

## Growth: cost at {large["events"]:,} events by cost at {small["events"]:,}

{growth(large, small)}

## Writing, among {deeds["events"]:,} events

{writing(deeds)}

{others}

{(HERE / "NOTES.md").read_text()}"""
    (HERE / "RESULTS.md").write_text(text)
    (HERE / "results.svg").write_text(plot(large))


if __name__ == "__main__":
    *names, machine = sys.argv[1:]
    large, small, deeds, *also = (json.loads(Path(name).read_text()) for name in names)
    main(large, small, deeds, also, machine)
