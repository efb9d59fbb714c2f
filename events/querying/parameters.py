"""What a parameter is: a django-filter `Filter` that declares its form, its condition, its documentation and its words.

`.filter()` and `.qs` are not used: a parameter yields condition values, which `events` and `facets` put into SQL.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

import django_filters

from events.models import index
from events.models.tokens import fold
from events.querying import lookup, values
from events.querying.conditions import (
    AnyOf,
    Claimed,
    Column,
    Condition,
    Dated,
    Link,
    Matching,
    Not,
    UpdatedSince,
)
from events.querying.lookup import Found
from events.querying.sql import Sql, placeholders
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


class Several(Parameter):
    """A parameter with a list of nouns. `_not` excludes, `_all` demands each."""

    field_class = values.Nouns
    negated = False
    every = False

    def __init__(self, *, words: str, except_words: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words, self.except_words = words, except_words or f"those that {words}"

    def excluding(self) -> Several:
        """The `_not` form of this parameter."""
        return self._variant(negated=True, help_text=f"Excludes: {self.help_text}")

    def demanding(self) -> Several:
        """The `_all` form of this parameter."""
        return self._variant(every=True, help_text=f"Demands each of the values: {self.help_text}")

    def _variant(self, *, help_text: str, **changes: bool) -> Several:
        variant = copy.copy(self)
        variant.extra = {**self.extra, "help_text": help_text}
        variant.creation_counter = django_filters.Filter.creation_counter
        django_filters.Filter.creation_counter += 1
        for name, value in changes.items():
            setattr(variant, name, value)
        return variant

    def conditions(self, value: tuple[Found, ...]) -> Sequence[Condition]:
        ids = tuple(found.id for found in value)
        if self.every:
            return [self.condition((one,)) for one in ids]
        return [Not(self.condition(ids)) if self.negated else self.condition(ids)]

    def condition(self, ids: tuple[str, ...]) -> Condition:
        """At least one of the ids."""
        raise NotImplementedError

    def echo(self, value: tuple[Found, ...]) -> list[str]:
        return [found.id for found in value]

    def sentence(self, value: tuple[Found, ...]) -> str:
        """To stand after "events that", or after "except" where the values are excluded."""
        return (self.except_words if self.negated else self.words) % {"value": self.spoken(value)}

    def spoken(self, value: tuple[Found, ...]) -> str:
        return listed([found.name for found in value], "and" if self.every else "or")


class Linked(Several):
    """Nouns that are linked to the event by rows of an index table."""

    def __init__(self, *, table: type[index.Derived], column: str, role: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.table, self.column, self.role = table, column, role

    def condition(self, ids: tuple[str, ...]) -> Condition:
        return Link(self.table, self.column, ids, self.role)


class Claimant(Linked):
    """Who claims the event; `none` stands for nobody."""

    def condition(self, ids: tuple[str, ...]) -> Condition:
        actors = tuple(one for one in ids if one != "none")
        parts: list[Condition] = [super().condition(actors)] if actors else []
        if "none" in ids:
            parts.append(Not(Claimed()))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


class InColumn(Several):
    """Codes that stand in a column of the event."""

    def __init__(self, *, column: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.column = column

    def condition(self, ids: tuple[str, ...]) -> Condition:
        return Column(self.column, ids)


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


def actors(role: str, words: str) -> Linked:
    return Linked(
        table=index.ParticipationIndex,
        column="actor_id",
        role=role,
        find=lookup.actors,
        words=words,
        help_text=f"Id, exact name or alias of an actor {'as ' + role if role else 'in any role'}.",
        example="Huawei",
    )


def actor_countries(role: str, words: str) -> Linked:
    return Linked(
        table=index.ParticipationIndex,
        column="country",
        role=role,
        find=lookup.countries,
        words=words,
        help_text=f"Country of an actor {'as ' + role if role else 'in any role'}, as the event shows it.",
        example="CN",
    )


class ActorFilter(Parameter):
    """A filter on the actors that are listed, beside those on their events: SQL on the actor index `t`.

    `words` stand after "actors that".
    """

    def actors(self, value: Any) -> Sql:
        raise NotImplementedError


class ActorName(ActorFilter):
    words = "have “%(value)s” in a name"

    def actors(self, value: str) -> Sql:
        table = index.NameIndex._meta.db_table
        pattern = "%" + re.sub(r"([\\%_])", r"\\\1", fold(value)) + "%"
        return f"t.seq IN (SELECT seq FROM {table} WHERE folded LIKE %s ESCAPE '\\')", [pattern]


class ActorKinds(ActorFilter):
    field_class = values.Choices
    words = "are of the kind %(value)s"

    def spoken(self, value: tuple[str, ...]) -> str:
        return listed(value, "or")

    def actors(self, value: tuple[str, ...]) -> Sql:
        return f"t.kind IN ({placeholders(value)})", list(value)


class ActorHome(ActorFilter):
    field_class = values.Nouns
    words = "are of %(value)s"

    def spoken(self, value: tuple[Found, ...]) -> str:
        return listed([found.name for found in value], "or")

    def actors(self, value: tuple[Found, ...]) -> Sql:
        codes = tuple(found.id for found in value)
        return f"t.country IN ({placeholders(codes)})", list(codes)

    def echo(self, value: tuple[Found, ...]) -> list[str]:
        return [found.id for found in value]
