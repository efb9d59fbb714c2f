"""A quick look at a value never takes what the field's own check refuses or changes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st

from events.curation.load_rows import CHILDREN
from events.curation.plain import plain_values
from events.models import Actor, Document, Event, EventType

MODELS: tuple[type[models.Model], ...] = (Event, Actor, Document, EventType, *CHILDREN)
FIELDS = [
    field
    for model in MODELS
    for field in model._meta.concrete_fields
    if not field.is_relation and field.name != "text_sha256"
]
TEXTS = st.one_of(
    st.text(max_size=330),
    st.sampled_from(["", "a", "abc", "abc\n", "-a-", "A slug", "draft", "published", "title", "1", "2019-10-16"]),
)
VALUES = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.lists(st.sampled_from(["title", "date", "nonsense", 1]), max_size=3),
)


@pytest.mark.parametrize("field", FIELDS, ids=str)
@settings(max_examples=30)
@given(value=VALUES)
def test_what_looks_plain_is_taken_unchanged(field: Any, value: Any) -> None:
    if plain_values(field)(value):
        cleaned = field.clean(value, None)
        assert (type(cleaned), cleaned) == (type(value), value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("title", "A title"), ("id", "event-one"), ("lat", 4.5), ("lat", None), ("date_anchor", date(2019, 1, 1))],
)
def test_common_values_look_plain(name: str, value: Any) -> None:
    assert plain_values(Event._meta.get_field(name))(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", ""),
        ("title", "x" * 301),
        ("lat", 91.0),
        ("lat", float("nan")),
        ("lat", 3),
        ("date_anchor", datetime(2019, 1, 1, tzinfo=UTC)),
    ],
)
def test_doubtful_values_are_left_to_the_field(name: str, value: Any) -> None:
    assert not plain_values(Event._meta.get_field(name))(value)
