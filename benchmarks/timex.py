"""Marked corpora and how a reading of them is scored: the figures of TempEval-3, over all documents.

An expression is *found* if its words overlap those of a marked one (one to one, the largest overlap first), its *value*
is right if the TIMEX value is the same, its *interval* if the first and last day are (over dates and times whose value
denotes days). What is marked is sorted into kinds by its words.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from events.dates import parse
from events.errors import DatelineError

_EDTF = {"SP": "21", "SU": "22", "FA": "23", "WI": "24", "Q": "3", "H": "4"}
_DATED = ("DATE", "TIME")
_WORD = re.compile(r"\w+|[^\w\s]")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_UNIT = r"(?:second|minute|hour|day|week|weekend|month|quarter|year|decade|centur|season)"
_SPOKEN = "today|yesterday|tomorrow|tonight|overnight|last night"
_KINDS = (
    ("full date", rf"{_MONTH} \d{{1,2}}\w*,? \d{{4}}|\d{{1,2}}\w* (?:of )?{_MONTH},? \d{{4}}"),
    ("full date", r"\d+[-/]\d+[-/]\d+|\b\d{8}\b"),
    ("month and day", rf"{_MONTH} ?\d{{1,2}}\b|\b\d{{1,2}}\w* (?:of )?{_MONTH}"),
    ("month and year", rf"{_MONTH},? (?:of )?(?:\d{{4}}|'\d\d|(?:last|this|next) year)"),
    ("weekday", r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day"),
    ("month", rf"\b{_MONTH}(?!\w)"),
    ("decade, century", r"\d0'?s\b|centur|ties\b|(?:past|last|this|next|previous) decade"),
    ("year", r"\b(?:1\d|20)\d\d\b|'\d\d\b|\bbc\b"),
    ("day word", rf"\b(?:{_SPOKEN})\b"),
    ("offset", r"\b(?:ago|earlier|later|before|hence|from now|after|since)\b"),
    ("offset", rf"\b(?:\d+|an?|one|two|three|four|five|six|ten) .*{_UNIT}|(?:following|preceding) {_UNIT}"),
    ("last, this, next", rf"{_UNIT}|spring|summer|fall|autumn|winter|morning|afternoon|evening"),
)  # fmt: skip
KINDS = (*dict(_KINDS), "duration", "set", "no value", "other")


@dataclass(frozen=True)
class Item:
    """One marked or found expression, with its value and type as TIMEX3 writes them."""

    start: int
    end: int
    value: str
    type: str


@dataclass
class Document:
    """A text with its day and its marks."""

    name: str
    text: str
    published: date
    gold: list[Item]

    def kind(self, item: Item) -> str:
        """The kind of a marked expression."""
        if item.value.endswith("_REF") or item.value in ("", "XXXX-XX-XX"):
            return "no value"
        if item.type in ("SET", "DURATION"):
            return item.type.lower()
        words = re.sub(r"\s+", " ", self.text[item.start : item.end].lower())
        return next((name for name, pattern in _KINDS if re.search(pattern, words)), "other")


def documents(folder: Path) -> list[Document]:
    """The TimeML (`*.tml`) and WikiWars (`*.key.xml`) files of a folder."""
    paths = (*folder.glob("*.tml"), *folder.glob("*.key.xml"))
    return [_load(path) for path in sorted(paths) if not path.name.startswith(".")]


def _load(path: Path) -> Document:
    root = ET.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", path.read_text(encoding="utf-8", errors="replace")))
    parts: list[str] = []
    gold: list[Item] = []
    _walk(next(root.iter("TEXT"), root), parts, gold, inside=False)
    return Document(path.name, "".join(parts), _published(root), gold)


def _published(root: ET.Element) -> date:
    marks = [
        *(mark.get("value") for mark in root.iter("TIMEX3") if mark.get("functionInDocument") == "CREATION_TIME"),
        *(mark.get("val") for element in root.iter("DATETIME") for mark in element.iter("TIMEX2")),
    ]
    days = (re.match(r"(\d{4})-?(\d\d)-?(\d\d)", mark or "") for mark in marks)
    return next((date(*map(int, day.groups())) for day in days if day), date(2000, 1, 1))


def _walk(element: ET.Element, parts: list[str], gold: list[Item], inside: bool) -> None:
    mark = element.tag in ("TIMEX3", "TIMEX2") and not inside
    first = len(parts)
    start = sum(map(len, parts))
    parts.append(element.text or "")
    for child in element:
        _walk(child, parts, gold, inside or mark)
        parts.append(child.tail or "")
    text = "".join(parts[first:])
    if mark and text.strip() and element.get("functionInDocument") != "CREATION_TIME":
        of = {key.lower(): said for key, said in element.attrib.items()}
        said = of.get("value") or of.get("val") or ""
        left = start + len(text) - len(text.lstrip())
        gold.append(Item(left, start + len(text.rstrip()), said, of.get("type") or _type(said, of.get("set", ""))))


def _type(value: str, repeated: str) -> str:
    """TIMEX2 has no types: what the value says."""
    if repeated.upper() == "YES":
        return "SET"
    if value.startswith("P") and not value.endswith("_REF"):
        return "DURATION"
    return "TIME" if "T" in value[4:] or value.startswith("T") else "DATE"


def days(said: str) -> tuple[date, date] | None:
    """First and last day of a TIMEX value that denotes days."""
    text = re.sub(r"T.*$", "", said) if re.match(r"\d{4}-\d\d-\d\dT", said) else said
    text = re.sub(r"(?:-XX?)+$", "", text)
    if week := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", text):
        return _week(int(week[1]), int(week[2]), weekend=bool(week[3]))
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


def _week(year: int, number: int, weekend: bool) -> tuple[date, date] | None:
    try:
        first = date.fromisocalendar(year, number, 6 if weekend else 1)
    except ValueError:
        return None
    return first, first + timedelta(days=1 if weekend else 6)


def _words(text: str, item: Item) -> set[int]:
    """The places of the words that an expression touches."""
    start = item.start
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    return {word.start() for word in _WORD.finditer(text, start, item.end)}


def pairs(document: Document, found: list[Item]) -> list[tuple[Item, Item]]:
    """One-to-one pairs of overlapping expressions, the largest overlap first, then the more alike in length."""
    marked = [(item, _words(document.text, item)) for item in document.gold]
    ours = [(item, _words(document.text, item)) for item in found]
    over = [(-len(a & b), abs(len(a) - len(b)), g.start, f.start, g, f) for g, a in marked for f, b in ours if a & b]
    used: set[int] = set()
    made = []
    for *_, g, f in sorted(over, key=lambda one: one[:4]):
        if not used & {id(g), id(f)}:
            used |= {id(g), id(f)}
            made.append((g, f))
    return made


def tally(document: Document, found: list[Item]) -> Counter[str]:
    """What one document adds to the counts, in all and by kind."""
    count: Counter[str] = Counter({"characters": len(document.text), "gold": len(document.gold), "found": len(found)})
    count["gold days"] = sum(g.type in _DATED and days(g.value) is not None for g in document.gold)
    count["found days"] = sum(f.type in _DATED and days(f.value) is not None for f in found)
    for item in document.gold:
        count[f"n {document.kind(item)}"] += 1
    count["no day"] = count["n no value"]
    for g, f in pairs(document, found):
        if document.kind(g) == "no value":
            count["no day"] -= days(f.value) is not None
        right = g.value == f.value
        count["hits"] += 1
        count["values"] += right
        count[f"right {document.kind(g)}"] += right
        dated = g.type in _DATED and days(g.value) is not None
        count["intervals"] += dated and f.type in _DATED and days(g.value) == days(f.value)
    return count
