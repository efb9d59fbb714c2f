"""A quotation is exact: on NFC text, character by character, at one place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.curation.evidence import CONTEXT_LENGTH, normalise, occurrences, settle, verified
from events.errors import DeedRefused
from events.models import Document, Evidence

TWICE = "He came on Monday. She came on Monday."


def quoted(text: str, quote: str, prefix: str = "", suffix: str = "", start: int | None = None) -> Evidence:
    row = Evidence(document=Document(text=normalise(text)), quote=quote, prefix=prefix, suffix=suffix, start=start)
    settle(row)
    return row


@pytest.mark.parametrize(
    ("text", "quote", "start"),
    [
        pytest.param("In Praha.", "Praha", 3, id="plain"),
        pytest.param("In Praha.", "praha", None, id="other-case"),
        pytest.param("In Praha.", "Pra ha", None, id="other-space"),
        pytest.param("In Praha.", "", None, id="empty"),
        pytest.param("In Praha.", "In Praha.", 0, id="whole-text"),
        pytest.param("In Praha.", "In Praha. ", None, id="longer-than-the-text"),
        pytest.param("Zdene\u030ck Hr\u030cib", "Zdeněk Hřib", 0, id="text-decomposed"),
        pytest.param("Zdeněk Hřib", "Zdene\u030ck Hr\u030cib", 0, id="quotation-decomposed"),
        pytest.param("caf\u00e9", "cafe", None, id="letter-without-its-accent"),
        pytest.param("\u212bngstr\u00f6m", "\u00c5ngstr\u00f6m", 0, id="singleton"),
        pytest.param("one\r\ntwo", "one\ntwo", 0, id="text-crlf"),
        pytest.param("one\ntwo", "one\r\ntwo", 0, id="quotation-crlf"),
        pytest.param("one\rtwo", "one\ntwo", 0, id="text-cr"),
        pytest.param("\ufeffone", "one", 0, id="byte-order-mark"),
        pytest.param("\ufeff\ufeffone", "one", 0, id="two-of-them"),
        pytest.param("习近平 said", "习近平", 0, id="han"),
        pytest.param("a\U0001f600b", "b", 2, id="beyond-the-basic-plane"),
        pytest.param("don’t", "don't", None, id="other-apostrophe"),
        pytest.param("ﬁne", "fine", None, id="ligature"),
        pytest.param("Straße", "Strasse", None, id="sharp-s"),
        pytest.param("a\u00a0b", "a b", None, id="no-break-space"),
        pytest.param("a\u200bb", "ab", None, id="zero-width-space"),
        pytest.param("aaa", "aa", None, id="overlapping-twice"),
    ],
)
def test_where_a_quotation_stands(text: str, quote: str, start: int | None) -> None:
    row = quoted(text, quote)
    assert row.start == start
    assert verified(row) == (start is not None)
    assert row.end == (None if start is None else start + len(normalise(quote)))


@pytest.mark.parametrize(
    ("prefix", "suffix", "start", "expected"),
    [
        pytest.param("", "", None, None, id="nothing-tells"),
        pytest.param("He ", "", None, 3, id="prefix"),
        pytest.param("She ", "", None, 23, id="other-prefix"),
        pytest.param("", ". She", None, 3, id="suffix"),
        pytest.param("e ", "", None, None, id="prefix-that-both-have"),
        pytest.param("They ", "", None, None, id="prefix-that-neither-has"),
        pytest.param("He ", ".", None, 3, id="both"),
        pytest.param("She ", ". She", None, None, id="prefix-and-suffix-of-different-ones"),
        pytest.param("", "", 23, 23, id="offset"),
        pytest.param("", "", 22, None, id="offset-beside-it"),
        pytest.param("He ", "", 23, 3, id="prefix-wins-over-offset"),
    ],
)
def test_a_quotation_that_stands_twice(prefix: str, suffix: str, start: int | None, expected: int | None) -> None:
    row = quoted(TWICE, "came on Monday", prefix, suffix, start)
    assert row.start == expected
    assert verified(row) == (expected is not None)


def test_context_is_compared_on_normal_text_too() -> None:
    row = quoted("ré\r\nx re\nx", "x", prefix="re\u0301\r\n")
    assert row.start == 3


def test_context_is_taken_from_the_text() -> None:
    text = "a" * 50 + "QUOTE" + "b" * 50
    row = quoted(text, "QUOTE", prefix="wrong", suffix="wrong")
    assert (row.prefix, row.suffix) == ("a" * CONTEXT_LENGTH, "b" * CONTEXT_LENGTH)


def test_a_quotation_that_is_lost_loses_its_place() -> None:
    row = quoted("In Praha.", "Praha")
    row.document.text = "In Brno."
    assert not verified(row)
    settle(row)
    assert (row.start, row.end) == (None, None)


@pytest.mark.parametrize(
    ("text", "why"), [("a\0b", "NUL"), ("\0", "NUL"), ("a\ud800b", "lone surrogate"), ("\udfff", "lone surrogate")]
)
def test_what_no_database_carries_is_refused(text: str, why: str) -> None:
    with pytest.raises(DeedRefused, match=why):
        normalise(text)


texts = st.text(
    st.one_of(st.sampled_from("ab \r\n\u0301\u030c\u0327\ufeffe"), st.characters(exclude_categories=["Cs"]))
)


@given(texts.filter(lambda text: "\0" not in text))
def test_normal_text_is_nfc_with_lf_and_stays(text: str) -> None:
    normal = normalise(text)
    assert unicodedata.is_normalized("NFC", normal)
    assert "\r" not in normal
    assert not normal.startswith("\ufeff")
    assert normalise(normal) == normal


@given(st.data())
def test_any_piece_of_a_text_is_found_by_its_surroundings(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("ab\u0301c\n"), min_size=1).map(normalise))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    row = quoted(text, text[start:end], prefix=text[:start], suffix=text[end:])
    assert (row.start, row.end) == (start, end)
    assert verified(row)
    again = (row.start, row.end, row.prefix, row.suffix, row.quote)
    settle(row)
    assert (row.start, row.end, row.prefix, row.suffix, row.quote) == again


@given(st.text("ab", max_size=12), st.text("ab", min_size=1, max_size=3))
def test_all_occurrences_are_found(text: str, quote: str) -> None:
    assert occurrences(text, quote) == [at for at in range(len(text)) if text[at : at + len(quote)] == quote]
