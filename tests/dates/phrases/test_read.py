"""Words become the value that was decided by hand, or a sentence that says what to write instead."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest

from events.dates import parse
from events.dates.phrases import PHRASE_RULES, RULES, read
from events.errors import UnreadableDate
from tests.dates.phrases.cases import COUNTED, JOINED, NO_DATE, STRETCHES, WRITTEN_OUT

CASES = [*WRITTEN_OUT, *STRETCHES, *COUNTED, *JOINED]
EXAMPLES = [(words, anchor, edtf, rule.name) for rule in RULES for words, anchor, edtf in rule.examples]


@pytest.mark.parametrize(("words", "anchor", "edtf", "rule"), CASES)
def test_words_become_the_value_decided_by_hand(words: str, anchor: str, edtf: str, rule: str) -> None:
    reading = read(words, date.fromisoformat(anchor))
    assert (reading.edtf, reading.rule) == (edtf, rule)


@pytest.mark.parametrize(("words", "anchor", "edtf", "rule"), EXAMPLES)
def test_each_rule_reads_its_own_examples(words: str, anchor: str, edtf: str, rule: str) -> None:
    reading = read(words, date.fromisoformat(anchor))
    assert (reading.edtf, reading.rule) == (edtf, rule)
    assert parse(reading.edtf).edtf == edtf


@pytest.mark.parametrize(("words", "says"), NO_DATE)
def test_words_without_a_date_are_refused_with_what_to_write(words: str, says: str) -> None:
    with pytest.raises(UnreadableDate, match=says):
        read(words, date(2019, 11, 4))


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("words", sorted({case[0] for case in CASES}))
def test_the_edges_of_time_end_in_a_value_or_a_sentence(words: str, edge: str) -> None:
    with suppress(UnreadableDate):
        parse(read(words, date.fromisoformat(edge)).edtf)


def test_alternatives_name_each_reading() -> None:
    assert read("last March", date(2019, 4, 10)).alternatives == ("2019-03", "2018-03")
    assert read("last March", date(2019, 11, 4)).alternatives == ()
    assert read("early last October", date(2019, 11, 4)).alternatives == (
        "[2019-10-01..2019-10-11]",
        "[2018-10-01..2018-10-11]",
    )


def test_more_than_two_hundred_characters_are_refused() -> None:
    with pytest.raises(UnreadableDate, match="at most 200"):
        read("on 3 May 2018" + " " * 200, date(2019, 11, 4))


def test_names_of_rules_are_slugs_and_unique() -> None:
    assert len(set(PHRASE_RULES)) == len(PHRASE_RULES)
    assert all(name.replace("-", "").isalpha() and name == name.lower() for name in PHRASE_RULES)


@pytest.mark.parametrize("rule", RULES, ids=PHRASE_RULES)
def test_each_rule_is_documented_and_has_examples(rule: object) -> None:
    assert getattr(rule, "meaning", "").endswith(".")
    assert getattr(rule, "examples", ())
