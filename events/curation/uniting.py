"""What of two nouns becomes one: chosen fields, and all that hangs on either. Written down, so that it can be undone.

The loser stays as it is, out of sight; only the survivor changes. `Changes` says how it was before and right after.
Undoing puts back what is still as the merge left it; what was edited since stays, and is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.db import models

from events.curation.load_rows import CHILDREN, identify
from events.models import working
from events.models.working import Noun

# What a curator chooses between, and the columns that belong together.
CHOICES: Final[dict[type[Noun], dict[str, tuple[str, ...]]]] = {
    working.Event: {
        "title": ("title",),
        "summary": ("summary",),
        "type": ("type_id",),
        "date": ("edtf", "date_text", "date_anchor", "date_rule"),
        "place": ("location_country_id", "place", "lat", "lon"),
        "note": ("note",),
    },
    working.Actor: {
        "name": ("name",),
        "kind": ("kind",),
        "country": ("country_id",),
        "part_of": ("part_of_id",),
        "description": ("description",),
        "external_id": ("external_id",),
    },
}
# Columns of children by which they name another noun that may be merged.
NAMING: Final = ("actor_id", "target_id")
Row = dict[str, Any]


def tables(model: type[Noun]) -> list[type[models.Model]]:
    """What hangs on a noun."""
    owner = "actor_id" if model is working.Actor else "event_id"
    return [table for table, (column, _rest) in CHILDREN.items() if column == owner]


def unite(survivor: Noun, loser: Noun, take: Collection[str]) -> dict[str, Any]:
    """Give the survivor the loser's values for what is in `take`, and all that hangs on it. Tells the changes."""
    before = _fields(survivor)
    had = children(survivor)
    old_name = getattr(survivor, "name", "")
    for choice in take:
        for column in CHOICES[type(survivor)][choice]:
            setattr(survivor, column, getattr(loser, column))
    if isinstance(survivor, working.Actor) and survivor.part_of_id in (survivor.pk, loser.pk):
        survivor.part_of_id = None
    survivor.save()
    for table in tables(type(survivor)):
        _copy_children(table, survivor, loser)
    if isinstance(survivor, working.Actor) and isinstance(loser, working.Actor):
        _keep_names(survivor, {old_name, loser.name})
    if isinstance(survivor, working.Event):
        survivor.relations.filter(target_id__in=(survivor.pk, loser.pk)).delete()
    return {"before": before, "after": _fields(survivor), "had": had, "has": children(survivor)}


def separate(survivor: Noun, changes: dict[str, Any], survivors: Mapping[str, str]) -> list[str]:
    """Undo `unite`. Returns, as sentences, what was edited since and stays with the survivor.

    `survivors` says of what was merged meanwhile what it became: rows that name it are the same rows still.
    """
    kept = [*_restore_fields(survivor, changes["before"], changes["after"])]
    survivor.save()
    for table in tables(type(survivor)):
        label = table._meta.model_name or ""
        had, has = (_followed(changes[when].get(label, {}), survivors) for when in ("had", "has"))
        now = children(survivor)[label]
        for key in sorted({*had, *has, *now}):
            kept += _restore_child(table, survivor, key, had.get(key), has.get(key), now.get(key))
    return kept


def _followed(rows: dict[str, Row], survivors: Mapping[str, str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for key, row in rows.items():
        parts = [survivors.get(part, part) for part in key.split("\n")]
        named = {column: survivors.get(value, value) for column, value in row.items() if column in NAMING}
        found.setdefault("\n".join(parts), {**row, **named})
    return found


def _fields(noun: Noun) -> dict[str, Row]:
    return {
        choice: {column: _plain(getattr(noun, column)) for column in columns}
        for choice, columns in CHOICES[type(noun)].items()
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def children(noun: Noun) -> dict[str, dict[str, Row]]:
    """All that hangs on a noun: by table and by what tells a row from its siblings, the row's other columns.

    Places of quotations are left out: they follow from the text.
    """
    found: dict[str, dict[str, Row]] = {}
    for table in tables(type(noun)):
        owner = CHILDREN[table][0]
        rows = table._default_manager.filter(**{owner: noun.pk}).order_by("pk")
        found[table._meta.model_name or ""] = {_key(row): _row(row) for row in rows}
    return found


def _key(row: models.Model) -> str:
    return "\n".join(str(part) for part in identify(row)[1:])


def _row(row: models.Model) -> Row:
    owner = CHILDREN[type(row)][0]
    skipped = {owner, "id", "start", "end", "prefix", "suffix"}
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in skipped
    }


def _copy_children(table: type[models.Model], survivor: Noun, loser: Noun) -> None:
    owner = CHILDREN[table][0]
    mine = {_key(row): row for row in table._default_manager.filter(**{owner: survivor.pk})}
    for row in table._default_manager.filter(**{owner: loser.pk}).order_by("pk"):
        same = mine.get(_key(row))
        if same is None and getattr(row, "target_id", None) != survivor.pk:
            row.pk = None
            row._state.adding = True
            setattr(row, owner, survivor.pk)
            row.save()
        elif isinstance(same, working.Evidence) and isinstance(row, working.Evidence):
            same.supports = [*same.supports, *(what for what in row.supports if what not in same.supports)]
            same.save()


def _keep_names(survivor: working.Actor, names: Collection[str]) -> None:
    known = {survivor.name, *survivor.names.values_list("name", flat=True)}
    for name in sorted(set(names) - known):
        working.ActorName(actor=survivor, name=name, kind=working.NameKind.ALIAS).save()


def _restore_fields(survivor: Noun, before: dict[str, Row], after: dict[str, Row]) -> Iterator[str]:
    now = _fields(survivor)
    for choice, columns in CHOICES[type(survivor)].items():
        if now[choice] != after[choice]:
            shown = ", ".join(str(value) for value in now[choice].values() if value not in (None, ""))
            yield f"{choice}: “{shown}”, edited after the merge."
            continue
        for column in columns:
            value = before[choice][column]
            field: Any = survivor._meta.get_field(column)
            # JSON has no dates; an empty text stays one.
            setattr(survivor, column, field.to_python(value) if value else value)


def _restore_child(
    table: type[models.Model], survivor: Noun, key: str, had: Row | None, has: Row | None, now: Row | None
) -> Iterator[str]:
    """Put one row back as it was, where it is still as the merge left it; else say what stays."""
    owner = CHILDREN[table][0]
    name = table._meta.verbose_name
    if now != has:
        what = "taken out" if now is None else "added" if has is None else "edited"
        shown = key.replace("\n", " · ")
        yield f"{name}: “{shown[:80]}” was {what} after the merge."
        return
    if now == had:
        return
    rows = table._default_manager.filter(**{owner: survivor.pk})
    stored = next((row for row in rows if _key(row) == key), None)
    if had is None:
        if stored is not None:
            stored.delete()
    elif stored is None:
        table(**{owner: survivor.pk, **had}).save()
    else:
        for column, value in had.items():
            setattr(stored, column, value)
        stored.save()
