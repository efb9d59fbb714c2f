"""The rows of a fixture before they are written: what follows is derived, all is verified."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from events.curation.chunks import chunks
from events.curation.evidence import settle, settle_document, verified
from events.curation.plain import plain_values
from events.curation.reading import values
from events.curation.release import undocumented_date, unfound, unsupported
from events.errors import DatelineError
from events.models import ActorIdentifier, working
from events.models.working.identifiers import normal

# Looking for the id that was meant takes a while; where more are missing than this, it isn't a slip of the pen.
HINTS = 20


@dataclass(frozen=True)
class Item:
    """A record made into an unsaved row. `place` names the record in messages; a `draft` event isn't published.

    An actor or a document that is `public` is so even if no public event names it. A quotation that is `unfound` isn't
    looked for until its event is saved, and its event isn't published.
    """

    row: models.Model
    place: str
    draft: bool = False
    public: bool = False
    unfound: bool = False


@dataclass(frozen=True)
class Fault:
    """Why a record can't be loaded; `field` is empty where it is about the record as a whole."""

    place: str
    field: str
    detail: str

    def __str__(self) -> str:
        return f"{self.place}, field {self.field}: {self.detail}" if self.field else f"{self.place}: {self.detail}"


# Beside each child: the column of its noun, and what tells it from its siblings.
CHILDREN: dict[type[models.Model], tuple[str, tuple[str, ...]]] = {
    working.ActorName: ("actor_id", ("name",)),
    ActorIdentifier: ("actor_id", ("scheme", "value")),
    working.Participation: ("event_id", ("actor_id",)),
    working.EventCountry: ("event_id", ("country_id",)),
    working.Claim: ("event_id", ("actor_id",)),
    working.Evidence: ("event_id", ("document_id", "quote")),
    working.Relation: ("event_id", ("relation", "target_id")),
}


def identify(row: models.Model) -> tuple[object, ...]:
    """What names a row across loads: a noun's id, a child's noun and what tells it from its siblings."""
    columns = vars(row)
    return tuple([columns[name] for name in _naming(type(row))])


def owner_of(row: models.Model) -> tuple[type[models.Model], str]:
    """The table and id of the noun that a row is, or hangs on."""
    table, column = owning(type(row))
    return table, vars(row)[column]


@cache
def _naming(table: type[models.Model]) -> tuple[str, ...]:
    if table not in CHILDREN:
        return (table._meta.pk.attname,)
    owner, rest = CHILDREN[table]
    return (owner, *rest)


@cache
def owning(table: type[models.Model]) -> tuple[type[models.Model], str]:
    """The table of the nouns that rows of a table are, or hang on, and the column with their ids."""
    column = _naming(table)[0]
    if table not in CHILDREN:
        return table, column
    return (working.Actor if column == "actor_id" else working.Event), column


def verify(items: Sequence[Item], known: Sequence[Fault] = ()) -> list[Fault]:
    """Derive and verify all rows. Returns every fault but those of fields that are known to be at fault."""
    # A text is missing because its `text_file` can't be read.
    at_fault = {(fault.place, fault.field.removesuffix("_file")) for fault in known}
    _keep_slugs(items)
    found = [
        *_documents(items),
        *_references(items),
        *_quotations(items),
        *_repeated(items),
        *_fields(items),
        *_support(items, {fault.place for fault in known}),
    ]
    return [fault for fault in found if (fault.place, fault.field) not in at_fault]


def _keep_slugs(items: Sequence[Item]) -> None:
    """An event whose slug is left out keeps the one that it has: its address stays when its title changes."""
    rows = {item.row.pk: item.row for item in items if isinstance(item.row, working.Event) and not item.row.slug}
    for pk, slug in values(working.Event, ("id", "slug"), "id", rows):
        rows[pk].slug = slug


def _documents(items: Sequence[Item]) -> Iterator[Fault]:
    for item in items:
        if isinstance(item.row, working.Document):
            try:
                settle_document(item.row)
            except DatelineError as error:
                yield Fault(item.place, "text", str(error))


def _references(items: Sequence[Item]) -> Iterator[Fault]:
    """References to rows that are neither in the load nor in the database."""
    wanted: dict[type[models.Model], list[tuple[Item, str, object]]] = defaultdict(list)
    known: dict[type[models.Model], set[object]] = defaultdict(set)
    for item in items:
        table, columns = type(item.row), vars(item.row)
        if table not in CHILDREN:
            known[table].add(columns[table._meta.pk.attname])
        for field in _reference_fields(table):
            value = columns[field.attname]
            if value is not None:
                wanted[field.related_model].append((item, field.name, value))
            elif not field.null:
                yield Fault(item.place, field.name, "It is missing.")
    hints = 0
    for target, uses in wanted.items():
        missing = {value for _item, _field, value in uses} - known[target]
        key = target._meta.pk.attname
        missing -= {pk for (pk,) in values(target, (key,), key, missing)}
        for item, field_name, value in uses:
            if value in missing:
                hints += 1
                hint = _hint(str(value), target, known[target]) if hints <= HINTS else ""
                yield Fault(item.place, field_name, f"There is no {target._meta.verbose_name} “{value}”.{hint}")


@cache
def _reference_fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.is_relation]


def _hint(value: str, target: type[models.Model], known: Iterable[object]) -> str:
    choices = {str(choice) for choice in (*known, *target._default_manager.values_list("pk", flat=True))}
    near = difflib.get_close_matches(value, sorted(choices), 1)
    return f" Did you mean {near[0]}?" if near else ""


def _quotations(items: Sequence[Item]) -> Iterator[Fault]:
    """Quotations that aren't found in their document, or can't be told apart."""
    evidence = [(item, item.row) for item in items if isinstance(item.row, working.Evidence)]
    documents = {item.row.pk: item.row for item in items if isinstance(item.row, working.Document)}
    for some in chunks({row.document_id for _item, row in evidence} - documents.keys() - {None}):
        documents.update(working.Document.objects.in_bulk(some))
    for item, row in evidence:
        document = documents.get(row.document_id)
        if document is None or not document.text:
            continue
        row.document = document
        if item.unfound:
            continue
        try:
            settle(row)
        except DatelineError as error:
            yield Fault(item.place, "quote", str(error))
            continue
        if row.quote and not verified(row):
            yield Fault(item.place, "quote", _not_found(row))


def _not_found(row: working.Evidence) -> str:
    shown = f"“{row.quote[:60]}”"
    if row.quote not in row.document.text:
        return f"{shown} isn't found in document {row.document_id}; quote it exactly."
    return f"{shown} stands in document {row.document_id} more than once; add a prefix or suffix that tells which."


def _repeated(items: Sequence[Item]) -> Iterator[Fault]:
    seen: set[tuple[object, ...]] = set()
    for item in items:
        identity = (type(item.row), identify(item.row))
        if identity in seen:
            yield Fault(item.place, "", "The same record stands twice.")
        seen.add(identity)


def _fields(items: Sequence[Item]) -> Iterator[Fault]:
    taken: set[tuple[Any, str]] = set()
    for item in items:
        if isinstance(item.row, working.Event):
            try:
                item.row.derive()
            except DatelineError as error:
                yield Fault(item.place, "edtf", str(error))
        for name, unclean in _unclean(item.row, taken):
            detail = " ".join(_sentence(item.row, name, one) for one in unclean.error_list)
            yield Fault(item.place, "pk" if name == item.row._meta.pk.name else name, detail)
        yield from _contradictions(item)


def _unclean(row: models.Model, taken: set[tuple[Any, str]]) -> Iterator[tuple[str, ValidationError]]:
    """What Django's `clean_fields` finds, by field."""
    columns = vars(row)
    for field, plain in _checked(type(row)):
        value = columns[field.attname]
        if plain(value) or (field.blank and value in field.empty_values):
            continue
        # What was found sound once: such a field has few values, each many times.
        key = (field, repr(value)) if isinstance(field, models.JSONField) else None
        if key in taken:
            continue
        try:
            setattr(row, field.attname, field.clean(value, row))
        except ValidationError as error:
            yield field.name, error
        else:
            if key:
                taken.add(key)


@cache
def _checked(model: type[models.Model]) -> list[tuple[Any, Callable[[Any], bool]]]:
    """References are looked up together; the hash is derived; numbers of children are the database's."""
    left_out = {"text_sha256", *(["id"] if model in CHILDREN else [])}
    fields = [field for field in model._meta.concrete_fields if not field.is_relation and field.name not in left_out]
    return [(field, plain_values(field)) for field in fields]


def _sentence(row: models.Model, name: str, error: ValidationError) -> str:
    if error.code != "invalid_choice":
        return " ".join(error.messages)
    choices = ", ".join(str(value) for value, _label in getattr(row._meta.get_field(name), "flatchoices", []))
    return f"There is no {name} “{getattr(row, name)}”; there are {choices}."


def _contradictions(item: Item) -> Iterator[Fault]:
    row = item.row
    if isinstance(row, ActorIdentifier) and row.scheme:
        try:
            row.value = normal(row.scheme, row.value)
        except ValidationError as error:
            yield Fault(item.place, "value", " ".join(error.messages))
    if isinstance(row, working.Event) and (row.lat is None) != (row.lon is None):
        yield Fault(item.place, "lat", "Latitude and longitude (lat, lon) go together.")
    if isinstance(row, working.Actor) and row.part_of_id == row.pk:
        yield Fault(item.place, "part_of", "An actor isn't part of itself.")
    if isinstance(row, working.Document) and row.corrects_id == row.pk:
        yield Fault(item.place, "corrects", "A document doesn't correct itself.")
    if isinstance(row, working.Relation) and row.target_id == row.event_id:
        yield Fault(item.place, "target", "An event has no relation to itself.")


def _support(items: Sequence[Item], at_fault: Collection[str]) -> Iterator[Fault]:
    """Why an event that is to be published can't be; not where a quotation of it was found at fault already."""
    evidence: dict[str, list[working.Evidence]] = defaultdict(list)
    unsure: set[str] = set()
    for item in items:
        if isinstance(item.row, working.Evidence):
            evidence[item.row.event_id].append(item.row)
            if (item.row.start is None and not item.unfound) or item.place in at_fault:
                unsure.add(item.row.event_id)
    for item in items:
        if isinstance(item.row, working.Event) and not item.draft:
            if item.row.pk not in unsure:
                reasons = [*unfound(evidence[item.row.pk]), *unsupported(item.row, evidence[item.row.pk])]
                yield from (Fault(item.place, "evidence", reason) for reason in reasons)
            yield from (Fault(item.place, "date_text", reason) for reason in undocumented_date(item.row))
