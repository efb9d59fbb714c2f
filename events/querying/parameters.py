"""What a parameter is: a django-filter `Filter` that declares its form, its condition, its documentation and its words.

`.filter()` and `.qs` are not used: a parameter yields condition values, which `events` and `facets` put into SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

import django_filters

from events.querying import values
from events.querying.conditions import (
    Column,
    Condition,
    Dated,
    Matching,
    UpdatedSince,
)
from events.querying.state import Point, State
from events.querying.words import Term, Words


class Parameter(django_filters.Filter):
    """One parameter of the API. `help_text` and `example` are its documentation, `words` its part of the sentence."""

    field_class: type[values.Text] = values.Text
    # Put around the parameter's value in the human sentence; "" where the value says nothing about events.
    words = ""
    # Shape parameters say how to answer; the others which events.
    shape = False

    def __init__(self, *, help_text: str, example: str, **kwargs: Any) -> None:
        self.example = example
        super().__init__(help_text=help_text, **kwargs)

    @property
    def field(self) -> values.Text:
        return cast(values.Text, super().field)

    @property
    def help_text(self) -> str:
        return str(self.extra["help_text"])

    def conditions(self, value: Any) -> Sequence[Condition]:
        """What the value demands of an event; all of it."""
        return ()

    def echo(self, value: Any) -> Any:
        """The value as `query.parameters` shows it, normalised."""
        return list(value) if isinstance(value, tuple) else value

    def sentence(self, value: Any) -> str:
        """The value in words, to stand after "events that"."""
        return self.words % {"value": self.spoken(value)} if self.words else ""

    def spoken(self, value: Any) -> str:
        return str(value)


class Precision(Parameter):
    field_class = values.Choices
    words = "are dated to a %(value)s"

    def conditions(self, value: tuple[str, ...]) -> Sequence[Condition]:
        return [Column("precision", value)]

    def spoken(self, value: tuple[str, ...]) -> str:
        return listed(value, "or")


class HasDate(Parameter):
    field_class = values.YesNo

    def conditions(self, value: bool) -> Sequence[Condition]:
        return [Dated(value)]

    def sentence(self, value: bool) -> str:
        return "have a date" if value else "have no date"


class Since(Parameter):
    field_class = values.Instant
    words = "were revised since %(value)s"

    def conditions(self, value: Any) -> Sequence[Condition]:
        return [UpdatedSince(value)]

    def echo(self, value: Any) -> str:
        return str(value.isoformat().replace("+00:00", "Z"))

    def spoken(self, value: Any) -> str:
        return self.echo(value)


class AsOf(Parameter):
    """The state of the dataset that is asked about; the question finds it before it reads anything else."""

    field_class = values.Moment

    def echo(self, value: State) -> int:
        return value.seq


class Day(Parameter):
    """One side of the window; the question puts both together."""

    field_class = values.Day

    def echo(self, value: values.Span) -> str:
        return value.text


class Date(Parameter):
    """The window as one EDTF value."""

    field_class = values.Window

    def echo(self, value: Any) -> str:
        return str(value.edtf)


class Word(Parameter):
    """One of a few words."""

    field_class = values.Choice


class FullText(Parameter):
    """Words and phrases that stand in the event's text."""

    field_class = Words

    def conditions(self, value: tuple[Term, ...]) -> Sequence[Condition]:
        wanted = tuple(term.phrase for term in value if not term.excluded)
        return [Matching(wanted, tuple((term.phrase,) for term in value if term.excluded))]

    def echo(self, value: tuple[Term, ...]) -> str:
        return " ".join(term.written for term in value)

    def sentence(self, value: tuple[Term, ...]) -> str:
        with_them, without = (
            [f"“{term.text}”" for term in value if term.excluded == excluded] for excluded in (False, True)
        )
        if not without:
            return f"mention {listed(with_them, 'and')}"
        unwanted = listed(without, "or")
        return f"mention {listed(with_them, 'and')} but not {unwanted}" if with_them else f"don't mention {unwanted}"


class Shape(Parameter):
    """How to answer, not about what."""

    shape = True


class ShapeWord(Shape):
    field_class = values.Choice


class ShapeWords(Shape):
    field_class = values.Choices


class After(Shape):
    """The point in the order of changes from which to go on."""

    field_class = values.Token

    def echo(self, value: Point) -> str:
        return value.token


class Limit(Shape):
    field_class = values.Number


def listed(items: Iterable[str], word: str) -> str:
    """`a`, `a or b`, `a, b or c`; empty items are left out."""
    *most, last = [item for item in items if item] or [""]
    return f" {word} ".join(filter(None, [", ".join(most), last]))
