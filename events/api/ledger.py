"""The paths that answer with changes: all of them in their order, and those of one noun."""

from __future__ import annotations

from typing import ClassVar

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from events.api.base import Ask, PublicView, fresh, paged, tabular
from events.exchange import tables
from events.exchange.as_json import change
from events.models.ledger import ACTOR, DOCUMENT, EVENT
from events.querying import changes, filters


class Changes(PublicView):
    """Every change after a point, in the order in which they happened."""

    path, component, outcomes = filters.Changes, "Changes", ("410",)
    formats = ("json", *tables.WRITERS)

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        found = changes.following(ask.question, default=filters.DEFAULT_LIMIT if ask.format == "json" else None)
        write = self._json if ask.format == "json" else self._table
        return fresh(ask, ask.etag(ask.state.token), lambda: write(ask, found))

    def _json(self, ask: Ask, found: changes.Following) -> HttpResponse:
        following = ask.address(since=found.token) if found.more else None
        return paged({"token": found.token}, following, [change(row, ask.addresses) for row in found.changes])

    def _table(self, ask: Ask, found: changes.Following) -> StreamingHttpResponse:
        items = (change(row, ask.addresses) for row in found.changes)
        return tabular(ask, "changes", items, {"Dateline-Changes": found.token})


class History(PublicView):
    """All that something ever was."""

    path, component = filters.History, "History"
    kind: ClassVar[str]

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        newest = changes.newest(self.kind, kwargs["id"], ask.state)
        return fresh(ask, ask.etag(newest), lambda: self._json(ask, kwargs["id"]))

    def _json(self, ask: Ask, noun_id: str) -> HttpResponse:
        found = changes.history(self.kind, noun_id, ask.question)
        return paged({}, ask.following(found.next), [change(row, ask.addresses) for row in found.changes])


class EventHistory(History):
    """All that an event ever was, the newest first; a retracted or merged one's too."""

    kind = EVENT


class ActorHistory(History):
    """All that an actor ever was, the newest first; a merged one's too."""

    kind = ACTOR


class DocumentHistory(History):
    """All that a document ever was, the newest first; never its text."""

    kind = DOCUMENT
