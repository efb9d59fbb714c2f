"""The pages of actors."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from events.admin.inlines import Inline
from events.admin.lists import Page
from events.admin.merging import MergeAdmin
from events.curation.doubles import doubles
from events.models import Actor, ActorIdentifier, ActorName

DOUBLES_A_PAGE = 50


class NameInline(Inline):
    model = ActorName


class IdentifierInline(Inline):
    model = ActorIdentifier


@admin.register(Actor)
class ActorAdmin(MergeAdmin):
    public_path = "api/v1/actors/"
    inlines = (NameInline, IdentifierInline)
    autocomplete_fields = ("country", "part_of")
    fields = ("name", "kind", "country", "part_of", "description", "external_id")
    change_list_template = "admin/events/actor_list.html"
    list_display = ("name", "kind", "country", "unpublished", "id")
    list_filter = ("unpublished_edits", "kind")
    list_select_related = ("country",)
    search_fields = ("=id", "name", "names__name", "=identifiers__value")
    search_label = _("Any of the names, an identifier, an id, or a pasted address")

    def pages(self) -> tuple[Page, ...]:
        return (Page("doubles/", self.doubles_view, "doubles"), *super().pages())

    def doubles_view(self, request: HttpRequest) -> HttpResponse:
        """Actors that may be one, each with why and a way to look at both."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        page = self.get_paginator(request, doubles(), DOUBLES_A_PAGE).get_page(request.GET.get("p"))  # type: ignore[arg-type]  # a list will do
        context = {
            **self.admin_site.each_context(request),
            "title": _("Likely doubles"),
            "opts": self.opts,
            "doubles": page,
            "may_merge": self._may_publish(request) or self._may_suggest(request),
        }
        return TemplateResponse(request, "admin/events/doubles.html", context)
