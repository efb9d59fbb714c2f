"""The rules that only a text has: docs/reader.md has a row for each, and their examples hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from events.dates.phrases import RULES, Rule
from events.extraction import find
from events.extraction.expressions import DATED_TEXT_RULES, LISTED_DAYS, TEXT_RULES

PAGE = Path(__file__).parents[2] / "docs" / "reader.md"
KNOWN = {rule.name for rule in RULES}
OWN = [rule for rule in (*TEXT_RULES, *DATED_TEXT_RULES, LISTED_DAYS) if rule.name not in KNOWN]


def row(rule: Rule) -> str:
    """The row of a rule as the page has it."""
    words, _, edtf = rule.examples[0]
    return f"| `{rule.name}` | {rule.meaning} | {words} | {f'`{edtf}`' if edtf else 'none'} |"


def test_the_page_has_the_rows_of_the_code() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = lines.index("| rule | meaning | for example | EDTF |") + 2
    assert lines[start : start + len(OWN)] == [row(rule) for rule in OWN]


@pytest.mark.parametrize("rule", OWN, ids=lambda rule: rule.name)
def test_examples(rule: Rule) -> None:
    for words, said_on, edtf in rule.examples:
        (mention,) = find(f"It was there {words}.", date.fromisoformat(said_on))
        assert (mention.rule, mention.edtf) == (rule.name, edtf or None)
