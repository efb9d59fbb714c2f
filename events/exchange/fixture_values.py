"""From a value of JSON to a value of a column, strictly: nothing is guessed or converted in silence."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import models

# `date.fromisoformat` takes 20191016 and 2019-W42-3 too.
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Wrong(Exception):
    """A value that doesn't fit its column; the sentence says what does."""


def value_of(column: models.Field[Any, Any], value: Any) -> Any:
    """The value as its column has it. Raises Wrong."""
    if value is None:
        if column.null:
            return None
        raise Wrong("It can't be null; leave it out.")
    if column.is_relation:
        return text(value)
    if isinstance(column, models.DateField):
        return _day(value)
    if isinstance(column, models.FloatField):
        return _number(value)
    if isinstance(column, models.JSONField):
        return _list_of_texts(value)
    if isinstance(column, models.IntegerField):
        # Offsets of a quotation: they tell which of several occurrences is meant.
        return _whole_number(value)
    return text(value)


def text(value: Any) -> str:
    """A text that every database and every file carries."""
    if not isinstance(value, str):
        raise Wrong(f"It is a text, in quotes, not {value!r}.")
    if "\0" in value:
        raise Wrong("It has a NUL character; take it out.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Wrong("It has half a character (a lone surrogate); write the whole one.") from None
    return value


def _day(value: Any) -> date:
    try:
        if DAY.fullmatch(text(value)):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Wrong(f"“{value}” isn't a day; write it like 2019-10-16.")


def _number(value: Any) -> float:
    # Python counts true and false among the numbers.
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1000:
        raise Wrong(f"It is a number of degrees, not {value!r}.")
    return float(value)


def _whole_number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong(f"It is a whole number, not {value!r}.")
    return value


def _list_of_texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise Wrong(f"It is a list of texts, not {value!r}.")
    return [text(item) for item in value]
