"""A deed pressed on a page, and as much of its cascade as a request may take; a page says what is left to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from events.curation.cascade import go_on, waiting
from events.curation.deed import deed
from events.models import Pending

# Proxies and people give up on an answer after half a minute or so.
SECONDS = 10


@contextmanager
def one_deed(request: HttpRequest) -> Iterator[None]:
    """All that is done inside is one deed; its cascade begins when that is committed."""
    with deed():
        yield
    spread(request)


def spread(request: HttpRequest) -> None:
    """Go on with what this person's deeds have left to do, for some seconds; say what remains."""
    person = request.user.get_username()
    go_on(by=person, seconds=SECONDS)
    left = waiting(Pending.objects.filter(by=person))
    if left:
        text = ngettext(
            "%(left)d event still repeats what was there before. It follows when you save something next, or with the"
            " command “manage.py cascade”.",
            "%(left)d events still repeat what was there before. Some follow each time that you save something next,"
            " all with the command “manage.py cascade”.",
            left,
        )
        messages.warning(request, text % {"left": left})
