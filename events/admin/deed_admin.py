"""Saving goes through a deed; what a deed refuses comes back as errors of the form, with everything that was typed."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse

from events.admin.cascades import spread
from events.admin.comparing import Unseen
from events.admin.forms import PlainTextField, RefusableForm
from events.admin.lists import ListAdmin
from events.admin.pick import PickForeignKeys, fetch_chosen
from events.errors import DeedRefused

# Where the second look at a form finds why the first was refused. No header can have such a name.
_REFUSED = "dateline.refused"


class DeedAdmin(ListAdmin, PickForeignKeys):
    """A page whose `save_related` does a deed. Nothing is ever deleted here."""

    form = RefusableForm
    formfield_overrides = {models.TextField: {"form_class": PlainTextField}}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refused = request.META.get(_REFUSED, ())
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except Unseen:
            raise
        except DeedRefused as error:
            return self.refuse(request, object_id, error.reasons, extra_context or {})
        # By now the deed is committed. Who asked for a form that isn't there is sent elsewhere too, and did nothing.
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            spread(request)
        return response

    def refuse(
        self, request: HttpRequest, object_id: str | None, reasons: Sequence[str], extra_context: dict[str, Any]
    ) -> HttpResponse:
        """The form again, with the reasons; by now everything that the deed wrote is undone."""
        request.META[_REFUSED] = reasons
        return super().changeform_view(request, object_id, "", extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        rows = (form for inline in context["inline_admin_formsets"] for form in inline.formset.forms)
        fetch_chosen([context["adminform"].form, *rows])
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Nothing yet: `save_related` writes the row and what hangs on it in one deed."""
