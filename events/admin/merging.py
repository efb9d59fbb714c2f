"""Two that are one: looked at side by side, merged field by field, and parted again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.admin.cascades import one_deed
from events.admin.forms import USUAL_REASONS, ReasonField
from events.admin.lists import Page
from events.admin.nouns import NounAdmin
from events.admin.pick import Pick, PickField
from events.admin.side_by_side import both, chosen, number
from events.admin.suggest import PROPOSED, suggest_merge
from events.curation.flags import KINDS
from events.curation.merge import Seen, merge, unmerge
from events.errors import DeedRefused, EditConflict
from events.models import Actor, Event, Merge, Participation, Relation
from events.models.working import Noun

# A relation to what may be chosen: Django's autocomplete asks by it.
REFERENCES: dict[type[Noun], Any] = {
    Event: Relation._meta.get_field("target"),
    Actor: Participation._meta.get_field("actor"),
}


class MergeAdmin(NounAdmin):
    """A noun that may turn out to be another."""

    def pages(self) -> tuple[Page, ...]:
        merging = Page("<path:object_id>/merge/", self.merge_view, "merge")
        parting = Page("<path:object_id>/unmerge/", self.part_view, "unmerge")
        return (merging, parting, *super().pages())

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        noun = kwargs.get("obj")
        if noun is not None:
            merged = Merge.objects.filter(kind=KINDS[self.model], survivor_id=noun.pk, undone_at=None)
            context["merged_here"] = self.model._default_manager.filter(pk__in=[row.loser_id for row in merged])
            context["may_merge"] = self._may_publish(request)
            context["may_suggest"] = self._may_suggest(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def _open(self, object_id: str) -> Any:
        noun = self.model._default_manager.filter(pk=unquote(object_id).replace("\0", "")).first()
        if noun is None:
            raise Http404
        return noun

    def _may_suggest(self, request: HttpRequest) -> bool:
        """Whether somebody may propose what others decide."""
        return request.user.has_perm("events.change_proposal")

    def _page(self, request: HttpRequest, noun: Any, title: str, template: str, **context: Any) -> TemplateResponse:
        whole = {
            **self.admin_site.each_context(request),
            "title": title,
            "object": noun,
            "opts": self.opts,
            "usual_reasons": USUAL_REASONS,
            "media": self.media + context.get("form", forms.Form()).media,
            **context,
        }
        return TemplateResponse(request, f"admin/events/{template}.html", whole)

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Choose the other; look at both, choose; merge, or propose it."""
        if not (self._may_publish(request) or self._may_suggest(request)):
            raise PermissionDenied
        noun = self._open(object_id)
        sent = request.POST if request.method == "POST" else request.GET
        chooser = self._chooser(sent if "other" in sent or "other-typed" in sent else None)
        title = _("Merge “%s” with another") % noun
        if not chooser.is_bound or not chooser.is_valid():
            return self._page(request, noun, title, "merge_choose", form=chooser)
        other = chooser.cleaned_data["other"]
        reasons: tuple[str, ...] = ()
        status = 200
        try:
            if done := self._pressed(request, noun, other):
                return done
        except DeedRefused as error:
            reasons = error.reasons
            status = 409 if isinstance(error, EditConflict) else 200
            noun.refresh_from_db()
            other.refresh_from_db()
        may = {"may_merge": self._may_publish(request), "may_suggest": self._may_suggest(request)}
        page = self._page(
            request, noun, title, "merge", reasons=reasons, why=_why(sent), **may, **both(noun, other, sent)
        )
        page.status_code = status
        return page

    def _pressed(self, request: HttpRequest, noun: Any, other: Any) -> HttpResponse | None:
        """Do what the pressed button says; None where none was."""
        sent, by, why = request.POST, request.user.get_username(), request.POST.get("why", "")
        if "_merge" in sent:
            if not self._may_publish(request):
                raise PermissionDenied
            choice = chosen(noun, other, sent)
            with one_deed(request):
                merge(self.model, choice.loser, choice.survivor, take=choice.take, by=by, at=timezone.now(), why=why)
            loser, stays = (noun, other) if choice.survivor.id == other.pk else (other, noun)
            self.message_user(request, _("“%s” is part of this one now.") % loser, messages.SUCCESS)
            return HttpResponseRedirect(reverse(f"admin:events_{self.opts.model_name}_change", args=[stays.pk]))
        if "_suggest" in sent and self._may_suggest(request):
            choice = chosen(noun, other, sent)
            made = suggest_merge(self.model, choice.loser.id, choice.survivor.id, by=by, why=why)
            self.message_user(request, PROPOSED, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:events_proposal_change", args=[made.pk]))
        return None

    def _chooser(self, sent: Any) -> Any:
        model = self.model
        field = PickField(
            model._default_manager.filter(merged_into=None),
            label=_("The other one"),
            widget=Pick(REFERENCES[model], self.admin_site),
        )
        return type("Chooser", (forms.Form,), {"other": field})(sent)

    def part_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Undo the merge of this one into another."""
        if not self._may_publish(request):
            raise PermissionDenied
        noun = self._open(object_id)
        rows = Merge.objects.filter(kind=KINDS[self.model], loser_id=noun.pk)
        done, last = rows.filter(undone_at=None).first(), rows.last()
        survivor = self.model._default_manager.get(pk=done.survivor_id) if done else None
        reasons: tuple[str, ...] = ()
        if "_part" in request.POST and survivor is not None:
            sent = request.POST
            deed: dict[str, Any] = {"by": request.user.get_username(), "at": timezone.now(), "why": sent.get("why", "")}
            try:
                with one_deed(request):
                    unmerge(self.model, noun.pk, Seen(survivor.pk, number(sent.get("version", ""))), **deed)
                self.message_user(request, _("“%s” is by itself again.") % noun, messages.SUCCESS)
                return HttpResponseRedirect(request.path)
            except DeedRefused as error:
                reasons = error.reasons
        title = _("Undo the merge of “%s”") % noun
        return self._page(
            request,
            noun,
            title,
            "unmerge",
            merge=done,
            last=last,
            survivor=survivor,
            reasons=reasons,
            why=_why(request.POST),
        )


def _why(sent: Any) -> Any:
    """The public reason, as a field of a page that has no other form."""
    form = type("Why", (forms.Form,), {"why": ReasonField(required=True)})
    return form(initial={"why": sent.get("why", "")})["why"]
