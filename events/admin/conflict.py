"""Two people saved one noun: put together what both did, so that the second can look at it and save again.

A form carries what stood in each field when it was opened. What the second person didn't touch takes the first one's
value; what both touched keeps the second one's, and the first one's is shown beside it. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst

from events.admin.forms import NounForm
from events.admin.pick import TYPED
from events.curation.flags import KINDS
from events.models import Edit
from events.models.working import Noun

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    BoundField = forms.BoundField
else:
    from django.forms.boundfield import BoundField

    ModelAdmin = admin.ModelAdmin

# More rows than anybody types: what claims more was made up.
MOST_ROWS = 1000


@dataclass(frozen=True)
class Difference:
    """What the other saved in a field, and what stands in the form now."""

    field: str
    theirs: str
    yours: str
    taken_over: bool


@dataclass(frozen=True)
class Conflict:
    """The form's data as they should be shown again, and what to tell."""

    data: QueryDict
    differences: list[Difference]
    edits: Sequence[Edit | Saved]


@dataclass(frozen=True)
class Saved:
    """Who saved what has no log of edits, and when."""

    by: str
    at: datetime
    why: str


def merge_noun(page: ModelAdmin, request: HttpRequest, stored: Noun) -> Conflict:
    """What was sent, brought up to the noun that is stored now."""
    opened = str(request.POST.get("version", ""))
    edits = Edit.objects.filter(kind=KINDS[type(stored)], noun_id=stored.pk, version__gt=int(opened or 0))
    return merge(page, request, stored, str(stored.version), list(edits.order_by("version")))


def merge(
    page: ModelAdmin, request: HttpRequest, stored: models.Model, version: str, edits: Sequence[Edit | Saved]
) -> Conflict:
    """What was sent, brought up to the row that is stored now, of that version."""
    merging = _Merging(request.POST)
    model_form = page.get_form(request, stored, change=True)
    merging.fields(model_form(request.POST, instance=stored), model_form(instance=stored))
    for formset, inline in page.get_formsets_with_inlines(request, stored):
        prefix = formset.get_default_prefix()
        theirs = formset(instance=stored, prefix=prefix, queryset=inline.get_queryset(request)).initial_forms
        merging.rows(formset, theirs, str(capfirst(str(inline.verbose_name))))
    merging.data["version"] = version
    return Conflict(merging.data, merging.differences, edits)


class _Merging:
    def __init__(self, sent: QueryDict) -> None:
        self.data = sent.copy()
        self.differences: list[Difference] = []

    def fields(self, mine: Any, theirs: Any, where: str = "") -> bool:
        """Merge the fields of one form; tells whether they were touched."""
        touched = set(mine.changed_data) - set(NounForm.not_remembered)
        for name in mine.fields:
            if name in NounForm.not_remembered:
                continue
            field, saved = mine[name], theirs[name]
            if not self._as_opened(field, saved) and mine.fields[name].has_changed(saved.initial, field.data):
                self._note(field, saved, where, taken_over=name not in touched)
                if name not in touched:
                    self._set(field.html_name, _sent(saved))
            self.data.setlist(field.html_initial_name, _sent(saved))
        return bool(touched)

    def _as_opened(self, field: BoundField, saved: BoundField) -> bool:
        """Whether what is stored is what was there when the form was opened."""
        opened = [value.replace("\r\n", "\n") for value in self.data.getlist(field.html_initial_name)]
        return opened == _sent(saved)

    def _set(self, name: str, values: list[str]) -> None:
        self.data.pop(name + TYPED, None)
        self.data.setlist(name, values)

    def _note(self, field: BoundField, saved: BoundField, where: str, *, taken_over: bool) -> None:
        label = f"{where}: {field.label}" if where else str(field.label)
        theirs, mine = _shown(saved, _sent(saved)), _shown(field, _sent(field))
        self.differences.append(Difference(label, theirs, theirs if taken_over else mine, taken_over))

    def rows(self, formset: Any, theirs: list[Any], where: str) -> None:
        """Merge the rows of one inline, and number them anew: those that are stored first."""
        prefix, parent = formset.get_default_prefix(), formset.fk.name
        stored = {str(row.instance.pk): row for row in theirs}
        kept: list[dict[str, list[str]]] = []
        fresh: list[dict[str, list[str]]] = []
        for number in range(min(_count(self.data, f"{prefix}-TOTAL_FORMS"), MOST_ROWS)):
            pk = self.data.get(f"{prefix}-{number}-id", "")
            row = stored.pop(pk, None)
            mine = formset.form(self.data, prefix=f"{prefix}-{number}", instance=row.instance if row else None)
            mine.fields.pop(parent, None)
            if row is not None:
                self.fields(mine, row, where)
                kept.append(self._take(prefix, number))
            elif not pk:
                fresh.append(self._take(prefix, number))
            elif self._survives(mine, where):
                fresh.append({**self._take(prefix, number), "{}-id": [""]})
        for row in stored.values():
            self.differences.append(Difference(where, str(row.instance), str(row.instance), taken_over=True))
            kept.append(_row_data(row, parent))
        self._number(prefix, kept, fresh)

    def _survives(self, mine: Any, where: str) -> bool:
        """A row that the other took out stays, as a new one, only if it was touched here and not taken out too."""
        touched = bool(mine.changed_data)
        taken_out = f"{mine.prefix}-DELETE" in self.data
        if not taken_out:
            text = " · ".join(_shown(mine[name], _sent(mine[name])) for name in mine.fields)
            self.differences.append(Difference(where, "", text if touched else "", taken_over=not touched))
        return touched and not taken_out

    def _take(self, prefix: str, number: int) -> dict[str, list[str]]:
        """The data of one row, under names with the number left open."""
        found = {}
        for start in (f"{prefix}-{number}-", f"initial-{prefix}-{number}-"):
            for name in [name for name in self.data if name.startswith(start)]:
                opening = start.removesuffix(f"{prefix}-{number}-")
                found[f"{opening}{{}}-{name.removeprefix(start)}"] = self.data.pop(name)
        return {name: [str(value) for value in values] for name, values in found.items()}

    def _number(self, prefix: str, kept: list[dict[str, list[str]]], fresh: list[dict[str, list[str]]]) -> None:
        for name in [name for name in self.data if name.startswith((f"{prefix}-", f"initial-{prefix}-"))]:
            if not name.endswith(("_FORMS", "_NUM_FORMS")):
                del self.data[name]
        for number, row in enumerate([*kept, *fresh]):
            for name, values in row.items():
                self.data.setlist(name.replace("{}", f"{prefix}-{number}", 1), values)
        self.data[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(fresh))
        self.data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))


def _row_data(row: Any, parent: str) -> dict[str, list[str]]:
    """A stored row as a form would send it."""
    found = {"{}-id": [str(row.instance.pk)]}
    for name in row.fields:
        if name not in ("id", "DELETE", parent):
            found[f"{{}}-{name}"] = found[f"initial-{{}}-{name}"] = _sent(row[name])
    return found


def _count(data: QueryDict, name: str) -> int:
    value = data.get(name, "")
    return int(value) if value.isascii() and value.isdigit() else 0


def _sent(field: BoundField) -> list[str]:
    """A field's value as a browser sends it."""
    value = field.value()
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    return ["" if value is None else str(value)]


def _shown(field: BoundField, values: list[str]) -> str:
    """Values as people read them."""
    return ", ".join(filter(None, (_label(field.field, value) for value in values)))


def _label(field: forms.Field, value: str) -> str:
    if isinstance(field, forms.ModelChoiceField):
        try:
            chosen = field.to_python(value)
        except forms.ValidationError:
            return value
        return str(chosen) if chosen else ""
    if isinstance(field, forms.ChoiceField):
        return str(dict(_flat(field.choices)).get(value, value)) if value else ""
    return value


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        yield str(value), label
