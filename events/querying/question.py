"""From the parameters of a request to a question, a frozen value; every problem is found before any is reported."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import django_filters

from events.errors import InvalidQuestion
from events.models.sql import Sql
from events.querying import checks, values
from events.querying.checks import Pairs
from events.querying.conditions import Condition, InWindow, Matching
from events.querying.named import ActorFilter
from events.querying.parameters import Parameter
from events.querying.sentence import sentence
from events.querying.state import State, Where

POSSIBLE, CERTAIN = "possible", "certain"


@dataclass(frozen=True)
class Question:
    """Which events, and how to show them.

    `parameters` echoes what was applied, `sent` has it as it was written. `conditions` are all but the window, which
    stands apart because counts and buckets ask about it in other ways.
    """

    path: type[django_filters.FilterSet]
    values: dict[str, Any] = field(hash=False)
    parameters: dict[str, Any] = field(hash=False)
    sent: dict[str, str] = field(hash=False)
    conditions: tuple[Condition, ...]
    first: date | None
    last: date | None
    match: str | None
    text: str
    state: State

    @property
    def windowed(self) -> bool:
        return self.match is not None

    @property
    def keeps_some(self) -> bool:
        """Whether some fields only are to be shown."""
        return "fields" in self.values or "omit" in self.values

    @property
    def citable(self) -> bool:
        """Whether it can be asked again `as_of` now: the texts of the past aren't kept for search."""
        return "q" not in self.values

    @property
    def where(self) -> Where:
        return Where(self.state, self.conditions)

    @property
    def window(self) -> InWindow | None:
        return InWindow(self.first, self.last, self.match == CERTAIN) if self.windowed else None

    @property
    def actor_conditions(self) -> list[Sql]:
        declared = checks.declared(self.path)
        given = ((declared[name], value) for name, value in self.values.items())
        return [parameter.actors(value) for parameter, value in given if isinstance(parameter, ActorFilter)]

    @property
    def unresolved(self) -> dict[str, Any]:
        """`parameters` with the words by which nouns were named in place of what these mean now."""
        declared = checks.declared(self.path)
        named = {name: field for name in self.sent if isinstance(field := declared[name].field, values.Nouns)}
        return self.parameters | {name: list(field.clean(self.sent[name])) for name, field in named.items()}

    def with_defaults(self, defaults: dict[str, Any]) -> Question:
        """The same question with what is applied where nothing was sent."""
        applied = defaults | self.parameters
        return replace(
            self,
            values=defaults | self.values,
            parameters={name: applied[name] for name in self.path.base_filters if name in applied},
        )

    def plus(self, condition: Condition) -> Question:
        """The same question about fewer events."""
        return replace(self, conditions=(*self.conditions, condition))

    def by_relevance(self) -> tuple[Question, Question]:
        """The same question about events whose head has all that is searched, and about the others, newest first."""
        (search,) = (condition for condition in self.conditions if isinstance(condition, Matching))
        others = tuple(condition for condition in self.conditions if condition is not search)
        newest = replace(self, values=self.values | {"ordering": "-date"}, conditions=others)
        return newest.plus(search.in_head()), newest.plus(search.beyond_head())

    def shape(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)


def ask(
    path: type[django_filters.FilterSet], pairs: Pairs, newest: State, *, now: datetime, form: str = "json"
) -> Question:
    """The question that the parameters of a request ask, to be answered in the format `form`.

    Call it inside `snapshot()`, which yields the newest state: names are looked up. Raises InvalidQuestion with every
    problem.
    """
    declared = checks.declared(path)
    moment = checks.moment(pairs, declared, newest, now)
    state: State = moment.value or newest
    given, problems = checks.known(pairs, declared, state, getattr(path, "refuses", {}))
    parsed = {}
    for name, text in given.items():
        result = moment if name == checks.AS_OF else checks.parse(name, text, declared[name], state)
        if result.problem:
            problems.append(result.problem)
        else:
            parsed[name] = result.value
    problems += checks.together(given, parsed, form)
    if problems:
        raise InvalidQuestion(problems)
    # However they were ordered: one question has one sentence, one address and one ETag.
    parsed = {name: parsed[name] for name in declared if name in parsed}
    first, last, match = _window(parsed)
    return Question(
        path=path,
        values=parsed,
        parameters=_echo(declared, parsed, match),
        sent=given,
        conditions=tuple(c for name, value in parsed.items() for c in declared[name].conditions(value)),
        first=first,
        last=last,
        match=match,
        text=sentence(declared, parsed, first, last, match),
        state=state,
    )


def _window(parsed: dict[str, Any]) -> tuple[date | None, date | None, str | None]:
    first = parsed["date_from"].first if "date_from" in parsed else None
    last = parsed["date_to"].last if "date_to" in parsed else None
    if "date" in parsed:
        first, last = values.open_sides(parsed["date"])
    windowed = bool(parsed.keys() & set(checks.WINDOW))
    return first, last, parsed.get("date_match", POSSIBLE) if windowed else None


def _echo(declared: dict[str, Parameter], parsed: dict[str, Any], match: str | None) -> dict[str, Any]:
    """Every parameter that was applied, in the order of their declaration; the cursor is left out."""
    applied = {name: declared[name].echo(value) for name, value in parsed.items() if name != "cursor"}
    if match and "date_match" in declared:
        applied["date_match"] = match
    return {name: applied[name] for name in declared if name in applied}
