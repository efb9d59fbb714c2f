"""A digest that was read, with proposals to decide."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from events.curation.edit import editing
from events.curation.propose import propose
from events.curation.suggestion import Suggestion
from events.models import Document, Proposal
from events.models.proposals import Origin

AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
SENTENCES = (
    "On October 16, the Prague council ended the agreement with Beijing.",
    "On October 18, the embassy called it a mistake.",
    "Last March the governor travelled to Taiwan.",
)
TEXT = "# The news\n\n" + "\n\n".join(SENTENCES) + "\n"
DATES = (
    ("2019-10-16", "On October 16", "year-omitted"),
    ("2019-10-18", "On October 18", "year-omitted"),
    ("2019-03", "Last March", "last-named-month"),
)


def make_digest() -> Document:
    row = Document(pk="digest", title="The digest", publisher="The Weekly", text=TEXT, published=date(2019, 11, 4))
    with editing(row, version=0, by="reader", at=AT):
        row.save()
    return row


def values(number: int = 0, **changes: Any) -> dict[str, Any]:
    sentence, (edtf, words, rule) = SENTENCES[number], DATES[number]
    return {
        "title": sentence.split(", ")[-1].rstrip("."),
        "type": "REJECT",
        "edtf": edtf,
        "date_text": words,
        "date_anchor": "2019-11-04",
        "date_rule": rule,
        "location_country": "CZ",
        "countries": ["CN"],
        "participations": [
            {"actor": None, "name": "Prague council", "kind": "government", "country": "CZ", "role": "initiator"}
        ],
        "claimed_by": [],
        "evidence": [
            {"document": "digest", "quote": sentence, "supports": ["title", "type", "actors"]},
            {"document": "digest", "quote": words, "supports": ["date"]},
        ],
    } | changes


def make_proposals(**changes: Any) -> list[Proposal]:
    suggestions = [
        Suggestion(
            f"digest:{number}",
            values(number, **changes),
            Origin.READER,
            document="digest",
            explanation=("“ended” is REJECT.",),
            alternatives=("2019-03", "2018-03") if number == 2 else (),
            confidence=0.8,
        )
        for number in range(len(SENTENCES))
    ]
    return list(propose(suggestions, by="reader", at=AT, why="Read from news.md").added)
