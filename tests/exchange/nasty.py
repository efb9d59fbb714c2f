"""A table with all that people's tables have, and for each row what should come of it, told beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

MAP = """
title = "Titre, court"
type = { column = "Sorte", values = { manif = "PROTEST" }, default = "OTHER" }
summary = "Notes"
place = "Lieu"
location_country = "Pays"
lat = "Lat"
lon = "Lon"

[date]
column = "Début"
end = "Fin"
unknown = ["?", "inconnu", "-99"]
precision = { column = "Précision", year = ["a"], month = ["m"], day = ["j"], approximate = ["env"], uncertain = ["d"] }

[[actors]]
name = "Qui"
role = "initiator"
separator = "|"

[[actors]]
name = "Contre"
role = "target"
"""
HEAD = ("Titre, court", "Sorte", "Notes", "Lieu", "Pays", "Lat", "Lon", "Début", "Fin", "Précision", "Qui", "Contre")
BASE = dict.fromkeys(HEAD, "")
# What stands in the date cells (start, end, precision), and the EDTF that it means.
DATES = (
    ("2019-10-16", "", "", "2019-10-16"),
    ("16.10.2019", "", "", "2019-10-16"),
    ("2019", "", "", "2019"),
    ("10/2019", "", "", "2019-10"),
    ("2019-10", "", "", "2019-10"),
    ("", "", "", ""),
    ("inconnu", "?", "", ""),
    ("INCONNU", "-99", "", ""),
    ("2019-10-16", "", "a", "2019"),
    ("25/12/2019", "", "m", "2019-12"),
    ("2019-10-16", "", "j", "2019-10-16"),
    ("2019-10", "", "env", "2019-10~"),
    ("2019-10-16", "", "a d", "2019?"),
    ("2019", "", "env d", "2019%"),
    ("2019-10~", "", "", "2019-10~"),
    ("201X", "", "", "201X"),
    ("2019-21", "", "", "2019-21"),
    ("[2019-10-16..2019-10-18]", "", "", "[2019-10-16..2019-10-18]"),
    ("2019-10-16/..", "", "", "2019-10-16/.."),
    ("2019-10-16", "2019-10-18", "", "2019-10-16/2019-10-18"),
    ("2019-10-16", "2019-10-16", "", "2019-10-16"),
    ("2019-10-16", "?", "", "2019-10-16"),
    ("2019-10-16", "2019-11-02", "m", "2019-10/2019-11"),
    ("16 October 2019", "", "", "2019-10-16"),
    ("2019-10-16T00:00:00", "", "", "2019-10-16"),
    (" 2019-10-16\u00a0", "", "", "2019-10-16"),
)
TITLES = (
    "Plain",
    'He said "no"',
    "In two\nlines, and a comma; and a semicolon",
    "=SUM(A1:A9)",
    "+420 calls",
    "-5 degrees",
    "@all",
    "Протест в Праге",
    "北京会议",
    "اجتماع في القاهرة",
    "Žluťoučký kůň",
    "'Tis the season",
)
ACTORS = ("", "Правительство", "政府|A union", "نقابة", "O'Neill | “The Council”")


@dataclass
class Expected:
    title: str
    edtf: str
    names: list[str] = field(default_factory=list)


def rows(number: int) -> Iterator[tuple[dict[str, str], Expected]]:
    for at in range(number):
        start, end, precision, edtf = DATES[at % len(DATES)]
        title = f"{TITLES[at % len(TITLES)]} {at}"
        who = ACTORS[at % len(ACTORS)]
        against = "Gegner" if at % 3 == 0 else ""
        row = BASE | {
            "Titre, court": title,
            "Sorte": ("manif", "THREATEN", "")[at % 3],
            "Notes": ("", "=1+1", 'a "b"\n\nc', "  x  ")[at % 4],
            "Lieu": ("", "Praha", "北京")[at % 3],
            "Pays": ("", "CZ", "Czechia", "CHN")[at % 4],
            "Lat": "-50.5" if at % 2 else "",
            "Lon": "14.123456789012345" if at % 2 else "",
            "Début": start,
            "Fin": end,
            "Précision": precision,
            "Qui": who,
            "Contre": against,
        }
        names = [name.strip() for name in who.split("|") if name.strip()]
        yield row, Expected(title, edtf, names + ([against] if against else []))


def as_csv(number: int, delimiter: str = ";") -> tuple[bytes, list[Expected]]:
    """With a byte-order mark, CRLF, a blank line now and then, and the empty columns that spreadsheets leave."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([*HEAD, "", ""])
    expected = []
    for at, (row, told) in enumerate(rows(number)):
        writer.writerow([*row.values(), "", ""])
        if at % 40 == 39:
            written.write("\r\n" if at % 80 == 39 else delimiter * (len(HEAD) + 1) + "\r\n")
        expected.append(told)
    return b"\xef\xbb\xbf" + written.getvalue().encode(), expected
