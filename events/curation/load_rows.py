"""The rows of a fixture before they are written: what follows is derived, each field, reference and quotation verified."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models

from events.curation.evidence import settle, settle_document, verified
from events.errors import DatelineError, InvalidFixture
from events.models import working


@dataclass(frozen=True)
class Item:
    """A record made into an unsaved row. `place` names the record in messages; a `draft` event isn't published."""

    row: models.Model
    place: str
    draft: bool = False


def verify(items: Sequence[Item]) -> None:
    """Derive and verify all rows. Raises InvalidFixture with every fault, each naming its record and field."""
    faults = [*_unsettled_documents(items), *_missing_references(items), *_repeated(items)]
    if not faults:
        faults = [*_unfound_quotations(items), *_invalid_fields(items)]
    if faults:
        raise InvalidFixture(faults)


def _unsettled_documents(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item.row, working.Document):
            try:
                settle_document(item.row)
            except DatelineError as error:
                yield f"{item.place}, field text: {error}"


def _missing_references(items: Sequence[Item]) -> Iterator[str]:
    """References to rows that are neither in the load nor in the database."""
    known: dict[type[models.Model], set[object]] = {}
    for item in items:
        known.setdefault(type(item.row), set()).add(item.row.pk)
    stored: dict[type[models.Model], set[object]] = {}
    for item in items:
        for field in item.row._meta.concrete_fields:
            target, value = field.related_model, getattr(item.row, field.attname)
            if not field.is_relation or value is None or not isinstance(target, type):
                continue
            if target not in stored:
                stored[target] = set(target._default_manager.values_list("pk", flat=True))
            choices = stored[target] | known.get(target, set())
            if value not in choices:
                near = difflib.get_close_matches(str(value), [str(choice) for choice in choices], 1)
                hint = f" Did you mean {near[0]}?" if near else ""
                yield f"{item.place}, field {field.name}: there is no {target._meta.verbose_name} “{value}”.{hint}"


def _repeated(items: Sequence[Item]) -> Iterator[str]:
    seen: set[tuple[object, ...]] = set()
    for item in items:
        identity = (type(item.row), *identify(item.row))
        if identity in seen:
            yield f"{item.place}: the same record stands twice."
        seen.add(identity)


def _unfound_quotations(items: Sequence[Item]) -> Iterator[str]:
    evidence = [(item, item.row) for item in items if isinstance(item.row, working.Evidence)]
    documents = {item.row.pk: item.row for item in items if isinstance(item.row, working.Document)}
    documents.update(working.Document.objects.in_bulk({row.document_id for _item, row in evidence} - documents.keys()))
    for item, row in evidence:
        row.document = documents[row.document_id]
        settle(row)
        if not verified(row):
            yield (
                f"{item.place}, field quote: “{row.quote[:60]}” isn't found in document {row.document_id}, or stands"
                " there more than once: quote it exactly, with a prefix or suffix to tell which."
            )


def _invalid_fields(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item.row, working.Event):
            try:
                item.row.derive()
            except DatelineError as error:
                yield f"{item.place}, field edtf: {error}"
        try:
            item.row.clean_fields(exclude=_unchecked(item.row))
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield f"{item.place}, field {name}: {' '.join(messages)}"


def _unchecked(row: models.Model) -> set[str]:
    """References were looked up at once; the hash is derived; numbers of children are the database's."""
    fields = {field.name for field in row._meta.concrete_fields if field.is_relation}
    return fields | {"text_sha256"} | (set() if isinstance(row, working.Noun) else {"id"})


# Beside each child: the column of its noun, and what tells it from its siblings.
CHILDREN: dict[type[models.Model], tuple[str, tuple[str, ...]]] = {
    working.ActorName: ("actor_id", ("name",)),
    working.Participation: ("event_id", ("actor_id",)),
    working.EventCountry: ("event_id", ("country_id",)),
    working.Claim: ("event_id", ("actor_id",)),
    working.Evidence: ("event_id", ("document_id", "quote")),
    working.Relation: ("event_id", ("relation", "target_id")),
}


def identify(row: models.Model) -> tuple[object, ...]:
    """What names a row across loads: a noun's id, a child's noun and what tells it from its siblings."""
    if type(row) not in CHILDREN:
        return (row.pk,)
    owner, rest = CHILDREN[type(row)]
    return tuple(getattr(row, name) for name in (owner, *rest))
