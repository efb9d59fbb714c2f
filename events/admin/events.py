"""The pages of events."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin import bulk
from events.admin.event_form import ASK, EventForm
from events.admin.evidence import EvidenceInline, SourceFormSet, SourceInline
from events.admin.inlines import Inline
from events.admin.lists import Page
from events.admin.reading import anchor_of, in_words, understand
from events.admin.tables import TablePage
from events.curation.edit import editing
from events.models import Claim, Event, EventCountry, Participation, Relation
from events.models.working import Status


class ParticipationInline(Inline):
    model = Participation
    autocomplete_fields = ("actor",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Participation]:
        return super().get_queryset(request).select_related("actor")


class EventCountryInline(Inline):
    model = EventCountry
    autocomplete_fields = ("country",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[EventCountry]:
        return super().get_queryset(request).select_related("country")


class ClaimInline(Inline):
    model = Claim
    autocomplete_fields = ("actor",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return super().get_queryset(request).select_related("actor")


class RelationInline(Inline):
    model = Relation
    fk_name = "event"
    autocomplete_fields = ("target",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Relation]:
        return super().get_queryset(request).select_related("target")


@admin.register(Event)
class EventAdmin(TablePage):
    form = EventForm
    public_path = "events/"
    inlines = (EvidenceInline, SourceInline, ParticipationInline, EventCountryInline, ClaimInline, RelationInline)
    autocomplete_fields = ("location_country",)
    fieldsets = (
        (None, {"fields": ("title", "type", "summary")}),
        (gettext_lazy("Date"), {"fields": ("edtf", "date_text", "date_anchor")}),
        (gettext_lazy("Place"), {"fields": ("location_country", "place", "lat", "lon")}),
        (gettext_lazy("Besides"), {"fields": ("note", "slug")}),
    )
    change_list_template = "admin/events/event_list.html"
    actions = ("publish_selected", "assign_type")
    list_display = ("title", "date", "type", "status", "unpublished", "id")
    list_filter = ("status", "unpublished_edits", "type")
    list_select_related = ("type",)
    unlisted = ("summary", "note")
    search_fields = ("=id", "slug", "title")
    search_label = gettext_lazy("Words of the title, a slug, an id, or a pasted address")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self._may_publish(request)

    @admin.action(description=bulk.PUBLISH.title, permissions=["publish"])
    def publish_selected(self, request: HttpRequest, rows: QuerySet[Event]) -> HttpResponse | None:
        return bulk.run(self, request, rows, bulk.PUBLISH)

    @admin.action(description=bulk.ASSIGN.title, permissions=["change"])
    def assign_type(self, request: HttpRequest, rows: QuerySet[Event]) -> HttpResponse | None:
        return bulk.run(self, request, rows, bulk.ASSIGN)

    @admin.display(description=gettext_lazy("date"), ordering="start_earliest")
    def date(self, event: Event) -> str:
        return in_words(event.edtf) if event.edtf else event.date_text

    def pages(self) -> tuple[Page, ...]:
        return (Page("read-date/", self.read_date, "read_date"), *super().pages())

    def read_date(self, request: HttpRequest) -> JsonResponse:
        """How a date is understood while it is typed: `text` is a sentence, `fault` says whether it is an error."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        sent = request.GET
        try:
            stated = anchor_of("", sent.get("anchor", ""))
            anchor = stated or anchor_of(sent.get("document", ""), sent.get("published", ""))
            return JsonResponse({"text": understand(sent.get("words", ""), anchor).sentence(), "fault": False})
        except ValidationError as error:
            return JsonResponse({"text": " ".join(error.messages), "fault": True})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        context["ask"] = ASK
        event = context.get("original")
        if event is not None and event.status != Status.MERGED and request.user.has_perm("events.change_proposal"):
            context["suggest_address"] = reverse("admin:events_proposal_suggest", args=[event.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        """A source that was pasted is stored as a document of its own, then quoted."""
        if isinstance(formset, SourceFormSet):
            for source in formset.added():
                document = source.document()
                by, at, why = request.user.get_username(), timezone.now(), form.cleaned_data["why"]
                with editing(document, version=0, by=by, at=at, why=why):
                    document.save()
                source.instance.document = document
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        for row in form.instance.evidence.filter(start__isnull=True):
            text = _("Saved, but the quotation “%s” isn't found (once) in its document.") % row
            self.message_user(request, text, messages.WARNING)
