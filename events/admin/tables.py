"""A list of events as a table, for a spreadsheet: what is listed, drafts and unpublished changes included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.admin.lists import Page
from events.admin.merging import MergeAdmin
from events.exchange.desk_table import Desk, rows
from events.querying.snapshot import snapshot


class TablePage(MergeAdmin):
    """A list with a table of the same rows beside it."""

    def pages(self) -> tuple[Page, ...]:
        return (Page("table/", require_safe(self.table_view), "table"), *super().pages())

    def table_view(self, request: HttpRequest) -> HttpResponseBase:
        """The events that the list shows on all of its pages, by its own parameters."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            events = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{reverse('admin:events_event_changelist')}?e=1")
        desk = Desk(request.build_absolute_uri(reverse("admin:index")).rstrip("/"))
        answer = StreamingHttpResponse(_text(events, desk), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="events-of-the-desk.csv"'
        return answer


def _text(events: QuerySet[Any], desk: Desk) -> Iterator[str]:
    with snapshot() as newest:
        yield from rows(events, desk, newest, timezone.now())
