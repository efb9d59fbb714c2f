"""Which way the clause of an expression looks: back to what happened, or ahead to what is planned.

The nearest verb before the expression decides, else the next one after it. Words of intent (`agreed to`, `due`,
`until`) look ahead, and so do modals, but for what has been overtaken: `had been due to expire on Friday`.
"""

from __future__ import annotations

import re

from events.dates.phrases.rules import Found, Lean

# How far from the expression a verb of its clause is looked for.
CLAUSE = 100
# What was due, or had been, may have come to pass.
_OVERTAKEN = r"(?:had been|was|were) (?:due|expected|scheduled|set|supposed|to) "
# `May` is a month or a person.
_MODAL = r"(?:will|shall|won't|'ll|would|(?-i:may)|might|must|should)(?! have)"
_INTENT = (
    r"(?:plan|agree|decid|intend|hop|want|seek|promis|vow|pledg|propos|offer|wish|aim|prepar|expect|threaten|schedul"
    r"|suppos|slat|set|due|program|effort|plan|bid|deal|ready|about|need|is|are|going|willing|likely)(?:s|e|es|d|ed|ing|ned|ning|ment)?"
)
_AHEAD = (
    rf"(?P<ahead>(?:{_MODAL}|{_INTENT} to|to be|expected|scheduled|slated|due|effective|upcoming|as (?:soon|early) as"
    r"|(?:planned|scheduled|set|slated) (?:for|an?|the)|(?<=[a-z] )(?:until|through))"
    r"(?: (?:not|also|be|been|\w+ly)){0,3}(?: \w{2,}ed)?)"
)
_NO_VERBS = r"(?:united|hundred|indeed|need|speed|breed|seed|feed|unprecedented|so-called)\b"
_BACK = (
    r"(?P<back>was|were|had|did|died|said|told|met|took|came|went|made|held|began|left|sent|won|lost|found|got|became|gave"
    r"|fell|rose|led|saw|ran|spoke|wrote|brought|broke|drew|flew|grew|kept|knew|paid|shot|stood|struck|tore|swept|hit"
    r"|built|sold|bought|caught|thought|sought|fought|felt|heard|threw|chose|rode|sank|sang|spent|slept|shook|stole"
    r"|wore|withdrew|blew|dealt|fled|laid|meant|overcame|overthrew|sat|sprang|stuck|swore|understood|undertook|drove"
    rf"|(?!{_NO_VERBS})\w{{3,}}ed)"
)
_CUE = re.compile(rf"\b(?:{_OVERTAKEN}|{_AHEAD}\b|{_BACK}\b)", re.I)
# The end of a sentence, not of an abbreviation such as `a.m.` or `Gen.`.
_BREAK = re.compile(r"(?:[a-z]{3}|[0-9%)])\.?[.!?]['\"”’)]*\s+(?=['\"“‘`(]*[A-Z])|;\s|\n\s*\n")


def lean(text: str, found: Found) -> Lean:
    """The tense of the clause that the expression stands in; `unknown` where no verb tells it."""
    while len(found.inside) == 1:
        found = found.inside[0]
    cues = list(_CUE.finditer(before(text, found))) or list(_CUE.finditer(_after(text, found)))[:1]
    nearest = found.rule.gives == "day" and found.rule.name not in ("weekday", "holiday")
    if not cues or (nearest and not cues[-1]["ahead"]):
        return "unknown"
    return "future" if cues[-1]["ahead"] else "past"


def before(text: str, found: Found) -> str:
    """What stands before the expression in its sentence, as far as that is near."""
    return _BREAK.split(text[max(0, found.start - CLAUSE) : found.start])[-1]


def _after(text: str, found: Found) -> str:
    # With the end of the expression, so that a full stop right behind it is seen as one.
    return _BREAK.split(text[max(0, found.end - 4) : found.end + CLAUSE])[0]
