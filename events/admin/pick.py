"""Choose an actor, document, event or country: by autocomplete, and without JavaScript by id, address or exact name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin as DjangoBase
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
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

    @property
    def media(self) -> forms.Media:
        # Named again with what it needs, for Django sorts scripts of different widgets by such lists.
        return super().media + forms.Media(
            js=("admin/js/jquery.init.js", "admin/js/autocomplete.js", "events/admin/pick.js")
        )

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        # Select2 would open its list outside of the page's landmarks.
        return super().build_attrs(base_attrs, extra_attrs) | {"data-dropdown-parent": "#content-main"}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = any(
            option["selected"] for _group, options, _index in context["widget"]["optgroups"] for option in options
        )
        context["widget"]["typed"] = {"name": name + TYPED, "value": "" if chosen else value or ""}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name + TYPED) or super().value_from_datadict(data, files, name)


class PickField(ModelChoiceField):
    """A choice by id, by pasted address or by exact name."""

    default_error_messages = {
        "several": _("Several are called “%(value)s”; give the id or the address of the one you mean."),
        "unknown": _("Nothing here has the id, address or name “%(value)s”."),
    }

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
