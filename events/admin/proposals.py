"""The pages of proposals: the list, how far each digest is, and the review of one after another."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin import bulk
from events.admin.lists import Page
from events.admin.reading import in_words
from events.admin.review import address, holder, progress
from events.admin.roles import PUBLISH
from events.admin.suggest import SuggestPage
from events.curation import queue
from events.models import Document, Proposal
from events.models.proposals import Decision

DIGESTS_A_PAGE = 50


class StatusFilter(admin.SimpleListFilter):
    """Open ones first: these are what there is to do."""

    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Decision.choices, ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        chosen = self.value() or Decision.OPEN
        counts = self.get_facet_queryset(changelist)
        for number, (value, title) in enumerate(self.lookup_choices):
            link = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == chosen, "query_string": link, "display": f"{title} ({counts[f'{number}__c']})"}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value() or Decision.OPEN
        return queryset if chosen == "all" else queryset.filter(status=chosen)


@admin.register(Proposal)
class ProposalAdmin(SuggestPage):
    change_list_template = "admin/events/proposal/change_list.html"
    actions = ("accept_selected", "reject_selected")
    list_display = ("title", "date", "source", "type", "shown_kind", "status", "proposed_at", "held")
    list_display_links = ("title",)
    list_filter = (StatusFilter, "kind", "origin", ("proposed_at", admin.DateFieldListFilter), "type")
    list_select_related = ("document", "type")
    ordering = ("pk",)
    show_facets = admin.ShowFacets.ALWAYS
    unlisted = ("document__text",)
    search_fields = ("title",)
    search_label = gettext_lazy("Words of the title, or the address of an event, an actor or a document")

    def find(self, queryset: QuerySet[Any], noun_id: str) -> QuerySet[Any]:
        named = ("event", "into", "actor", "actor_into", "document")
        return queryset.filter(reduce(or_, (Q((name, noun_id)) for name in named)))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "document__id__exact" or super().lookup_allowed(lookup, value, request)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and request.user.has_perm(PUBLISH)

    @admin.action(description=bulk.ACCEPT.title, permissions=["publish"])
    def accept_selected(self, request: HttpRequest, rows: QuerySet[Proposal]) -> HttpResponse | None:
        return bulk.run(self, request, rows, bulk.ACCEPT)

    @admin.action(description=bulk.REJECT.title, permissions=["change"])
    def reject_selected(self, request: HttpRequest, rows: QuerySet[Proposal]) -> HttpResponse | None:
        return bulk.run(self, request, rows, bulk.REJECT)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def shown_kind(self, proposal: Proposal) -> str:
        return proposal.get_kind_display()

    @admin.display(description=gettext_lazy("date"))
    def date(self, proposal: Proposal) -> str:
        return in_words(proposal.edtf) if proposal.edtf else str(proposal.values.get("date_text", ""))

    @admin.display(description=gettext_lazy("document"), ordering="document__title")
    def source(self, proposal: Proposal) -> str:
        return str(proposal.document or "")

    @admin.display(description=gettext_lazy("looked at by"))
    def held(self, proposal: Proposal) -> str:
        return holder(proposal)

    def pages(self) -> tuple[Page, ...]:
        return (
            Page("next/", self.next_view, "next"),
            Page("digests/", self.digests_view, "digests"),
            Page("suggest/<str:event_id>/", self.suggest_view, "suggest"),
            Page("<int:number>/change/", self.review_view, "change"),
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        document = Document.objects.filter(pk=request.GET.get("document__id__exact", "")).defer("text").first()
        extra = {
            "title": _("Proposals"),
            "may_decide": self.has_change_permission(request),
            "digest": document and progress(document),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:events_proposal_change", args=[object_id]) + "#history")

    def digests_view(self, request: HttpRequest) -> HttpResponse:
        """How far the proposals of each document are, those with open ones first."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        counts = {status: Count("proposals", filter=Q(proposals__status=status)) for status in Decision.values}
        rows = Document.objects.filter(proposals__isnull=False).defer("text")
        rows = rows.annotate(**counts, all=Count("proposals")).order_by(F("open").desc(), "-pk")
        page = Paginator(rows, DIGESTS_A_PAGE).get_page(request.GET.get("p"))
        context = {"title": _("Proposals by digest"), "page": page, "may_decide": self.has_change_permission(request)}
        return self._answer(request, "admin/events/proposal/digests.html", context)

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """To the next proposal that nobody else looks at: of the same digest, as long as it has one."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        document, after = request.GET.get("document", ""), request.GET.get("after", "")
        number = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
        everything = Proposal.objects.all()
        scopes = [everything.filter(document=document), everything] if document else [everything]
        for rows in scopes:
            found = queue.take_next(rows, by=request.user.get_username(), at=timezone.now(), after=number)
            if found is not None:
                return HttpResponseRedirect(address(found))
        self.message_user(request, _("Nothing else is left to decide."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:events_proposal_changelist"))
