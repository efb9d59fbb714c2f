"""docs/phrases.md has one row for each rule, in order, with the meaning and an example of the code."""

from __future__ import annotations

from pathlib import Path

from events.dates.phrases import RULES, Rule

PAGE = Path(__file__).parents[3] / "docs" / "phrases.md"


COUNTS_FROM = {"none": "nothing", "document": "publication", "previous": "what was told before"}


def row(rule: Rule) -> str:
    """The row of a rule as the page has it."""
    words, anchor, edtf = rule.examples[0]
    return f"| `{rule.name}` | {rule.meaning} | {words} | {anchor} | `{edtf}` | {COUNTS_FROM[rule.anchor]} |"


def test_the_page_has_the_rows_of_the_code() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert rows == [row(rule) for rule in RULES]
