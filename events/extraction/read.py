"""A digest in, what it tells of out."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

from events.extraction.mentions import Mention, find
from events.extraction.reading import Candidate, CandidateDate, Cut, KnownActor, Quote, Reading
from events.extraction.sections import Sentence, blocks, sections, sentences

# What a curator can check in one digest, and what a reading takes at most; see docs/reader.md.
MOST_SENTENCES = 5_000
MOST_MENTIONS = 2_000

_PAST = re.compile(r"\b(?:was|were|had|did|made|took|came|went|held|began|left|sent|won|lost|found|\w{3,}ed)\b")


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
    starts = [mention.start for mention in kept]
    candidates = []
    for sentence in told[:MOST_SENTENCES]:
        words = text[sentence.start : sentence.end]
        inside = kept[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if _PAST.search(words) and (dated := [mention for mention in inside if mention.edtf]):
            candidates.append(_candidate(text, sentence, dated[0]))
    return Reading(text, published, sections(text, parts), kept, tuple(candidates), cut)


def _candidate(text: str, sentence: Sentence, said: Mention) -> Candidate:
    words = text[sentence.start : sentence.end]
    return Candidate(
        " ".join(words.split())[:200],
        CandidateDate(said.edtf, said.text, said.rule, said.anchor, said.alternatives),
        (),
        (),
        "OTHER",
        None,
        (),
        True,
        (Quote(words, sentence.start, sentence.end, ("title",)), Quote(said.text, said.start, said.end, ("date",))),
        0.3,
        (),
    )
