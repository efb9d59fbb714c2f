"""Two that are one: looked at side by side, merged field by field, and parted again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.admin.cascades import one_deed
from events.admin.forms import USUAL_REASONS, ReasonField
from events.admin.lists import Page
from events.admin.nouns import NounAdmin
from events.admin.pick import Pick, PickField
from events.curation.flags import KINDS
from events.curation.merge import Seen, merge, unmerge
from events.curation.uniting import CHOICES, children, tables
from events.errors import DeedRefused, EditConflict
from events.models import Actor, Event, Merge, Participation, Relation
from events.models.working import Noun

# A relation to what may be chosen: Django's autocomplete asks by it.
REFERENCES: dict[type[Noun], Any] = {
    Event: Relation._meta.get_field("target"),
    Actor: Participation._meta.get_field("actor"),
}


@dataclass(frozen=True)
class Choice:
    """A field of both nouns, as people read it, and whose is chosen."""

    name: str
    label: str
    one: str
    other: str
    chosen: str

    @property
    def same(self) -> bool:
        return self.one == self.other


@dataclass(frozen=True)
class United:
    """What hangs on both: all of it stays."""

    label: str
    one: list[str]
    other: list[str]


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
        return super().render_change_form(request, context, *args, **kwargs)

    def _open(self, request: HttpRequest, object_id: str) -> Any:
        if not self._may_publish(request):
            raise PermissionDenied
        noun = self.model._default_manager.filter(pk=unquote(object_id).replace("\0", "")).first()
        if noun is None:
            raise Http404
        return noun

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
        """Choose the other; look at both, choose; merge."""
        noun = self._open(request, object_id)
        sent = request.POST if request.method == "POST" else request.GET
        chooser = self._chooser(sent if "other" in sent or "other-typed" in sent else None)
        title = _("Merge “%s” with another") % noun
        if not chooser.is_bound or not chooser.is_valid():
            return self._page(request, noun, title, "merge_choose", form=chooser)
        other = chooser.cleaned_data["other"]
        reasons: tuple[str, ...] = ()
        status = 200
        if "_merge" in request.POST:
            try:
                return self._merge(request, noun, other)
            except DeedRefused as error:
                reasons = error.reasons
                status = 409 if isinstance(error, EditConflict) else 200
                noun.refresh_from_db()
                other.refresh_from_db()
        page = self._page(
            request, noun, title, "merge", other=other, reasons=reasons, why=_why(sent), **_both(noun, other, sent)
        )
        page.status_code = status
        return page

    def _chooser(self, sent: Any) -> Any:
        model = self.model
        field = PickField(
            model._default_manager.filter(merged_into=None),
            label=_("The other one"),
            widget=Pick(REFERENCES[model], self.admin_site),
        )
        return type("Chooser", (forms.Form,), {"other": field})(sent)

    def _merge(self, request: HttpRequest, noun: Any, other: Any) -> HttpResponse:
        sent = request.POST
        loser, survivor = (noun, other) if sent.get("stays") == other.pk else (other, noun)
        take = [name for name in CHOICES[self.model] if sent.get(f"take-{name}") == loser.pk]
        versions = {pk: _number(sent.get(f"version-{pk}", "")) for pk in (loser.pk, survivor.pk)}
        seen = [Seen(pk, version) for pk, version in versions.items()]
        deed: dict[str, Any] = {"by": request.user.get_username(), "at": timezone.now(), "why": sent.get("why", "")}
        with one_deed(request):
            merge(self.model, *seen, take=take, **deed)
        self.message_user(request, _("“%s” is part of this one now.") % loser, messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:events_{self.opts.model_name}_change", args=[survivor.pk]))

    def part_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Undo the merge of this one into another."""
        noun = self._open(request, object_id)
        rows = Merge.objects.filter(kind=KINDS[self.model], loser_id=noun.pk)
        done, last = rows.filter(undone_at=None).first(), rows.last()
        survivor = self.model._default_manager.get(pk=done.survivor_id) if done else None
        reasons: tuple[str, ...] = ()
        if "_part" in request.POST and survivor is not None:
            sent = request.POST
            deed: dict[str, Any] = {"by": request.user.get_username(), "at": timezone.now(), "why": sent.get("why", "")}
            try:
                with one_deed(request):
                    unmerge(self.model, noun.pk, Seen(survivor.pk, _number(sent.get("version", ""))), **deed)
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


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadRequest("A version is a number.")
    return int(text)


def _both(noun: Any, other: Any, sent: Any) -> dict[str, Any]:
    """Both nouns side by side: what is chosen between, and what is united."""
    model = type(noun)
    stays = other.pk if sent.get("stays") == other.pk else noun.pk
    choices = []
    for name, columns in CHOICES[model].items():
        one, two = (_shown(row, columns) for row in (noun, other))
        default = (other.pk if stays == noun.pk else noun.pk) if not (one if stays == noun.pk else two) else stays
        choices.append(Choice(name, _label(model, name), one, two, sent.get(f"take-{name}") or default))
    mine, theirs = children(noun), children(other)
    labels = {table._meta.model_name: str(capfirst(str(table._meta.verbose_name_plural))) for table in tables(model)}
    united = [
        United(labels[name], _rows(mine[name]), _rows(theirs[name])) for name in mine if mine[name] or theirs[name]
    ]
    return {"choices": choices, "united": united, "stays": stays}


def _label(model: Any, name: str) -> str:
    return str(capfirst({"date": _("date"), "place": _("place")}.get(name) or model._meta.get_field(name).verbose_name))


def _shown(noun: Any, columns: tuple[str, ...]) -> str:
    values = (
        getattr(noun, column.removesuffix("_id") if column.endswith("_id") and column != "external_id" else column)
        for column in columns
    )
    return " · ".join(str(value) for value in values if value not in (None, ""))


def _rows(rows: dict[str, dict[str, Any]]) -> list[str]:
    """Rows by what tells them from each other, with the names of what they refer to."""
    ids = {part for key in rows for part in key.split("\n")}
    names = {
        **dict(Actor.objects.filter(pk__in=ids).values_list("pk", "name")),
        **dict(Event.objects.filter(pk__in=ids).values_list("pk", "title")),
    }
    return [
        " · ".join([*(names.get(part, part) for part in key.split("\n")), *([row["role"]] if "role" in row else [])])
        for key, row in rows.items()
    ]
