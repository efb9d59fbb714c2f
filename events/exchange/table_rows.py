"""From a table and its map to what each row proposes: values of a suggestion, each row its own evidence."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from events.curation.suggestion import NAME_LENGTH, NUMBERS
from events.curation.table import Told
from events.errors import InvalidTable
from events.exchange.table import Row, Table
from events.exchange.table_dates import RULE, TwoDays, WrongDate, read
from events.exchange.table_map import Actor, Map
from events.models import Country, EventType

MOST_FAULTS: Final = 50
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,17})?")
_TEXTS: Final = {"title": 300, "summary": 10_000, "place": 200, "note": 10_000}


@dataclass(frozen=True)
class _Fault:
    line: int
    column: str
    detail: str

    def __str__(self) -> str:
        place = f"Line {self.line}, column “{self.column}”" if self.column else f"Line {self.line}"
        return f"{place}: {self.detail}"


def told(table: Table, where: Map, order: str = "") -> list[Told]:
    """What the rows propose. Raises InvalidTable with every fault by line and column."""
    _need_columns(table, where)
    reader = _Reader(where, order)
    found = [reader.row(row) for row in table.rows]
    if not found:
        reader.faults.append(_Fault(1, "", "There are no rows below the heading."))
    reader.repeated(table)
    if reader.faults:
        shown = [str(fault) for fault in reader.faults[:MOST_FAULTS]]
        more = len(reader.faults) - len(shown)
        raise InvalidTable([*shown, *([f"And {more} more."] if more else [])], needs_order=reader.needs_order)
    return found


def _need_columns(table: Table, where: Map) -> None:
    missing = [name for name in where.columns() if name not in table.columns]
    if missing:
        raise InvalidTable([f"There is no column “{name}”.{_meant(name, table.columns)}" for name in missing])


def _meant(name: str, columns: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, columns, 1)
    return f" Did you mean “{near[0]}”?" if near else f" There are {', '.join(columns)}."


class _Reader:
    def __init__(self, where: Map, order: str) -> None:
        self.where, self.order = where, order
        self.faults: list[_Fault] = []
        self.needs_order = False
        self.types = set(EventType.objects.values_list("code", flat=True))
        self.countries = dict(_countries())

    def row(self, row: Row) -> Told:
        values: dict[str, Any] = dict(self._fields(row))
        self._whole_place(row)
        supports = ["title", "type"]
        dated = self._date(row)
        if dated:
            values |= {"edtf": dated[0], "date_text": dated[1][:200], "date_rule": RULE}
            supports.append("date")
        people = [one for actor in self.where.actors for one in self._actors(row, actor)]
        self._named_once(row, [str(one["name"]).casefold() for one in people])
        if people:
            values["participations"] = people
            supports.append("actors")
        for name, what in (("location_country", "location"), ("countries", "countries"), ("summary", "summary")):
            if values.get(name):
                supports.append(what)
        return Told(_key(row), values, row.quote, row.start, tuple(supports))

    def _fault(self, row: Row, column: str, detail: str) -> None:
        self.faults.append(_Fault(row.line, column, detail))

    def _fields(self, row: Row) -> Iterator[tuple[str, Any]]:
        for name, column in self.where.fields.items():
            found = column.read(row.cells)
            if name == "title" and not found:
                self._fault(row, column.name, "A row has a title.")
            if name == "countries":
                codes = [self._country(row, column.name, value) for value in found]
                yield name, list(dict.fromkeys(code for code in codes if code))
            elif found:
                yield name, self._value(row, name, column.name, " ".join(found))

    def _whole_place(self, row: Row) -> None:
        fields = self.where.fields
        lat, lon = (fields[name].read(row.cells) if name in fields else [] for name in ("lat", "lon"))
        if bool(lat) != bool(lon):
            missing = "lon" if lat else "lat"
            column = fields[missing].name if missing in fields else fields["lat" if lat else "lon"].name
            self._fault(row, column, "Latitude and longitude go together; one is missing.")

    def _value(self, row: Row, name: str, column: str, text: str) -> Any:
        if name == "type" and text not in self.types:
            near = difflib.get_close_matches(text.upper(), sorted(self.types), 1)
            hint = f" Did you mean {near[0]}?" if near else " Say in the map what it means."
            self._fault(row, column, f"There is no type “{text}”.{hint}")
        if name == "location_country":
            return self._country(row, column, text)
        if name in ("lat", "lon"):
            if not _NUMBER.fullmatch(text) or abs(float(text)) > NUMBERS[name]:
                self._fault(row, column, f"“{text}” isn't a number of degrees up to {NUMBERS[name]}, like 50.08.")
                return None
            return float(text)
        if len(text) > _TEXTS.get(name, 300):
            self._fault(row, column, f"It has more than {_TEXTS.get(name, 300):,} characters.")
        return text

    def _country(self, row: Row, column: str, text: str) -> str:
        code = self.countries.get(text.casefold(), "")
        if not code:
            self._fault(row, column, f"There is no country “{text}”; write its code or its name in English.")
        return code

    def _date(self, row: Row) -> tuple[str, str] | None:
        try:
            return read(row.cells, self.where.date, self.order)
        except WrongDate as wrong:
            self.needs_order |= isinstance(wrong, TwoDays)
            self._fault(row, wrong.column, str(wrong))
            return None

    def _actors(self, row: Row, actor: Actor) -> Iterator[Mapping[str, Any]]:
        stated = row.cells[actor.country] if actor.country else ""
        country = self._country(row, actor.country, stated) if stated else ""
        for name in actor.name.read(row.cells):
            if len(name) > NAME_LENGTH:
                self._fault(row, actor.name.name, f"A name has at most {NAME_LENGTH} characters.")
            yield {"actor": None, "name": name, "kind": actor.kind, "country": country, "role": actor.role}

    def _named_once(self, row: Row, names: list[str]) -> None:
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            columns = (actor.name for actor in self.where.actors)
            named = (one.name for one in columns if twice in (name.casefold() for name in one.read(row.cells)))
            self._fault(row, [*named][-1], "An actor stands twice in this row; it has one role in an event.")

    def repeated(self, table: Table) -> None:
        """Two equal rows are one happening told twice, or a slip: whoever has the table knows."""
        seen: dict[str, int] = {}
        for row in table.rows:
            first = seen.setdefault(_key(row), row.line)
            if first != row.line:
                self._fault(row, "", f"It is the same as line {first}.")


def _key(row: Row) -> str:
    """A row by what it says: the same row of another file, or at another line, is the same."""
    said = "\n".join(f"{name}\t{cell}" for name, cell in sorted(row.cells.items()) if cell)
    return f"table:{hashlib.sha256(said.encode()).hexdigest()}"


def _countries() -> Iterator[tuple[str, str]]:
    for code, alpha3, name in Country.objects.values_list("code", "alpha3", "name"):
        yield from ((text.casefold(), code) for text in (code, alpha3, name) if text)
