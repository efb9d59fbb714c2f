"""JSON Lines, read by pandas: one event a line, the same object as in JSON."""

from __future__ import annotations

import io
import json

import pandas as pd
import pytest

from events.exchange.as_json import one
from tests.exchange.cases import ADDRESSES, CONTROLS, DATES, HOSTILE, dated, hostile, revision, written


@pytest.mark.parametrize("case", DATES)
def test_a_line_is_the_object_of_json(case: str) -> None:
    text = written("jsonl", dated(case))
    assert json.loads(text) == json.loads(one(dated(case), ADDRESSES))
    assert json.loads(text)["date"]["edtf"] == DATES[case]
    assert text.endswith("}\n")


@pytest.mark.parametrize("harm", [HOSTILE, CONTROLS])
def test_whatever_the_text_an_event_is_one_line(harm: str) -> None:
    text = written("jsonl", hostile(harm), revision(), hostile(harm))
    frame = pd.read_json(io.StringIO(text), lines=True)
    assert list(frame["title"]) == [harm, "A title", harm]
    assert text.count("\n") == 3


def test_fields_are_chosen_as_in_json() -> None:
    assert json.loads(written("jsonl", revision(), asked=(("fields", "title,id"),))) == {
        "id": "event-a",
        "title": "A title",
    }
    assert "evidence" not in json.loads(written("jsonl", revision(), asked=(("omit", "evidence"),)))


def test_without_events_the_file_is_empty() -> None:
    assert written("jsonl") == ""
