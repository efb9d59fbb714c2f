"""Load a fixture in one deed: skip what is equal, refuse to overwrite a curator's work, publish at the end.

A record of a noun states the whole noun: what hung on it before and isn't in the load goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.db import models

from events.curation.deed import deed
from events.curation.edit import KINDS, keep_flags, noun_differs
from events.curation.load_rows import CHILDREN, Item, identify, verify
from events.curation.release import release
from events.errors import InvalidFixture
from events.models import reference, working
from events.models.working import Noun, Status

CHUNK = 500
# Parents first.
TABLES: tuple[type[models.Model], ...] = (
    reference.Country,
    reference.EventType,
    working.Document,
    working.Actor,
    working.Event,
    *CHILDREN,
)
# Kept by the database and the deeds, never by a fixture.
KEPT = {"version", "unpublished_edits", "status", "released"}


@dataclass
class Report:
    """What a load did: rows counted, nouns by id."""

    added: int = 0
    changed: int = 0
    equal: int = 0
    published: list[str] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)


@dataclass
class _Plan:
    """What a load will write."""

    add: list[models.Model] = field(default_factory=list)
    change: list[models.Model] = field(default_factory=list)
    remove: list[models.Model] = field(default_factory=list)
    equal: int = 0

    def touched(self, model: type[Noun]) -> set[str]:
        """The nouns of a table that the writing changes, themselves or by what hangs on them."""
        rows = chain(self.add, self.change, self.remove)
        owners = (row if type(row) not in CHILDREN else _owner(row) for row in rows)
        return {owner.pk for owner in owners if type(owner) is model}


def load(items: Sequence[Item], *, by: str, at: datetime, why: str) -> Report:
    """Write the rows and publish them. Raises InvalidFixture with every fault; then nothing was written."""
    with deed():
        verify(items)
        plan = _compare(items)
        _refuse_overwriting(plan, items)
        _write(plan)
        for model in KINDS:
            _log(model, plan.touched(model), by=by, at=at, why=why)
        report = Report(len(plan.add), len(plan.change) + len(plan.remove), plan.equal)
        _publish(plan, items, report, by=by, at=at, why=why)
    return report


def _owner(row: models.Model) -> Noun:
    owner: Noun = getattr(row, CHILDREN[type(row)][0].removesuffix("_id"))
    return owner


def _compare(items: Sequence[Item]) -> _Plan:
    """Tell what is new, different or gone from what is equal."""
    plan = _Plan()
    for model in TABLES:
        rows = [item.row for item in items if type(item.row) is model]
        stored = {identify(row): row for row in _stored(model, items, rows)}
        for row in rows:
            before = stored.pop(identify(row), None)
            if before is None:
                plan.add.append(row)
            elif _copy(row, before):
                plan.change.append(before)
            else:
                plan.equal += 1
        if model in CHILDREN:
            plan.remove.extend(stored.values())
    return plan


def _stored(model: type[models.Model], items: Sequence[Item], rows: Sequence[models.Model]) -> Iterator[models.Model]:
    """The rows that a load may replace: the same nouns, and all that hangs on them."""
    if model in CHILDREN:
        column = CHILDREN[model][0]
        owner = model._meta.get_field(column.removesuffix("_id")).related_model
        ids = [item.row.pk for item in items if type(item.row) is owner]
        ids += [getattr(row, column) for row in rows]
    else:
        column, ids = "pk", [row.pk for row in rows]
    ids = list(dict.fromkeys(ids))
    for start in range(0, len(ids), CHUNK):
        yield from model._default_manager.filter(**{f"{column}__in": ids[start : start + CHUNK]})


def _copy(row: models.Model, stored: models.Model) -> bool:
    """Bring the stored row up to the loaded one; tells whether anything differed."""
    differs = False
    for column in row._meta.concrete_fields:
        name = column.attname
        if name in KEPT or column.primary_key:
            continue
        if getattr(row, name) != getattr(stored, name):
            setattr(stored, name, getattr(row, name))
            differs = True
    return differs


def _refuse_overwriting(plan: _Plan, items: Sequence[Item]) -> None:
    """Nothing that a curator changed and didn't publish, or took back, is written over."""
    places = {(type(item.row), item.row.pk): item.place for item in items}
    faults = []
    for model in KINDS:
        for row in model._default_manager.filter(pk__in=plan.touched(model)):
            place = places.get((model, row.pk), f"{model._meta.label_lower} {row.pk}")
            if row.unpublished_edits:
                faults.append(f"{place}: “{row}” has unpublished changes; publish them first, or undo them.")
            if isinstance(row, working.Event) and row.status == Status.RETRACTED:
                faults.append(f"{place}: “{row}” was retracted; reinstate it first.")
    if faults:
        raise InvalidFixture(faults)


def _write(plan: _Plan) -> None:
    for row in plan.remove:
        row.delete()
    for row in plan.change:
        row.save()
    for model in TABLES:
        rows = [row for row in plan.add if type(row) is model]
        for row in rows:
            if model in CHILDREN:
                row.pk = None
        model._default_manager.bulk_create(rows, batch_size=CHUNK)


def _log(model: type[Noun], ids: set[str], *, by: str, at: datetime, why: str) -> None:
    model._default_manager.filter(pk__in=ids).update(version=models.F("version") + 1)
    versions = model._default_manager.filter(pk__in=ids).values_list("pk", "version")
    working.Edit.objects.bulk_create(
        [
            working.Edit(kind=KINDS[model], noun_id=pk, version=version, by=by, at=at, why=why)
            for pk, version in versions
        ],
        batch_size=CHUNK,
    )


def _publish(plan: _Plan, items: Sequence[Item], report: Report, *, by: str, at: datetime, why: str) -> None:
    """Publish what the fixture has as published, revise what was public and changed."""
    wanted = {item.row.pk for item in items if isinstance(item.row, working.Event) and not item.draft}
    drafts = working.Event.objects.filter(pk__in=wanted, status=Status.DRAFT)
    report.published = sorted(drafts.values_list("pk", flat=True))
    touched = working.Event.objects.filter(pk__in=plan.touched(working.Event), status=Status.PUBLISHED)
    report.revised = sorted(touched.values_list("pk", flat=True))
    actors, documents = (
        sorted(row.pk for row in model._default_manager.filter(pk__in=plan.touched(model)) if noun_differs(row))
        for model in (working.Actor, working.Document)
    )
    release([*report.published, *report.revised], actors, documents, by=by, at=at, why=why)
    quoting = working.Event.objects.filter(evidence__document__in=plan.touched(working.Document))
    keep_flags(quoting.exclude(pk__in=wanted).values_list("pk", flat=True).distinct())
