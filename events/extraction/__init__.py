"""Digest text → what it says: its sections, time expressions and happenings.

    >>> from datetime import date
    >>> [(mention.text, mention.edtf) for mention in find("It met on Friday, and again in May.", date(2019, 11, 4))]
    [('Friday', '2019-11-01'), ('May', '2019-05')]

`find` returns each time expression of a text with the place of its words, the EDTF value (None where the words carry
no date), the rule and the day that it was read against. The rules are those of `events.dates.phrases`: one definition
serves the curator who types a date and the reader that finds one. `read` returns a `Reading`: also the sections of the
text, and the happenings that it tells of, each with the words that say so. This room adds:

    expressions.py   rules for what is no date: lengths of time, repeated times, `recently`
    plausible.py     words that only look like a time: `he may`, `Sun Microsystems`, `6-year-old`
    anchors.py       what an expression counts from
    tense.py         which way its clause looks
    mentions.py      `find`
    sections.py      sections, paragraphs, sentences
    reading.py       what a reading holds, and its JSON
    read.py          `read`
    happenings/      what the sentences tell of
    sources.py       the text of a file: plain, Markdown, HTML
    workers.py       many files at once, each within bounds of time and memory
    timeml.py        the value as TimeML writes it, for `benchmarks/reader.py`

To add a kind of expression, add a rule to `events.dates.phrases`, or here if it carries no date. To change what an
expression counts from, change `anchors.py` and run the benchmark before and after. Plain Python, no clock, no Django.
"""

from events.extraction.mentions import Mention, find
from events.extraction.read import read
from events.extraction.reading import (
    Candidate,
    CandidateActor,
    CandidateDate,
    Claimant,
    Cut,
    KnownActor,
    Place,
    Quote,
    Reading,
    Section,
)

__all__ = [
    "Candidate",
    "CandidateActor",
    "CandidateDate",
    "Claimant",
    "Cut",
    "KnownActor",
    "Mention",
    "Place",
    "Quote",
    "Reading",
    "Section",
    "find",
    "read",
]
