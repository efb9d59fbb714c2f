"""What a text is made of for search."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.models.tokens import GAP, HEAD, LENGTH, Phrase, fold, phrase, tokens

TEXTS = {
    "Pražák": ["prazak"],
    "PRAHA, Praha!": ["praha", "praha"],
    "covid-19": ["covid", "19"],
    "Łódź ß Ærø Đorđe": ["lodz", "ss", "aero", "dorde"],
    "Straße STRASSE": ["strasse", "strasse"],
    "ＨＵＡＷＥＩ ①": ["huawei", "1"],
    "O’Brien's co\u00adoperation": ["o", "brien", "s", "cooperation"],
    "İzmir Isparta ıslak": ["izmir", "isparta", "islak"],
    "Ельцин, Ёлка, Йод": ["ельцин", "елка", "иод"],
    "Αθήνα Σίσυφος": ["αθηνα", "σισυφοσ"],
    "مُحَمَّد محمـد ٢٠١٩": ["محمد", "محمد", "2019"],
    "שָׁלוֹם": ["שלום"],
    "हिन्दी में": ["हिन्दी", "में"],
    "世界青年": ["世界", "界青", "青年", "年"],
    "中": ["中"],
    "华为5G网络": ["华为", "为", "5g", "网络", "络"],
    "ｶﾞｲﾄﾞ": ["ガイ", "イド", "ド"],
    "북한": ["북한", "한"],
    "": [],
    "?! … _ —": [],
    "x" * 100: ["x" * LENGTH],
}
PHRASES = {
    "covid-19": Phrase(("covid", "19")),
    "世界青年": Phrase(("世界", "界青", "青年")),
    "世": Phrase(("世",), begins=True),
    "war 世": Phrase(("war", "世"), begins=True),
    "世 世": Phrase(("世", "世"), begins=True),
    "世世": Phrase(("世世",)),
    "世界 war": Phrase(("世界", "界", "war")),
    "—": None,
}


@pytest.mark.parametrize("text", TEXTS)
def test_tokens(text: str) -> None:
    assert tokens(text) == TEXTS[text]
    assert tokens(unicodedata.normalize("NFD", text)) == TEXTS[text]


@pytest.mark.parametrize("text", PHRASES)
def test_phrase(text: str) -> None:
    assert phrase(text) == PHRASES[text]


@given(st.text())
def test_tokens_are_what_both_databases_take_as_they_are(text: str) -> None:
    for token in tokens(text):
        assert 0 < len(token) <= LENGTH
        assert not token.startswith((GAP, HEAD))
        assert all(unicodedata.category(character)[0] in "LMN" for character in token)
        assert token == token.lower()


@given(st.text())
def test_a_folded_name_has_the_same_tokens(text: str) -> None:
    """The names of actors are read from the index, where they are folded."""
    assert tokens(fold(text)) == tokens(text)


@given(st.text(), st.text())
def test_texts_apart_are_read_apart(one: str, other: str) -> None:
    assert tokens(f"{one} {other}") == tokens(one) + tokens(other)
