"""Fixtures in: Django's JSON, where children may stand inside their noun and what follows from the rest is left out.

    {"model": "events.event", "pk": "…", "fields": {"title": "…", "participations": [{"actor": "…", "role": "…"}]}}

docs/fixtures.md is the guide for those who write one.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from events.curation.load_rows import Item
from events.errors import InvalidFixture
from events.models import reference, working

NESTED: dict[type[models.Model], dict[str, tuple[type[models.Model], str]]] = {
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
SHORT = {working.EventCountry: "country", working.Claim: "actor"}

MODELS: dict[str, type[models.Model]] = {
    model._meta.label_lower: model
    for model in (
        reference.Country,
        reference.EventType,
        working.Document,
        *NESTED,
        *(child for children in NESTED.values() for child, _parent in children.values()),
    )
}
DERIVED = {"text_sha256", "start_earliest", "end_latest", "version", "unpublished_edits", "released"}


def items(records: list[Any], folder: Path) -> list[Item]:
    """The rows that the records of a fixture file in `folder` state. Raises InvalidFixture with every fault."""
    faults: list[str] = []
    found = [item for number, record in enumerate(records, 1) for item in _items(record, number, folder, faults)]
    if faults:
        raise InvalidFixture(faults)
    return found


def records(path: Path) -> list[Any]:
    """The records of a fixture file. Raises InvalidFixture where it isn't a JSON list in UTF-8."""
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidFixture([f"{path.name}: it isn't UTF-8 (byte {error.start}); save it as UTF-8."]) from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise InvalidFixture([f"{path.name}: it isn't JSON: {error}"]) from None
    if not isinstance(content, list):
        raise InvalidFixture([f"{path.name}: a fixture is a list of records, [{{…}}, {{…}}]."])
    return content


def ours(record: Any) -> bool:
    """Whether a record is of Dateline; others are left to Django."""
    return not isinstance(record, dict) or str(record.get("model", "events.")).lower().startswith("events.")


def _items(record: Any, number: int, folder: Path, faults: list[str]) -> Iterator[Item]:
    place = f"Record {number}"
    if not isinstance(record, dict) or not isinstance(record.get("fields"), dict):
        faults.append(f"{place}: a record has “model”, “pk” and “fields”.")
        return
    model = MODELS.get(str(record.get("model", "")).lower())
    if model is None:
        hint = ", ".join(sorted(MODELS))
        faults.append(f"{place}: “{record.get('model')}” isn't a model of a fixture. There are {hint}.")
        return
    pk, fields = record.get("pk"), dict(record["fields"])
    place = f"{place} ({model._meta.label_lower} {pk or ''})".replace(" )", ")")
    if pk is None and model not in {child for child, _parent in _children()}:
        faults.append(f"{place}: it needs a pk.")
        return
    nested = NESTED.get(model, {})
    children = {name: fields.pop(name) for name in list(fields) if name in nested}
    yield from _noun(model, pk, fields, place, folder, faults)
    for name, values in children.items():
        child, parent = nested[name]
        if not isinstance(values, list):
            faults.append(f"{place}, field {name}: it is a list.")
            continue
        for position, value in enumerate(values, 1):
            if child in SHORT and isinstance(value, str):
                value = {SHORT[child]: value}
            yield from _child(child, {parent: pk}, value, f"{place}, {name} {position}", faults)


def _children() -> Iterator[tuple[type[models.Model], str]]:
    for children in NESTED.values():
        yield from children.values()


def _child(
    model: type[models.Model], parent: dict[str, Any], fields: Any, place: str, faults: list[str]
) -> Iterator[Item]:
    if not isinstance(fields, dict):
        faults.append(f"{place}: it is an object, {{…}}.")
        return
    row = _row(model, None, parent | fields, place, faults)
    if row is not None:
        yield Item(row, place)


def _noun(
    model: type[models.Model], pk: Any, fields: dict[str, Any], place: str, folder: Path, faults: list[str]
) -> Iterator[Item]:
    status = fields.pop("status", "published") if model is working.Event else "published"
    if status not in ("published", "draft"):
        faults.append(f"{place}, field status: a fixture has events as published or draft, not “{status}”.")
    if model is working.Document and "text_file" in fields:
        fields["text"] = _text(fields.pop("text_file"), place, folder, faults)
    row = _row(model, pk if model not in dict(_children()) else None, fields, place, faults)
    if row is not None:
        yield Item(row, place, draft=status == "draft")


def _text(name: Any, place: str, folder: Path, faults: list[str]) -> str:
    """The text of a document that stands in a file beside the fixture, or below."""
    path = (folder / str(name)).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        faults.append(f"{place}, field text_file: there is no file “{name}” beside the fixture.")
        return ""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        faults.append(f"{place}, field text_file: “{name}” isn't UTF-8 (byte {error.start}).")
        return ""


def _row(
    model: type[models.Model], pk: Any, fields: dict[str, Any], place: str, faults: list[str]
) -> models.Model | None:
    known = {field.name: field for field in model._meta.concrete_fields if field.name not in DERIVED}
    row = model() if pk is None else model(pk=pk)
    before = len(faults)
    for name, value in fields.items():
        if name in DERIVED:
            continue
        field = known.get(name)
        if field is None or field.primary_key:
            near = difflib.get_close_matches(name, [*known, *NESTED.get(model, {})], 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            faults.append(f"{place}, field {name}: there is no such field.{hint}")
            continue
        try:
            setattr(row, field.attname, _value(field, value))
        except ValidationError as error:
            faults.append(f"{place}, field {name}: {' '.join(error.messages)}")
    return row if len(faults) == before else None


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if field.is_relation:
        return None if value is None else str(value)
    if value is None and not field.null:
        raise ValidationError("It can't be null; leave it out.")
    if isinstance(field, models.CharField | models.TextField) and not isinstance(value, str | None):
        raise ValidationError(f"It is text, in quotes, not {value!r}.")
    return field.to_python(value)
