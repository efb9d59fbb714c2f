"""A digest in, what it tells of out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

from events.extraction.happenings.candidates import candidate
from events.extraction.happenings.cast import Cast
from events.extraction.happenings.merging import merged
from events.extraction.happenings.reader import happenings
from events.extraction.mentions import find
from events.extraction.reading import Cut, KnownActor, Reading
from events.extraction.sections import blocks, sections, sentences

# What a curator can check in one digest, and what a reading takes at most; see docs/reader.md.
MOST_SENTENCES = 5_000
MOST_MENTIONS = 2_000


def read(text: str, *, published: date, known: Iterable[KnownActor] = ()) -> Reading:
    """Return the sections, time expressions and happenings of a digest that was published on that day.

    Offsets count characters of the text in NFC, which is `reading.text`. `known` are the actors of the database, whose
    names are looked for first. Never raises, whatever the text; the same input gives the same reading.
    """
    text = unicodedata.normalize("NFC", text)
    parts = blocks(text)
    told = list(sentences(text, parts))
    mentions = find(text, published)
    cut = tuple(
        Cut(what, most, count)
        for what, most, count in (
            ("sentences", MOST_SENTENCES, len(told)),
            ("mentions", MOST_MENTIONS, len(mentions)),
        )
        if count > most
    )
    kept = tuple(mentions[:MOST_MENTIONS])
    found = merged(happenings(text, told[:MOST_SENTENCES], kept, published, Cast.of(text, known)))
    made = tuple(candidate(text, happening) for happening in found)
    return Reading(text, published, sections(text, parts), kept, made, cut)
