"""The filter form, from the declared filters: values kept as they were sent, each refusal at its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

import django_filters
from django.utils.translation import gettext

from events.errors import Problem
from events.pages import wording
from events.pages.addresses import address, home
from events.pages.present import Names, Shown
from events.querying import lookup
from events.querying.checks import UNFIT, VALUE_LIMIT, Pairs, declared, printable
from events.querying.parameters import Parameter
from events.querying.values import Choice, Choices, Nouns

# Always in view.
COMMON = ("q", "date_from", "date_to", "date_match", "country", "actor", "claimed_by", "type", "dated")
# Follow from the page (where to go on, that results are counted), so nobody types them.
NEVER = {"cursor", "count"}
# The ids of the lists that propose values, by what looks the values up.
PROPOSALS: Mapping[object, str] = {lookup.countries: "known-countries", lookup.actors: "known-actors"}


@dataclass(frozen=True)
class Fault:
    """One problem: what is wrong, the field that it stands at ("" for none), and the address of what was meant."""

    detail: str
    field: str
    suggestion: str
    href: str


@dataclass
class Field:
    name: str
    label: str
    example: str
    value: str
    # Choices of a select, or None; the id of a list of proposals, or "".
    options: list[tuple[str, str]] | None = None
    proposals: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def described_by(self) -> str:
        """The ids of what is said beside the field."""
        said = [f"fault-{self.name}"] if self.faults else []
        return " ".join([*said, *([f"example-{self.name}"] if self.example and self.options is None else [])])


@dataclass(frozen=True)
class Group:
    """Fields about one thing (any of, all of, none of it); without a legend those that stand alone."""

    legend: str
    fields: list[Field] = field(default_factory=list)


@dataclass(frozen=True)
class Form:
    """`in_view` are the common fields and all that say something; the others open at a click."""

    in_view: list[Field]
    others: list[Group]
    faults: list[Fault]


def form(path: type[django_filters.FilterSet], pairs: Pairs, names: Names, problems: Sequence[Problem] = ()) -> Form:
    sent = {name: _shown(text) for name, text in reversed(pairs)}
    fields = {
        name: _field(name, parameter, sent.get(name, ""), names)
        for name, parameter in declared(path).items()
        if name not in NEVER
    }
    faults = []
    for problem in problems:
        places = [name for name in problem.parameter.split(", ") if name in fields]
        fault = _fault(problem, places[0] if places else "", pairs)
        faults.append(fault)
        for name in places:
            fields[name].faults.append(replace(fault, detail=fault.detail.removeprefix(f"'{name}': ")))
    in_view = [*COMMON, *(name for name, one in fields.items() if name not in COMMON and (one.value or one.faults))]
    others = [one for name, one in fields.items() if name not in in_view]
    return Form([fields[name] for name in in_view], _groups(others), faults)


def _groups(fields: Sequence[Field]) -> list[Group]:
    """First the fields that stand alone, then each filter with its forms."""
    stems = {wording.stem(one.name) for one in fields if wording.form(one.name)}
    groups = {"": Group("")}
    for one in fields:
        stem = wording.stem(one.name)
        if stem in stems:
            one.label = wording.form(one.name) or gettext("any of")
            groups.setdefault(stem, Group(wording.parameter(stem))).fields.append(one)
        else:
            groups[""].fields.append(one)
    return list(groups.values())


def _shown(text: str) -> str:
    """A value as it was sent, unless it is too long or no text at all."""
    return printable(text) if len(text) > VALUE_LIMIT or UNFIT.search(text) else text


def _field(name: str, parameter: Parameter, value: str, names: Names) -> Field:
    taken = parameter.field
    value = "" if value == wording.UNCHOSEN.get(name) else value
    made = Field(name, wording.parameter(name), "" if wording.form(name) else parameter.example, value)
    if isinstance(taken, Choice | Choices):
        made.options = _options(name, value, _choices(name, taken.choices))
    elif isinstance(taken, Nouns) and taken.find is lookup.types:
        made.options = _options(name, value, names.types)
    elif isinstance(taken, Nouns):
        made.proposals = PROPOSALS.get(taken.find, "")
    return made


def _choices(name: str, codes: Sequence[str]) -> dict[str, str]:
    return {code: str(wording.CHOICES.get((name, code), code)) for code in codes}


def _options(name: str, value: str, choices: Mapping[str, str]) -> list[tuple[str, str]]:
    """The choices after the one that holds by itself; a list or a slip that was sent is one more, so it is kept."""
    usual = wording.UNCHOSEN.get(name)
    options = [("", choices[usual] if usual else gettext("any"))]
    options += [(code, label) for code, label in choices.items() if code != usual]
    if value and value not in dict(options):
        options.append((value, _several(value, choices)))
    return options


def _several(value: str, choices: Mapping[str, str]) -> str:
    """A value that isn't one of the choices offered, in their words where it has words."""
    return ", ".join(str(choices.get(code, code)) for code in value.split(","))


def _fault(problem: Problem, place: str, pairs: Pairs) -> Fault:
    suggestion = unquote(problem.suggestion or "")
    return Fault(problem.detail, place, suggestion, _meant(problem, suggestion, pairs) if suggestion else "")


def _meant(problem: Problem, suggestion: str, pairs: Pairs) -> str:
    """The address of the same question with the suggestion, `name=value` or two of them, in it."""
    parts = suggestion.split("&") if problem.code == "reversed_window" else [suggestion]
    new = [(name, text) for name, _sign, text in (part.partition("=") for part in parts)]
    replaced = {problem.parameter, *(name for name, _text in new)}
    return address(home(), [*((name, _shown(text)) for name, text in pairs if name not in replaced), *new])


def proposals(events: Sequence[Shown]) -> list[str]:
    """Names of the actors on a page, for the fields that take one."""
    return sorted({part["name"] for event in events for part in event.stored["actors"]})
