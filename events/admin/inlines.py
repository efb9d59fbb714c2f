"""Rows that hang on a noun, in the noun's form."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from events.admin.forms import PlainTextField, RememberingForm
from events.admin.pick import PickForeignKeys


class Inline(PickForeignKeys, admin.StackedInline):  # type: ignore[type-arg]  # generic only in the stubs
    """Rows that hang on a noun: whoever may change the noun may change them."""

    form = RememberingForm
    formfield_overrides = {models.TextField: {"form_class": PlainTextField}}
    extra = 1

    def may_change(self, request: HttpRequest, obj: Any) -> bool:
        page = self.admin_site.get_model_admin(self.parent_model)
        return page.has_change_permission(request, obj) if obj else page.has_add_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        page = self.admin_site.get_model_admin(self.parent_model)
        return page.has_view_or_change_permission(request, obj) or page.has_add_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request, obj)
