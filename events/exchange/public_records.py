"""What the public sees of nouns, in the fields of a fixture: where it isn't what the working copy says."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from events.curation.chunks import chunks
from events.curation.evidence import occurrences
from events.curation.flags import KINDS
from events.curation.mentions import last_documents
from events.curation.render import Pictures, follow
from events.curation.requote import Quoted
from events.curation.restore import PLAIN
from events.errors import DeedRefused
from events.models import Entry, ledger, working
from events.models.working import Noun, Status

Record = dict[str, Any]
# Fields of the working copy that no public document has.
PRIVATE: Final = ("note", "text", "corrects", "identifiers")


def quotation(item: Record, text: str) -> Record:
    """A quotation with what it takes to find it, or with what says that it isn't found: a `start` that is null."""
    found = {name: item[name] for name in ("document", "quote", "supports")}
    if item["start"] is None:
        said = {name: item[name] for name in ("prefix", "suffix", "broken") if item.get(name)}
        return found | said | {"start": None}
    return found | ({"start": item["start"]} if len(occurrences(text, item["quote"])) > 1 else {})


@dataclass
class State:
    """How the public sees a noun. `picture` is what it saw last, if it saw any; `deed` is the newest one."""

    picture: Record | None = None
    deed: str = ""
    why: str = ""

    def fields(self, row: Noun, said: Record) -> Record:
        """What a record of the noun has besides what its working copy has `said`."""
        found: Record = {}
        if isinstance(row, working.Event):
            found["status"] = self._status()
        elif self.picture is not None:
            found["status"] = Status.PUBLISHED.value
        if self.why:
            found["why"] = self.why
        if self.picture is not None and (row.unpublished_edits or self.deed in ledger.TOMBSTONES):
            shown = {name: value for name, value in said.items() if name not in PRIVATE}
            if self.picture != shown:
                found["public"] = self.picture
        return found

    def _status(self) -> str:
        if self.picture is None:
            return Status.DRAFT.value
        return Status.RETRACTED.value if self.deed == ledger.RETRACTED else Status.PUBLISHED.value


class PublicSide:
    """Reads what is public of many nouns at once. `lost` says what of it can't be told."""

    def __init__(self) -> None:
        self._pictures = Pictures()
        self._standing: dict[str, Record] = {}
        self.lost: list[str] = []
        self._taken_back()

    def _taken_back(self) -> None:
        """What was public of events that aren't any more, with its quotations where they stand now."""
        rows = Entry.objects.current().filter(kind=ledger.EVENT, document=None)
        into = dict(rows.values_list("noun_id", "merged_into"))
        documents = last_documents(into)
        for some in chunks(documents):
            quoted = Quoted({pk: documents[pk] for pk in some})
            for pk in some:
                try:
                    self._standing[pk] = quoted.standing(pk, documents[pk])
                except DeedRefused:
                    self._lose(pk, documents[pk], "quotes what its document doesn't say any more")
        # What became of one that isn't there can't lead to it.
        while orphans := [pk for pk in self._standing if into[pk] in into and into[pk] not in self._standing]:
            for pk in orphans:
                self._lose(pk, self._standing.pop(pk), "was merged into one that can't be told")

    def _lose(self, pk: str, document: Record, why: str) -> None:
        self.lost.append(f"Event {pk} (“{document['title'][:60]}”) isn't public any more and {why}: a draft in a copy.")

    def states(self, model: type[Noun], ids: list[str]) -> dict[str, State]:
        kind = KINDS[model]
        found: dict[str, State] = {pk: State() for pk in ids}
        documents: dict[str, Record] = {}
        for row in Entry.objects.current().filter(kind=kind, noun_id__in=ids):
            document = json.loads(row.document) if row.document else self._last(kind, row.noun_id)
            if document is not None:
                documents[row.noun_id] = document
                found[row.noun_id].deed = row.deed
                if row.deed == ledger.RETRACTED:
                    found[row.noun_id].why = row.why
        fields = self._events(documents) if model is working.Event else _plain(kind, documents)
        for pk, picture in fields.items():
            found[pk].picture = picture
        return found

    def _last(self, kind: str, pk: str) -> Record | None:
        if kind == ledger.EVENT:
            return self._standing.get(pk)
        rows = Entry.objects.filter(kind=kind, noun_id=pk, document__isnull=False).order_by("-seq")
        document: Record = json.loads(rows[0].document or "")
        return document

    def _events(self, documents: dict[str, Record]) -> dict[str, Record]:
        released: dict[str, list[Record]] = defaultdict(list)
        rows = working.ReleasedRelation.objects.filter(event__in=documents)
        for event_id, relation, target_id in rows.values_list("event_id", "relation", "target_id"):
            released[event_id].append({"relation": relation, "id": target_id})
        quoted = {item["document"]["id"] for document in documents.values() for item in document["evidence"]}
        texts = dict(working.Document.objects.filter(pk__in=quoted).values_list("pk", "text"))
        return {
            pk: _event(pk, follow(document | {"relations": released[pk]}, self._pictures), texts)
            for pk, document in documents.items()
        }


def _without_empty(fields: Record) -> Record:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _plain(kind: str, documents: dict[str, Record]) -> dict[str, Record]:
    return {pk: _actor(document) if kind == ledger.ACTOR else _document(document) for pk, document in documents.items()}


def _document(shown: Record) -> Record:
    return _without_empty({name: shown[name] for name in (*PLAIN[ledger.DOCUMENT], "published")})


def _actor(shown: Record) -> Record:
    fields = {name: shown[name] for name in (*PLAIN[ledger.ACTOR], "country")}
    names = sorted((_without_empty(name) for name in shown["names"]), key=lambda name: str(name["name"]))
    return _without_empty(fields | {"part_of": shown["part_of"] and shown["part_of"]["id"], "names": names})


def _event(pk: str, shown: Record, texts: dict[str, str]) -> Record:
    when, where = shown["date"], shown["location"]
    evidence = [item | {"document": item["document"]["id"]} for item in shown["evidence"]]
    relations = ((item["relation"], item["id"]) for item in shown["relations"] if item["id"] != pk)
    return _without_empty(
        {name: shown[name] for name in (*PLAIN[ledger.EVENT], "type")}
        | {"edtf": when["edtf"], "date_text": when["text"], "date_anchor": when["anchor"], "date_rule": when["rule"]}
        | {"location_country": where["country"], **{name: where[name] for name in ("place", "lat", "lon")}}
        | {
            "participations": _sorted({"actor": item["id"], "role": item["role"]} for item in shown["actors"]),
            "countries": sorted(item["code"] for item in shown["countries"] if item["relation"] != "location"),
            "claimed_by": sorted(item["id"] for item in shown["claimed_by"]),
            "evidence": _sorted(quotation(item, texts[item["document"]]) for item in evidence),
            "relations": [{"relation": name, "target": target} for name, target in sorted(relations)],
        }
    )


def _sorted(rows: Iterable[Record]) -> list[Record]:
    """By what tells a row from its siblings, as the working copy's lists are."""
    return sorted(rows, key=lambda row: [str(row[name]) for name in ("actor", "document", "quote") if name in row])
