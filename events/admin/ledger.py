"""The pages of the ledger: to look at, never to change."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.admin.history import DEEDS
from events.admin.lists import ListAdmin
from events.models import Entry, ledger


class KindFilter(admin.SimpleListFilter):
    """Fixed choices: Django's own would look through the whole ledger for them."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(ledger.EVENT, _("event")), (ledger.ACTOR, _("actor")), (ledger.DOCUMENT, _("document"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class DeedFilter(KindFilter):
    title = _("deed")
    parameter_name = "deed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(DEEDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(deed=self.value()) if self.value() else queryset


@admin.register(Entry)
class EntryAdmin(ListAdmin):
    unlisted = ("document",)
    ordering = ("-seq",)
    list_display = ("seq", "at", "kind", "noun_id", "deed", "revision", "by", "why")
    list_filter = (KindFilter, DeedFilter)
    search_fields = ("=noun_id",)
    search_label = _("The id of an event, actor or document, or a pasted address")

    def find(self, queryset: QuerySet[Any], noun_id: str) -> QuerySet[Any]:
        return queryset.filter(noun_id=noun_id)

    fields = (
        *("seq", "kind", "noun_id", "revision", "deed", "at", "by", "why", "superseded_by"),
        *("public_document", "content_sha256", "chain_sha256"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("what the public saw"))
    def public_document(self, entry: Entry) -> str:
        if entry.document is None:
            return str(_("nothing: it was taken back"))
        return format_html("<pre>{}</pre>", json.dumps(json.loads(entry.document), ensure_ascii=False, indent=2))
