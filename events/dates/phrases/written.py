"""The rule for words that are an EDTF text already."""

from __future__ import annotations

from events.dates.phrases.rules import Context, Found, Rule
from events.dates.phrases.spans import Span
from events.dates.value import parse
from events.errors import InvalidDate, UnreadableDate


def _edtf(found: Found, context: Context) -> Span:
    try:
        value = parse(found.words)
    except InvalidDate as fault:
        raise UnreadableDate(str(fault)) from None
    unit = "interval" if value.kind == "interval" else value.precision
    return Span(value.edtf, value.start_earliest, value.end_latest, unit)


EDTF = Rule(
    "edtf",
    "The words are an EDTF text; taken as it is, all of it, never a part of longer words.",
    (("2019-10", "2019-11-04", "2019-10"), ("[2019-10-16..2019-10-18]", "2019-11-04", "[2019-10-16..2019-10-18]")),
    (r"[0-9X.,/~?%\[\]-]*[0-9X][0-9X.,/~?%\[\]-]*",),
    _edtf,
)
