"""The tables of `docs/dates.md` are true."""

from __future__ import annotations

import doctest
from datetime import date
from pathlib import Path

import pytest

from events import dates
from events.dates import PRECISIONS, Window, parse
from events.errors import InvalidDate

PAGE = (Path(__file__).parents[2] / "docs" / "dates.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """Return the rows of the table under a heading, code marks taken off."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    assert len(lines) > 2
    return [[_cell(cell) for cell in line.strip("|").split("|")] for line in lines[2:]]


def _cell(text: str) -> str:
    """Take off one space on either side only: a refused text may begin with one."""
    return text.removeprefix(" ").removesuffix(" ").strip("`")


@pytest.mark.parametrize(("text", "meaning", "began", "ended", "words"), table("Supported forms"))
def test_supported_forms(text: str, meaning: str, began: str, ended: str, words: str) -> None:
    value = parse(text)
    assert meaning
    assert began == days(value.start_earliest, value.start_latest)
    assert ended == days(value.end_earliest, value.end_latest)
    assert words == value.words()


def days(first: date, last: date) -> str:
    return str(first) if first == last else f"{first} … {last}"


@pytest.mark.parametrize(("text", "instead", "because"), table("What is refused, and what to write instead"))
def test_refused_forms(text: str, instead: str, because: str) -> None:
    with pytest.raises(InvalidDate) as refusal:
        parse(text)
    assert instead == (refusal.value.suggestion or "–")
    assert str(refusal.value).startswith(because.removesuffix("…"))
    assert because.endswith("…") or because == str(refusal.value)


@pytest.mark.parametrize(("text", "window", "match"), table("Windows: possible and certain"))
def test_windows(text: str, window: str, match: str) -> None:
    first, last = window.replace("`", "").split(" to ")
    assert match == (parse(text).match(Window(date.fromisoformat(first), date.fromisoformat(last))) or "no")


def test_each_precision_has_an_example_and_is_named() -> None:
    assert {parse(text).precision for text, *_ in table("Supported forms")} == set(PRECISIONS)
    assert all(f"`{precision}`" in PAGE for precision in PRECISIONS)


def test_the_page_points_to_the_phrases() -> None:
    assert "\n## Phrases\n" in PAGE
    assert "(phrases.md)" in PAGE


def test_the_example_at_the_head_of_the_room() -> None:
    assert doctest.testmod(dates) == (0, 4)
