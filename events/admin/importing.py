"""Import a table in the admin: looked at first, then made into proposals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.exporting import ExportPage
from events.admin.lists import Page
from events.curation.table import Imported, Told, import_rows
from events.errors import DeedRefused, InvalidTable
from events.exchange.table import Table, read_table
from events.exchange.table_dates import DAY_FIRST, MONTH_FIRST
from events.exchange.table_map import read_map
from events.exchange.table_rows import told

# Rows that the look shows; the rest is counted.
SHOWN = 20


class ImportForm(forms.Form):
    """A table, its map, and what can't be guessed."""

    file = forms.FileField(label=gettext_lazy("Table"), help_text=gettext_lazy("CSV in UTF-8, or XLSX."))
    map = forms.FileField(label=gettext_lazy("Map"), help_text=gettext_lazy("TOML, as the guide to curation says."))
    order = forms.ChoiceField(
        label=gettext_lazy("03/04/2019"),
        required=False,
        choices=[
            ("", gettext_lazy("may be two days: refuse it")),
            (DAY_FIRST, gettext_lazy("is in April: the day comes first")),
            (MONTH_FIRST, gettext_lazy("is in March: the month comes first")),
        ],
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Of the document. Left empty, it is the name of the file."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class ImportPage(ExportPage):
    """The page of documents, with one more for tables."""

    def pages(self) -> tuple[Page, ...]:
        return (Page("import-table/", self.import_view, "import"), *super().pages())

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """What the rows would propose, or every fault; with the other button, the same is done."""
        if not (self.has_add_permission(request) and request.user.has_perm("events.change_proposal")):
            raise PermissionDenied
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Import a table"),
            "opts": self.opts,
            "form": form,
            "media": self.media,
        }
        if form.is_valid():
            try:
                context |= self._import(request, form.cleaned_data)
            except (InvalidTable, DeedRefused) as error:
                context["reasons"] = error.faults if isinstance(error, InvalidTable) else error.reasons
                if isinstance(error, InvalidTable) and error.needs_order:
                    form.add_error("order", _("Say here what such a date means."))
        return TemplateResponse(request, "admin/events/import.html", context)

    def _import(self, request: HttpRequest, sent: dict[str, Any]) -> dict[str, Any]:
        table, rows = _read(sent)
        name, looking = sent["file"].name, "_do" not in request.POST
        done: Imported = import_rows(
            sent["title"] or name,
            table.text,
            rows,
            by=request.user.get_username(),
            at=timezone.now(),
            why=_("Imported from %s") % name,
            dry_run=looking,
        )
        return {"done": done, "looking": looking, "rows": rows[:SHOWN], "more": max(0, len(rows) - SHOWN)}


def _read(sent: dict[str, Any]) -> tuple[Table, list[Told]]:
    table = read_table(sent["file"].name, sent["file"].read())
    return table, told(table, read_map(sent["map"].read()), sent["order"])
