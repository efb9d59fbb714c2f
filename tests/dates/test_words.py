"""Dates in words, and that a translator can say all of it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given

from events.dates import parse, words
from tests.dates import oracle, strategies


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0079-08-24", "24 August AD 79"),
        ("0079", "AD 79"),
        ("0079-24", "winter AD 79–80"),
        ("9999-24", "winter 9999–10000"),
        # "the 2000s" could be a decade or a century, "the 20th century" begins in 1901
        ("200X", "the years 2000–2009"),
        ("20XX", "the years 2000–2099"),
        ("199X", "the 1990s"),
        ("000X", "the years AD 1–9"),
        ("002X", "the years AD 20–29"),
        ("00XX", "the years AD 1–99"),
        ("2019-10%", "about October 2019, uncertain"),
        # two days of one month
        ("2019-10-16/2019-10-18", "from 16 to 18 October 2019"),
        ("2019-10-16~/2019-10-18", "from about 16 October 2019 to 18 October 2019"),
        ("2019-10-16/2019-11-18", "from 16 October 2019 to 18 November 2019"),
        ("2019-10-16/2020-10-18", "from 16 October 2019 to 18 October 2020"),
        ("2019-10/2019-10", "from October 2019 to October 2019"),
        ("[2019-10..2020-01-05]", "one day between October 2019 and 5 January 2020"),
        ("[2019-10-16..]", "on or after 16 October 2019"),
        ("[2019..]", "in 2019 or after"),
        ("[..2019-10-16]", "on or before 16 October 2019"),
        ("[..2019-10]", "in October 2019 or before"),
        ("2016?/2018%", "from 2016 (uncertain) to about 2018 (uncertain)"),
        ("2016?/..", "from 2016 (uncertain) on, still going on"),
        ("/2016~", "from an unknown day to about 2016"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert parse(text).words() == expected


SLOVAK = {
    "from %(first)s to %(last)s": "od %(first)s do %(last)s",
    "%(day)s": "%(day)s.",
    "%(day)s October %(year)s": "%(day)s. októbra %(year)s",
    "October %(year)s": "október %(year)s",
    "about %(date)s": "okolo: %(date)s",
    "the %(year)ss": "%(year)s. roky",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-10-16", "16. októbra 2019"),
        ("2019-10", "október 2019"),
        ("2019-10~", "okolo: október 2019"),
        ("201X", "2010. roky"),
        ("2019-10-16/2019-10-18", "od 16. do 18. októbra 2019"),
    ],
)
def test_a_translation_may_inflect_and_turn_around(text: str, expected: str) -> None:
    assert parse(text).words(SLOVAK.__getitem__) == expected


@given(strategies.DESCRIPTIONS)
def test_every_template_that_is_asked_for_is_marked_for_extraction(description: oracle.Description) -> None:
    def gettext(template: str) -> str:
        assert template in MARKED
        return template

    assert "%" not in parse(oracle.text(description)).words(gettext)


def _marked() -> set[str]:
    """The texts that an extraction tool finds: those given literally to `gettext` or `gettext_noop`."""
    tree = ast.parse(Path(words.__file__).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    marks = [call.args[0] for call in calls if ast.unparse(call.func) in ("gettext", "gettext_noop")]
    return {str(mark.value) for mark in marks if isinstance(mark, ast.Constant)}


MARKED = _marked()
