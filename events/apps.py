"""Names the app to Django, and fills its reference data after each migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def fill_reference_data(**kwargs: Any) -> None:
    from events.curation import reference

    reference.fill()


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Dateline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(fill_reference_data, sender=self)
