"""The words of a date expression become an EDTF value, by named rules.

    >>> from datetime import date
    >>> read("last March", date(2019, 11, 4))
    Reading(edtf='2019-03', rule='last-named-month', alternatives=())
    >>> read("between 16 and 18 October", date(2019, 11, 4)).edtf
    '[2019-10-16..2019-10-18]'

`read` takes one expression and the day it was said on. A value is as precise as its words: `last week` is one day of
seven, and `recently` is none (`UnreadableDate`, which says what to write instead). Where two readings are defensible
the value covers both, and `alternatives` names them. Words are taken to tell of what happened, so a Friday is a past
one unless they say otherwise. `RULES` are all rules, in order; `docs/phrases.md` shows each with an example.

To add a kind of expression, write one `Rule` in the file of its family: a name (it is stored with dates and never
changes), its meaning, examples, forms, how it becomes a span of days, and what it counts from. Then add it to the
pass of `catalogue.py` in which its words are found, and to the table of `docs/phrases.md`. The files, from the bottom:

    vocabulary.py  months, numbers, units: as patterns and as numbers; how words are normalised
    spans.py       stretches of days with their EDTF text, and calendar arithmetic
    rules.py       what a rule is, what it matched, what it is read against
    engine.py      find expressions in words, pass by pass (one definition: `read` and the reader of texts use it)
    written.py · explicit.py · eras.py · feasts.py · deictic.py · offsets.py · parts.py · qualified.py · ranges.py
    languages.py   the rules, a file a family
    catalogue.py   all rules in order
    reading.py     `read`

This room imports `events.errors` and the EDTF value beside it. It reads no clock.
"""

from events.dates.phrases.catalogue import PHRASE_RULES, RULES
from events.dates.phrases.reading import Reading, read
from events.dates.phrases.rules import Rule

__all__ = ["PHRASE_RULES", "RULES", "Reading", "Rule", "read"]
