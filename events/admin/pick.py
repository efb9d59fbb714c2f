"""Choose an actor, document, event or country: by autocomplete, and without JavaScript by id, address or exact name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin as DjangoBase
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from events.admin.addresses import id_in
from events.models import Actor, Country, Document, Event
from events.models.working import Mergeable

if TYPE_CHECKING:
    BaseModelAdmin = DjangoBase[Any]
    ModelChoiceField = forms.ModelChoiceField[Any]
else:
    BaseModelAdmin = DjangoBase
    ModelChoiceField = forms.ModelChoiceField

# By what each is called.
NAMES: dict[type[models.Model], str] = {Actor: "name", Country: "name", Document: "title", Event: "title"}
TYPED = "-typed"


class Pick(AutocompleteSelect):
    """Django's autocomplete, and beside it a plain field that shows where there is no JavaScript."""

    template_name = "admin/events/widgets/pick.html"
    # What the field is called. Select2 draws boxes of its own, which the field's <label> doesn't name.
    label: str | Promise = ""
    # What is chosen, by its id, where `fetch_chosen` was asked for it.
    fetched: dict[str, models.Model] | None = None

    @property
    def media(self) -> forms.Media:
        # Named again with what it needs, for Django sorts scripts of different widgets by such lists.
        return super().media + forms.Media(
            js=("admin/js/jquery.init.js", "admin/js/autocomplete.js", "events/admin/pick.js")
        )

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        # Select2 would open its list outside of the page's landmarks.
        drawn = {"data-dropdown-parent": "#content-main"} | ({"title": self.label} if self.label else {})
        return super().build_attrs(base_attrs, extra_attrs) | drawn

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = any(
            option["selected"] for _group, options, _index in context["widget"]["optgroups"] for option in options
        )
        typed = {"name": name + TYPED, "value": "" if chosen else value or "", "label": self.label}
        context["widget"]["typed"] = typed
        return context

    def optgroups(self, name: str, value: Any, attr: dict[str, Any] | None = None) -> list[Any]:
        """Only what is chosen; the others are asked for while one types."""
        fetched = self.fetched
        if fetched is None:
            return super().optgroups(name, value, attr)
        rows = [fetched[str(pk)] for pk in value if str(pk) in fetched]
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance
        options = [self.create_option(name, row.pk, label(row), True, 0) for row in rows]
        return [(None, [*empty, *options], 0)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name + TYPED) or super().value_from_datadict(data, files, name)


def fetch_chosen(several: Iterable[forms.BaseForm]) -> None:
    """Fetch what is chosen in these forms by one query for each table; each field would ask for its own."""
    picks: dict[type[models.Model], list[tuple[Pick, str]]] = defaultdict(list)
    for form in several:
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, Pick):
                picks[field.queryset.model].append((widget, str(form[name].value() or "")))  # type: ignore[attr-defined]  # a Pick is the widget of a PickField
    for model, chosen in picks.items():
        rows = model._default_manager.in_bulk({pk for _widget, pk in chosen if pk and "\0" not in pk})
        fetched = {str(pk): row for pk, row in rows.items()}
        for widget, _pk in chosen:
            widget.fetched = fetched


class PickField(ModelChoiceField):
    """A choice by id, by pasted address or by exact name."""

    default_error_messages = {
        "several": _("Several are called “%(value)s”; give the id or the address of the one you mean."),
        "unknown": _("Nothing here has the id, address or name “%(value)s”."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.widget.label = capfirst(self.label or "")

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, models.Model):
            return value or None
        text = str(value).strip().replace("\0", "")
        rows: QuerySet[Any] = self.queryset  # type: ignore[assignment]  # a form has filled it in by now
        if issubclass(rows.model, Mergeable):
            rows = rows.filter(merged_into=None)
        return rows.filter(pk=id_in(text) or text).first() or self._by_name(rows, text)

    def _by_name(self, among: QuerySet[Any], text: str) -> models.Model:
        rows = list(among.filter(**{f"{NAMES[among.model]}__iexact": text})[:2])
        if len(rows) == 1:
            row: models.Model = rows[0]
            return row
        code = "several" if rows else "unknown"
        raise ValidationError(self.error_messages[code], code=code, params={"value": text[:100]})


class PickForeignKeys(BaseModelAdmin):
    """Every foreign key of `autocomplete_fields` is picked so."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["form_class"] = PickField
            kwargs["widget"] = Pick(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
