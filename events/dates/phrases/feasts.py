"""The rule for holidays: Christmas Eve, last Thanksgiving, Eid al-Fitr 2019.

Only names that mean the same day wherever they are used, so not `Independence Day`. Those that move from year to year
come from the `holidays` library, by a country whose calendar has them; it knows no year before they became a holiday
there, and then there is no date. Where the moon is watched, the day may be one off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from events.dates.phrases import spans
from events.dates.phrases.explicit import RELATIVE_YEAR, chosen, relative_year, year_number
from events.dates.phrases.rules import Context, Found, Rule
from events.dates.phrases.spans import Span
from events.dates.phrases.vocabulary import WRITTEN_YEAR
from events.errors import UnreadableDate


@dataclass(frozen=True)
class Feast:
    """How to find the day in a year: a month and day, or a country and the holiday's name there, some days on.

    `watched` is a day that depends on who sees the moon.
    """

    fixed: tuple[int, int] | None = None
    country: str = ""
    name: str = ""
    shift: int = 0
    watched: bool = False


_EASTER = ("PL", "Easter Sunday")
FEASTS = {
    r"christmas eve": Feast((12, 24)),
    r"christmas(?: day)?": Feast((12, 25)),
    r"boxing day": Feast((12, 26)),
    r"new year'?s eve": Feast((12, 31)),
    r"new year(?:'?s)?(?: day)?": Feast((1, 1)),
    r"(?:st\.?|saint) valentine'?s day|valentine'?s day": Feast((2, 14)),
    r"(?:st\.?|saint) patrick'?s day": Feast((3, 17)),
    r"may day": Feast((5, 1)),
    r"bastille day": Feast((7, 14)),
    r"hallowe'?en": Feast((10, 31)),
    r"all saints'? day": Feast((11, 1)),
    r"ash wednesday": Feast(None, *_EASTER, shift=-46),
    r"palm sunday": Feast(None, *_EASTER, shift=-7),
    r"good friday": Feast(None, *_EASTER, shift=-2),
    r"easter monday": Feast(None, *_EASTER, shift=1),
    r"easter(?: sunday)?": Feast(None, *_EASTER),
    r"ascension day": Feast(None, *_EASTER, shift=39),
    r"pentecost|whit sunday": Feast(None, *_EASTER, shift=49),
    r"martin luther king(?:,? jr\.?)? day": Feast(None, "US", "Martin Luther King Jr. Day"),
    r"presidents'? day": Feast(None, "US", "Washington's Birthday"),
    r"memorial day": Feast(None, "US", "Memorial Day"),
    r"labor day": Feast(None, "US", "Labor Day"),
    r"columbus day": Feast(None, "US", "Columbus Day"),
    r"thanksgiving(?: day)?": Feast(None, "US", "Thanksgiving Day"),
    r"passover|pesach": Feast(None, "IL", "Pesach"),
    r"rosh hashanah?": Feast(None, "IL", "Rosh Hashanah"),
    r"yom kippur": Feast(None, "IL", "Yom Kippur"),
    r"(?:chinese|lunar) new year": Feast(None, "CN", "Chinese New Year (Spring Festival)"),
    r"mid-autumn festival": Feast(None, "CN", "Mid-Autumn Festival"),
    r"dragon boat festival": Feast(None, "CN", "Dragon Boat Festival"),
    r"chuseok": Feast(None, "KR", "Chuseok"),
    r"diwali": Feast(None, "SG", "Diwali"),
    r"eid al-fitr": Feast(None, "AE", "Eid al-Fitr", watched=True),
    r"eid al-adha": Feast(None, "AE", "Eid al-Adha", watched=True),
}
NAMES = "|".join(FEASTS)
_PATTERNS = {name: re.compile(name.replace(" ", " +")) for name in FEASTS}


@cache
def _days_named(country: str, name: str, year: int) -> tuple[date, ...]:
    # The library costs half a second to load: only those pay who need it.
    from holidays import country_holidays

    calendar = country_holidays(country, years=year, language="en_US")
    return tuple(sorted(day for day, said in calendar.items() if said.split(" (")[0] == name.split(" (")[0]))


def _day(feast: Feast, year: int) -> date | None:
    if not 1 <= year <= 9999:
        return None
    if feast.fixed:
        return date(year, *feast.fixed)
    days = _days_named(feast.country, feast.name, year)
    return spans.moved(days[0], feast.shift) if days else None


def _feast(found: Found) -> Feast:
    words = found.part("name")
    return next(feast for name, feast in FEASTS.items() if _PATTERNS[name].fullmatch(words))


def _holiday(found: Found, context: Context) -> tuple[Span, ...]:
    if found.part("around"):
        raise UnreadableDate("The week of a holiday is longer than the day. Write its first and last day.")
    feast = _feast(found)
    made = [spans.day_of(day) for day in _meant(found, feast, context)]
    return tuple(spans.roughly(one) for one in made) if feast.watched or found.part("over") else tuple(made)


def _meant(found: Found, feast: Feast, context: Context) -> list[date]:
    if found.part("year"):
        near = [year_number(found.part("year"), context)]
    elif found.part("which"):
        near = [relative_year(found, context)]
    else:
        near = [context.day.year + step for step in (-1, 0, 1)]
    days = [day for year in near if (day := _day(feast, year))]
    if not days:
        raise UnreadableDate("That holiday is unknown in that year. Write the date.")
    return days if len(near) == 1 else _nearby(found.part("when"), days, context)


def _nearby(when: str, days: list[date], context: Context) -> list[date]:
    if when in ("last", "this past"):
        return [day for day in days if day < context.day][-1:] or days[:1]
    if when in ("next", "this coming"):
        return [day for day in days if day > context.day][:1] or days[-1:]
    if when == "this":
        return [day for day in days if day.year == context.day.year] or days[:1]
    return chosen(days, context)


HOLIDAY = Rule(
    "holiday",
    "A holiday that is the same day wherever it is kept; without a year as a day and month without one. Where the moon"
    " is watched, and in `over Easter`, the day is approximate.",
    (
        ("Christmas Eve 2018", "2019-11-04", "2018-12-24"),
        ("last Thanksgiving", "2019-11-04", "2018-11-22"),
        ("Easter", "2019-11-04", "2019-04-21"),
        ("over Easter 2018", "2019-11-04", "2018-04-01~"),
        ("Eid al-Fitr 2019", "2019-11-04", "2019-06-04~"),
    ),
    (
        rf"(?:(?P<over>over) )?(?:(?P<when>last|this past|this coming|this|next) )?(?P<name>{NAMES})"
        rf"(?:,? (?:of |in )?(?P<year>{WRITTEN_YEAR})|,? {RELATIVE_YEAR})?(?P<around> week(?:end)?)?",
    ),
    _holiday,
    anchor="document",
    gives="day",
)
