"""When a document's text is corrected: its quotations follow, in the working copy and in public documents.

What doesn't stand any more is marked as broken in the working copy (a curator looks at it, and nothing else finds it
again), and stops the correction where the public sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from events.curation.batch import Batch, events_repeating
from events.curation.correction import Correction
from events.curation.evidence import CONTEXT_LENGTH, fingerprint, occurrences, stands
from events.errors import DeedRefused
from events.models import Document, Evidence
from events.models.proposals import Decision, Proposal


def requote(document: Document, old: str) -> list[str]:
    """Let the working quotations of a document follow its text, which was `old`. Returns the events that changed."""
    correction = Correction(old, document.text)
    changed = set()
    for row in Evidence.objects.filter(document=document).select_related("document"):
        # What a load has stated of the new text already stands there.
        if stands(row):
            continue
        start = _follow(row, correction)
        if start is not None:
            _place(row, start)
        elif row.start is not None:
            row.start = row.end = None
            row.broken = fingerprint(row)
        else:
            continue
        row.save()
        changed.add(row.event_id)
    _requote_proposals(document, correction)
    return sorted(changed)


def _requote_proposals(document: Document, correction: Correction) -> None:
    """Let what open proposals quote follow too; a curator has to look at one whose words are broken."""
    for proposal in Proposal.objects.filter(document=document, status=Decision.OPEN):
        items = []
        for item in proposal.quotations():
            if item["document"] != document.pk or item["start"] is None:
                items.append(item)
                continue
            start = correction.follow(item["start"], item["end"])
            if start is not None:
                items.append(placed(item, document.text, start))
                continue
            items.append({**item, "start": None, "end": None})
            warning = f"The text was corrected, and “{item['quote'][:60]}” doesn't stand there any more."
            proposal.warnings = [*proposal.warnings, warning]
        proposal.values = {**proposal.values, "evidence": items}
        proposal.save()


def _follow(row: Evidence, correction: Correction) -> int | None:
    """Where a quotation goes; one that was broken comes back with the whole passage that it stood in."""
    if row.start is not None and row.end is not None:
        return correction.follow(row.start, row.end)
    passage = f"{row.prefix}{row.quote}{row.suffix}"
    places = occurrences(correction.new, passage)
    return places[0] + len(row.prefix) if len(places) == 1 and passage not in correction.old else None


def _place(row: Evidence, start: int) -> None:
    row.start, row.end, row.broken = start, start + len(row.quote), ""
    row.prefix, row.suffix = around(row.document.text, row.start, row.end)


def around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - CONTEXT_LENGTH) : start], text[end : end + CONTEXT_LENGTH]


def requote_public(batch: Batch, document: Document, old: str) -> None:
    """Let the public documents that quote a document follow its text, in the same deed.

    Raises DeedRefused with every public quotation that doesn't stand in the new text.
    """
    correction, broken = Correction(old, document.text), []

    def follow(event_id: str, public: dict[str, Any]) -> dict[str, Any]:
        items = []
        for item in public["evidence"]:
            start = item["start"]
            if item["document"]["id"] == document.pk:
                start = correction.follow(item["start"], item["end"])
                if start is None:
                    broken.append(f"Event {event_id} (“{public['title'][:60]}”) quotes “{item['quote'][:60]}”.")
                    continue
                item = placed(item, document.text, start)
            items.append(item)
        return {**public, "evidence": items}

    batch.refresh_events(events_repeating(actors=(), documents=[document.pk], countries=()), follow)
    if broken:
        raise DeedRefused(
            "Public quotations don't stand in the new text. Revise these events first, or add the new text as another"
            " document.",
            *broken,
        )


def placed(item: dict[str, Any], text: str, start: int) -> dict[str, Any]:
    """The evidence of a public document at another place."""
    end = start + len(item["quote"])
    prefix, suffix = around(text, start, end)
    return {**item, "start": start, "end": end, "prefix": prefix, "suffix": suffix}


def standing(event_id: str, public: dict[str, Any]) -> dict[str, Any]:
    """A document that was public before, with its quotations where they stand now.

    Raises DeedRefused where the texts were corrected since and a quotation doesn't stand any more.
    """
    return Quoted({event_id: public}).standing(event_id, public)


class Quoted:
    """What public documents of events quote, read at once: texts, and where the working copy has the quotations."""

    def __init__(self, events: Mapping[str, dict[str, Any]]) -> None:
        ids = {item["document"]["id"] for public in events.values() for item in public["evidence"]}
        self._texts = dict(Document.objects.filter(pk__in=ids).values_list("pk", "text"))
        rows = Evidence.objects.filter(event__in=list(events))
        self._rows = {(row.event_id, row.document_id, row.quote): row for row in rows}

    def standing(self, event_id: str, public: dict[str, Any]) -> dict[str, Any]:
        """As the function of this name."""
        items, broken = [], []
        for item in public["evidence"]:
            document = item["document"]["id"]
            text, row = self._texts[document], self._rows.get((event_id, document, item["quote"]))
            start = _find(item, text, row)
            if start is None:
                broken.append(
                    f"The quotation “{item['quote'][:60]}” doesn't stand in “{item['document']['title']}” any more."
                )
            else:
                items.append(placed(item, text, start))
        if broken:
            raise DeedRefused(*broken)
        return {**public, "evidence": items}


def _find(item: dict[str, Any], text: str, row: Evidence | None) -> int | None:
    """Where a quotation stands that was public before the text was corrected."""
    passage = f"{item['prefix']}{item['quote']}{item['suffix']}"
    if text.startswith(passage, item["start"] - len(item["prefix"])):
        return int(item["start"])
    if row is not None and row.start is not None and text.startswith(row.quote, row.start):
        return row.start
    places = occurrences(text, passage)
    return places[0] + len(item["prefix"]) if len(places) == 1 else None
