"""The database of a benchmark: one of its own, never the installation's, since what it writes is made up."""

from __future__ import annotations

import os
import sys

import django


def ready() -> None:
    """Make Django ready on the database that DATABASE_URL names; without any, say so and end."""
    if not os.environ.get("DATABASE_URL"):
        sys.exit("Set DATABASE_URL: a benchmark writes to a database of its own, such as sqlite:////tmp/mine.sqlite3.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
    django.setup()
