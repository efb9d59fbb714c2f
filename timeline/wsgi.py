"""The WSGI entry point, for gunicorn and `runserver`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def mounted(inner: Application, path: str) -> Application:
    """`inner` under a path: FORCE_SCRIPT_NAME puts it before addresses, but doesn't take it off what is asked for."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        asked = environ["PATH_INFO"]
        if asked == path or asked.startswith(f"{path}/"):
            environ = {**environ, "SCRIPT_NAME": path, "PATH_INFO": asked[len(path) :] or "/"}
        return inner(environ, start_response)

    return application if path else inner


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
application = mounted(get_wsgi_application(), settings.FORCE_SCRIPT_NAME or "")
