"""The working copy as a file, for those who may publish all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.admin.lists import Page
from events.admin.nouns import NounAdmin
from events.admin.roles import PUBLISH
from events.exchange.public_records import PublicSide
from events.exchange.working_copy import LEFT_OUT, Export
from events.querying.snapshot import snapshot


class ExportPage(NounAdmin):
    """A page of nouns, with the export of the whole working copy beside it."""

    def pages(self) -> tuple[Page, ...]:
        return (Page("export/", require_safe(self.export_view), "export"), *super().pages())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        more = {"may_export": request.user.has_perm(PUBLISH)}
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def export_view(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """What the file leaves out; asked for the file, a fixture that `loaddata` reads, with all texts and notes."""
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        if "file" not in request.GET:
            return TemplateResponse(request, "admin/events/export.html", self._notes(request))
        answer = StreamingHttpResponse(_text(), content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="working-copy.json"'
        return answer

    def _notes(self, request: HttpRequest) -> dict[str, Any]:
        with snapshot():
            lost = PublicSide().lost
        return {
            **self.admin_site.each_context(request),
            "title": _("Export the working copy"),
            "opts": self.opts,
            "media": self.media,
            "lost": lost,
            "left_out": LEFT_OUT,
        }


def _text() -> Iterator[str]:
    with snapshot():
        yield from Export().text()
