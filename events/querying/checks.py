"""What is wrong with the parameters of a request: each on its own, and together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import quote

import django_filters

from events.errors import Problem
from events.querying.filters import ANYWHERE, RELEVANCE
from events.querying.habits import RESERVED, meant
from events.querying.parameters import Parameter
from events.querying.state import State
from events.querying.values import Refused

Pairs = Sequence[tuple[str, str]]

# More than any real value; what is longer is cut in messages.
VALUE_LIMIT = 500
SHOWN = 100
PARAMETER_LIMIT = 200

AS_OF = "as_of"
WINDOW = ("date", "date_from", "date_to")
TOGETHER = (
    ("date", "date_from", "“date” is a window of its own"),
    ("date", "date_to", "“date” is a window of its own"),
    ("q", AS_OF, "the texts of the past aren't kept for search"),
    ("fields", "omit", "one names what is kept, the other what is left out"),
)
# Where events are objects of ours they can have some fields only; a total has its place in the envelope of JSON.
OBJECTS = ("json", "jsonl", "geojson")
ONLY_IN = {"fields": OBJECTS, "omit": OBJECTS, "count": ("json",), "rows": ("jsonl", "csv")}

UNFIT = re.compile("[\0-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Parsed:
    """What a parameter's text means, or what is wrong with it."""

    value: Any = None
    problem: Problem | None = None


@cache
def declared(path: type[django_filters.FilterSet]) -> dict[str, Parameter]:
    """The parameters that a path takes, in the order of their declaration."""
    return {name: parameter for name, parameter in path.base_filters.items() if isinstance(parameter, Parameter)}


def moment(pairs: Pairs, takes: Mapping[str, Parameter], newest: State, now: datetime) -> Parsed:
    """The state that `as_of` names, or the newest one where it stands nowhere. `now` is the clock of who is asked."""
    text = dict(pairs).get(AS_OF)
    if text is None or AS_OF not in takes:
        return Parsed(newest)
    result = parse(AS_OF, text, takes[AS_OF], newest)
    if result.problem:
        return result
    state = None if isinstance(result.value, datetime) and result.value > now else newest.as_of(result.value)
    if state is None:
        detail = f"'{AS_OF}' lies in the future; the newest change is {newest.seq}."
        return Parsed(problem=Problem(AS_OF, printable(text), "future", detail, f"{AS_OF}={newest.seq}"))
    return Parsed(state)


def known(
    pairs: Pairs, takes: Mapping[str, Parameter], state: State, refuses: Mapping[str, str]
) -> tuple[dict[str, str], list[Problem]]:
    """The parameters that the path takes and that stand once, and a problem for each other. `refuses` says why a path
    doesn't take what others do."""
    if len(pairs) > PARAMETER_LIMIT:
        detail = f"At most {PARAMETER_LIMIT} parameters are taken; these are {len(pairs)}."
        return {}, [Problem("", "", "too_many", detail)]
    by_name: dict[str, list[str]] = {}
    for name, value in pairs:
        by_name.setdefault(name, []).append(value)
    problems = [
        _unknown(name, texts[0], takes, state, refuses) if name not in takes else _repeated(name, texts, takes[name])
        for name, texts in by_name.items()
        if name not in takes or len(texts) > 1
    ]
    return {name: texts[0] for name, texts in by_name.items() if name in takes and len(texts) == 1}, problems


def _unknown(
    name: str, value: str, takes: Mapping[str, Parameter], state: State, refuses: Mapping[str, str]
) -> Problem:
    shown = printable(name)
    detail, suggestion = f"There is no parameter '{shown}'.", None
    guess = None if name in ANYWHERE or name in RESERVED else meant(name, takes)
    if name in ANYWHERE:
        detail = " ".join(filter(None, [f"'{name}' isn't taken at this address.", refuses.get(name)]))
    elif name in RESERVED:
        detail += " Its name is kept for later."
    elif guess == "cursor":
        detail += " Follow the address in “next” to go on."
    elif guess:
        suggestion = _corrected(guess, value, takes[guess], state)
        detail += f" Did you mean {suggestion or repr(guess)}?"
    return Problem(shown, printable(value), "unknown_parameter", detail, suggestion)


def piece(name: str, value: str) -> str:
    """A piece of a query, as it has to be written in an address; letters of other scripts stay as people read them."""
    return f"{name}=" + re.sub("[ %&+#]", lambda sign: quote(sign[0]), value)


def _corrected(name: str, value: str, parameter: Parameter, state: State) -> str | None:
    """The parameter that was meant with the value as it has to be written; None where that can't be told."""
    problem = parse(name, value, parameter, state).problem
    return problem.suggestion if problem else piece(name, value)


def _repeated(name: str, texts: list[str], parameter: Parameter) -> Problem:
    how, suggestion = "Give it once.", None
    if parameter.field.many:
        how = "Put the values into one, with commas."
        whole = ",".join(texts)
        suggestion = piece(name, whole) if all(texts) and _unfit(name, whole, parameter) is None else None
    detail = f"'{name}' stands {len(texts)} times. {how}"
    return Problem(name, printable(", ".join(texts)), "repeated", detail, suggestion)


def parse(name: str, text: str, parameter: Parameter, state: State) -> Parsed:
    """What the text of a parameter means in a state of the dataset."""
    problem = _unfit(name, text, parameter)
    if problem:
        return Parsed(problem=problem)
    try:
        return Parsed(parameter.field.read(text, state))
    except Refused as refused:
        suggestion = piece(name, refused.suggestion) if refused.suggestion else None
        return Parsed(problem=Problem(name, printable(text), refused.code, f"'{name}': {refused}", suggestion))


def _unfit(name: str, text: str, parameter: Parameter) -> Problem | None:
    """What no parameter takes: nothing, too much, characters that are none."""
    if text == "":
        example = f"give it one such as {parameter.example}, or " if parameter.example else ""
        return Problem(name, "", "empty", f"'{name}' has no value; {example}leave it out.")
    if len(text) > VALUE_LIMIT:
        detail = f"The value of '{name}' has {len(text)} characters; at most {VALUE_LIMIT} are taken."
        return Problem(name, printable(text), "too_long", detail)
    if UNFIT.search(text):
        detail = f"The value of '{name}' has a control character, or isn't UTF-8."
        return Problem(name, printable(text), "invalid_text", detail)
    return None


def printable(text: str) -> str:
    """A client's text as it may stand in an answer: cut, without what no encoder takes."""
    return UNFIT.sub("\ufffd", text if len(text) <= SHOWN else text[:SHOWN] + "…")


def together(given: Mapping[str, str], parsed: Mapping[str, Any], form: str) -> Iterator[Problem]:
    """Parameters that don't go together; each problem names both."""
    for one, other, why in TOGETHER:
        if one in given and other in given:
            yield _clash(f"{one}, {other}", f"{given[one]}, {given[other]}", f"Give '{one}' or '{other}': {why}.")
    windows = [name for name in WINDOW if name in given]
    if windows and parsed.get("dated") is False:
        detail = f"Events without a date are in no window: leave out '{windows[0]}' or 'dated'."
        yield _clash(", ".join([*windows, "dated"]), ", ".join([*(given[name] for name in windows), "false"]), detail)
    if not windows and "date_match" in given:
        detail = "'date_match' says how to match a window; give 'date', 'date_from' or 'date_to' with it."
        yield _clash("date_match, date", given["date_match"], detail)
    yield from _relevance(given, parsed)
    start, end = parsed.get("date_from"), parsed.get("date_to")
    if start and end and start.first > end.last:
        detail = f"The window ends ({end.text}) before it starts ({start.text})."
        swapped = f"date_from={end.text}&date_to={start.text}"
        yield Problem("date_from, date_to", f"{start.text}, {end.text}", "reversed_window", detail, swapped)
    for name, forms in ONLY_IN.items():
        if name in given and form not in forms:
            detail = f"'{name}' has no meaning in {form}: leave it out, or ask for format={' or '.join(forms)}."
            yield _clash(f"{name}, format", f"{given[name]}, {form}", detail)


def _relevance(given: Mapping[str, str], parsed: Mapping[str, Any]) -> Iterator[Problem]:
    """There is a most relevant event where words are looked for, and no next page after the best."""
    if parsed.get("ordering") != RELEVANCE:
        return
    if "q" not in given or ("q" in parsed and all(term.excluded for term in parsed["q"])):
        detail = "'ordering=relevance' goes by the words that 'q' looks for; give 'q' with it, or another 'ordering'."
        yield _clash("ordering, q", ", ".join(["relevance", *([given["q"]] if "q" in given else [])]), detail)
    if "cursor" in given:
        detail = "'ordering=relevance' gives the best on one page: leave out 'cursor', and take a larger 'limit'."
        yield _clash("ordering, cursor", f"relevance, {given['cursor']}", detail)


def _clash(names: str, value: str, detail: str) -> Problem:
    return Problem(names, printable(value), "conflict", detail)
