"""Load a fixture in one deed: skip what is equal, refuse to overwrite a curator's work, publish at the end.

A record of a noun states the whole noun: what hung on it before and isn't in the load goes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import chain

from django.db import IntegrityError, models

from events.curation.cascade import at_once
from events.curation.chunks import chunks
from events.curation.deed import deed
from events.curation.edit import log
from events.curation.flags import KINDS, differing, keep_flags
from events.curation.inserting import bare, insert_alike
from events.curation.load_proposals import Recorded, load_proposals
from events.curation.load_rows import CHILDREN, Fault, Item, identify, owner_of, owning, verify
from events.curation.load_states import States, never_public, retract_and_merge, state_faults
from events.curation.overwriting import overwriting
from events.curation.reading import rows
from events.curation.reanchor import days_of, reanchor_corrected
from events.curation.release import release
from events.curation.requote import requote
from events.curation.whole import PARTS, Whole
from events.errors import InvalidFixture
from events.models import Entry, reference, working
from events.models.working import Noun, Status

# Parents first.
TABLES: tuple[type[models.Model], ...] = (
    reference.Country,
    reference.EventType,
    working.Document,
    working.Actor,
    working.Event,
    *CHILDREN,
)
# The list of an event in which a row of each table stands.
NAMES = {table: name for name, table in PARTS.items()}
# Kept by the database and the deeds, never by a fixture.
KEPT = {"version", "unpublished_edits", "status", "merged_into_id"}


@dataclass
class Report:
    """What a load did: rows counted, nouns by id."""

    added: int = 0
    changed: int = 0
    equal: int = 0
    published: list[str] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)
    edited: int = 0
    closed: int = 0


@dataclass
class _Plan:
    """What a load will write."""

    add: list[models.Model] = field(default_factory=list)
    change: list[models.Model] = field(default_factory=list)
    remove: list[models.Model] = field(default_factory=list)
    equal: int = 0

    @cached_property
    def added(self) -> dict[type[models.Model], dict[str, models.Model]]:
        """The new nouns of each table, by id."""
        return {model: {row.pk: row for row in self.add if type(row) is model} for model in KINDS}

    @cached_property
    def changed(self) -> dict[type[Noun], list[str]]:
        """The nouns of each table that were there and that the writing changes, themselves or what hangs on them."""
        return {model: [pk for pk in self.touched[model] if pk not in self.added[model]] for model in KINDS}

    @cached_property
    def touched(self) -> dict[type[models.Model], list[str]]:
        """The nouns of each table that the writing adds or changes."""
        found: dict[type[models.Model], set[str]] = {model: set() for model in TABLES}
        for row in chain(self.add, self.change, self.remove):
            owner, pk = owner_of(row)
            found[owner].add(pk)
        return {model: sorted(ids) for model, ids in found.items()}

    def new_events(self) -> dict[str, Whole]:
        """The events that weren't there before, with all that hangs on them: it is all in the load."""
        new = {pk: Whole(row) for pk, row in self.added[working.Event].items() if isinstance(row, working.Event)}
        for row in self.add:
            name = NAMES.get(type(row))
            owner, pk = owner_of(row)
            if name and owner is working.Event and pk in new:
                getattr(new[pk], name).append(row)
        return new


def load(
    items: Sequence[Item],
    faults: Sequence[Fault] = (),
    *,
    states: States | None = None,
    proposals: Sequence[Recorded] = (),
    by: str,
    at: datetime,
    why: str,
) -> Report:
    """Write the rows and publish them; then what `states` says of them, and the proposals about them. `faults` are
    those found already, in reading the records.

    Raises InvalidFixture with every fault; then nothing was written.
    """
    states = states or States()
    with deed(), _uncollected():
        found = [*faults, *verify(items, faults), *state_faults(states, items)]
        plan = _compare(items)
        _open(plan, items)
        found += overwriting(items, plan.changed)
        if found:
            raise InvalidFixture([str(fault) for fault in found])
        every = chain(items, states.edits)
        days = days_of(item.row.pk for item in every if isinstance(item.row, working.Document))
        _write(plan)
        for model in KINDS:
            log(model, plan.changed[model], by=by, at=at, why=why, loaded=True)
            first = {"kind": KINDS[model], "version": 1, "by": by, "at": at, "why": why, "loaded": True, "note": ""}
            insert_alike([bare(working.Edit, noun_id=pk, **first) for pk in plan.added[model]])
        report = Report(len(plan.add), len(plan.change) + len(plan.remove), plan.equal)
        _publish(plan, items, report, by=by, at=at, why=why)
        _bring_about(states, report, by=by, at=at, why=why)
        at_once(by=by, at=at)
        added, known = load_proposals(proposals, by=by, at=at, why=why)
        report.added, report.equal = report.added + added, report.equal + known
        # The last of all: what the load itself says of these proposals and events isn't proposed.
        reanchor_corrected(days, by=by, at=at)
    return report


def _bring_about(states: States, report: Report, *, by: str, at: datetime, why: str) -> None:
    """Edits that stay unpublished, then what is public no more."""
    found = [*verify(states.edits), *never_public(states.merged)]
    if found:
        raise InvalidFixture([str(fault) for fault in found])
    plan = _compare(states.edits)
    _write(plan)
    for model in KINDS:
        log(model, plan.touched[model], by=by, at=at, why=why, loaded=True)
        keep_flags(model, plan.touched[model])
    retract_and_merge(states, by=by, at=at)
    report.edited, report.closed = sum(map(len, plan.changed.values())), len(states.retracted) + len(states.merged)


@contextmanager
def _uncollected() -> Iterator[None]:
    """All objects that a load makes stay to its end: Python's search for those that don't took a tenth of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _compare(items: Sequence[Item]) -> _Plan:
    """Tell what is new, different or gone from what is equal."""
    plan = _Plan()
    stated = {owner_of(item.row) for item in items if type(item.row) not in CHILDREN}
    # What hangs on a noun that isn't there isn't there either.
    new: set[tuple[type[models.Model], str]] = set()
    alike = _by_table(item.row for item in items)
    for model in TABLES:
        owners = {owner_of(row) for row in alike[model]} | (stated if model in CHILDREN else set())
        stored = {identify(row): row for row in _stored(model, owners - new)}
        for row in alike[model]:
            before = stored.pop(identify(row), None) if stored else None
            if before is None:
                plan.add.append(row)
                if model not in CHILDREN:
                    new.add(owner_of(row))
            elif _copy(row, before):
                plan.change.append(before)
            else:
                plan.equal += 1
        if model in CHILDREN:
            plan.remove.extend(row for row in stored.values() if owner_of(row) in stated)
    return plan


def _by_table(rows: Iterable[models.Model]) -> dict[type[models.Model], list[models.Model]]:
    found: dict[type[models.Model], list[models.Model]] = {model: [] for model in TABLES}
    for row in rows:
        found[type(row)].append(row)
    return found


def _stored(model: type[models.Model], owners: set[tuple[type[models.Model], str]]) -> list[models.Model]:
    """The rows that a load may replace: the same nouns, and all that hangs on them."""
    noun, column = owning(model)
    return rows(model, column, [pk for owner, pk in owners if owner is noun])


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


def _open(plan: _Plan, items: Sequence[Item]) -> None:
    """New nouns stand from the start as they will stand in the end."""
    drafts = {item.row.pk for item in items if item.draft}
    for row in plan.add:
        if isinstance(row, Noun):
            row.version = 1
        if isinstance(row, working.Event):
            row.status = Status.DRAFT if row.pk in drafts else Status.PUBLISHED


def _write(plan: _Plan) -> None:
    changed = [row for row in plan.change if isinstance(row, working.Document)]
    texts = {
        pk: text
        for some in chunks(row.pk for row in changed)
        for pk, text in working.Document.objects.filter(pk__in=some).values_list("pk", "text")
    }
    try:
        for row in plan.remove:
            row.delete()
        for row in plan.change:
            row.save()
        alike = _by_table(plan.add)
        for model in TABLES:
            insert_alike(alike[model])
    except IntegrityError as error:
        raise InvalidFixture([f"The database refused a record: {error}"]) from error
    for document in changed:
        if document.text != texts[document.pk]:
            requote(document, texts[document.pk])


def _publish(plan: _Plan, items: Sequence[Item], report: Report, *, by: str, at: datetime, why: str) -> None:
    """Publish what the fixture has as published, revise what was public and would be shown differently."""
    new = plan.added[working.Event]
    wanted = [item.row.pk for item in items if isinstance(item.row, working.Event) and not item.draft]
    report.published = [pk for pk in wanted if pk in new]
    for some in chunks(pk for pk in wanted if pk not in new):
        drafts = working.Event.objects.filter(pk__in=some, status=Status.DRAFT)
        report.published += drafts.values_list("pk", flat=True)
    report.revised = sorted(differing(working.Event, plan.changed[working.Event]))
    release(
        [*report.published, *report.revised],
        {*differing(working.Actor, plan.changed[working.Actor]), *_stated_public(working.Actor, items)},
        {*differing(working.Document, plan.changed[working.Document]), *_stated_public(working.Document, items)},
        [row.pk for row in plan.change if isinstance(row, reference.Country)],
        known=plan.new_events(),
        by=by,
        at=at,
        why=why,
    )


def _stated_public(model: type[Noun], items: Sequence[Item]) -> Iterator[str]:
    """What is to be public whether or not a public event names it, and isn't yet."""
    wanted = [item.row.pk for item in items if item.public and type(item.row) is model]
    for some in chunks(wanted):
        known = Entry.objects.filter(kind=KINDS[model], noun_id__in=some)
        yield from sorted(set(some) - set(known.values_list("noun_id", flat=True)))
