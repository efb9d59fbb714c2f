"""docs/reader.md shows the tables and weights of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from events.extraction.happenings.candidates import WEIGHTS
from events.extraction.happenings.nouns import EVENTS, LIGHT
from events.extraction.happenings.verbs import VERBS
from events.extraction.read import MOST_MENTIONS, MOST_SENTENCES

PAGE = (Path(__file__).parents[2] / "docs" / "reader.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, list[str]]:
    """The table under the heading `| kind | … |`: kind → words."""
    table = PAGE.split(f"| kind | {heading} |\n|---|---|\n")[1].split("\n\n")[0]
    cells = (line.strip("| ").split(" | ") for line in table.splitlines())
    return {kind.strip("`"): words.split(", ") for kind, words in cells}


@pytest.mark.parametrize(("heading", "table"), [("verbs", VERBS), ("nouns", EVENTS)])
def test_tables_of_kinds(heading: str, table: dict[str, str]) -> None:
    assert rows(heading) == {kind: [word.replace("-", " ") for word in words.split()] for kind, words in table.items()}


def test_verbs_that_say_little() -> None:
    assert f"these verbs are\n{', '.join(sorted(LIGHT))}" in PAGE


def test_weights_of_confidence() -> None:
    table = PAGE.split("| what is known | adds |\n|---|---|\n")[1].split("\n\n")[0]
    said = [float(line.rpartition(" | ")[2].strip(" |").replace("−", "-")) for line in table.splitlines()]
    assert sorted(said) == sorted(WEIGHTS.values())


def test_bounds() -> None:
    assert f"{MOST_SENTENCES:,} sentences and {MOST_MENTIONS:,} time expressions" in PAGE


def test_no_verb_has_two_kinds() -> None:
    words = [word for table in VERBS.values() for word in table.split()]
    assert sorted(set(words)) == sorted(words)
    assert re.fullmatch(r"[a-z -]+", " ".join(words))
