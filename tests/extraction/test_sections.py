"""A text taken apart: headings, paragraphs, list items, sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.extraction.sections import blocks, sections, sentences

SENTENCES = [
    ("Mr. Yau left. The U.S. Embassy replied.", ["Mr. Yau left.", "The U.S. Embassy replied."]),
    ("He came to the U.S. In 2018 he left.", ["He came to the U.S.", "In 2018 he left."]),
    ("He came to the U.S. State Department.", ["He came to the U.S. State Department."]),
    ("J. K. Novak et al. met Dr. Lee at 5 p.m. on Friday.", ["J. K. Novak et al. met Dr. Lee at 5 p.m. on Friday."]),
    ("It rose 2.5 percent. Nobody knew.", ["It rose 2.5 percent.", "Nobody knew."]),
    ("“We left.” Then they came back.", ["“We left.”", "Then they came back."]),
    ("“We left. We are home,” he said.", ["“We left.", "We are home,” he said."]),
    ("Why? Nobody knows! It ended…", ["Why?", "Nobody knows!", "It ended…"]),
    ("他们离开了。然后回来。", ["他们离开了。", "然后回来。"]),
    ("A line\nbroken in two. Next.", ["A line\nbroken in two.", "Next."]),
    ("- one thing\n- another thing\n", ["one thing", "another thing"]),
    ("1. First done.\n2. Second done.", ["First done.", "Second done."]),
    ("No stop at the end", ["No stop at the end"]),
    ("- \n1", ["1"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in sentences(text, blocks(text))] == expected


HEADINGS = [
    ("# One\n\nText here.\n\n## Two ##\n\nMore.", ["One", "Two"]),
    ("Plain heading\n\nA paragraph that is longer than it.", ["Plain heading"]),
    ("Underlined\n==========\n\nText.", ["Underlined"]),
    ("Preface.\n\n# One\n\nText.", ["", "One"]),
    ("No heading, only this.", [""]),
    ("Dear reader,\n\na letter follows that is longer.", [""]),
    ("# \n\nText under no heading.", [""]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), HEADINGS)
def test_sections(text: str, expected: list[str]) -> None:
    parts = blocks(text)
    made = sections(text, parts)
    assert [section.title for section in made] == expected
    assert {sentence.section for sentence in sentences(text, parts)} <= {0, 1, 2}


@given(st.text(alphabet=st.sampled_from("Aab. \n#-*1“”=…U.S"), max_size=200))
def test_sentences_are_in_order_trimmed_and_leave_no_word_out(text: str) -> None:
    parts = blocks(text)
    made = list(sentences(text, parts))
    assert all(one.end <= two.start for one, two in pairwise(made))
    assert all(text[one.start : one.end].strip() == text[one.start : one.end] != "" for one in made)
    prose = "".join(text[part.start : part.end] for part in parts if not part.heading)
    assert "".join("".join(text[one.start : one.end].split()) for one in made) == "".join(prose.split())
