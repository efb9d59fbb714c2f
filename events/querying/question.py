"""From the parameters of a request to a question, a frozen value; every problem is found before any is reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import django_filters

from events.errors import InvalidQuestion, Problem
from events.querying import values
from events.querying.conditions import Condition, InWindow, Sql, Where
from events.querying.habits import meant
from events.querying.parameters import ActorFilter, Parameter
from events.querying.sentence import sentence

Pairs = Sequence[tuple[str, str]]

# More than any real value; what is longer is cut in messages.
VALUE_LIMIT = 500
SHOWN = 100
PARAMETER_LIMIT = 200
POSSIBLE, CERTAIN = "possible", "certain"


@dataclass(frozen=True)
class Question:
    """Which events, and how to show them.

    `parameters` echoes what was applied; `conditions` are all but the window, which stands apart because counts and
    buckets ask about it in other ways.
    """

    path: type[django_filters.FilterSet]
    values: dict[str, Any] = field(hash=False)
    parameters: dict[str, Any] = field(hash=False)
    conditions: tuple[Condition, ...]
    first: date | None
    last: date | None
    match: str | None
    text: str

    @property
    def windowed(self) -> bool:
        return self.match is not None

    @property
    def where(self) -> Where:
        return Where(self.conditions)

    @property
    def window(self) -> InWindow | None:
        return InWindow(self.first, self.last, self.match == CERTAIN) if self.windowed else None

    @property
    def actor_conditions(self) -> list[Sql]:
        given = ((self.path.base_filters[name], value) for name, value in self.values.items())
        return [declared.actors(value) for declared, value in given if isinstance(declared, ActorFilter)]

    def with_defaults(self, defaults: dict[str, Any]) -> Question:
        """The same question with what is applied where nothing was sent."""
        applied = defaults | self.parameters
        return replace(self, parameters={name: applied[name] for name in self.path.base_filters if name in applied})

    def shape(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)


def ask(path: type[django_filters.FilterSet], pairs: Pairs) -> Question:
    """The question that the parameters of a request ask. Call it inside `snapshot()`: names are looked up.

    Raises InvalidQuestion with every problem.
    """
    declared = parameters(path)
    problems: list[Problem] = []
    given = _known(pairs, declared, problems)
    parsed = {
        name: parsed for name, text in given.items() if (parsed := _parse(name, text, declared, problems)) is not _BAD
    }
    _conflicts(given, parsed, problems)
    if problems:
        raise InvalidQuestion(problems)
    first, last, match = _window(parsed)
    return Question(
        path=path,
        values=parsed,
        parameters=_echo(declared, parsed, match),
        conditions=tuple(c for name, value in parsed.items() for c in declared[name].conditions(value)),
        first=first,
        last=last,
        match=match,
        text=sentence(declared, parsed, first, last, match),
    )


def parameters(path: type[django_filters.FilterSet]) -> dict[str, Parameter]:
    """The parameters that a path takes, in the order of their declaration."""
    return {name: declared for name, declared in path.base_filters.items() if isinstance(declared, Parameter)}


class _Bad:
    pass


_BAD = _Bad()


def _known(pairs: Pairs, declared: dict[str, Parameter], problems: list[Problem]) -> dict[str, str]:
    """The known parameters that stand once; the others become problems."""
    if len(pairs) > PARAMETER_LIMIT:
        detail = f"At most {PARAMETER_LIMIT} parameters; these are {len(pairs)}."
        problems.append(Problem("", "", "too_many", detail))
        return {}
    by_name: dict[str, list[str]] = {}
    for name, value in pairs:
        by_name.setdefault(name, []).append(value)
    for name, texts in by_name.items():
        if name not in declared:
            problems.append(_unknown(name, texts[0], declared))
        elif len(texts) > 1:
            problems.append(_repeated(name, texts, declared))
    return {name: texts[0] for name, texts in by_name.items() if name in declared and len(texts) == 1}


def _unknown(name: str, value: str, declared: dict[str, Parameter]) -> Problem:
    guess = meant(printable(name), declared)
    detail, suggestion = f"There is no parameter '{printable(name)}'.", None
    if guess == "cursor":
        detail += " Follow the address in “next” to go on."
    elif guess:
        text = _nearest(guess, value, declared)
        suggestion = f"{guess}={text}"
        detail += f" Did you mean {suggestion}?"
    return Problem(printable(name), printable(value), "unknown_parameter", detail, suggestion)


def _nearest(name: str, value: str, declared: dict[str, Parameter]) -> str:
    """The value as it would have to be written for the parameter that was meant."""
    scratch: list[Problem] = []
    _parse(name, value, declared, scratch)
    return scratch[0].suggestion or printable(value) if scratch else printable(value)


def _repeated(name: str, texts: list[str], declared: dict[str, Parameter]) -> Problem:
    many = getattr(declared[name].field, "many", False)
    suggestion = f"{name}={','.join(texts)}" if many else f"{name}={texts[0]}"
    how = "Put the values into one, with commas" if many else "Give it once"
    detail = f"'{name}' stands {len(texts)} times. {how}: {printable(suggestion)}."
    return Problem(name, printable(", ".join(texts)), "repeated", detail, printable(suggestion))


def _parse(name: str, text: str, declared: dict[str, Parameter], problems: list[Problem]) -> Any:
    problem = _unfit(name, text, declared[name])
    if problem:
        problems.append(problem)
        return _BAD
    try:
        return declared[name].field.clean(text)
    except values.Refused as refused:
        problems.append(Problem(name, printable(text), refused.code, f"{refused}", refused.suggestion))
        return _BAD


def _unfit(name: str, text: str, parameter: Parameter) -> Problem | None:
    """What no parameter takes: nothing, too much, characters that are none."""
    if parameter.not_yet:
        return Problem(name, printable(text), "not_yet", f"'{name}': {parameter.not_yet} Leave it out.")
    if text == "":
        return Problem(
            name, "", "empty", f"'{name}' has no value; give it one such as {parameter.example}, or leave it out."
        )
    if len(text) > VALUE_LIMIT:
        detail = f"The value of '{name}' has {len(text)} characters; at most {VALUE_LIMIT} are taken."
        return Problem(name, printable(text), "too_long", detail)
    if re.search("[\0-\x1f\x7f\ud800-\udfff]", text):
        detail = f"The value of '{name}' has a control character, or isn't UTF-8."
        return Problem(name, printable(text), "invalid_text", detail)
    return None


def printable(text: str) -> str:
    """A client's text as it may stand in an answer: cut, without what no encoder takes."""
    cut = text if len(text) <= SHOWN else text[:SHOWN] + "…"
    return re.sub("[\0-\x1f\x7f\ud800-\udfff]", "\ufffd", cut)


TOGETHER = (
    ("date", "date_from", "“date” is a window of its own"),
    ("date", "date_to", "“date” is a window of its own"),
    ("fields", "omit", "one names what is kept, the other what is left out"),
)


def _conflicts(given: dict[str, str], parsed: dict[str, Any], problems: list[Problem]) -> None:
    """Parameters that don't go together; each problem names both."""
    for one, other, why in TOGETHER:
        if one in given and other in given:
            problems.append(
                _clash(f"{one}, {other}", f"{given[one]}, {given[other]}", f"Give '{one}' or '{other}': {why}.")
            )
    windows = [name for name in ("date", "date_from", "date_to") if name in given]
    if windows and parsed.get("dated") is False:
        names = ", ".join([*windows, "dated"])
        problems.append(
            _clash(names, "false", f"Events without a date are in no window: leave out {windows[0]} or dated.")
        )
    if not windows and "date_match" in given:
        detail = "'date_match' says how to match a window; give date, date_from or date_to with it."
        problems.append(_clash("date_match, date", given["date_match"], detail))
    start, end = parsed.get("date_from"), parsed.get("date_to")
    if start and end and start.first > end.last:
        detail = f"The window ends ({end.text}) before it starts ({start.text})."
        swapped = f"date_from={end.text}&date_to={start.text}"
        problems.append(Problem("date_from, date_to", f"{start.text}, {end.text}", "reversed_window", detail, swapped))


def _clash(names: str, value: str, detail: str) -> Problem:
    return Problem(names, printable(value), "conflict", detail)


def _window(parsed: dict[str, Any]) -> tuple[date | None, date | None, str | None]:
    first = parsed["date_from"].first if "date_from" in parsed else None
    last = parsed["date_to"].last if "date_to" in parsed else None
    if "date" in parsed:
        first, last = values.open_sides(parsed["date"])
    windowed = bool(parsed.keys() & {"date", "date_from", "date_to"})
    return first, last, parsed.get("date_match", POSSIBLE) if windowed else None


def _echo(declared: dict[str, Parameter], parsed: dict[str, Any], match: str | None) -> dict[str, Any]:
    """Every parameter that was applied, in the order of their declaration; the cursor is left out."""
    applied = {name: declared[name].echo(value) for name, value in parsed.items() if name != "cursor"}
    if match and "date_match" in declared:
        applied["date_match"] = match
    return {name: applied[name] for name in declared if name in applied}
