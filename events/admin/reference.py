"""The pages of the reference data: countries, which can only be renamed, and types of event, which may be added."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.admin.deed_admin import DeedAdmin
from events.admin.forms import USUAL_REASONS, ReasonField, RefusableForm
from events.curation.deed import deed
from events.curation.reference import rename_country
from events.models import Country, EventType


class CountryForm(RefusableForm):
    why = ReasonField(help_text=_("The public sees it with every event that names the country."))


@admin.register(Country)
class CountryAdmin(DeedAdmin):
    form = CountryForm
    fields = ("code", "alpha3", "name", "why")
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
class EventTypeAdmin(DeedAdmin):
    fields = ("code", "name", "definition")
    list_display = ("code", "name", "definition")
    search_fields = ("code", "name")
    search_label = _("A name or a code")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Events and questions name a type by its code, so it stays as it is."""
        return ("code",) if obj else ()

    def save_related(self, request: HttpRequest, form: forms.ModelForm[EventType], formsets: Any, change: Any) -> None:
        with deed():
            form.instance.save()
