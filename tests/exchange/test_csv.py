"""CSV, read by pandas as the recipe says: Namibia, formulas, negative numbers, lossless JSON."""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd
import pytest

from tests.exchange.cases import CONTROLS, DATES, HOSTILE, dated, document, hostile, revision, written


def read(text: str) -> Any:
    # Bytes, as from a file: a text stream would make LF of the line ends inside cells.
    return pd.read_csv(io.BytesIO(text.encode()), keep_default_na=False, na_values=[""])


@pytest.mark.parametrize("case", DATES)
def test_the_date_stands_as_it_is(case: str) -> None:
    row = read(written("csv", dated(case), revision())).iloc[0]
    when = json.loads(dated(case).document)["date"]
    for column, key in (("date_edtf", "edtf"), ("start_earliest", "start_earliest"), ("end_latest", "end_latest")):
        assert (None if pd.isna(row[column]) else row[column]) == when[key]
    assert bool(row["open_start"]) is when["open_start"]
    assert bool(row["open_end"]) is when["open_end"]
    assert row["date_text"] == "on October 16"


def test_namibia_is_a_country_and_south_is_negative() -> None:
    row = read(written("csv", revision())).iloc[0]
    assert (row["location_country"], row["countries"], row["initiator_countries"]) == ("NA", "NA | CZ", "NA")
    assert (row["lat"], row["lon"]) == (-22.57, 17.08)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "'"])
def test_no_text_is_a_formula(start: str) -> None:
    event = document(title=f"{start}1+1")
    event["evidence"][0]["quote"] = f"{start}SUM(A1)"
    row = read(written("csv", revision(**event))).iloc[0]
    assert row["title"] == f"'{start}1+1"
    assert row["quote"] == f"'{start}SUM(A1)"
    assert json.loads(row["evidence_json"])[0]["quote"] == f"{start}SUM(A1)"


@pytest.mark.parametrize("harm", [HOSTILE, CONTROLS])
def test_hostile_text_stays_in_its_cell(harm: str) -> None:
    frame = read(written("csv", hostile(harm), revision()))
    assert list(frame["id"]) == ["event-a", "event-a"]
    assert frame["title"][0].removeprefix("'") == harm
    assert frame["title"][1] == "A title"
    assert json.loads(frame["actors_json"][0])[0]["name"] == harm
