"""Who names a noun: moved to the survivor when it is merged, moved back when that is undone.

A `Mention` says where the loser was named, with which value (a role, a relation), and which value the survivor had at
the same place, if it was named there too: two rows become one, and can become two again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import models

from events.curation.chunks import chunks
from events.curation.render import Pictures, follow
from events.models import index, ledger, working
from events.models.ledger import Entry

# Tables whose rows name a noun: the column of the noun that they hang on, that of the noun named, that of the value.
_ACTOR_ROWS: Final = {
    "participation": (working.Participation, "event_id", "actor_id", "role"),
    "claim": (working.Claim, "event_id", "actor_id", None),
}
_EVENT_ROWS: Final = {
    "relation": (working.Relation, "event_id", "target_id", "relation"),
    # As each event was last published: a document that waits for its target names it later.
    "released": (working.ReleasedRelation, "event_id", "target_id", "relation"),
}
_PUBLIC: Final = ("actors", "claimed_by")


@dataclass(frozen=True)
class Mention:
    """`noun` names the loser in `table` with `value`; the survivor stood there with `was`, or not at all (None)."""

    table: str
    noun: str
    value: str
    was: str | None

    @property
    def expected(self) -> str:
        """What the survivor stands there with after the merge."""
        return self.value if self.was is None else self.was


def dump(mentions: Iterable[Mention]) -> list[dict[str, Any]]:
    return [asdict(mention) for mention in mentions]


def parse(rows: Iterable[dict[str, Any]]) -> list[Mention]:
    return [Mention(**row) for row in rows]


def naming(kind: str, noun_id: str) -> list[str]:
    """The events that name an actor, or that have a relation to an event, in the working copy."""
    return sorted(events_naming(kind, noun_id).order_by().values_list("pk", flat=True))


def events_naming(kind: str, noun_id: str) -> models.QuerySet[working.Event]:
    """The same as rows."""
    if kind == ledger.ACTOR:
        named = models.Q(participations__actor_id=noun_id) | models.Q(claims__actor_id=noun_id)
    else:
        named = models.Q(relations__target_id=noun_id)
    return working.Event.objects.filter(named).distinct()


def move(kind: str, loser: str, survivor: str) -> list[Mention]:
    """Let all that names the loser name the survivor. Returns what was moved."""
    if kind == ledger.ACTOR:
        found = [*_move_rows("participation", loser, survivor), *_move_rows("claim", loser, survivor)]
        parts = working.Actor.objects.filter(part_of_id=loser).exclude(pk=survivor)
        found += [Mention("part_of", pk, "", None) for pk in parts.order_by("pk").values_list("pk", flat=True)]
        parts.update(part_of_id=survivor)
        return [*found, *_public_parts(loser, survivor), *_public_mentions(loser, survivor)]
    # What was published stays as it was stated: rendering follows merges, so only undoing needs to know of it.
    return [*_move_rows("relation", loser, survivor), *_mentions("released", loser, survivor)]


def _rows(table: str) -> tuple[type[models.Model], str, str, str | None]:
    return (_ACTOR_ROWS | _EVENT_ROWS)[table]


def _values(table: str, named_id: str) -> dict[tuple[str, str], str]:
    """The values with which a noun is named: by the noun that names it and, for relations, by the relation too."""
    model, owner, named, value = _rows(table)
    rows = model._default_manager.filter(**{named: named_id})
    pairs = ((pk, "") for pk in rows.values_list(owner, flat=True)) if value is None else rows.values_list(owner, value)
    return {(pk, text if value == "relation" else ""): text for pk, text in pairs}


def _mentions(table: str, loser: str, survivor: str) -> list[Mention]:
    theirs = _values(table, survivor)
    return [
        Mention(table, key[0], value, theirs.get(key))
        for key, value in sorted(_values(table, loser).items())
        if key[0] != survivor
    ]


def _move_rows(table: str, loser: str, survivor: str) -> list[Mention]:
    model, owner, named, _value = _rows(table)
    found = _mentions(table, loser, survivor)
    doubled = [mention for mention in found if mention.was is not None]
    rows = model._default_manager.filter(**{named: loser}).exclude(**{owner: survivor})
    for mention in doubled:
        rows.filter(_place(mention)).delete()
    rows.update(**{named: survivor})
    return found


def _place(mention: Mention) -> models.Q:
    """Where a mention stands: in its noun's rows, and of several relations in that one."""
    _model, owner, _named, value = _rows(mention.table)
    place = models.Q((owner, mention.noun))
    return place & models.Q(relation=mention.value) if value == "relation" else place


def move_back(mentions: Iterable[Mention], loser: str, survivor: str) -> list[str]:
    """Undo `move` in the working copy. Returns, as sentences, what was edited since and stays with the survivor."""
    kept: list[str] = []
    for mention in mentions:
        if mention.table == "part_of":
            kept += _part_back(mention, loser, survivor)
        elif mention.table in _ACTOR_ROWS | _EVENT_ROWS:
            kept += _row_back(mention, loser, survivor)
    return kept


def _part_back(mention: Mention, loser: str, survivor: str) -> Iterator[str]:
    if not working.Actor.objects.filter(pk=mention.noun, part_of_id=survivor).update(part_of_id=loser):
        yield f"Actor {mention.noun} isn't part of it any more."


def _row_back(mention: Mention, loser: str, survivor: str) -> Iterator[str]:
    model, owner, named, value = _rows(mention.table)
    there = model._default_manager.filter(_place(mention))
    if mention.table == "released" and there.filter(**{named: loser}).exists():
        return
    row = there.filter(**{named: survivor}).first()
    if row is None or (value is not None and getattr(row, value) != mention.expected):
        if mention.table != "released":
            yield f"Event {mention.noun}: its {model._meta.verbose_name} was edited after the merge."
    elif mention.was is None:
        there.filter(pk=row.pk).update(**{named: loser})
    else:
        values = {} if value is None else {value: mention.value}
        model(**{owner: mention.noun, named: loser, **values}).save()


def _public_parts(loser: str, survivor: str) -> Iterator[Mention]:
    rows = index.ActorIndex.objects.filter(index.CURRENT, part_of_id=loser).exclude(noun_id=survivor)
    return (Mention("public_part", pk, "", None) for pk in rows.order_by("noun_id").values_list("noun_id", flat=True))


def _public_mentions(loser: str, survivor: str) -> Iterator[Mention]:
    """Where the newest public documents of events name the loser, those of retracted events too."""
    pictures = Pictures()
    ids = pictures.with_merged(ledger.ACTOR, [loser])
    seqs = {
        seq
        for table in (index.ParticipationIndex, index.ClaimIndex)
        for part in (index.CURRENT, index.SUPERSEDED)
        for seq in table.objects.filter(part, actor_id__in=ids).values_list("seq", flat=True)
    }
    named = Entry.objects.all()
    events = {
        pk for some in chunks(sorted(seqs)) for pk in named.filter(seq__in=some).values_list("noun_id", flat=True)
    }
    for event_id, document in sorted(last_documents(events).items()):
        followed = follow(document, pictures)
        for table in _PUBLIC:
            values = {item["id"]: item.get("role", "") for item in followed[table]}
            if loser in values:
                yield Mention(table, event_id, values[loser], values.get(survivor))


def stated(loser: str, survivor: str) -> list[str]:
    """The other events that were published with a relation to the loser, or to what was merged into it."""
    ids = Pictures().with_merged(ledger.EVENT, [loser])
    rows = working.ReleasedRelation.objects.filter(target_id__in=ids)
    return sorted(set(rows.values_list("event_id", flat=True)) - {loser, survivor})


def last_documents(ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The newest public document of each event, tombstones passed over."""
    found: dict[str, dict[str, Any]] = {}
    for some in chunks(sorted(ids)):
        rows = Entry.objects.filter(kind=ledger.EVENT, noun_id__in=some, document__isnull=False)
        newest = dict(rows.values_list("noun_id").annotate(models.Max("seq")))
        for noun_id, document in Entry.objects.filter(seq__in=newest.values()).values_list("noun_id", "document"):
            found[noun_id] = json.loads(document or "")
    return found


class Restoring:
    """What undoing a merge does to the public documents of `events`, which named the loser when it was merged."""

    def __init__(self, undone: working.Merge) -> None:
        self._loser, self._survivor = undone.loser_id, undone.survivor_id
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in parse(undone.changes["mentions"]):
            if mention.table in _PUBLIC:
                self._mentions[mention.noun].append(mention)
        self.events = sorted(self._mentions)

    def __call__(self, event_id: str, document: dict[str, Any]) -> dict[str, Any]:
        return _restore(document, self._mentions.get(event_id, ()), self._loser, self._survivor)


def _restore(document: dict[str, Any], mentions: Iterable[Mention], loser: str, survivor: str) -> dict[str, Any]:
    """The public document of an event with the loser where it was; what was published since stays."""
    fresh = dict(document)
    for mention in mentions:
        items = [dict(item) for item in fresh[mention.table]]
        named = {item["id"]: item for item in items}
        mine = named.get(survivor)
        # A merge that hadn't reached this event, or what was published since.
        if loser in named:
            continue
        if mine is None or mine.get("role", "") != mention.expected:
            continue
        back = {"id": loser} | ({"role": mention.value} if mention.table == "actors" else {})
        kept = items if mention.was is not None else [item for item in items if item["id"] != survivor]
        fresh[mention.table] = [*kept, back]
    return fresh
