"""What the lists share: search that understands a pasted address, and no more read than is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.functional import Promise

from events.admin.addresses import id_in
from events.admin.log_in_again import keeping_what_was_sent
from events.models.working import Mergeable

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

# A longer search term is a slip of the clipboard; databases refuse patterns of some ten thousand characters.
LONGEST_TERM = 500


@dataclass(frozen=True)
class Page:
    """A page beside Django's own: its route below the table's, its view, and what the table's name is followed by."""

    route: str
    view: Callable[..., HttpResponseBase]
    name: str


class ListAdmin(ModelAdmin):
    """A list without bulk actions of Django's, searched by the words of `search_fields` or by a pasted address.

    On none of its pages is anything lost that was typed when the log-in runs out.
    """

    actions: Any = None
    # Counting all rows beside the found ones costs as much as finding them.
    show_full_result_count = False
    # Says what may be typed. Django's own `search_help_text` leaves the field without a visible label.
    search_label: str | Promise = ""
    # Long columns that no list shows.
    unlisted: Sequence[str] = ()

    def pages(self) -> tuple[Page, ...]:
        """The pages that Django's admin hasn't."""
        return ()

    def get_urls(self) -> list[Any]:
        site, table = self.admin_site, f"{self.opts.app_label}_{self.opts.model_name}"
        own = [path(page.route, site.admin_view(page.view), name=f"{table}_{page.name}") for page in self.pages()]
        patterns = [*own, *super().get_urls()]
        for pattern in patterns:
            pattern.callback = keeping_what_was_sent(site, pattern.callback)
        return patterns

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        listed = request.resolver_match is not None and not request.resolver_match.kwargs
        return rows.defer(*self.unlisted) if listed else rows

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"search_label": self.search_label, **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if request.resolver_match is not None and request.resolver_match.url_name == "autocomplete":
            queryset = self.choosable(queryset)
        term = search_term.replace("\0", "")[:LONGEST_TERM]
        if found := id_in(term):
            return self.find(queryset, found), False
        return super().get_search_results(request, queryset, term)

    def choosable(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What other rows may name: nothing that was merged into something else."""
        return queryset.filter(merged_into=None) if issubclass(self.model, Mergeable) else queryset

    def find(self, queryset: QuerySet[Any], noun_id: str) -> QuerySet[Any]:
        """The rows that an address with this id speaks of."""
        return queryset.filter(pk=noun_id)
