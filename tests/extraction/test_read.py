"""A digest read: what holds for any text."""

from __future__ import annotations

import json
import unicodedata
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from events.dates import parse
from events.extraction import KnownActor, Reading, read

PUBLISHED = date(2019, 11, 4)
KNOWN = (KnownActor("huawei2345", "Huawei", "company", "CN", ("Huawei Technologies",)),)
SOME = """Huawei the U.S. said arrested in 2014 on Friday Mr. Wang “ ” . , # was by will (CCP) he that visited Prague
\u202e \u200b е Łódź 世界 e\u0301"""
WORDS = st.sampled_from([*SOME.split(), "\n\n"])


def check(reading: Reading, text: str) -> None:
    assert reading.text == unicodedata.normalize("NFC", text)
    for candidate in reading.candidates:
        assert candidate.title.strip() == candidate.title != ""
        assert 0 <= candidate.confidence <= 1
        for quote in candidate.evidence:
            assert reading.text[quote.start : quote.end] == quote.quote != ""
        if candidate.date.edtf is not None:
            parse(candidate.date.edtf)
            assert any("date" in quote.supports for quote in candidate.evidence)
    json.dumps(reading.as_json(), allow_nan=False)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_is_read_with_exact_offsets_and_twice_the_same(text: str) -> None:
    reading = read(text, published=PUBLISHED, known=KNOWN)
    check(reading, text)
    assert read(text, published=PUBLISHED, known=KNOWN) == reading
