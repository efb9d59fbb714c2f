"""The paths of the API, one class each."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from events.api.base import Ask, PublicView, as_json, fresh
from events.api.requests import MEDIA_TYPES
from events.errors import Unknown
from events.exchange import as_csv
from events.exchange.as_json import answer, chosen, dumps, one, thing
from events.models.ledger import ACTOR, DOCUMENT, EVENT, Entry, instant
from events.querying import buckets, dataset, events, facets, filters, nouns


class Root(PublicView):
    path = filters.Nothing

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        return fresh(ask, ask.etag(ask.at.seq), lambda: as_json(dumps(self._content(ask))))

    def _content(self, ask: Ask) -> dict[str, Any]:
        known = dataset.overview()
        configured = settings.DATELINE
        api = ask.addresses.api
        return {
            **{name: configured[name] for name in ("name", "description", "license", "attribution", "contact")},
            "counts": known.counts,
            "first_day": known.first_day,
            "last_day": known.last_day,
            "as_of": ask.at.seq,
            "head": {"seq": ask.at.seq, "hash": ask.at.chain_sha256},
            "updated_at": instant(ask.at.at) if ask.at.at else None,
            "changes_token": ask.at.token,
            "links": {
                name: f"{api}{name}/"
                for name in ("events", "dates", "actors", "countries", "types", "documents", "schema", "docs")
            },
        }


class Events(PublicView):
    path = filters.EventList
    formats = ("json", "csv")

    def defaults(self, form: str) -> dict[str, Any]:
        return {"ordering": "date"} | ({"limit": filters.DEFAULT_LIMIT} if form == "json" else {})

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        write = self._csv if ask.format == "csv" else self._json
        return fresh(ask, ask.etag(ask.at.seq), lambda: write(ask))

    def _json(self, ask: Ask) -> HttpResponse:
        page = events.page(ask.question)
        counts = events.count(ask.question) if ask.question.shape("count") else None
        content: dict[str, Any] = {"query": query(ask), "as_of": ask.at.seq, "total": counts and counts.total}
        if counts and ask.question.windowed:
            content |= {"total_certain": counts.total_certain, "undated": counts.undated}
        content["next"] = following(ask, page.next)
        results = [chosen(one(row, ask.addresses), ask.question) for row in page.rows]
        return linked(as_json(answer(content, results)), content["next"])

    def _csv(self, ask: Ask) -> StreamingHttpResponse:
        lines = as_csv.rows(events.everything(ask.question), ask.addresses)
        response = StreamingHttpResponse(lines, content_type=f"{MEDIA_TYPES['csv']}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="events-{ask.at.seq}.csv"'
        response["Dateline-As-Of"] = str(ask.at.seq)
        response["Dateline-Changes"] = ask.at.token
        response["Link"] = f'<{canonical(ask)}>; rel="canonical"'
        return response


class Dates(PublicView):
    path = filters.Buckets

    def defaults(self, form: str) -> dict[str, Any]:
        return {"by": buckets.DEFAULT_SIZE}

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        return fresh(ask, ask.etag(ask.at.seq), lambda: self._json(ask))

    def _json(self, ask: Ask) -> HttpResponse:
        found = buckets.histogram(ask.question)
        content = {"query": query(ask), "as_of": ask.at.seq, "undated": found.undated}
        results = [
            {
                "edtf": bucket.edtf,
                "start": bucket.start.isoformat(),
                "end": bucket.end.isoformat(),
                "possible": bucket.possible,
                "certain": bucket.certain,
            }
            for bucket in found.buckets
        ]
        return as_json(dumps(content | {"results": results}))


class Facet(PublicView):
    """Actors, countries, types or documents of the matching events."""

    kind: ClassVar[str]

    def defaults(self, form: str) -> dict[str, Any]:
        return {"ordering": "-events", "limit": filters.DEFAULT_LIMIT}

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        return fresh(ask, ask.etag(ask.at.seq), lambda: self._json(ask))

    def _json(self, ask: Ask) -> HttpResponse:
        page = facets.page(ask.question, self.kind)
        link = following(ask, page.next)
        content = {"query": query(ask), "as_of": ask.at.seq, "total": page.total, "next": link}
        results = [chosen(thing(self.kind, row, ask.addresses), ask.question) for row in page.rows]
        return linked(as_json(answer(content, results)), link)


class Actors(Facet):
    path, kind = filters.ActorList, ACTOR


class Countries(Facet):
    path, kind = filters.CountryList, "country"


class Types(Facet):
    path, kind = filters.TypeList, "type"


class Documents(Facet):
    path, kind = filters.DocumentList, DOCUMENT


class Event(PublicView):
    path = filters.EventDetail

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        row = nouns.current(EVENT, kwargs["noun_id"])
        return fresh(ask, ask.etag(row.seq), lambda: as_json(chosen(one(row, ask.addresses), ask.question)))


class History(PublicView):
    """All that an event ever was, newest first; a retracted one's too."""

    path = filters.Nothing

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        entries = events.history(kwargs["noun_id"])
        if not entries:
            raise Unknown(f"There is no event with the id “{kwargs['noun_id'][:40]}”.")
        return fresh(ask, ask.etag(entries[0].seq), lambda: as_json(self._text(ask, entries)))

    def _text(self, ask: Ask, entries: list[Entry]) -> str:
        return answer({"as_of": ask.at.seq}, [self._item(ask, entry) for entry in entries])

    def _item(self, ask: Ask, entry: Entry) -> str:
        head = {"seq": entry.seq, "kind": entry.kind, "deed": entry.deed, "id": entry.noun_id}
        tail = {"at": instant(entry.at), "why": entry.why, "merged_into": None}
        data = "null" if entry.document is None else one(events.of_entry(entry), ask.addresses)
        return f'{dumps(head | tail)[:-1]},"data":{data}}}'


class Noun(PublicView):
    """An actor or a document, with how many events it has now."""

    kind: ClassVar[str]

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        row = nouns.current(self.kind, kwargs["noun_id"])
        return fresh(ask, ask.etag(ask.at.seq), lambda: self._json(ask, row))

    def _json(self, ask: Ask, row: events.Revision) -> HttpResponse:
        number = facets.events_of(self.kind, row.noun_id)
        return as_json(chosen(one(row, ask.addresses, events=number), ask.question))


class Actor(Noun):
    path, kind = filters.ActorDetail, ACTOR


class Document(Noun):
    path, kind = filters.DocumentDetail, DOCUMENT


class Reference(PublicView):
    """A country or a type of event: known even without events."""

    kind: ClassVar[str]

    def answer(self, ask: Ask, **kwargs: str) -> HttpResponseBase:
        code = kwargs["noun_id"]
        columns = facets.reference(self.kind, [code]).get(code)
        if columns is None:
            raise Unknown(f"There is no {self.kind} with the code “{code[:40]}”.")
        row = facets.Thing(code, facets.events_of(self.kind, code), columns=columns)
        return as_json(chosen(thing(self.kind, row, ask.addresses), ask.question))


class Country(Reference):
    path, kind = filters.CountryDetail, "country"


class Type(Reference):
    path, kind = filters.TypeDetail, "type"


class Nowhere(PublicView):
    """Every other path: a missing last slash is mended, the rest isn't there."""

    path = filters.Nothing

    def get(self, request: Any, **kwargs: str) -> HttpResponseBase:
        whole: HttpRequest = request._request
        if not whole.path.endswith("/"):
            query = whole.META.get("QUERY_STRING", "")
            return HttpResponse(status=308, headers={"Location": f"{whole.path}/" + (f"?{query}" if query else "")})
        raise Http404


def canonical(ask: Ask) -> str:
    """The question's canonical address: its parameters normalised, in the order of their declaration."""
    script = ask.request.META.get("SCRIPT_NAME", "").rstrip("/")
    return ask.addresses.question(ask.request.path.removeprefix(script), ask.question.parameters)


def query(ask: Ask) -> dict[str, Any]:
    question = ask.question
    window = None
    if question.windowed:
        window = {
            "from": question.first.isoformat() if question.first else None,
            "to": question.last.isoformat() if question.last else None,
            "match": question.match,
        }
    return {
        "text": question.text,
        "url": canonical(ask),
        "permalink": None,
        "window": window,
        "parameters": question.parameters,
    }


def following(ask: Ask, cursor: str | None) -> str | None:
    """The address of the next page."""
    if cursor is None:
        return None
    script = ask.request.META.get("SCRIPT_NAME", "").rstrip("/")
    path = ask.request.path.removeprefix(script)
    return ask.addresses.question(path, ask.question.parameters | {"cursor": cursor})


def linked(response: HttpResponse, link: str | None) -> HttpResponse:
    if link:
        response["Link"] = f'<{link}>; rel="next"'
    return response
