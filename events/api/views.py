"""The paths of the API, one class each; the first line of its docstring is its summary in the schema."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from rest_framework.request import Request

from events.api.base import Ask, PublicView, as_json, fresh, paged, streamed, tabular
from events.api.problems import bare
from events.api.requests import with_slash
from events.exchange import tables
from events.exchange.about import About
from events.exchange.addresses import COLLECTIONS
from events.exchange.as_json import answer, chosen, dumps, one, several, thing
from events.exchange.formats import FORMATS
from events.models.ledger import ACTOR, DOCUMENT, EVENT, instant
from events.querying import buckets, dataset, events, facets, filters, nouns
from events.querying.conditions import HasFirstDay


class Root(PublicView):
    """The dataset: what it is, how much there is, and where everything else is."""

    path, component = filters.Dataset, "Dataset"
    # The names of the paths that the root links to; `urls` gives them.
    links: tuple[str, ...] = ()

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        return fresh(ask, ask.etag(ask.state.seq, settings.DATELINE), lambda: as_json(dumps(self._content(ask))))

    def _content(self, ask: Ask) -> dict[str, Any]:
        known = dataset.overview(ask.state)
        configured = settings.DATELINE
        return {
            **{name: configured[name] for name in ("name", "description", "license", "attribution", "contact")},
            "counts": known.counts,
            "first_day": known.first_day,
            "last_day": known.last_day,
            "as_of": ask.state.seq,
            "head": {"seq": ask.state.seq, "hash": ask.state.chain_sha256},
            "updated_at": instant(ask.state.at) if ask.state.at else None,
            "changes_token": ask.state.token,
            "links": {name: f"{ask.addresses.api}{name}/" for name in self.links},
        }


class Events(PublicView):
    """The events that match, in the order of time."""

    path, component = filters.EventList, "EventPage"
    formats = filters.FORMATS

    def defaults(self, form: str) -> dict[str, Any]:
        return {"ordering": "date"} | (FORMATS[form].defaults if form in FORMATS else {"limit": filters.DEFAULT_LIMIT})

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        write = self._file if ask.format in FORMATS else self._json
        return fresh(ask, ask.etag(ask.state.seq, settings.DATELINE["name"]), lambda: write(ask))

    def _json(self, ask: Ask) -> HttpResponse:
        page = events.page(ask.question)
        counts = events.count(ask.question) if ask.question.shape("count") else None
        content = {"query": query(ask), "as_of": ask.state.seq, "total": counts.total if counts else None}
        if counts and ask.question.windowed:
            content |= {"total_certain": counts.total_certain, "undated": counts.undated}
        return paged(content, ask.following(page.next), several(page.rows, ask.addresses, ask.question))

    def _file(self, ask: Ask) -> StreamingHttpResponse:
        form, question, omitted = FORMATS[ask.format], ask.question, {}
        if form.needs_first_day:
            omitted["Dateline-Omitted"] = str(events.without_first_day(question))
            question = question.plus(HasFirstDay())
        about = About(settings.DATELINE["name"], question, ask.address())
        lines = form.rows(events.everything(question), ask.addresses, about)
        return streamed(ask, f"events-{ask.state.seq}.{form.suffix}", lines, omitted)


class Dates(PublicView):
    """Time buckets: how many of the matching events may have happened, and certainly did, in each."""

    path, component = filters.Buckets, "Buckets"
    formats = filters.TABULAR

    def defaults(self, form: str) -> dict[str, Any]:
        return {"by": buckets.DEFAULT_SIZE}

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        return fresh(ask, ask.etag(ask.state.seq), lambda: self._answer(ask))

    def _answer(self, ask: Ask) -> HttpResponseBase:
        found = buckets.histogram(ask.question)
        results = [dumps(bucket.as_dict()) for bucket in found.buckets]
        if ask.format in tables.WRITERS:
            return tabular(ask, "dates", results)
        return as_json(answer({"query": query(ask), "as_of": ask.state.seq, "undated": found.undated}, results))


class Facet(PublicView):
    """Things that take part in the matching events, each with how many of them."""

    formats = filters.TABULAR
    kind: ClassVar[str]

    def defaults(self, form: str) -> dict[str, Any]:
        return {"ordering": "-events"} | ({"limit": filters.DEFAULT_LIMIT} if form == "json" else {})

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        return fresh(ask, ask.etag(ask.state.seq), lambda: self.list(ask))

    def list(self, ask: Ask) -> HttpResponse | StreamingHttpResponse:
        return self._table(ask) if ask.format in tables.WRITERS else self._page(ask)

    def _page(self, ask: Ask) -> HttpResponse:
        page = facets.page(ask.question, self.kind)
        content = {"query": query(ask), "as_of": ask.state.seq, "total": page.total}
        return paged(content, ask.following(page.next), [self._result(ask, row) for row in page.rows])

    def _table(self, ask: Ask) -> StreamingHttpResponse:
        found = facets.everything(ask.question, self.kind)
        return tabular(ask, COLLECTIONS[self.kind], (self._result(ask, row) for row in found))

    def _result(self, ask: Ask, row: facets.Thing) -> str:
        return chosen(thing(row, ask.addresses), ask.question)


class ReferenceFacet(Facet):
    """Countries or types, whose names and definitions change without a deed: the ETag is made of the answer itself.

    There are few, so a file of them is made at once.
    """

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        made = self.list(ask)
        content = made.getvalue() if isinstance(made, StreamingHttpResponse) else made.content
        whole = HttpResponse(content, headers=made.headers)
        return fresh(ask, ask.etag(content.decode()), lambda: whole)


class Actors(Facet):
    """The actors that take part in the matching events, each with how many."""

    path, component, kind = filters.ActorList, "ActorPage", ACTOR


class Countries(ReferenceFacet):
    """The countries that are involved in the matching events, each with how many."""

    path, component, kind = filters.CountryList, "CountryPage", "country"


class Types(ReferenceFacet):
    """The types of the matching events, each with how many."""

    path, component, kind = filters.TypeList, "TypePage", "type"


class Documents(Facet):
    """The documents that the evidence of the matching events quotes, each with how many."""

    path, component, kind = filters.DocumentList, "DocumentPage", DOCUMENT


class Event(PublicView):
    """One event."""

    path, component, outcomes = filters.EventDetail, "Event", ("308", "410")

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        row = nouns.one(EVENT, kwargs["id"], ask.state)
        return fresh(ask, ask.etag(row.seq), lambda: as_json(chosen(one(row, ask.addresses), ask.question)))


class Noun(PublicView):
    """An actor or a document, with how many events it has now."""

    kind: ClassVar[str]

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        row = nouns.one(self.kind, kwargs["id"], ask.state)
        number = facets.events_of(self.kind, row.noun_id, ask.state)
        text = chosen(one(row, ask.addresses, events=number), ask.question)
        return fresh(ask, ask.etag(row.seq, number), lambda: as_json(text))


class Actor(Noun):
    """One actor, with how many events it takes part in."""

    path, component, kind, outcomes = filters.ActorDetail, "Actor", ACTOR, ("308",)


class Document(Noun):
    """One document, with how many events quote it; never its text."""

    path, component, kind = filters.DocumentDetail, "Document", DOCUMENT


class Reference(PublicView):
    """A country or a type of event, known even without events."""

    kind: ClassVar[str]

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        text = chosen(thing(facets.known(self.kind, kwargs["code"], ask.state), ask.addresses), ask.question)
        return fresh(ask, ask.etag(text), lambda: as_json(text))


class Country(Reference):
    """One country, with how many events it is involved in."""

    path, component, kind = filters.CountryDetail, "Country", "country"


class Type(Reference):
    """One type of event, with how many events are of it."""

    path, component, kind = filters.TypeDetail, "Type", "type"


class Nowhere(PublicView):
    """Every other path: a missing last slash is mended, the rest isn't there."""

    path = filters.Nothing

    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        if not request.path.endswith("/"):
            return bare(308, {"Location": with_slash(request._request)})
        raise Http404


def query(ask: Ask) -> dict[str, Any]:
    """What was understood: the echo of the question."""
    question = ask.question
    window = {
        "from": question.first.isoformat() if question.first else None,
        "to": question.last.isoformat() if question.last else None,
        "match": question.match,
    }
    return {
        "text": question.text,
        "url": ask.address(),
        "permalink": ask.permalink(),
        "window": window if question.windowed else None,
        "parameters": question.parameters,
    }
