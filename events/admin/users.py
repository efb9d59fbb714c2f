"""The pages of logins: made, changed and shut, never deleted, so that a name in the history stays somebody's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

if TYPE_CHECKING:
    DjangoUserAdmin = BaseUserAdmin[User]
else:
    DjangoUserAdmin = BaseUserAdmin

admin.site.unregister(User)
admin.site.unregister(Group)

# What only a superuser gives: else whoever may change a login could give it everything.
POWERS = ("is_superuser", "user_permissions")


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """A login is shut by taking away *Active*. A superuser's only a superuser changes."""

    actions = None
    # A plain list: Django's pair of lists hangs an ARIA label where none is allowed. Days of coming nobody types.
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or bool(request.user.is_superuser))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        given = super().get_readonly_fields(request, obj)
        return given if request.user.is_superuser else (*given, *POWERS)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin):
    """The groups that `migrate` makes, to look at; a superuser may make others."""

    actions = None
    filter_horizontal = ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
