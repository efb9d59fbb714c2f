"""A table as people keep them: blank days, dates of a year only, codes for what is unknown, a byte-order mark."""

from __future__ import annotations

import csv
import io
import random

MAP = b"""
title = "Headline"
type = { column = "Kind", values = { p = "PROTEST", a = "AGREE" }, default = "OTHER" }
summary = "Notes"
place = "Town"
location_country = "Country"
countries = { column = "Others", separator = ";" }
lat = "Lat"
lon = "Lon"

[date]
year = "Year"
month = "Month"
day = "Day"
unknown = ["99", "n/a"]
precision = { column = "Prec", day = ["1"], month = ["2"], year = ["3"], approximate = ["c"], uncertain = ["u"] }

[[actors]]
name = "Actor"
role = "initiator"
kind = "organisation"
country = "Actor country"
"""
COLUMNS = (
    *("Headline", "Kind", "Notes", "Town", "Country", "Others", "Lat", "Lon", "Year", "Month", "Day", "Prec"),
    *("Actor", "Actor country"),
)


def make(rows: int, seed: int = 7) -> tuple[bytes, list[tuple[str, str]]]:
    """A CSV file, and the title and EDTF that each row should come to."""
    chance = random.Random(seed)
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    expected = []
    for number in range(rows):
        row, edtf = _row(chance, number)
        writer.writerow(row)
        expected.append((row["Headline"].strip(), edtf))
    return b"\xef\xbb\xbf" + written.getvalue().encode(), expected


def _row(chance: random.Random, number: int) -> tuple[dict[str, str], str]:
    year, month, day = chance.randint(1990, 2023), chance.randint(1, 12), chance.randint(1, 28)
    known = chance.choice(("day", "day", "day", "month", "year", "none"))
    unknown = chance.choice(("", "99", "n/a", "N/A"))
    pieces = {
        "day": (str(year), str(month), str(day)),
        "month": (str(year), f"{month:02}", unknown),
        "year": (str(year), unknown, unknown),
        "none": ("", "", ""),
    }[known]
    edtf = {"day": f"{year}-{month:02}-{day:02}", "month": f"{year}-{month:02}", "year": f"{year}", "none": ""}[known]
    precision = ""
    if known == "day" and chance.random() < 0.3:
        # The day stands there, and the row says that it isn't meant.
        precision, edtf = "3", f"{year}"
    elif edtf and chance.random() < 0.3:
        mark = chance.choice("cu")
        precision, edtf = mark, edtf + {"c": "~", "u": "?"}[mark]
    return {
        "Headline": f"Event {number}, “quoted”" + chance.choice(("", " ", "\nin two lines")).rstrip(" "),
        "Kind": chance.choice(("p", "a", "THREATEN", "")),
        "Notes": chance.choice(("", 'He said "no", twice', "žluťoučký kůň", "'=1+1")),
        "Town": chance.choice(("Praha", "", "北京")),
        "Country": chance.choice(("CZ", "Czechia", "CHN", "")),
        "Others": chance.choice(("", "CN", "CN; Slovakia")),
        "Lat": (where := chance.choice(("", "50.08"))),
        "Lon": where and "14.42",
        **dict(zip(("Year", "Month", "Day"), pieces, strict=True)),
        "Prec": precision,
        "Actor": chance.choice(("", "A union", "The council")),
        "Actor country": "",
    }, edtf
