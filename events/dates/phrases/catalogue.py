"""The rules in order. A new one is added to the pass in which its words can be found, and nowhere else.

Each pass sees what the passes before it found as one sign. Within a pass the longest match wins, then the first rule.
"""

from __future__ import annotations

from events.dates.phrases import deictic, eras, explicit, feasts, offsets, parts, qualified, ranges
from events.dates.phrases.languages import OTHER_LANGUAGE
from events.dates.phrases.rules import Rule
from events.dates.phrases.written import EDTF

SIMPLE = (
    explicit.DAY_RULE,
    explicit.DAY_OF_RELATIVE_YEAR,
    explicit.YEAR_OMITTED,
    explicit.DAY_OF_MONTH,
    explicit.MONTH_RULE,
    explicit.MONTH_OF_RELATIVE_YEAR,
    deictic.LAST_NAMED_MONTH,
    deictic.NAMED_MONTH,
    explicit.FISCAL_YEAR,
    explicit.YEAR_RULE,
    eras.DECADE,
    eras.CENTURY,
    eras.SEASON_RULE,
    eras.NAMED_SEASON,
    eras.QUARTER,
    eras.HALF,
    feasts.HOLIDAY,
    deictic.RELATIVE_DAY,
    deictic.WEEKDAY_RULE,
    deictic.RELATIVE_UNIT,
    deictic.PAST_SPAN,
    deictic.COMING_SPAN,
    deictic.FOLLOWING_UNIT,
    offsets.OFFSET,
    offsets.VAGUE_OFFSET,
)
PARTS = (parts.PART_OF_UNIT, parts.FIRST_UNITS, parts.TIME_OF_DAY, parts.WEEK_OF, offsets.COUNTED_FROM)
BLURRED = (qualified.ABOUT, qualified.SOMETIME)
ENDS = (
    ranges.RANGE,
    ranges.BETWEEN,
    ranges.BEFORE,
    ranges.AFTER,
    ranges.NOT_BEFORE,
    ranges.BY,
    ranges.SINCE,
    ranges.UNTIL,
)
DOUBTED = (qualified.SOMETIME, qualified.MAY_HAVE_BEEN)

PASSES = (SIMPLE, PARTS, BLURRED, ENDS, DOUBTED)
RULES: tuple[Rule, ...] = (EDTF, *SIMPLE, *PARTS, *BLURRED, *ENDS, qualified.MAY_HAVE_BEEN, OTHER_LANGUAGE)
PHRASE_RULES = tuple(rule.name for rule in RULES)
