"""The page of a noun: locked and version-checked while it is saved, with its deeds and its history; never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from events.admin import buttons, comparing, conflict
from events.admin.deed_admin import DeedAdmin
from events.admin.forms import AGAIN, USUAL_REASONS, NounForm
from events.admin.history import steps
from events.admin.roles import PUBLISH
from events.curation.deed import deed, lock_head
from events.curation.edit import editing
from events.curation.restore import WouldReplace, restore, restore_saved
from events.errors import DeedRefused, EditConflict
from events.models.working import Noun

STEPS_A_PAGE = 100


class NounAdmin(DeedAdmin):
    """An event, an actor or a document."""

    form = NounForm

    class Media:
        js = ("events/admin/usual.js",)

    # Where the public finds it, below the address of this installation.
    public_path = ""

    @admin.display(description=_lazy("unpublished changes"), ordering="unpublished_edits", empty_value="–")
    def unpublished(self, noun: Noun) -> str | None:
        return _("yes") if noun.unpublished_edits else None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is public, or was, only those change who may publish; what was merged, nobody."""
        if not super().has_change_permission(request, obj) or getattr(obj, "merged_into_id", None):
            return False
        return obj is None or self._may_publish(request) or not buttons.is_public(obj)

    def _may_publish(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The noun; where it is about to be saved, no other deed comes between what is checked here and that."""
        if request.method != "POST":
            return super().get_object(request, object_id, from_field)
        lock_head()
        noun = super().get_object(request, object_id, from_field)
        opened = request.POST.get("version", "")
        # An unreadable version is an error of the form; an older one is told before rows that are gone confuse Django.
        if noun is not None and opened.isdigit() and opened != str(noun.version):
            raise EditConflict(_("“%s” was saved by somebody else since you opened it.") % noun)
        return noun

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Write the noun and what hangs on it, and do the deed whose button was pressed: all of it, or nothing."""
        button = buttons.pressed(self.model, request.POST)
        if button and not self._may_publish(request):
            raise PermissionDenied
        by, at, why = request.user.get_username(), timezone.now(), form.cleaned_data["why"]
        noun, version, note = form.instance, form.cleaned_data["version"], form.cleaned_data["private"]
        for formset in formsets:
            # Django's own log asks for these, also where nothing is saved.
            formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        with deed():
            before = self.model._default_manager.filter(pk=noun.pk).first()
            with editing(noun, version=version, by=by, at=at, why=why, note=note, publishing=bool(button)):
                if not change or form.noun_changed() or any(formset.has_changed() for formset in formsets):
                    noun.save()
                    super().save_related(request, form, formsets, change)
            if button:
                self.do(button, noun, before, by=by, at=at, why=why)
                if button.name == buttons.REVISE.name:
                    comparing.need_look(noun, form.cleaned_data["seen"])

    def do(self, button: buttons.Button, noun: Any, before: Any, **deed: Any) -> None:
        """The deed of a button, after the noun, which was as in `before`, was saved."""
        button.deed(noun.pk, **deed)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except comparing.Unseen as unseen:
            # By now it is undone. The same form again, with what it would change for the public.
            request.POST = comparing.shown(request.POST, unseen)  # type: ignore[assignment]  # Django's handlers set it so
            return self.refuse(request, object_id, unseen.reasons, {**(extra_context or {}), "comparison": unseen})

    def refuse(
        self, request: HttpRequest, object_id: str | None, reasons: Sequence[str], extra_context: dict[str, Any]
    ) -> HttpResponse:
        stored = self.model._default_manager.filter(pk=unquote(object_id)).first() if object_id else None
        opened = request.POST.get("version", "")
        if stored is None or not opened.isdigit() or opened == str(stored.version):
            return super().refuse(request, object_id, reasons, extra_context)
        found = conflict.merge_noun(self, request, stored)
        request.POST = found.data  # type: ignore[assignment]  # Django's own handlers set it so
        response = super().refuse(request, object_id, reasons, {**extra_context, "conflict": found})
        response.status_code = 409
        return response

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Add the buttons of the deeds, and how the noun stands."""
        may_publish = self._may_publish(request) and not context["is_popup"]
        context["buttons"] = buttons.offered(obj or self.model()) if may_publish else ()
        context["usual_reasons"] = USUAL_REASONS
        if obj is not None:
            context["is_public"] = buttons.is_public(obj)
            context["public_address"] = f"{get_script_prefix()}{self.public_path}{obj.pk}/"
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._after_deed(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._after_deed(request, obj) or super().response_change(request, obj)

    def _after_deed(self, request: HttpRequest, noun: Noun) -> HttpResponse | None:
        """Back to the noun, to see what became of it."""
        button = buttons.pressed(self.model, request.POST)
        if button is None:
            return None
        self.message_user(request, str(button.done) % noun, messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:events_{self.opts.model_name}_change", args=[noun.pk]))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who did what, when and why, made of the log of edits and the ledger; two revisions compared, one restored."""
        noun = super().get_object(request, unquote(object_id))
        if noun is None:
            raise Http404
        if not self.has_view_or_change_permission(request, noun):
            raise PermissionDenied
        may_restore = self.has_change_permission(request, noun) and self._may_publish(request)
        if request.method == "POST":
            if not may_restore:
                raise PermissionDenied
            if AGAIN not in request.POST:
                return self._restore(request, noun)
        return self._history(request, noun, may_restore)

    def _history(
        self, request: HttpRequest, noun: Any, may_restore: bool, replacing: WouldReplace | None = None
    ) -> TemplateResponse:
        history = steps(noun)
        page = self.get_paginator(request, history, STEPS_A_PAGE).get_page(request.GET.get("p"))  # type: ignore[arg-type]  # a list will do
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % noun,
            "steps": page,
            "comparison": comparing.compare(noun, history, request.GET.get("from", ""), request.GET.get("to", "")),
            "compared": request.GET,
            "may_restore": may_restore,
            "replacing": replacing,
            "restoring": request.POST.get("restore"),
            "module_name": self.opts.verbose_name_plural,
            "object": noun,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/events/noun_history.html", context)

    def _restore(self, request: HttpRequest, noun: Any) -> HttpResponse:
        """An older revision or save becomes the working copy again; publishing it is the next step.

        Where that would replace unpublished changes, nothing is done until the button that says so is pressed.
        """
        key, version = (request.POST.get(name, "") for name in ("restore", "version"))
        number = key.removeprefix("v")
        if not (number.isascii() and number.isdigit() and version.isascii() and version.isdigit()):
            raise BadRequest("A revision and a version are numbers.")
        saved = key != number
        why = _("Restored what was saved as version %s") if saved else _("Restored what ledger row %s says")
        try:
            (restore_saved if saved else restore)(
                noun,
                int(number[:9] if saved else number[:18]),
                version=int(version[:9]),
                by=request.user.get_username(),
                at=timezone.now(),
                why=why % number,
                replace_unpublished=request.POST.get("replace") == version,
            )
        except WouldReplace as question:
            return self._history(request, noun, may_restore=True, replacing=question)
        except DeedRefused as error:
            self.message_user(request, str(error), messages.ERROR)
            noun.refresh_from_db()
            page = self._history(request, noun, may_restore=True)
            page.status_code = 409 if isinstance(error, EditConflict) else page.status_code
            return page
        text = _("“%s” is again what it was. Look at it; publish the changes when it is right.") % noun
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:events_{self.opts.model_name}_change", args=[noun.pk]))
