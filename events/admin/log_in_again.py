"""A log-in that ran out while somebody typed, or a form from before another log-in: what was typed comes back.

Neither does what was asked for. A form whose token is old is refused as ever. Only where the browser says that a page
of ours sent it does the refusal carry what was typed, and a press of its button shows the form again, unsaved; so what
another site sends is neither done nor shown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from events.admin.forms import AGAIN

# The fields of the log-in, which stand among those that were sent before.
_OURS = ("csrfmiddlewaretoken", AGAIN, "username", "password")
# A button's name begins with "_"; this is no button, but which rows of a list were chosen.
_CHOSEN = "_selected_action"


def keeping_what_was_sent(site: AdminSite, guarded: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the admin, but a form that is sent after the log-in ran out comes back once one has logged in.

    Nothing that it asked for is done: its buttons are left out, and the form says by AGAIN that it is only to be shown.
    """

    @wraps(guarded)
    @sensitive_post_parameters("password")
    def again(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or (site.has_permission(request) and AGAIN not in request.POST):
            return guarded(request, *args, **kwargs)
        form_class = site.login_form or AdminAuthenticationForm
        form = form_class(request, data=request.POST if AGAIN in request.POST else None)
        if form.is_bound and form.is_valid():
            login(request, form.get_user())
        if not site.has_permission(request):
            return _ask(site, request, form)
        sent = request.POST.copy()
        for name in [name for name in sent if name in _OURS or (name.startswith("_") and name != _CHOSEN)]:
            del sent[name]
        sent[AGAIN] = "x"
        request.POST = sent  # type: ignore[assignment]  # Django's own handlers set it so
        return guarded(request, *args, **kwargs)

    return never_cache(again)


def out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: the form is refused; on pages that keep what was sent, it can be had again."""
    if not (_keeps(request) and _is_from_here(request)):
        return render(request, "403_csrf.html", {"sent": None}, status=403)
    site = admin.site
    if not site.has_permission(request):
        return _ask(site, request, AdminAuthenticationForm(request)).render()
    context = {"sent": _sent(request), "again": AGAIN, "app_path": request.get_full_path()}
    return render(request, "403_csrf.html", {**site.each_context(request), **context}, status=403)


def _keeps(request: HttpRequest) -> bool:
    """Whether it was sent to a page of our tables: those of log-ins and passwords are never sent twice."""
    match = request.resolver_match
    return match is not None and match.app_name == "admin" and (match.url_name or "").startswith("events_")


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent it. No page of others can have it say so."""
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    sent = request.headers
    return sent.get("Origin") in ours and sent.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() if name not in _OURS for value in values]


def _ask(site: AdminSite, request: HttpRequest, form: AuthenticationForm) -> TemplateResponse:
    context = {
        **site.each_context(request),
        "title": _("Log in again"),
        "form": form,
        "sent": _sent(request),
        "again": AGAIN,
        "app_path": request.get_full_path(),
    }
    return TemplateResponse(
        request, "admin/events/log_in_again.html", context, status=401 if not form.is_bound else 200
    )
