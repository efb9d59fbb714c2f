"""Dates that are exact as far as their source was, and no further.

`parse` takes an EDTF text (ISO 8601-2:2019) and returns a `DateValue`: its canonical text and the **four days** that
queries compare, the first and last on which it may have begun and on which it may have ended.

    >>> value = parse("2019-10")                       # one day, somewhere in October 2019
    >>> value.start_earliest, value.end_latest
    (datetime.date(2019, 10, 1), datetime.date(2019, 10, 31))
    >>> value.match(Window(*calendar_span("2019")))
    'certain'
    >>> value.words()
    'October 2019'

What each form means, and what is refused, is in `docs/dates.md`; its tables are tested. The files, from the bottom:

    edtf.py      the grammar: text → parts → canonical text
    bounds.py    parts → four days
    refusals.py  why a text is refused, and what to write instead
    window.py    a window of days, and the plain calendar texts (2019, 2019-10, 2019-10-16) that name one
    words.py     parts → words, translatable
    value.py     all of it as one frozen value
    phrases/     words of a text ("last March") → EDTF, by named rules

To support one more form: give the grammar in `edtf.py` its parts, `bounds.py` its days and `words.py` its words, then
teach the oracle of the tests what it means, from the standard and not from the code. This room is plain Python: no
Django, no clock, nothing of Dateline but `events.errors`.
"""

from events.dates.edtf import PRECISIONS, Precision
from events.dates.value import DateValue, Kind, Match, parse
from events.dates.window import Window, calendar_span

__all__ = [
    "PRECISIONS",
    "DateValue",
    "Kind",
    "Match",
    "Precision",
    "Window",
    "calendar_span",
    "parse",
]
