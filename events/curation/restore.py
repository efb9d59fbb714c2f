"""Bring an older revision or save back into the working copy; publishing it is a step of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models

from events.curation import saved
from events.curation.edit import editing
from events.curation.flags import KINDS, differs_from
from events.curation.render import Pictures
from events.curation.retract import last_document
from events.curation.saved import Picture
from events.errors import DeedRefused
from events.models import (
    Actor,
    ActorIdentifier,
    ActorName,
    Claim,
    Document,
    Edit,
    Entry,
    Event,
    EventCountry,
    Evidence,
    Participation,
    Relation,
    ledger,
)
from events.models.working import Noun, Status

# Columns of each kind that its public document has under the same name.
PLAIN: dict[str, tuple[str, ...]] = {
    ledger.EVENT: ("title", "summary", "slug"),
    ledger.ACTOR: ("name", "kind", "description", "external_id"),
    ledger.DOCUMENT: ("title", "publisher", "author", "url", "archived_url", "language", "license"),
}


class WouldReplace(DeedRefused):
    """The working copy has changes that were saved and never published."""

    code = "would_replace"


def restore(
    noun: Noun, seq: int, *, version: int, by: str, at: datetime, why: str, replace_unpublished: bool = False
) -> None:
    """Let the working copy say what the public was told in the ledger row `seq`.

    The text of a document stays. A quotation that doesn't stand any more comes back marked as not found. Raises
    EditConflict where somebody saved the noun since, DeedRefused where the row isn't one of its public pictures,
    WouldReplace where there are unpublished changes, unless `replace_unpublished` says that they may be replaced.
    """
    entry = Entry.objects.filter(seq=seq, kind=KINDS[type(noun)], noun_id=noun.pk, document__isnull=False).first()
    if entry is None:
        raise DeedRefused("That isn't a revision of this one that the public saw.")
    _restore(noun, json.loads(entry.document or ""), replace_unpublished, version=version, by=by, at=at, why=why)


def restore_saved(
    noun: Noun, number: int, *, version: int, by: str, at: datetime, why: str, replace_unpublished: bool = False
) -> None:
    """The same with what the version `number` of the working copy said, private parts included."""
    picture = saved.said(noun, number)
    if picture is None:
        raise DeedRefused("Nobody knows what that version said.")
    _restore(noun, picture, replace_unpublished, version=version, by=by, at=at, why=why)


def _restore(noun: Noun, picture: Picture, replace_unpublished: bool, **deed: Any) -> None:
    with editing(noun, **deed):
        if not replace_unpublished:
            _need_nothing_unpublished(noun)
        for name in PLAIN[KINDS[type(noun)]]:
            setattr(noun, name, picture[name] or "")
        if isinstance(noun, Event):
            _event(noun, picture)
        elif isinstance(noun, Actor):
            _actor(noun, picture)
        elif isinstance(noun, Document):
            noun.published = _day(picture["published"])
        noun.save()


def _need_nothing_unpublished(noun: Noun) -> None:
    retracted = isinstance(noun, Event) and noun.status == Status.RETRACTED
    # What was retracted has no flag, though edits made since are kept for when it is reinstated.
    if differs_from(noun, last_document(KINDS[type(noun)], noun.pk)) if retracted else noun.unpublished_edits:
        last = Edit.objects.filter(kind=KINDS[type(noun)], noun_id=noun.pk).order_by("-version").first()
        saved = f", last saved by {last.by} on {last.at:%Y-%m-%d at %H:%M %Z}" if last else ""
        raise WouldReplace(
            f"“{noun}” has changes that were saved and not published{saved}. "
            "Restoring another replaces them; this history keeps what they said."
        )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _actor(actor: Actor, picture: Picture) -> None:
    actor.country_id = picture["country"]
    part_of = picture["part_of"]
    actor.part_of_id = Pictures().survivor(ledger.ACTOR, part_of["id"]) if part_of else None
    rows = [ActorName(name=row["name"], kind=row["kind"], language=row["language"] or "") for row in picture["names"]]
    _replace(actor.names.all(), rows, "actor", actor)
    if "identifiers" in picture:
        known = [ActorIdentifier(**row) for row in picture["identifiers"]]
        _replace(actor.identifiers.all(), known, "actor", actor)


def _event(event: Event, picture: Picture) -> None:
    when, where, pictures = picture["date"], picture["location"], Pictures()

    def now(kind: str, item: dict[str, Any]) -> str:
        return pictures.survivor(kind, item["id"])

    event.type_id = picture["type"]
    event.edtf, event.date_text, event.date_rule = (when[name] or "" for name in ("edtf", "text", "rule"))
    event.date_anchor = _day(when["anchor"])
    event.location_country_id, event.place = where["country"], where["place"] or ""
    event.lat, event.lon = where["lat"], where["lon"]
    if "note" in picture:
        event.note = picture["note"] or ""
    actors = {now(ledger.ACTOR, item): item["role"] for item in reversed(picture["actors"])}
    claims = dict.fromkeys(now(ledger.ACTOR, item) for item in picture["claimed_by"])
    relations = {(item["relation"], now(ledger.EVENT, item)) for item in picture["relations"]}
    involved = (item["code"] for item in picture["countries"] if item["relation"] != "location")
    new: dict[str, list[models.Model]] = {
        "participations": [Participation(actor_id=pk, role=role) for pk, role in actors.items()],
        "claims": [Claim(actor_id=pk) for pk in claims],
        "countries": [EventCountry(country_id=code) for code in involved],
        "relations": [Relation(relation=name, target_id=pk) for name, pk in sorted(relations) if pk != event.pk],
        "evidence": [_evidence(item) for item in picture["evidence"]],
    }
    for name, rows in new.items():
        _replace(getattr(event, name).all(), rows, "event", event)


def _evidence(item: dict[str, Any]) -> Evidence:
    names = ("quote", "prefix", "suffix", "start", "end", "supports")
    return Evidence(document_id=item["document"]["id"], **{name: item[name] for name in names})


def _replace(old: models.QuerySet[Any], rows: Iterable[models.Model], owner: str, noun: Noun) -> None:
    old.delete()
    for row in rows:
        setattr(row, owner, noun)
        row.save()
