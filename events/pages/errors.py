"""Every refusal as a page: the one place here that knows which HTTP status an error is.

No error page asks the database for anything, so that each works when the database doesn't.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import OperationalError
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.errors import Gone, InvalidQuestion
from events.pages.addresses import here
from events.pages.present import plain_day
from events.pages.rendering import render

HEADINGS = {
    400: _("This question can't be answered as it stands"),
    404: _("There is nothing here"),
    405: _("Pages can only be read"),
    410: _("This event was retracted"),
    500: _("Something failed here"),
    503: _("The database is busy"),
}
log = logging.getLogger(__name__)


def refusal(error: Exception, event_id: str = "") -> HttpResponse:
    """The page for an error that a question or a noun raised."""
    match error:
        case InvalidQuestion():
            return page(400, *(problem.detail for problem in error.problems))
        case Gone():
            retracted = {"day": plain_day(error.at), "why": error.why, "id": event_id}
            return page(410, retracted=retracted, history=f"{here().thing('event', event_id)}history/")
        case OperationalError():
            log.warning("The database didn't answer: %s", error)
            response = page(503, gettext("Try again in a moment."))
            response["Retry-After"] = "1"
            return response
    return not_found()


def page(status: int, *details: str, **more: Any) -> HttpResponse:
    """What is wrong, and a way on."""
    return render("error", {"status": status, "heading": HEADINGS[status], "details": details, **more}, status)


def bad_request() -> HttpResponse:
    return page(400, gettext("The request is malformed, or it asks for a host that isn't served here."))


def not_found() -> HttpResponse:
    return page(404, gettext("No event has this address, and no other page."))


def wrong_method() -> HttpResponse:
    response = page(405, gettext("This address takes no data; it answers GET and HEAD."))
    response["Allow"] = "GET, HEAD, OPTIONS"
    return response


def failed() -> HttpResponse:
    return page(500, gettext("This is our fault, and it was logged. Nothing was changed."))
