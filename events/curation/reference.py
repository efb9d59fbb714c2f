"""Fill the reference data after each migration, leaving what is there; rename a country."""

from __future__ import annotations

from datetime import datetime

import pycountry

from events.curation.cascade import go_on
from events.curation.deed import deed
from events.curation.publish import need_reason
from events.curation.release import release
from events.errors import DeedRefused
from events.models.reference import Country, EventType

# Where neither pycountry's common name nor its short name is what people write. docs/dependencies.md says why.
COMMON_NAMES = {
    "CC": "Cocos Islands",
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "FK": "Falkland Islands",
    "FM": "Micronesia",
    "MF": "Saint Martin",
    "MO": "Macau",
    "PS": "Palestine",
    "RU": "Russia",
    "SX": "Sint Maarten",
    "TR": "Turkey",
    "UM": "United States Minor Outlying Islands",
    "VA": "Vatican City",
    "VG": "British Virgin Islands",
    "VI": "United States Virgin Islands",
    "BN": "Brunei",
    "XK": "Kosovo",
    "BUMM": "Burma",
    "BYAA": "Byelorussian SSR",
    "CSHH": "Czechoslovakia",
    "CSXX": "Serbia and Montenegro",
    "DDDE": "East Germany",
    "FXFR": "Metropolitan France",
    "HVBF": "Upper Volta",
    "NTHH": "Neutral Zone",
    "PCHH": "Trust Territory of the Pacific Islands",
    "SUHH": "Soviet Union",
    "TPTL": "East Timor",
    "VDVN": "North Vietnam",
    "YDYE": "South Yemen",
    "YUCS": "Yugoslavia",
    "ZRCD": "Zaire",
}

# PLOVER's eighteen kinds (Open Event Data Alliance), defined in our words, and OTHER.
TYPES = {
    "AGREE": ("agreements", "Says or signs that it will do what another asked, or that both will act together."),
    "CONSULT": ("consultations", "Meets, visits, calls or negotiates, without a result yet."),
    "SUPPORT": ("acts of support", "Backs another by words or recognition, or sets up formal ties."),
    "CONCEDE": ("concessions", "Yields, eases a measure, or gives up a position under pressure."),
    "COOPERATE": ("acts of cooperation", "Acts together with another in trade, justice, culture, science or arms."),
    "AID": ("acts of aid", "Gives money, goods, asylum, protection or other help."),
    "RETREAT": ("withdrawals", "Withdraws people, forces or measures, releases persons, returns property."),
    "INVESTIGATE": ("investigations", "Looks into a matter: an inquiry, a study, an interview, a report."),
    "DEMAND": ("demands", "Asks, urges or orders another to act."),
    "DISAPPROVE": ("criticisms", "Criticises, accuses, complains or objects in words."),
    "REJECT": ("rejections", "Refuses a request, ends an agreement, or declines to act."),
    "THREATEN": ("threats", "Warns another of harm or of a measure to come."),
    "PROTEST": ("protests", "Shows dissent in public: a demonstration, strike, boycott or petition."),
    "CRIME": ("crimes", "Breaks the law for private ends: theft, fraud, violence that isn't political."),
    "SANCTION": (
        "sanctions",
        "Cuts or limits relations: embargo, tariff, expulsion, cancelled visit, restriction.",
    ),
    "MOBILIZE": ("mobilizations", "Readies forces, people or an organisation for action."),
    "COERCE": ("acts of coercion", "Uses power over people without killing: arrest, dismissal, censorship, seizure."),
    "ASSAULT": ("assaults", "Uses physical violence against people or property."),
    "OTHER": ("other events", "Something that happened and is none of the other kinds."),
}


def fill() -> None:
    """Add the countries and types that are missing; rows that are there keep their names and definitions."""
    with deed():
        Country.objects.bulk_create(_countries(), ignore_conflicts=True)
        EventType.objects.bulk_create(_types(), ignore_conflicts=True)


def defaults() -> list[Country | EventType]:
    """The rows as `fill` adds them."""
    return [*_countries(), *_types()]


def _types() -> list[EventType]:
    return [EventType(code=code, name=name, definition=definition) for code, (name, definition) in TYPES.items()]


def _countries() -> list[Country]:
    today = [
        Country(code=country.alpha_2, alpha3=country.alpha_3, name=_name(country.alpha_2, country))
        for country in pycountry.countries
    ]
    former = [
        Country(code=country.alpha_4, name=_name(country.alpha_4, country)) for country in pycountry.historic_countries
    ]
    return [*today, Country(code="XK", alpha3="XKX", name=COMMON_NAMES["XK"]), *former]


def _name(code: str, country: object) -> str:
    return COMMON_NAMES.get(code) or getattr(country, "common_name", None) or str(getattr(country, "name", code))


def rename_country(code: str, name: str, *, by: str, at: datetime, why: str) -> None:
    """Give a country the name that this dataset uses, and put it into every public event that names the country."""
    need_reason(why)
    with deed():
        country = Country.objects.get(code=code)
        if not name.strip():
            raise DeedRefused("Give a name.")
        if Country.objects.filter(name=name).exclude(code=code).exists():
            raise DeedRefused(f"Another country is named “{name}”.")
        country.name = name
        country.save()
        release([], countries=[code], by=by, at=at, why=why)
    go_on()
