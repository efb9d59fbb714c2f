"""The id in a pasted address, and search that understands one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

# A longer search term is a slip of the clipboard; databases refuse patterns of some ten thousand characters.
LONGEST_TERM = 500

_ID = r"(?P<id>[A-Za-z0-9-]{2,32})(?:[/?#.]|\Z)"
_ADDRESSES = (
    re.compile(rf"/admin/events/(?:event|actor|document|country)/{_ID}"),
    re.compile(rf"/(?:events|actors|documents|countries)/{_ID}"),
)


def id_in(text: str) -> str | None:
    """The id or code in an address of a public page, of the API or of the admin; None where there is none."""
    text = text.strip()
    if not text.startswith(("http://", "https://", "/")):
        return None
    found = (pattern.search(text) for pattern in _ADDRESSES)
    return next((match["id"] for match in found if match), None)


class FindByAddress(ModelAdmin):
    """Search by the words of `search_fields`, or by a pasted address; `search_label` says what may be typed."""

    # Django's own `search_help_text` leaves the field without a visible label.
    search_label: str | Promise = ""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"search_label": self.search_label, **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.replace("\0", "")[:LONGEST_TERM]
        if found := id_in(term):
            return self.find(queryset, found), False
        return super().get_search_results(request, queryset, term)

    def find(self, queryset: QuerySet[Any], noun_id: str) -> QuerySet[Any]:
        """The rows that an address with this id speaks of."""
        return queryset.filter(pk=noun_id)
