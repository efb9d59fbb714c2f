"""The pages of the reference data: countries, which can only be renamed, and types of event, which may be added."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.admin import conflict
from events.admin.deed_admin import DeedAdmin
from events.admin.forms import USUAL_REASONS, ReasonField, RefusableForm, RememberingForm
from events.curation.deed import deed, lock_head
from events.curation.reference import rename_country
from events.errors import EditConflict
from events.models import Country, EventType


def version_of(row: models.Model) -> str:
    """What a row says, as one word: these rows have no version of their own."""
    said = [str(getattr(row, column.attname)) for column in row._meta.concrete_fields]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


class ReferenceForm(RememberingForm, RefusableForm):
    not_remembered = ("version", "why")

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version_of(self.instance) if self.instance.pk else ""


class ReferenceAdmin(DeedAdmin):
    """The page of a row that may be changed: whoever saves second sees what the first one saved."""

    form = ReferenceForm

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        # Pages that save nothing look rows up too.
        match = request.resolver_match
        saving = request.method == "POST" and match is not None and str(match.url_name).endswith("_change")
        if saving:
            lock_head()
        row = super().get_object(request, object_id, from_field)
        if saving and row is not None and self._is_older(request, row):
            raise EditConflict(gettext("“%s” was saved by somebody else since you opened it.") % row)
        return row

    def _is_older(self, request: HttpRequest, row: models.Model) -> bool:
        return bool(request.POST.get("version", "") != version_of(row))

    def refuse(
        self, request: HttpRequest, object_id: str | None, reasons: Sequence[str], extra_context: dict[str, Any]
    ) -> HttpResponse:
        stored = self.model._default_manager.filter(pk=unquote(object_id)).first() if object_id else None
        if stored is None or not self._is_older(request, stored):
            return super().refuse(request, object_id, reasons, extra_context)
        found = conflict.merge(self, request, stored, version_of(stored), _last_saved(stored))
        request.POST = found.data  # type: ignore[assignment]  # Django's own handlers set it so
        response = super().refuse(request, object_id, reasons, {**extra_context, "conflict": found})
        response.status_code = 409
        return response


def _last_saved(row: models.Model) -> list[conflict.Saved]:
    """By Django's own log: the reference data have no other."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
    ).select_related("user")
    return [conflict.Saved(entry.user.get_username(), entry.action_time, "") for entry in entries[:1]]


class CountryForm(ReferenceForm):
    why = ReasonField(help_text=_("The public sees it with every event that names the country."))


@admin.register(Country)
class CountryAdmin(ReferenceAdmin):
    form = CountryForm
    fields = ("code", "alpha3", "name")
    readonly_fields = ("code", "alpha3")
    list_display = ("name", "code", "alpha3")
    search_fields = ("=code", "=alpha3", "name")
    search_label = _("A name or a code")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        context["usual_reasons"] = USUAL_REASONS[:1]
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        cleaned, by = form.cleaned_data, request.user.get_username()
        with deed():
            rename_country(form.instance.pk, cleaned["name"], by=by, at=timezone.now(), why=cleaned["why"])

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        """Countries have no log of edits; Django's own, which their history shows, tells the reason too."""
        return super().log_change(request, obj, f"{obj.name}: {request.POST['why']}")


@admin.register(EventType)
class EventTypeAdmin(ReferenceAdmin):
    # Countries have it beside the reason.
    fields = ("code", "name", "definition", "version")
    list_display = ("code", "name", "definition")
    search_fields = ("code", "name")
    search_label = _("A name or a code")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Events and questions name a type by its code, so it stays as it is."""
        return ("code",) if obj else ()

    def save_related(self, request: HttpRequest, form: forms.ModelForm[EventType], formsets: Any, change: Any) -> None:
        with deed():
            form.instance.save()
