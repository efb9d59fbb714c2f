"""A template becomes an answer: without the request, so that no page reads a cookie or a session."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import get_template

from events.pages.addresses import here, home

# Stricter than the rest of the site: these pages have no script, and their styles are in a file.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def render(name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A template of `templates/pages/`."""
    around = {"dataset": settings.DATELINE, "home": home(), "api": here().api}
    content = get_template(f"pages/{name}.html").render({**around, **context})
    return HttpResponse(content, status=status, headers={"Content-Security-Policy": POLICY})
