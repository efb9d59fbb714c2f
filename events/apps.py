"""Names the app to Django; fills reference data and the text index, and makes groups, after each migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.apps.registry import Apps
from django.db.models.signals import post_migrate


def fill_reference_data(apps: Apps = installed, **kwargs: Any) -> None:
    from events.curation import reference

    # Migrated back to nothing, there are no tables to fill.
    if "country" in apps.all_models["events"]:
        reference.fill()


def fill_texts(apps: Apps = installed, **kwargs: Any) -> None:
    from events.curation import texts

    if "textindex" in apps.all_models["events"]:
        texts.fill()


def make_groups(sender: AppConfig, **kwargs: Any) -> None:
    from events.admin import roles

    roles.make_groups(sender, **kwargs)


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Dateline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(fill_reference_data, sender=self)
        post_migrate.connect(fill_texts, sender=self)
        post_migrate.connect(make_groups, sender=self)
