"""Ids, and what a field refuses by itself."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from events.models import Document
from events.models.fields import ID_ALPHABET, id_form, new_id
from events.models.working import supports_form


def test_a_fresh_id() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    for fresh in ids:
        id_form(fresh)
        assert len(fresh) == 10
        assert set(fresh) <= set(ID_ALPHABET)


def test_no_word_is_ever_spelt_and_no_character_misread() -> None:
    assert not set(ID_ALPHABET) & set("aeiou01ly")


@pytest.mark.parametrize("text", ["abc", "a-b", "2019-11-04-digest", "x" * 32, "123"])
def test_an_id_of_ones_own(text: str) -> None:
    id_form(text)


@pytest.mark.parametrize(
    "text", ["", "ab", "x" * 33, "Abc", "a_b", "a b", "-ab", "ab-", "abc\n", "äbc", "a/b", "ａｂｃ", "abc\0"]
)
def test_not_an_id(text: str) -> None:
    with pytest.raises(ValidationError):
        id_form(text)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/", "data:text/html,x", "example.org"])
@pytest.mark.parametrize("name", ["url", "archived_url"])
def test_addresses_are_of_the_web(name: str, address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Document(title="t", text="t", **{name: address}).clean_fields()
    assert name in refused.value.error_dict


@pytest.mark.parametrize("value", [["title"], ["title", "date"], ["claimed_by", "countries", "actors", "location"]])
def test_what_evidence_may_support(value: list[str]) -> None:
    supports_form(value)


@pytest.mark.parametrize("value", [[], "title", ["titel"], ["title", "title"], [1], [["title"]], {"title": 1}, None])
def test_what_evidence_cant_support(value: object) -> None:
    with pytest.raises(ValidationError):
        supports_form(value)
