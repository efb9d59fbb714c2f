"""One deed done to many: first a look at what it would change, then a report of what it did and didn't.

The look is the deed itself, done and undone, so that it says exactly what would happen. Each row is a deed of its own,
with the version that was looked at: what fails leaves the others done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from events.admin.cascades import spread
from events.admin.forms import USUAL_REASONS
from events.admin.lists import ListAdmin
from events.admin.outcomes import needs_reason, outcome
from events.curation.decide import accept, reject
from events.curation.deed import deed
from events.curation.edit import editing
from events.curation.publish import publish
from events.errors import DatelineError, EditConflict
from events.models import Event, EventType, Proposal

# As many as one looks through before pressing a button.
MOST = 200


@dataclass(frozen=True)
class Asked:
    """What was asked to be done, by whom and with what."""

    by: str
    why: str
    type: str
    confirmed: bool

    @property
    def reason(self) -> str:
        """The reason; before one is asked for, the look is about everything else."""
        return self.why if self.confirmed else self.why or _("to be given")


@dataclass(frozen=True)
class Bulk:
    """A deed for many. `do` is handed a row, the version that was looked at and what was asked; it says what it did."""

    name: str
    title: Any
    do: Callable[[Any, int, Asked], str]
    needs_type: bool = False
    # Whether a row is done with a reason only.
    needs_reason: Callable[[Any], bool] = lambda row: False


@dataclass(frozen=True)
class Line:
    """What became of a row, or would."""

    row: Any
    version: int
    text: str
    done: bool


def run(page: ListAdmin, request: HttpRequest, rows: QuerySet[Any], bulk: Bulk) -> HttpResponse | None:
    """Show what would change; when that was looked at, do it and report."""
    chosen = list(rows.order_by("pk")[: MOST + 1])
    if len(chosen) > MOST:
        page.message_user(request, _("Choose at most %s at a time.") % MOST, messages.ERROR)
        return None
    sent = request.POST
    asked = Asked(request.user.get_username(), sent.get("why", ""), sent.get("type", ""), "_do" in sent)
    reasoned = any(bulk.needs_reason(row) for row in chosen)
    if reasoned and asked.confirmed and not asked.why.strip():
        page.message_user(request, _("Give a reason: nothing was done yet."), messages.ERROR)
        asked = replace(asked, confirmed=False)
    lines = [_line(page, request, row, bulk, asked) for row in chosen]
    if asked.confirmed:
        spread(request)
    context = {
        **page.admin_site.each_context(request),
        "title": bulk.title,
        "opts": page.opts,
        "bulk": bulk,
        "asked": asked,
        "confirmed": asked.confirmed,
        "needs_reason": reasoned,
        "lines": lines,
        "possible": sum(line.done for line in lines),
        "types": EventType.objects.all() if bulk.needs_type else (),
        "usual_reasons": USUAL_REASONS,
        "media": page.media,
    }
    return TemplateResponse(request, "admin/events/bulk.html", context)


def _line(page: ListAdmin, request: HttpRequest, row: Any, bulk: Bulk, asked: Asked) -> Line:
    version = _version(request, row) if asked.confirmed else row.version
    if not page.has_change_permission(request, row):
        return Line(row, version, _("You may not change this one."), done=False)
    try:
        with deed():
            text = bulk.do(row, version, asked)
            if not asked.confirmed:
                transaction.set_rollback(True)
        return Line(row, version, text, done=True)
    except DatelineError as error:
        return Line(row, version, str(error), done=False)


def _version(request: HttpRequest, row: Any) -> int:
    text = request.POST.get(f"version-{row.pk}", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadRequest("A version is a number.")
    return int(text)


def _publish(event: Event, version: int, asked: Asked) -> str:
    with deed():
        if Event.objects.values_list("version", flat=True).get(pk=event.pk) != version:
            raise EditConflict(_("It was saved by somebody else since you looked."))
        publish(event.pk, by=asked.by, at=timezone.now(), why=asked.why)
    return _("becomes public")


def _assign(event: Event, version: int, asked: Asked) -> str:
    if not asked.type:
        return str(_("%s now; choose a type below") % event.type_id)
    chosen = EventType.objects.filter(pk=asked.type).first()
    if chosen is None:
        raise BadRequest("There is no such type.")
    if chosen.pk == event.type_id:
        return str(_("is %s already") % chosen.pk)
    before = event.type_id
    with editing(event, version=version, by=asked.by, at=timezone.now(), why=asked.why):
        event.type = chosen
        event.save()
    public = "" if event.status == "draft" else " " + _("(to be published)")
    return f"{before} → {chosen.pk}{public}"


def _reject(proposal: Proposal, version: int, asked: Asked) -> str:
    reject(proposal.pk, version=version, by=asked.by, at=timezone.now(), why=asked.reason)
    return _("is rejected")


def _accept(proposal: Proposal, version: int, asked: Asked) -> str:
    why = asked.reason if needs_reason(proposal) else asked.why
    accept(proposal.pk, version=version, by=asked.by, at=timezone.now(), why=why, publish=True)
    return outcome(proposal, why, published=True)


PUBLISH = Bulk("publish_selected", lazy("Publish the chosen drafts"), _publish)
ASSIGN = Bulk("assign_type", lazy("Give the chosen events a type"), _assign, needs_type=True)
REJECT = Bulk("reject_selected", lazy("Reject the chosen proposals"), _reject, needs_reason=lambda row: True)
ACCEPT = Bulk(
    "accept_selected", lazy("Accept the chosen proposals and publish them"), _accept, needs_reason=needs_reason
)
