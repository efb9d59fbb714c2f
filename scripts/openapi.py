"""Write docs/openapi.json: the description of the API as `schema/` serves it, under an address without a host."""

import json
import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent

sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "timeline.settings"
django.setup()

from django.conf import settings  # noqa: E402  # needs the settings above

from events.api.schema import document  # noqa: E402
from events.api.urls import PATHS  # noqa: E402

known = settings.DATELINE
found = document(PATHS, title=known["name"], description=known["description"], server="/api/v1")
(ROOT / "docs" / "openapi.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
