"""The pages of actors."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from events.admin.inlines import Inline
from events.admin.nouns import NounAdmin
from events.models import Actor, ActorName


class NameInline(Inline):
    model = ActorName


@admin.register(Actor)
class ActorAdmin(NounAdmin):
    public_path = "api/v1/actors/"
    inlines = (NameInline,)
    autocomplete_fields = ("country", "part_of")
    fields = ("name", "kind", "country", "part_of", "description", "external_id")
    list_display = ("name", "kind", "country", "unpublished", "id")
    list_filter = ("unpublished_edits", "kind")
    list_select_related = ("country",)
    search_fields = ("=id", "name", "names__name")
    search_label = _("Any of the names, an id, or a pasted address")
