"""Parameters that name nouns: what takes part in an event, or which actors are listed.

Each has a list of values. `_not` excludes them, `_all` demands each.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

import django_filters

from events.models import index
from events.models.sql import Sql, placeholders
from events.models.tokens import fold
from events.querying import lookup, values
from events.querying.conditions import AnyOf, Claimed, Column, Condition, Link, Not
from events.querying.lookup import Found
from events.querying.parameters import Parameter, listed


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
