"""Measure the time expressions of the digest reader on marked corpora, beside other readers of dates.

    python -m benchmarks.reader [--alone] FOLDER…

Each folder holds TimeML (`*.tml`) or WikiWars (`*.key.xml`) files; `benchmarks/timex.py` says what is counted, and
`benchmarks/date_readers.py` whom Dateline is compared with (`--alone`: with nobody; the others need minutes). Corpora
are no part of Dateline.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks import date_readers
from benchmarks.timex import KINDS, Document, Item, documents, tally
from events.extraction import Mention, find
from events.extraction.timeml import value

# Enough for a time that can be told.
_PIECE = 200_000
Reader = Callable[[Document], list[Item]]


def dateline(document: Document) -> list[Item]:
    """What Dateline finds."""
    return list(_flat(find(document.text, document.published)))


def _flat(mentions: Iterable[Mention]) -> Iterator[Item]:
    """The expressions, those that a range joins each on its own, as the corpora mark them."""
    for mention in mentions:
        if mention.parts:
            yield from _flat(mention.parts)
        else:
            yield Item(mention.start, mention.end, value(mention), mention.type)


def measured(reader: Reader, texts: Iterable[Document]) -> Counter[str]:
    """The counts of one reader over a corpus, with the seconds that it took."""
    count: Counter[str] = Counter()
    for document in texts:
        began = _spent()
        found = reader(document)
        count["microseconds"] += int(1e6 * (_spent() - began))
        count += tally(document, found)
    return count


def _spent() -> float:
    """Seconds of one core, those of programs that were started too."""
    return sum(os.times()[:4])


def f1(hits: int, found: int, gold: int) -> float:
    """The harmonic mean of precision and recall, in per cent."""
    return 200 * hits / (found + gold) if found + gold else 0.0


def row(count: Counter[str]) -> list[tuple[str, float]]:
    """The figures of one reader, with their names."""
    figures = [
        ("found, F1", f1(count["hits"], count["found"], count["gold"])),
        ("value, F1", f1(count["values"], count["found"], count["gold"])),
        ("interval, F1", f1(count["intervals"], count["found days"], count["gold days"])),
    ]
    figures += [(f"{kind} ({n})", 100 * count[f"right {kind}"] / n) for kind in KINDS if (n := count[f"n {kind}"])]
    if count["n no value"]:
        figures.append(("no value and no day", 100 * count["no day"] / count["n no value"]))
    figures.append(("characters/s", 1e6 * count["characters"] / max(count["microseconds"], 1)))
    return figures


def table(folder: Path, readers: dict[str, Reader]) -> str:
    """A corpus as Markdown: a row for each figure, a column for each reader."""
    texts = documents(folder)
    columns = {name: dict(row(measured(reader, texts))) for name, reader in readers.items()}
    lines = [f"| {folder.name}, {len(texts)} texts | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name in next(iter(columns.values())):
        cells = (
            f"{column[name]:,.0f}" if name == "characters/s" else f"{column[name]:.1f}" for column in columns.values()
        )
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def growth(texts: Iterable[Document]) -> float:
    """How many times as long Dateline takes for ten times the text."""
    text = "\n\n".join(document.text for document in texts)[:_PIECE]
    spent = []
    for times in (1, 10):
        began = _spent()
        find(text * times, date(2000, 1, 1))
        spent.append(_spent() - began)
    return spent[1] / max(spent[0], 0.01)


def readers(alone: bool) -> dict[str, Reader]:
    """Dateline, and who is here to be compared with."""
    found: dict[str, Reader] = {"Dateline": dateline}
    if not alone:
        found["dateparser"] = date_readers.dateparser
        if jar := date_readers.heideltime_jar():
            found["HeidelTime"] = partial(date_readers.heideltime, jar=jar)
    return found


if __name__ == "__main__":
    # Patterns are compiled on their first use.
    dateline(Document("", "On 3 May 2018.", date(2019, 11, 4), []))
    folders = [argument for argument in sys.argv[1:] if argument != "--alone"]
    for folder in folders:
        sys.stdout.write(table(Path(folder), readers("--alone" in sys.argv)) + "\n\n")
        sys.stdout.write(f"Ten times the text takes {growth(documents(Path(folder))):.1f} times as long.\n\n")
