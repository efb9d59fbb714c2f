"""Fixtures in: Django's JSON, where children may stand inside their noun and what follows from the rest is left out.

    {"model": "events.event", "pk": "…", "fields": {"title": "…", "participations": [{"actor": "…", "role": "…"}]}}

docs/fixtures.md is the guide for those who write one.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

from django.db import models

from events.curation.load_rows import Fault, Item
from events.errors import InvalidFixture
from events.exchange.fixture_values import Wrong, text, value_of
from events.models import reference, working

# Beside each noun: the lists that may stand in its record, what they are made of, and how these refer back.
NESTED: Final[dict[type[models.Model], dict[str, tuple[type[models.Model], str]]]] = {
    working.Actor: {"names": (working.ActorName, "actor")},
    working.Event: {
        "participations": (working.Participation, "event"),
        "countries": (working.EventCountry, "event"),
        "claimed_by": (working.Claim, "event"),
        "evidence": (working.Evidence, "event"),
        "relations": (working.Relation, "event"),
    },
}
# A child that is one reference may be written as that alone: "countries": ["CN", "CZ"].
SHORT: Final = {working.EventCountry: "country", working.Claim: "actor"}
CHILDREN: Final[set[type[models.Model]]] = {child for lists in NESTED.values() for child, _parent in lists.values()}

TOP: Final[tuple[type[models.Model], ...]] = (reference.Country, reference.EventType, working.Document, *NESTED)
MODELS: Final[dict[str, type[models.Model]]] = {model._meta.label_lower: model for model in (*TOP, *CHILDREN)}
# Follow from the rest or belong to the deeds: what a fixture says of them is passed over, so that a dump loads again.
DERIVED: Final = {
    "text_sha256",
    "start_earliest",
    "end_latest",
    "version",
    "unpublished_edits",
    "corrects",
    "merged_into",
    "broken",
}
KEYS: Final = {"model", "pk", "fields"}


def parse(name: str, content: bytes) -> list[Any]:
    """The records of a fixture. Raises InvalidFixture where it isn't a JSON list in UTF-8."""
    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise InvalidFixture([f"{name}: it isn't UTF-8 (byte {error.start}); save it as UTF-8."]) from None
    except (ValueError, RecursionError) as error:
        raise InvalidFixture([f"{name}: it isn't JSON: {error}"]) from None
    if not isinstance(found, list):
        raise InvalidFixture([f"{name}: a fixture is a list of records, [{{…}}, {{…}}]."])
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; JSON itself lets the last of two equal keys win in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        raise ValueError(f"“{next(key for key in keys if keys.count(key) > 1)}” stands twice in one object")
    return found


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def ours(record: Any) -> bool:
    """Whether a record is of Dateline; others are left to Django."""
    return not isinstance(record, dict) or str(record.get("model", "events.")).lower().startswith("events.")


@dataclass
class Reader:
    """Makes rows of records. `name` names the fixture in messages; `folder` has its text files."""

    name: str
    folder: Path
    items: list[Item] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def read(self, records: list[Any]) -> None:
        for number, record in enumerate(records, 1):
            self._record(record, f"{self.name}, record {number}")

    def _fault(self, place: str, name: str, detail: str) -> None:
        self.faults.append(Fault(place, name, detail))

    def _record(self, record: Any, place: str) -> None:
        if not isinstance(record, dict) or not isinstance(record.get("fields"), dict) or record.keys() - KEYS:
            return self._fault(place, "", "A record has “model”, “pk” and “fields”, and nothing else.")
        label, pk = str(record.get("model")).lower(), record.get("pk")
        model = MODELS.get(label)
        if model is None:
            return self._fault(place, "model", f"There is no model “{record.get('model')}”.{_meant(label, MODELS)}")
        place = f"{place} ({label})" if pk is None else f"{place} ({label} {pk})"
        if model in CHILDREN:
            return self._row(model, None, record["fields"], place)
        try:
            pk = text(pk)
        except Wrong as wrong:
            return self._fault(place, "pk", str(wrong))
        return self._noun(model, pk, dict(record["fields"]), place)

    def _noun(self, model: type[models.Model], pk: str, fields: dict[str, Any], place: str) -> None:
        lists = {name: fields.pop(name) for name in NESTED.get(model, {}) if name in fields}
        draft = model is working.Event and self._is_draft(fields.pop("status", "published"), place)
        if model is working.Document and "text_file" in fields:
            self._text_file(fields, place)
        self._row(model, pk, fields, place, draft=draft)
        for name, values in lists.items():
            if not isinstance(values, list):
                self._fault(place, name, "It is a list, […].")
                continue
            child, parent = NESTED[model][name]
            for position, value in enumerate(values, 1):
                self._child(child, (parent, pk), value, f"{place}, {name} {position}")

    def _child(self, model: type[models.Model], parent: tuple[str, str], fields: Any, place: str) -> None:
        if model in SHORT and isinstance(fields, str):
            fields = {SHORT[model]: fields}
        if not isinstance(fields, dict):
            return self._fault(place, "", "It is an object, {…}.")
        if fields.get(parent[0], parent[1]) != parent[1]:
            return self._fault(place, parent[0], f"It stands inside “{parent[1]}”; leave this out.")
        return self._row(model, None, {**fields, parent[0]: parent[1]}, place)

    def _is_draft(self, status: Any, place: str) -> bool:
        if status not in ("published", "draft"):
            self._fault(place, "status", f"A fixture has events that are published or draft, not {status!r}.")
        return bool(status == "draft")

    def _text_file(self, fields: dict[str, Any], place: str) -> None:
        """Put the text of a file beside the fixture, or below, in its place."""
        name = fields.pop("text_file")
        if "text" in fields:
            return self._fault(place, "text_file", "Give “text” or “text_file”, not both.")
        try:
            path = (self.folder / text(name)).resolve()
            if not path.is_relative_to(self.folder.resolve()) or not path.is_file():
                raise FileNotFoundError
            fields["text"] = path.read_bytes().decode("utf-8-sig")
        except Wrong as wrong:
            self._fault(place, "text_file", str(wrong))
        except UnicodeDecodeError as error:
            self._fault(place, "text_file", f"“{name}” isn't UTF-8 (byte {error.start}); save it as UTF-8.")
        except OSError:
            self._fault(place, "text_file", f"There is no file “{name}” beside the fixture that can be read.")
        return None

    def _row(
        self, model: type[models.Model], pk: str | None, fields: dict[str, Any], place: str, *, draft: bool = False
    ) -> None:
        known = {column.name: column for column in model._meta.concrete_fields if not column.primary_key}
        row = model() if pk is None else model(pk=pk)
        for name, value in fields.items():
            column = known.get(name)
            if column is None:
                there_are = [*(known.keys() - DERIVED), *NESTED.get(model, {})]
                self._fault(place, name, f"There is no such field.{_meant(name, there_are)}")
            elif name not in DERIVED:
                try:
                    setattr(row, column.attname, value_of(column, value))
                except Wrong as wrong:
                    self._fault(place, name, str(wrong))
        self.items.append(Item(row, place, draft))


def _meant(name: str, known: Any) -> str:
    near = difflib.get_close_matches(name, sorted(known), 1)
    return f" Did you mean {near[0]}?" if near else f" There are {', '.join(sorted(known))}."
