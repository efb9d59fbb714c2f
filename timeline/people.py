"""Sessions, log-ins and forms, for the admin alone: where nobody logs in there is no session that could be read.

Each is the middleware of that name, which lets requests to other paths go by. What it looks at in a view stays as it
is: a form outside the admin would still need its token, and never get one, since the cookie is set in the admin alone.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

ADMIN = "/admin/"


def _for_people(middleware: type[Any]) -> type[Any]:
    def call(self: Any, request: HttpRequest) -> Any:
        if request.path_info.startswith(ADMIN):
            return middleware.__call__(self, request)
        return self.get_response(request)

    return type(middleware.__name__, (middleware,), {"__call__": call})


Session = _for_people(SessionMiddleware)
Csrf = _for_people(CsrfViewMiddleware)
Authentication = _for_people(AuthenticationMiddleware)
Message = _for_people(MessageMiddleware)
