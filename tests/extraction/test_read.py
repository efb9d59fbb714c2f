"""A digest read: what holds for any text."""

from __future__ import annotations

import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.dates import parse
from events.extraction import Cut, KnownActor, Reading, read
from events.extraction.read import MOST_MENTIONS, MOST_SENTENCES

PUBLISHED = date(2019, 11, 4)
KNOWN = (KnownActor("huawei2345", "Huawei", "company", "CN", ("Huawei Technologies",)),)
SOME = """Huawei the a U.S. said arrested signed in 2014 on Friday Mr. Wang “ ” . , ; : ( ) # was by will (CCP) he him
it that who which visited Prague 's and or if when after not has been to end told made visit of the protests today may -
3 May 2018 recently two days later according account never no one let go \u202e \u200b е Łódź 世界 e\u0301 ' ’ " … — ? !
* _ $5 @x"""
WORDS = st.sampled_from([*SOME.split(), "\n\n", "\n- ", "\x00", "\ud800"])
HOSTILE = [
    "",
    " \n\t\n ",
    "\x00",
    "\ud800 arrested \udfff.",
    "\u202eHuawei\u202c arrested Mr. \u200bWang\u200b.",
    "Ηuawei аrrested Мr. Wаng.",
    "x" * 20_000 + " arrested " + "Y" * 20_000,
    "." * 5_000,
    "( " * 3_000,
    "“" * 3_000,
    "# " * 2_000,
    "who which that " * 1_000,
    "he said that " * 1_000,
    "and, " * 3_000,
    "told by X " * 800,
    "of the house " * 1_000,
    "X's " * 2_000,
    "\r\n\r\n- \r\n* ",
    "👩‍👩‍👧‍👧 arrested 🇨🇳 on Friday. 𝐇uawei signed a treaty.",
    "12 March 2019 13 March 2019 " * 300,
]


SUPPORTS = {"title", "type", "date", "location", "actors", "countries", "claimed_by"}


def check(reading: Reading, text: str) -> None:
    assert reading.text == unicodedata.normalize("NFC", text)
    for candidate in reading.candidates:
        assert candidate.title.strip() == candidate.title != ""
        assert 0 <= candidate.confidence <= 1
        for quote in candidate.evidence:
            assert reading.text[quote.start : quote.end] == quote.quote != ""
            assert set(quote.supports) <= SUPPORTS
        assert len({quote.quote for quote in candidate.evidence}) == len(candidate.evidence)
        assert len({actor.name for actor in candidate.actors}) == len(candidate.actors)
        supported = {field for quote in candidate.evidence for field in quote.supports}
        assert {"title", "type"} <= supported
        assert not candidate.actors or "actors" in supported
        assert not candidate.claimed_by or "claimed_by" in supported
        assert not candidate.place or "location" in supported
        if candidate.date.edtf is not None:
            parse(candidate.date.edtf)
            assert any("date" in quote.supports for quote in candidate.evidence)
    starts = [section.start for section in reading.sections]
    assert starts == sorted(starts)
    json.dumps(reading.as_json(), allow_nan=False)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_is_read_with_exact_offsets_and_twice_the_same(text: str) -> None:
    reading = read(text, published=PUBLISHED, known=KNOWN)
    check(reading, text)
    assert read(text, published=PUBLISHED, known=KNOWN) == reading


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_read(text: str) -> None:
    check(read(text, published=PUBLISHED, known=KNOWN), text)


def test_what_is_too_much_is_cut_and_said() -> None:
    reading = read("He left in 2014. " * (MOST_SENTENCES + 1), published=PUBLISHED)
    assert reading.cut == (
        Cut("sentences", MOST_SENTENCES, MOST_SENTENCES + 1),
        Cut("mentions", MOST_MENTIONS, MOST_SENTENCES + 1),
    )
    assert len(reading.mentions) == MOST_MENTIONS


def test_the_json_of_a_reading() -> None:
    text = "# Radio\n\nAnn Lee said that Huawei had sued the city of Prague on 3 May 2018."
    assert read(text, published=PUBLISHED, known=KNOWN).as_json() == {
        "sections": [{"title": "Radio", "start": 2, "end": 76}],
        "mentions": [
            {
                "start": 65, "end": 75, "text": "3 May 2018", "edtf": "2018-05-03", "first": "2018-05-03",
                "last": "2018-05-03", "type": "DATE", "rule": "day", "anchor": None, "alternatives": [],
            }
        ],
        "candidates": [
            {
                "title": "Huawei had sued the city of Prague",
                "date": {"edtf": "2018-05-03", "text": "3 May 2018", "rule": "day", "anchor": None, "alternatives": []},
                "actors": [
                    {"name": "Huawei", "id": "huawei2345", "role": "initiator", "kind": "company", "country": "CN"},
                    {"name": "the city of Prague", "id": None, "role": "target", "kind": "government", "country": ""},
                ],
                "countries": ["CZ"],
                "type": "DEMAND",
                "place": None,
                "claimed_by": [{"name": "Ann Lee", "id": None, "kind": "person"}],
                "happened": True,
                "evidence": [
                    {"quote": text[9:], "start": 9, "end": 76, "supports": ["title"]},
                    {"quote": "sued", "start": 38, "end": 42, "supports": ["type"]},
                    {"quote": "3 May 2018", "start": 65, "end": 75, "supports": ["date"]},
                    {"quote": "Huawei", "start": 27, "end": 33, "supports": ["actors"]},
                    {"quote": "the city of Prague", "start": 43, "end": 61, "supports": ["actors"]},
                    {"quote": "Prague", "start": 55, "end": 61, "supports": ["countries"]},
                    {"quote": "Ann Lee said", "start": 9, "end": 21, "supports": ["claimed_by"]},
                ],
                "confidence": 0.85,
                "why": [
                    "Type: the verb “sue”.",
                    "Date: “3 May 2018” stands in the same clause; rule day.",
                    "Actor, initiator: “Huawei” is a name of the known actor Huawei.",
                    "Actor, target: “the city of Prague” names no one, but says who.",
                    "Claimed by Ann Lee, in whose words it stands.",
                ],
            }
        ],
        "cut": [],
    }  # fmt: skip
