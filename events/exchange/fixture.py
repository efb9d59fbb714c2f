"""Fixtures in: Django's JSON, where children may stand inside their noun and what follows from the rest is left out.

    {"model": "events.event", "pk": "…", "fields": {"title": "…", "participations": [{"actor": "…", "role": "…"}]}}

docs/fixtures.md is the guide for those who write one.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.db import models

from events.curation.load_proposals import Recorded
from events.curation.load_rows import CHILDREN, Fault, Item
from events.curation.load_states import Merged, Retracted, States
from events.exchange.desk_records import merge_of, proposal_of
from events.exchange.fixture_values import Wrong, text, value_of
from events.models import ActorIdentifier, Merge, Proposal, reference, working
from events.models.working import Noun, Status

# Beside each noun: the lists that may stand in its record, what they are made of, and how these refer back.
NESTED: Final[dict[type[models.Model], dict[str, tuple[type[models.Model], str]]]] = {
    working.Actor: {"names": (working.ActorName, "actor"), "identifiers": (ActorIdentifier, "actor")},
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

TOP: Final[tuple[type[models.Model], ...]] = (reference.Country, reference.EventType, working.Document, *NESTED)
MODELS: Final[dict[str, type[models.Model]]] = {model._meta.label_lower: model for model in (*TOP, *CHILDREN)}
# Follow from the rest or belong to the deeds: what a fixture says of them is passed over, so that a dump loads again.
DERIVED: Final = {
    "text_sha256",
    "start_earliest",
    "end_latest",
    "version",
    "unpublished_edits",
    # A record of its own says what was merged.
    "merged_into",
}
# For copies of a working copy: nobody who writes a fixture needs them.
NOT_OFFERED: Final = {"broken", "corrects"}
KEYS: Final = {"model", "pk", "fields"}
# The first is what is meant without any.
EVENT_STATUS: Final = (Status.PUBLISHED.value, Status.DRAFT.value, Status.RETRACTED.value)
OTHER_STATUS: Final = ("", Status.PUBLISHED.value)
PROPOSAL, MERGE = Proposal._meta.label_lower, Merge._meta.label_lower
# Of Dateline, and never in a fixture.
NOT_CARRIED: Final = {model._meta.label_lower for model in apps.get_app_config("events").get_models()} - {
    *MODELS,
    PROPOSAL,
    MERGE,
}


@dataclass
class Reader:
    """Makes rows of records. `name` names the fixture in messages; `folder` has its text files."""

    name: str
    folder: Path
    items: list[Item] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    states: States = field(default_factory=States)
    proposals: list[Recorded] = field(default_factory=list)
    # The records of nouns that are more than published or a draft, as they were written.
    stateful: dict[tuple[type[Noun], str], dict[str, Any]] = field(default_factory=dict)

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
        if label == MERGE:
            return self._merge(record["fields"], f"{place} ({label} {pk})")
        if label == PROPOSAL:
            return self._proposal(pk, record["fields"], f"{place} ({label} {pk})")
        if label in NOT_CARRIED:
            return self._fault(place, "model", "It isn't part of a fixture: a load makes it anew, or it is history.")
        if model is None:
            return self._fault(place, "model", f"There is no model “{record.get('model')}”.{_meant(label, MODELS)}")
        place = f"{place} ({label})" if pk is None else f"{place} ({label} {pk})"
        if model in CHILDREN:
            return self._row(self.items, Item(model(), place), record["fields"])
        try:
            pk = text(pk)
        except Wrong as wrong:
            return self._fault(place, "pk", str(wrong))
        return self._noun(model, pk, dict(record["fields"]), place)

    def _merge(self, fields: dict[str, Any], place: str) -> None:
        """What was merged, and how it is undone. One that was undone is history."""
        if fields.get("undone_at") is not None:
            return
        row, faults = merge_of(fields)
        self.faults += [Fault(place, name, detail) for name, detail in faults]
        self.states.merged.append(Merged(row, place))

    def _proposal(self, pk: Any, fields: dict[str, Any], place: str) -> None:
        recorded, faults = proposal_of(pk, fields, place, self.folder / self.name)
        self.faults += [Fault(place, name, detail) for name, detail in faults]
        self.proposals.append(recorded)

    def _noun(self, model: type[models.Model], pk: str, fields: dict[str, Any], place: str) -> None:
        if not issubclass(model, Noun):
            return self._whole(self.items, Item(model(pk=pk), place), fields)
        written = dict(fields)
        if model is working.Document and "text_file" in fields:
            self._text_file(fields, place)
        shown, status = fields.pop("public", None), self._status(model, fields, place)
        draft, public = status == Status.DRAFT, status == Status.PUBLISHED and model is not working.Event
        if status == Status.RETRACTED:
            self._retracted(model, pk, fields, place)
        if isinstance(shown, dict):
            private: dict[str, Any] = {name: fields[name] for name in ("text", "corrects") if name in fields}
            self._whole(self.items, Item(model(id=pk), f"{place}, public", draft, public), private | shown)
            self._whole(self.states.edits, Item(model(id=pk), place, draft=True), fields)
        else:
            if shown is not None:
                self._fault(place, "public", "It is an object, {…}.")
            self._whole(self.items, Item(model(id=pk), place, draft, public), fields)
        if shown is not None or status == Status.RETRACTED:
            self.stateful[model, pk], self.states.places[model, pk] = written, place
        return None

    def _status(self, model: type[Noun], fields: dict[str, Any], place: str) -> str:
        """What a noun is; an actor or a document without any becomes public with the first event that names it."""
        known = EVENT_STATUS if model is working.Event else OTHER_STATUS
        status = fields.pop("status", known[0])
        if status not in known:
            said = ", ".join(filter(None, known))
            self._fault(
                place, "status", f"A fixture has {model._meta.verbose_name_plural} that are {said}, not {status!r}."
            )
        return str(status)

    def _retracted(self, model: type[Noun], pk: str, fields: dict[str, Any], place: str) -> None:
        try:
            why = text(fields.pop("why", ""))
        except Wrong as wrong:
            return self._fault(place, "why", str(wrong))
        if not why.strip():
            self._fault(place, "why", "Say why it was retracted; the public sees it.")
        return self.states.retracted.append(Retracted(pk, place, why))

    def _whole(self, items: list[Item], item: Item, fields: dict[str, Any]) -> None:
        """A noun and the lists of what hangs on it."""
        model, pk, place = type(item.row), str(item.row.pk), item.place
        lists = {name: fields[name] for name in NESTED.get(model, {}) if name in fields}
        self._row(items, item, {name: value for name, value in fields.items() if name not in lists})
        for name, values in lists.items():
            if not isinstance(values, list):
                self._fault(place, name, "It is a list, […].")
                continue
            child, parent = NESTED[model][name]
            for position, value in enumerate(values, 1):
                self._child(items, child, (parent, pk), value, f"{place}, {name} {position}")

    def _child(
        self, items: list[Item], model: type[models.Model], parent: tuple[str, str], fields: Any, place: str
    ) -> None:
        if model in SHORT and isinstance(fields, str):
            fields = {SHORT[model]: fields}
        if not isinstance(fields, dict):
            return self._fault(place, "", "It is an object, {…}.")
        if fields.get(parent[0], parent[1]) != parent[1]:
            return self._fault(place, parent[0], f"It stands inside “{parent[1]}”; leave this out.")
        return self._row(items, Item(model(), place), {**fields, parent[0]: parent[1]})

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

    def _row(self, items: list[Item], item: Item, fields: dict[str, Any]) -> None:
        row, place, model = item.row, item.place, type(item.row)
        known = {column.name: column for column in model._meta.concrete_fields if not column.primary_key}
        for name, value in fields.items():
            column = known.get(name)
            if column is None:
                there_are = [*(known.keys() - DERIVED - NOT_OFFERED), *NESTED.get(model, {})]
                self._fault(place, name, f"There is no such field.{_meant(name, there_are)}")
            elif name not in DERIVED:
                try:
                    setattr(row, column.attname, value_of(column, value))
                except Wrong as wrong:
                    self._fault(place, name, str(wrong))
        # A start that is given as null says that the words are known not to be found.
        unfound = fields.get("start", 0) is None
        if isinstance(row, working.Evidence) and not unfound:
            row.broken = ""
        items.append(replace(item, unfound=unfound))


def _meant(name: str, known: Any) -> str:
    near = difflib.get_close_matches(name, sorted(known), 1)
    return f" Did you mean {near[0]}?" if near else f" There are {', '.join(sorted(known))}."
