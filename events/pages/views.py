"""The pages, one class each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views import View

from events.errors import InvalidQuestion
from events.models.ledger import EVENT
from events.pages import filters, present, timeline, wording
from events.pages.addresses import absolute, address, here, home, pairs_of, with_slash
from events.pages.base import Page, moved
from events.pages.form import form, proposals
from events.pages.present import Names, Shown
from events.pages.rendering import render
from events.querying import events, nouns
from events.querying.checks import Pairs
from events.querying.question import Question, ask

# How a page is cut, not which events there are.
CUT = ("limit", "count")


class Timeline(Page):
    """The events of a question, under their years and months."""

    path = filters.Timeline

    def answer(self, request: HttpRequest, pairs: Pairs, **kwargs: str) -> HttpResponse:
        names = Names.load()
        try:
            question = ask(self.path, pairs)
            page = events.page(question)
        except InvalidQuestion as error:
            filled = form(self.path, pairs, names, error.problems)
            return render("timeline", {"form": filled, "countries": names.countries, "refused": True}, 400)
        shown = [Shown(row, names) for row in page.rows]
        context = {
            **_heading(question),
            **_listed(question, shown),
            **_links(request, question, page.next),
            "form": form(self.path, pairs, names),
            "countries": names.countries,
            "proposals": proposals(shown),
        }
        return render("timeline", context)


def _heading(question: Question) -> dict[str, Any]:
    counts = events.count(question)
    undated = None if question.windowed or "dated" in question.values else events.undated(question.where)
    text = question.text
    return {
        "question": text[:1].upper() + text[1:],
        "narrowed": bool(question.conditions) or question.windowed,
        "counted": wording.counted(counts, question.match, undated),
        "undated_left_out": counts.undated,
        "without_window": address(home(), _undated_too(question)) if counts.undated else "",
    }


def _undated_too(question: Question) -> Pairs:
    """The same question about what has no date."""
    window = ("date", "date_from", "date_to", "date_match")
    return [*pairs_of(question.parameters, without=window), ("dated", "false")]


def _listed(question: Question, shown: list[Shown]) -> dict[str, Any]:
    """By time; in another order they stand as they come."""
    ordering = question.shape("ordering", "date")
    if ordering not in ("date", "-date"):
        return {"listed": shown}
    return {
        "sections": timeline.sections(shown, descending=ordering.startswith("-")),
        "undated": timeline.undated(shown),
    }


def _links(request: HttpRequest, question: Question, cursor: str | None) -> dict[str, Any]:
    echoed: Mapping[str, Any] = question.parameters
    same, whole = pairs_of(echoed), pairs_of(echoed, without=CUT)
    api = f"{here().api}events/"
    return {
        "canonical": address(f"{absolute(request).base}/", [*same, *_cursor(question.shape("cursor"))]),
        "first": address(home(), same) if question.shape("cursor") else "",
        "next": address(home(), [*same, *_cursor(cursor)]) if cursor else "",
        "json": address(api, whole),
        "csv": address(api, [*whole, ("format", "csv")]),
    }


def _cursor(cursor: str | None) -> Pairs:
    return [("cursor", cursor)] if cursor else []


class EventPage(Page):
    """One event, with all that is known of it."""

    path = filters.EventPage

    def answer(self, request: HttpRequest, pairs: Pairs, **kwargs: str) -> HttpResponse:
        ask(self.path, pairs)
        event = Shown(nouns.current(EVENT, kwargs["event_id"]), Names.load())
        if kwargs.get("slug") != event.stored["slug"]:
            return moved(308, address(event.href, pairs))
        context = {
            "event": event,
            "history": present.history(nouns.history(event.id)),
            "canonical": absolute(request).page(event.id, event.stored["slug"]),
            "json": here().thing(EVENT, event.id),
        }
        return render("event", context)


class Slash(View):
    """A missing last slash is mended, the query kept."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: str) -> HttpResponse:
        return moved(308, with_slash(request))
