"""Measure the time expressions of the digest reader on marked corpora.

    python benchmarks/reader.py FOLDER…

Each folder holds TimeML (`*.tml`) or WikiWars (`*.key.xml`) files. The figures are those of TempEval-3, over all
documents: an expression is *found* if the spans overlap (one to one), its *value* is right if the TIMEX value is the
same, its *interval* if the first and last day are (over dates and times whose value denotes days). Corpora are not
part of Dateline.
"""

from __future__ import annotations

import re
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from events.dates import parse
from events.errors import DatelineError
from events.extraction import Mention, find
from events.extraction.timeml import value

_EDTF = {"SP": "21", "SU": "22", "FA": "23", "WI": "24", "Q": "3", "H": "4"}


@dataclass(frozen=True)
class Item:
    """One marked or found expression."""

    start: int
    end: int
    value: str
    type: str


@dataclass
class Document:
    """A text with its day and its marks."""

    text: str
    published: date
    gold: list[Item]


def load(path: Path) -> Document:
    """A TimeML or WikiWars file."""
    root = ET.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", path.read_text(encoding="utf-8", errors="replace")))
    parts: list[str] = []
    gold: list[Item] = []
    _walk(next(root.iter("TEXT"), root), parts, gold, inside=False)
    return Document("".join(parts), _published(root), gold)


def _published(root: ET.Element) -> date:
    marks = [
        *(mark.get("value") for mark in root.iter("TIMEX3") if mark.get("functionInDocument") == "CREATION_TIME"),
        *(mark.get("val") for element in root.iter("DATETIME") for mark in element.iter("TIMEX2")),
    ]
    days = (re.match(r"(\d{4})-?(\d\d)-?(\d\d)", mark or "") for mark in marks)
    return next((date(*map(int, day.groups())) for day in days if day), date(2000, 1, 1))


def _walk(element: ET.Element, parts: list[str], gold: list[Item], inside: bool) -> None:
    mark = element.tag in ("TIMEX3", "TIMEX2") and not inside
    start = sum(map(len, parts))
    parts.append(element.text or "")
    for child in element:
        _walk(child, parts, gold, inside or mark)
        parts.append(child.tail or "")
    if mark:
        text = "".join(parts)[start:]
        of = {key.lower(): said for key, said in element.attrib.items()}
        said = of.get("value") or of.get("val") or ""
        kind = of.get("type") or ("DURATION" if said.startswith("P") and not said.endswith("_REF") else "DATE")
        if text.strip():
            left = start + len(text) - len(text.lstrip())
            gold.append(Item(left, start + len(text.rstrip()), said, kind))


def flat(mentions: tuple[Mention, ...] | list[Mention]) -> Iterator[Item]:
    """The expressions, those that a range joins each on its own, as the corpora mark them."""
    for mention in mentions:
        if mention.parts:
            yield from flat(mention.parts)
        else:
            yield Item(mention.start, mention.end, value(mention), mention.type)


def days(said: str) -> tuple[date, date] | None:
    """First and last day of a TIMEX value that denotes days."""
    text = re.sub(r"(T.*|-XX)$", "", said) if re.match(r"\d{4}", said) else said
    if week := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", text):
        try:
            first = date.fromisocalendar(int(week[1]), int(week[2]), 6 if week[3] else 1)
        except ValueError:
            return None
        return first, first + timedelta(days=1 if week[3] else 6)
    if named := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI|Q|H)([1-4]?)", text):
        offset = {"Q": 2, "H": -1}.get(named[2], 0)
        text = f"{named[1]}-{_EDTF[named[2]]}{int(named[3]) + offset if named[3] else ''}"
    if re.fullmatch(r"\d{2}|\d{3}", text):
        text += "X" * (4 - len(text))
    try:
        bounds = parse(text)
    except DatelineError:
        return None
    return bounds.start_earliest, bounds.end_latest


def pairs(gold: list[Item], found: list[Item]) -> list[tuple[Item, Item]]:
    """One-to-one pairs of overlapping expressions, the largest overlap first."""
    over = [(min(g.end, f.end) - max(g.start, f.start), g, f) for g in gold for f in found]
    used: set[int] = set()
    made = []
    for _, g, f in sorted((one for one in over if one[0] > 0), key=lambda one: (-one[0], one[1].start)):
        if not used & {id(g), id(f)}:
            used |= {id(g), id(f)}
            made.append((g, f))
    return made


def f1(hits: int, found: int, gold: int) -> float:
    """The harmonic mean of precision and recall, in per cent."""
    return 200 * hits / (found + gold) if found + gold else 0.0


def measure(folder: Path) -> None:
    """Print one row for a corpus."""
    count: Counter[str] = Counter()
    spent = 0.0
    for path in sorted((*folder.glob("*.tml"), *folder.glob("*.key.xml"))):
        document = load(path)
        began = time.process_time()
        mentions = find(document.text, document.published)
        spent += time.process_time() - began
        found = list(flat(mentions))
        count += tally(document, found)
    fields = (
        f1(count["hits"], count["found"], count["gold"]),
        f1(count["values"], count["found"], count["gold"]),
        f1(count["intervals"], count["found days"], count["gold days"]),
    )
    figures = " ".join(f"{field:9.1f}" for field in fields)
    sys.stdout.write(f"{folder.name:20} {figures} {count['characters'] / spent:12,.0f}\n")


def tally(document: Document, found: list[Item]) -> Counter[str]:
    """What one document adds to the figures."""
    both = pairs(document.gold, found)
    dated = ("DATE", "TIME")
    return Counter(
        {
            "characters": len(document.text),
            "gold": len(document.gold),
            "found": len(found),
            "hits": len(both),
            "values": sum(g.value == f.value for g, f in both),
            "intervals": sum(
                g.type in dated and days(g.value) is not None and days(g.value) == days(f.value) for g, f in both
            ),
            "gold days": sum(g.type in dated and days(g.value) is not None for g in document.gold),
            "found days": sum(f.type in dated and days(f.value) is not None for f in found),
        }
    )


if __name__ == "__main__":
    sys.stdout.write(f"{'corpus':20} {'found':>9} {'value':>9} {'interval':>9} {'characters/s':>12}\n")
    for argument in sys.argv[1:]:
        measure(Path(argument))
