"""The pages, one class each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views import View

from events.errors import Gone, InvalidQuestion, Merged
from events.exchange.as_json import slug
from events.models.ledger import EVENT, instant
from events.pages import filters, present, timeline, wording
from events.pages.addresses import absolute, address, here, home, pairs_of, short, with_slash
from events.pages.base import Page, moved
from events.pages.form import form, proposals
from events.pages.present import Names, Shown, plain_day
from events.pages.rendering import render
from events.querying import changes, events, nouns, numbers
from events.querying.checks import AS_OF, Pairs
from events.querying.question import Question, ask
from events.querying.state import State

# How a page is cut, not which events there are.
CUT = ("limit", "count")


class Timeline(Page):
    """The events of a question, under their years and months."""

    path = filters.Timeline

    def answer(self, request: HttpRequest, pairs: Pairs, newest: State, **kwargs: str) -> HttpResponse:
        names = Names.load()
        try:
            question = ask(self.path, pairs, newest, now=timezone.now())
            page = events.page(question)
        except InvalidQuestion as error:
            filled = form(self.path, pairs, names, error.problems)
            return render("timeline", {"form": filled, "countries": names.countries, "refused": True}, 400)
        shown = [Shown(row, names, _kept(question)) for row in page.rows]
        context = {
            **_heading(question),
            **_listed(question, shown),
            **_links(request, question, page.next),
            **_stood(question, f"{absolute(request).base}/", home(), pairs_of(question.parameters)),
            "form": form(self.path, pairs, names),
            "countries": names.countries,
            "proposals": proposals(shown),
        }
        return render("timeline", context)


def _heading(question: Question) -> dict[str, Any]:
    counts = events.count(question)
    undated = None if question.windowed or "dated" in question.values else numbers.undated(question.where)
    text = question.text
    return {
        "question": text[:1].upper() + text[1:],
        "narrowed": bool(question.conditions) or question.windowed or AS_OF in question.parameters,
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
    same = pairs_of(echoed)
    return {
        "canonical": address(f"{absolute(request).base}/", [*same, *_cursor(question.shape("cursor"))]),
        "first": address(home(), same) if question.shape("cursor") else "",
        "next": address(home(), [*same, *_cursor(cursor)]) if cursor else "",
        "files": _files(echoed),
    }


def _files(echoed: Mapping[str, Any]) -> list[dict[str, str]]:
    """The same events in the formats that people save or subscribe to; the API has more."""
    api, whole = f"{here().api}events/", pairs_of(echoed, without=CUT)
    files = [
        {"title": "JSON", "type": "application/json", "address": address(api, whole)},
        {"title": "CSV", "type": "text/csv", "address": address(api, [*whole, ("format", "csv")])},
        {"title": gettext("Calendar"), "type": "text/calendar", "address": address(api, [*whole, ("format", "ics")])},
    ]
    if AS_OF not in echoed:
        # A feed has its own order, and what was has no news.
        news = [*pairs_of(echoed, without=(*CUT, "ordering")), ("format", "atom")]
        files.append({"title": gettext("Feed"), "type": "application/atom+xml", "address": address(api, news)})
    return files


def _cursor(cursor: str | None) -> Pairs:
    return [("cursor", cursor)] if cursor else []


def _kept(question: Question) -> Pairs:
    """What links carry on: the state that was asked about, where one was."""
    return [(AS_OF, str(question.state.seq))] if AS_OF in question.parameters else []


def _stood(question: Question, whole: str, path: str, pairs: Pairs) -> dict[str, Any]:
    """The state that is shown, the address that will always show it, and the one of what is current."""
    state, others = question.state, [(name, text) for name, text in pairs if name != AS_OF]
    return {
        "as_of": {"seq": state.seq, "day": plain_day(instant(state.at)) if state.at else None}
        if AS_OF in question.parameters
        else None,
        "permalink": address(whole, [*others, (AS_OF, str(state.seq))]) if question.citable else "",
        "newest": address(path, others),
    }


class EventPage(Page):
    """One event, with all that is known of it."""

    path = filters.EventPage

    def answer(self, request: HttpRequest, pairs: Pairs, newest: State, **kwargs: str) -> HttpResponse:
        question = ask(self.path, pairs, newest, now=timezone.now())
        state, kept = question.state, _kept(question)
        try:
            event = Shown(nouns.one(EVENT, kwargs["event_id"], state), Names.load(), kept)
        except Merged as merged:
            return moved(308, _became(merged.into, question))
        if kwargs.get("slug") != event.stored["slug"]:
            return moved(308, event.href)
        page, whole = (known.page(event.id, event.stored["slug"]) for known in (here(), absolute(request)))
        context = {
            "event": event,
            "history": present.history(changes.history(EVENT, event.id, question).changes),
            "canonical": address(whole, kept),
            "json": address(here().thing(EVENT, event.id), kept),
            "json_history": address(f"{here().thing(EVENT, event.id)}history/", kept),
            **_stood(question, whole, page, kept),
        }
        return render("event", context)


def _became(event_id: str, question: Question) -> str:
    """The page of what a merged event became, in one step; a retracted one has no other address than its id."""
    try:
        row = nouns.one(EVENT, event_id, question.state)
    except Gone:
        return short(event_id, _kept(question))
    return address(here().page(event_id, slug(row.document)), _kept(question))


class Slash(View):
    """A missing last slash is mended, the query kept."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: str) -> HttpResponse:
        return moved(308, with_slash(request))
