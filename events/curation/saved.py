"""What versions of a working copy said: each is kept when the next one takes its place, so that any two are compared.

A picture is a public document of what isn't public yet: nouns are named as the working copy has them. Besides, it has
what stays private (`PRIVATE`). Of a document's text it has the length and the hash, as the public one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db.models import Q, QuerySet

from events.curation import render
from events.curation.chunks import chunks
from events.curation.flags import KINDS
from events.curation.record import canonical
from events.curation.whole import wholes
from events.models import ledger, working
from events.models.working import Noun, Saved, Status

Picture = dict[str, Any]
PRIVATE: Final = ("note", "identifiers")
# Events of which no public revision says the same: what many of them said isn't kept twice.
UNLIKE_PUBLIC: Final = Q(unpublished_edits=True) | ~Q(status=Status.PUBLISHED)
_MODELS: Final = {kind: model for model, kind in KINDS.items()}
_SOURCE: Final = ("title", "publisher", "url", "archived_url")


class Drafts(render.Pictures):
    """What the working copy says of nouns, whether they are public or not."""

    def load(self, kind: str, ids: Iterable[str]) -> None:
        for some in chunks(noun_id for noun_id in ids if (kind, noun_id) not in self._public):
            self._public.update({(kind, noun_id): None for noun_id in some})
            rows: QuerySet[Any] = _MODELS[kind]._default_manager.filter(pk__in=some)
            for row in rows.defer("text") if kind == ledger.DOCUMENT else rows:
                self._public[kind, row.pk] = _named(row)


def _named(row: Any) -> Picture:
    """What others repeat of a noun."""
    if isinstance(row, working.Actor):
        return {"name": row.name, "kind": row.kind, "country": row.country_id}
    if isinstance(row, working.Document):
        day = row.published.isoformat() if row.published else None
        return {name: getattr(row, name) or None for name in _SOURCE} | {"published": day}
    return {"title": row.title}


def pictures(model: type[Noun], ids: Iterable[str]) -> Iterator[tuple[str, Picture]]:
    """The working copy of these nouns as it stands."""
    drafts = Drafts()
    if model is working.Event:
        events = wholes(ids, texts=False)
        bare = {one.event.pk: render.bare_event(one) for one in events}
        drafts.load_named(bare.values())
        for one in events:
            yield one.event.pk, render.refresh(bare[one.event.pk], drafts) | {"note": one.event.note or None}
    elif model is working.Actor:
        for actor in working.Actor.objects.filter(pk__in=list(ids)).prefetch_related("names", "identifiers"):
            known = [{"scheme": row.scheme, "value": row.value} for row in actor.identifiers.all()]
            yield actor.pk, render.actor(actor, drafts) | {"identifiers": known}
    else:
        for row in working.Document.objects.filter(pk__in=list(ids)):
            yield row.pk, render.document(row)


def picture(noun: Noun) -> Picture:
    """The working copy of a noun as it is stored now."""
    return dict(pictures(type(noun), [noun.pk]))[noun.pk]


def keep(noun: Noun, before: Picture) -> None:
    """Inside a deed: what the version of the noun that is replaced by now said."""
    _insert([_row(type(noun), noun.pk, noun.version, before)])


def keep_all(rows: QuerySet[Any]) -> None:
    """Inside a deed, before it may change these nouns."""
    model = rows.model
    versions = dict(rows.order_by().values_list("pk", "version"))
    for some in chunks(versions):
        _insert([_row(model, pk, versions[pk], found) for pk, found in pictures(model, some)])


def _insert(rows: list[Saved]) -> None:
    """What is kept of a version already is the same: a deed needn't have changed all that it said it might."""
    Saved.objects.bulk_create(rows, ignore_conflicts=True)


def _row(model: type[Noun], noun_id: str, version: int, said: Picture) -> Saved:
    return Saved(kind=KINDS[model], noun_id=noun_id, version=version, document=canonical(said))


def versions(noun: Noun) -> set[int]:
    """The versions of a noun of which one knows what they said."""
    kept = Saved.objects.filter(kind=KINDS[type(noun)], noun_id=noun.pk).values_list("version", flat=True)
    return {*kept, noun.version}


def said(noun: Noun, version: int) -> Picture | None:
    """What a version of a noun said; None where that isn't known."""
    if version == noun.version:
        return picture(noun)
    row = Saved.objects.filter(kind=KINDS[type(noun)], noun_id=noun.pk, version=version).first()
    found: Picture | None = json.loads(row.document) if row else None
    return found
