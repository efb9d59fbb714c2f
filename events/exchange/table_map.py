"""The map of a table: which column is what. TOML, strict: a name that isn't known is an error.

title = "Headline"                                   a column
type = { column = "Kind", values = { p = "PROTEST" }, default = "OTHER" }
countries = { column = "Countries", separator = ";" }

[date]                                               in pieces, or `column = "Date"`, and `end`
year = "Year"
month = "Month"
day = "Day"
unknown = ["", "99", "n/a"]
precision = { column = "Precision", day = ["1"], month = ["2"], year = ["3"], approximate = ["c"] }

[[actors]]
name = "Actor"
role = "initiator"
kind = "government"
country = "Actor country"
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from events.errors import InvalidTable
from events.exchange.table_dates import PRECISIONS, QUALIFIERS, DateMap
from events.models.reference import ActorKind, Role

FIELDS: Final = ("title", "type", "summary", "place", "location_country", "countries", "lat", "lon", "note")
_COLUMN_KEYS: Final = ("column", "values", "default", "separator")
_DATE_KEYS: Final = ("column", "end", *PRECISIONS, *(f"end_{name}" for name in PRECISIONS), "unknown", "precision")
_ACTOR_KEYS: Final = ("name", "role", "kind", "country", "separator")


@dataclass(frozen=True)
class Column:
    """A column, what its codes mean, what an empty cell means, and what is between several values."""

    name: str
    values: Mapping[str, str]
    default: str = ""
    separator: str = ""

    def read(self, row: Mapping[str, str]) -> list[str]:
        cell = row[self.name] if self.name else ""
        parts = cell.split(self.separator) if self.separator else [cell]
        found = [self.values.get(part.strip(), part.strip()) for part in parts if part.strip()]
        return found or ([self.default] if self.default else [])


@dataclass(frozen=True)
class Actor:
    name: Column
    role: str
    kind: str
    country: str


@dataclass(frozen=True)
class Map:
    fields: Mapping[str, Column]
    date: DateMap
    actors: tuple[Actor, ...]

    def columns(self) -> list[str]:
        """All columns that it names."""
        actors = [name for actor in self.actors for name in (actor.name.name, actor.country)]
        named = [*(column.name for column in self.fields.values()), *self.date.columns(), *actors]
        return [name for name in dict.fromkeys(named) if name]


def read_map(content: bytes) -> Map:
    """Raises InvalidTable with all that is wrong with it."""
    try:
        said = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidTable([f"The map isn't TOML in UTF-8: {error}"]) from None
    return _Reader().read(said)


class _Reader:
    def __init__(self) -> None:
        self.faults: list[str] = []

    def read(self, said: dict[str, Any]) -> Map:
        self._known(said, (*FIELDS, "date", "actors"), "The map")
        fields: dict[str, Column] = {name: self._column(said[name], name) for name in FIELDS if name in said}
        if "title" not in fields:
            self.faults.append("The map: say which column is the title.")
        fields.setdefault("type", Column("", {}, "OTHER"))
        where = said.get("date", {})
        found = Map(fields, self._date(where if isinstance(where, dict) else {"column": where}), self._actors(said))
        if self.faults:
            raise InvalidTable(self.faults)
        return found

    def _known(self, said: Mapping[str, Any], known: Iterable[str], where: str) -> None:
        for name in said:
            if name not in known:
                near = difflib.get_close_matches(name, list(known), 1)
                hint = f" Did you mean {near[0]}?" if near else f" There are {', '.join(known)}."
                self.faults.append(f"{where}: there is no “{name}”.{hint}")

    def _text(self, value: Any, where: str) -> str:
        if not isinstance(value, str):
            self.faults.append(f"The map, {where}: it is a text, in quotes.")
            return ""
        return value

    def _column(self, said: Any, where: str) -> Column:
        if isinstance(said, str):
            said = {"column": said}
        if not isinstance(said, dict):
            self.faults.append(f"The map, {where}: it is a column, in quotes, or a table with “column”.")
            return Column("", {})
        self._known(said, _COLUMN_KEYS, f"The map, {where}")
        values = said.get("values", {})
        if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
            self.faults.append(f"The map, {where}: its values are texts.")
            values = {}
        texts = {name: self._text(said.get(name, ""), where) for name in ("column", "default", "separator")}
        return Column(texts["column"], values, texts["default"], texts["separator"])

    def _date(self, said: dict[str, Any]) -> DateMap:
        self._known(said, _DATE_KEYS, "The map, date")
        pieces, end_pieces = (self._pieces(said, side) for side in ("", "end_"))
        if pieces and "column" in said:
            self.faults.append("The map, date: it is in one column or in pieces, not both.")
        if (pieces and "year" not in said) or (end_pieces and "end_year" not in said):
            self.faults.append("The map, date: pieces begin with the year.")
        unknown = said.get("unknown", [])
        if not isinstance(unknown, list):
            self.faults.append("The map, date: unknown is a list of texts.")
            unknown = []
        column, codes = self._precision(said.get("precision", {}))
        return DateMap(
            self._text(said.get("column", ""), "date"),
            self._text(said.get("end", ""), "date"),
            pieces,
            end_pieces,
            frozenset({"", *(str(code).casefold() for code in unknown)}),
            column,
            codes,
        )

    def _pieces(self, said: dict[str, Any], side: str) -> tuple[str, ...]:
        names = (f"{side}{name}" for name in PRECISIONS)
        return tuple(self._text(said[name], f"date {name}") for name in names if name in said)

    def _precision(self, said: Any) -> tuple[str, dict[str, str]]:
        if not isinstance(said, dict):
            self.faults.append("The map, date precision: it has a column, and lists of codes.")
            return "", {}
        self._known(said, ("column", *PRECISIONS, *QUALIFIERS), "The map, date precision")
        meanings = (name for name in said if name != "column" and isinstance(said[name], list))
        codes = {str(code).casefold(): name for name in meanings for code in said[name]}
        return self._text(said.get("column", ""), "date precision"), codes

    def _actors(self, said: dict[str, Any]) -> tuple[Actor, ...]:
        found = []
        for actor in said.get("actors", []):
            self._known(actor, _ACTOR_KEYS, "The map, actors")
            role, kind = actor.get("role"), actor.get("kind", ActorKind.OTHER.value)
            if role not in Role.values:
                self.faults.append(f"The map, actors: the role is one of {', '.join(Role.values)}.")
            if kind not in ActorKind.values:
                self.faults.append(f"The map, actors: the kind is one of {', '.join(ActorKind.values)}.")
            name = {"column": actor.get("name", ""), "separator": actor.get("separator", "")}
            country = self._text(actor.get("country", ""), "actors")
            found.append(Actor(self._column(name, "actors"), str(role), str(kind), country))
        return tuple(found)
