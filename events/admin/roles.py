"""Who may do what: four groups, each with all that the one before it may do."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS

PUBLISH = "events.publish_event"

_VIEWER = ("view_event", "view_actor", "view_document", "view_country", "view_eventtype", "view_entry", "view_proposal")
_CONTRIBUTOR = (
    *_VIEWER,
    *("add_event", "change_event"),
    *("add_actor", "change_actor"),
    *("add_document", "change_document"),
    "change_proposal",
)
_EDITOR = (*_CONTRIBUTOR, "publish_event", "change_country", "add_eventtype", "change_eventtype")

# Of Django's own tables: who may log in. Which group may do what is nobody's to change here.
_USERS = ("view_user", "add_user", "change_user", "view_group")

# What hangs on a noun (names, evidence, participations, …) has no permission of its own: it follows the noun.
ROLES: dict[str, tuple[str, ...]] = {
    "viewer": _VIEWER,
    "contributor": _CONTRIBUTOR,
    "editor": _EDITOR,
    "administrator": (*_EDITOR, *_USERS),
}


def make_groups(sender: AppConfig, apps: Apps = installed, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Make the groups that are missing and give each what the table says; what else they were given stays.

    Runs after each migration. Django makes permissions then too, but in no promised order: so make them first.
    """
    if "event" not in apps.all_models["events"] or "group" not in apps.all_models["auth"]:
        return
    for config in (sender, installed.get_app_config("auth")):
        create_permissions(config, verbosity=0, apps=apps, using=using)
    for name, codenames in ROLES.items():
        group, _made = Group.objects.using(using).get_or_create(name=name)
        permissions = Permission.objects.using(using).filter(content_type__app_label__in=("events", "auth"))
        group.permissions.add(*permissions.filter(codename__in=codenames))
