"""What is refused says so, and says what to write instead. The usual cases are in `docs/dates.md`, tested there."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events.dates import DateValue, calendar_span, parse
from events.errors import InvalidDate
from tests.dates import oracle, strategies


@pytest.mark.parametrize(
    ("text", "says", "suggestion"),
    [
        # several mistakes in one text, or the same at both ends
        (" 2019-3-5", "spaces", "2019-03-05"),
        ("2019-10-16T10:30/2019-10-16T12:00", "time of day", "2019-10-16/2019-10-16"),
        ("2019-3-5 / 2019-3-9", "spaces", "2019-03-05/2019-03-09"),
        ("2019/3/5", "hyphens", "2019-03-05"),
        ("2019-02-29/2019-02-31", "2019-02-29", "2019-02/2019-02"),
        ("19uu-uu", "capital X", "19XX"),
        ("1950S1", "Significant", "[1000..1999]"),
        ("2004?-06-~11", "One qualifier", "2004-06-11%"),
        ("2016~?/2018", "One qualifier", "2016%/2018"),
        ("[2018..2016]", "range ends before", "[2016..2018]"),
        ("2018~/2016", "interval ends before", "2016/2018~"),
        ("[1760-01,1760-12..]", "list", "[1760-01..]"),
        ("[..1760-12-03,1762]", "list", "[..1762]"),
        # nothing is suggested where that would be a guess, or say more than was said
        ("2000s", "decade", None),
        ("2010/12", "slash", None),
        ("10/11/2019", "year first", None),
        ("1XXX-12", "last two", None),
        ("[2016~..2018]", "takes no", None),
        ("2019-2X", "range", None),
        ("79", "four digits", None),
        ("2019-W42", "Weeks", None),
        ("?", "unknown end", None),
        # not a slip at all
        ("", "empty", None),
        (" \t", "empty", None),
        ("null", "words", None),
        ("říjen 2019", "ASCII", None),
        ("2019\x00", "not a date", None),
        ("\ud800", "ASCII", None),
        ("2019-10-16-", "not a date", None),
        ("9" * 100_000, "too long", None),
        ("[" * 100_000, "too long", None),
        ("2019-10-16" + " " * 100_000, "too long", None),
        # what Python's own functions would let through
        ("2019-10-16\n", "spaces", "2019-10-16"),
        ("2_019", "not a date", None),
        ("٢٠١٩-١٠", "ASCII", "2019-10"),
        ("２０１９–１０", "ASCII", "2019-10"),
        ("²019", "ASCII", "2019"),
    ],
)
def test_refusals(text: str, says: str, suggestion: str | None) -> None:
    with pytest.raises(InvalidDate, match=says) as refusal:
        parse(text)
    assert refusal.value.suggestion == suggestion


ANY_TEXT = st.text(st.characters(exclude_categories=()))
LIKE_EDTF = st.text("0123456789X-/.[]{},?~%TWYSxu+: \x00\n–２\ud800", max_size=30)


def spoilt(description: oracle.Description, at: int, junk: str, cut: int) -> str:
    text = oracle.text(description)
    at %= len(text) + 1
    return text[:at] + junk + text[at + cut :]


JUNK = st.sampled_from([*"0123456789X-/.[]{},?~%T \x00", "..", "XX", "10", "–", "２", "\ud800"])
NEARLY_EDTF = st.builds(spoilt, strategies.DESCRIPTIONS, st.integers(0, 24), JUNK, st.integers(0, 2))


@settings(max_examples=1_000)
@given(ANY_TEXT | LIKE_EDTF | NEARLY_EDTF)
@example("\ud800" * 50)
@example("0" * 60)
@example("\ufdfa" * 60)
def test_every_text_is_a_value_or_a_refusal_that_helps(text: str) -> None:
    value = _parsed(text)
    if isinstance(value, InvalidDate):
        assert 20 < len(str(value)) < 300
        str(value).encode()
        assert value.suggestion is None or isinstance(_parsed(value.suggestion), DateValue)
    else:
        assert text.isascii()
        assert value.start_earliest <= value.start_latest <= value.end_latest
        assert value.start_earliest <= value.end_earliest <= value.end_latest
        assert parse(value.edtf) == value


def _parsed(text: str) -> DateValue | InvalidDate:
    try:
        return parse(text)
    except InvalidDate as refusal:
        return refusal


@settings(max_examples=500)
@given(ANY_TEXT | LIKE_EDTF | NEARLY_EDTF)
def test_calendar_span_takes_or_refuses_every_text(text: str) -> None:
    try:
        first, last = calendar_span(text)
    except InvalidDate as refusal:
        if refusal.suggestion is not None:
            calendar_span(refusal.suggestion)
    else:
        assert text in (str(first), str(first)[:7], str(first)[:4])
        assert (first, last) == (parse(text).start_earliest, parse(text).end_latest)
