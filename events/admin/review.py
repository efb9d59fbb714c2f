"""The review of a proposal: its text, its form, and what a curator may do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from events.admin.buttons import is_public
from events.admin.cascades import one_deed
from events.admin.event_form import ASK
from events.admin.forms import USUAL_REASONS
from events.admin.lists import ListAdmin
from events.admin.outcomes import consequence, outcome
from events.admin.review_form import USUAL_REJECTIONS, Review
from events.admin.review_text import passage, sources
from events.admin.roles import PUBLISH
from events.admin.side_by_side import both, chosen
from events.curation import decide, queue
from events.curation.propose import PROPOSAL
from events.curation.similar import similar
from events.errors import DeedRefused, EditConflict
from events.models import Actor, Document, Edit, Event, Proposal
from events.models.proposals import Decision, Kind

# What a proposal names.
_NAMED = ("document", "event", "into", "actor", "actor_into")


class ReviewPage(ListAdmin):
    """One page for one proposal; each decision leads to the next."""

    def review_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """One proposal: its text, its form, and what a curator may do with it."""
        proposal = Proposal.objects.select_related(*_NAMED).filter(pk=number).first()
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if proposal is None:
            raise Http404
        if request.method != "POST":
            if proposal.status == Decision.OPEN and self.has_change_permission(request):
                queue.hold(proposal, by=request.user.get_username(), at=timezone.now())
                proposal.refresh_from_db(fields=["held_by", "held_until"])
            return self._page(request, Review(proposal))
        if not self.has_change_permission(request):
            raise PermissionDenied
        return self._sent(request, proposal)

    def _sent(self, request: HttpRequest, proposal: Proposal) -> HttpResponse:
        """Do what the pressed button says; what is refused comes back with all that was typed."""
        review, by = Review(proposal, request.POST), request.user.get_username()
        if "_skip" in request.POST:
            queue.let_go(proposal, by=by)
            return self._next(proposal)
        try:
            said = self._deed(request, review, by)
        except DeedRefused as error:
            conflict = isinstance(error, EditConflict)
            if conflict:
                review = _brought_up(review, request.POST)
            for reason in error.reasons:
                review.form.add_error(None, reason)
            return self._page(request, review, status=409 if conflict else 200)
        if not said:
            return self._page(request, review)
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(address(proposal)) if "_reopen" in request.POST else self._next(proposal)

    def _deed(self, request: HttpRequest, review: Review, by: str) -> str:
        """Do the deed whose button was pressed and say so; empty where none was, or the form has errors."""
        sent, proposal, form = request.POST, review.proposal, review.form
        valid = review.is_valid() or not review.has_form
        if form.errors.get("version") or form.errors.get("event_version"):
            return ""
        version, at = form.cleaned_data["version"], timezone.now()
        if "_reopen" in sent:
            decide.reopen(proposal.pk, version=version, by=by, at=at)
            return _("“%s” is open again.") % proposal
        if "_reject" in sent or "_reject_because" in sent:
            because = sent.get("_reject_because", "")[:500] or form.cleaned_data.get("because") or ""
            if not because.strip():
                form.add_error("because", _("Give a reason; the next one who reads the same digest will want to know."))
                return ""
            decide.reject(proposal.pk, version=version, by=by, at=at, why=because)
            return format_html(_('“{}” was rejected. <a href="{}">Look at it again</a>'), proposal, address(proposal))
        if not valid:
            return ""
        with one_deed(request):
            return self._accept(request, review, by=by, at=at)

    def _accept(self, request: HttpRequest, review: Review, **deed: Any) -> str:
        sent, proposal, cleaned = request.POST, review.proposal, review.form.cleaned_data
        publish = "_publish" in sent
        deed |= {"version": cleaned["version"], "why": cleaned["why"], "publish": publish}
        if "_same" in sent:
            target = Event.objects.filter(pk=sent["_same"]).first() or cleaned.get("same_as")
            if target is None:
                review.form.add_error("same_as", _("Choose the event that it is."))
                return ""
            self._refuse(request, publish)
            if is_public(target) and not request.user.has_perm(PUBLISH):
                review.form.add_error(None, _("“%s” is public: only an editor may give it evidence.") % target)
                return ""
            pk = decide.add_to_event(proposal.pk, target.pk, values=review.as_values(), **deed)
        elif "_accept" in sent or publish:
            about = proposal.event
            self._refuse(request, publish or not review.has_form or (about is not None and is_public(about)))
            pk = decide.accept(
                proposal.pk,
                values=review.as_values() if review.has_form else None,
                event_version=cleaned["event_version"] if proposal.event else None,
                looked_at=cleaned["looked_at"],
                chosen=chosen(*_both(proposal), sent) if proposal.kind == Kind.MERGE else None,
                **deed,
            )
        else:
            return ""
        made: Any = (Actor if proposal.actor else Event)._default_manager.get(pk=pk)
        said = (_("“%s” was accepted and published.") if publish else _("“%s” was accepted.")) % proposal
        if "_same" not in sent and proposal.kind != Kind.EVENT:
            said += " " + outcome(proposal, cleaned["why"], published=publish)
        address = reverse(f"admin:events_{made._meta.model_name}_change", args=[pk])
        named = _("The actor: %s") if proposal.actor else _("Its event: %s")
        return format_html('{} <a href="{}">{}</a>', said, address, named % made)

    def _refuse(self, request: HttpRequest, publishes: bool) -> None:
        """What is public, or becomes it, is the matter of those who may publish."""
        if publishes and not request.user.has_perm(PUBLISH):
            raise PermissionDenied

    def _next(self, proposal: Proposal) -> HttpResponse:
        query = {"after": str(proposal.pk), "document": proposal.document_id or ""}
        return HttpResponseRedirect(f"{reverse('admin:events_proposal_next')}?{urlencode(query)}")

    def _page(self, request: HttpRequest, review: Review, status: int = 200) -> HttpResponse:
        proposal = review.proposal
        stored = proposal.event if proposal.kind != Kind.EVENT else None
        is_open = proposal.status == Decision.OPEN
        other = proposal.held_by if holder(proposal) != request.user.get_username() else ""
        context = {
            "title": _("Review a proposal"),
            "subtitle": str(proposal),
            "proposal": proposal,
            "form": review.ready().form,
            "rows": review.rows,
            "passage": passage(proposal),
            "sources": sources(proposal),
            "now": stored,
            "likely": similar(proposal.values, besides=proposal.event_id) if is_open else [],
            "digest": proposal.document and progress(proposal.document),
            "is_open": is_open,
            "may_decide": is_open and self.has_change_permission(request),
            "may_reopen": proposal.status == Decision.REJECTED and self.has_change_permission(request),
            "may_publish": request.user.has_perm(PUBLISH),
            "needs_publish": not review.has_form or (stored is not None and is_public(stored)),
            "has_form": review.has_form,
            "consequence": consequence(proposal),
            "both": both(*_both(proposal), request.POST) if proposal.kind == Kind.MERGE and is_open else None,
            "held_by": other if holder(proposal) else "",
            "steps": Edit.objects.filter(kind=PROPOSAL, noun_id=str(proposal.pk)).order_by("version"),
            "usual_reasons": USUAL_REASONS,
            "usual_rejections": USUAL_REJECTIONS,
            "ask": ASK,
            "media": self.media
            + review.form.media
            + sum((rows.media for rows in review.rows.values()), review.form.media),
        }
        return self._answer(request, "admin/events/proposal/review.html", context, status)

    def _answer(self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        request.current_app = self.admin_site.name
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context}, status=status)


def _both(proposal: Proposal) -> tuple[Any, Any]:
    """What a merging is about, the one that is to stay first."""
    one, other = proposal.pair
    return other, one


def address(proposal: Proposal) -> str:
    return reverse("admin:events_proposal_change", args=[proposal.pk])


def holder(proposal: Proposal) -> str:
    """Who looks at a proposal now."""
    return proposal.held_by if proposal.held_until and proposal.held_until > timezone.now() else ""


def progress(document: Document) -> dict[str, Any]:
    """How many proposals of a document are decided, of how many."""
    counts = document.proposals.aggregate(all=Count("pk"), open=Count("pk", filter=Q(status=Decision.OPEN)))
    return {"document": document, "all": counts["all"], "decided": counts["all"] - counts["open"]}


def _brought_up(review: Review, sent: QueryDict) -> Review:
    """The same form for the proposal and the event as they are now, so that the curator can decide anew."""
    proposal = Proposal.objects.select_related(*_NAMED).get(pk=review.proposal.pk)
    data = sent.copy()
    data["version"] = str(proposal.version)
    data["event_version"] = str(proposal.event.version if proposal.event else 0)
    fresh = Review(proposal, data)
    fresh.is_valid()
    return fresh
