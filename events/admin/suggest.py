"""A person proposes: a change of an event that only editors may change, its retraction, or that two are one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.event_form import ASK
from events.admin.review import ReviewPage, address
from events.admin.review_form import Review
from events.admin.review_text import passage
from events.curation.propose import propose
from events.curation.suggestion import Suggestion, Values
from events.errors import DeedRefused
from events.models import Actor, Event, Proposal
from events.models.fields import new_id
from events.models.proposals import Kind, Origin
from events.models.working import Noun, Status

PROPOSED = gettext_lazy("It was proposed; somebody who may publish decides.")
NEEDS_WHY = gettext_lazy("Say why; who decides it will want to know.")
_DATE = {"edtf", "date_text", "date_anchor", "date_rule"}


class SuggestPage(ReviewPage):
    """The form of a review, filled with an event as it is."""

    def suggest_view(self, request: HttpRequest, event_id: str) -> HttpResponse:
        """What is sent becomes a proposal of what differs; the event stays as it is."""
        event = Event.objects.filter(pk=event_id).exclude(status=Status.MERGED).first()
        if not self.has_change_permission(request):
            raise PermissionDenied
        if event is None:
            raise Http404
        quoted = event.evidence.select_related("document").first()
        document = quoted.document if quoted else None
        proposal = Proposal(kind=Kind.CHANGE, origin=Origin.PERSON, event=event, title=event.title, document=document)
        review = Review(proposal, request.POST if request.method == "POST" else None)
        review.form.fields["why"].label = _("Why")
        if request.method == "POST" and (made := self._suggested(request, review, event)):
            self.message_user(request, PROPOSED, messages.SUCCESS)
            return HttpResponseRedirect(address(made))
        context = {
            "title": _("Propose a change"),
            "subtitle": event.title,
            "proposal": proposal,
            "form": review.ready().form,
            "rows": review.rows,
            "passage": passage(proposal, map(dict, event.evidence.values("document", "start", "end", "supports"))),
            "has_form": True,
            "suggesting": True,
            "may_retract": event.status == Status.PUBLISHED,
            "ask": ASK,
            "media": self.media + review.form.media + review.rows["participations"].media,
        }
        return self._answer(request, "admin/events/proposal/review.html", context)

    def _suggested(self, request: HttpRequest, review: Review, event: Event) -> Proposal | None:
        if not {"_suggest", "_suggest_retraction"} & set(request.POST):
            review.is_valid()
            return None
        if not review.is_valid():
            return None
        why, form = review.form.cleaned_data["why"], review.form
        if not why.strip():
            form.add_error("why", NEEDS_WHY)
            return None
        retract = "_suggest_retraction" in request.POST
        values = {} if retract else _difference(review, event)
        if not retract and not values:
            form.add_error(None, _("Nothing differs from what is there."))
            return None
        kind = Kind.RETRACTION if retract else Kind.CHANGE
        suggestion = Suggestion(
            f"person:{new_id()}", values, Origin.PERSON, kind, _document(values), event.pk, explanation=(why,)
        )
        try:
            return propose([suggestion], by=request.user.get_username(), at=timezone.now(), why=why).added[0]
        except DeedRefused as error:
            for reason in error.reasons:
                form.add_error(None, reason)
            return None


def suggest_merge(model: type[Noun], loser: str, survivor: str, *, by: str, why: str) -> Proposal:
    """Propose that two events, or two actors, are one. Raises DeedRefused."""
    if not why.strip():
        raise DeedRefused(str(NEEDS_WHY))
    named: Any = {"actor": loser, "actor_into": survivor} if model is Actor else {"event": loser, "into": survivor}
    suggestion = Suggestion(f"person:{new_id()}", {}, Origin.PERSON, Kind.MERGE, explanation=(why,), **named)
    return propose([suggestion], by=by, at=timezone.now(), why=why).added[0]


def _difference(review: Review, event: Event) -> Values:
    """What was changed in the form; a date goes with its words, its day and its rule."""
    sent = review.as_values()
    there: dict[str, Any] = {name: getattr(event, name, None) for name in sent}
    there |= {"type": event.type_id, "location_country": event.location_country_id or ""}
    there["date_anchor"] = event.date_anchor.isoformat() if event.date_anchor else None
    changed = {name for name in review.form.plain() if sent[name] != there[name]}
    if changed & _DATE:
        changed |= _DATE
    lists = {name for name, rows in review.rows.items() if rows.has_changed()}
    return {name: value for name, value in sent.items() if name in changed | lists}


def _document(values: Values) -> str | None:
    """The document that a proposal quotes, if it quotes one."""
    rows = values.get("evidence") or [{"document": None}]
    found: str | None = rows[0]["document"]
    return found
