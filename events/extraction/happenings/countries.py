"""Countries in a text: names and codes from ISO 3166 (pycountry), other words for them from the tables below.

`COUNTRY_WORDS` maps words in lower case to a code, with how the word names the country: by its `name`, as a `people`
(`Czech`, `the Dutch`) or by its `capital`, which may also stand for the government.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import pycountry

How = Literal["name", "people", "capital"]

# Names that people write and that ISO doesn't list.
OTHER_NAMES = """
US u.s. u.s.a. usa america united_states|GB u.k. uk britain great_britain england scotland wales northern_ireland
KR south_korea|KP north_korea dprk|RU russia|IR iran|SY syria|VN vietnam|LA laos|BO bolivia|VE venezuela|TZ tanzania
CZ czech_republic czechia|MD moldova|MK macedonia north_macedonia|TW taiwan|PS palestine gaza west_bank|XK kosovo
CD dr_congo democratic_republic_of_the_congo congo-kinshasa|CG republic_of_the_congo congo-brazzaville
CI ivory_coast|AE united_arab_emirates uae emirates|SA saudi_arabia ksa
CN mainland_china people's_republic_of_china prc|TR turkey türkiye|BN brunei|CV cape_verde|FM micronesia
VA vatican holy_see|SZ swaziland eswatini|MM burma myanmar|HK hong_kong|MO macau macao
BA bosnia bosnia_and_herzegovina bosnia-herzegovina|NL holland the_netherlands|FK falkland_islands|GM the_gambia
BS the_bahamas|PH the_philippines|TL east_timor|ST são_tomé
"""
PEOPLE = """
AF afghan afghans|AL albanian albanians|DZ algerian algerians|AR argentine argentines argentinian
AM armenian armenians|AU australian australians|AT austrian austrians|AZ azerbaijani azeri|BH bahraini
BD bangladeshi bangladeshis|BY belarusian|BE belgian belgians|BO bolivian|BA bosnian bosnians
BR brazilian brazilians|BG bulgarian bulgarians|KH cambodian|CM cameroonian|CA canadian canadians
CL chilean chileans|CN chinese|CO colombian colombians|CG congolese|CR costa_rican|HR croatian croat croats
CU cuban cubans|CY cypriot cypriots|CZ czech czechs|DK danish dane danes|EC ecuadorian|EG egyptian egyptians
EE estonian estonians|ET ethiopian ethiopians|FI finnish finn finns|FR french frenchman|GE georgian georgians
DE german germans|GH ghanaian|GR greek greeks|GT guatemalan|HT haitian|HN honduran|HU hungarian|IS icelandic
IN indian indians|ID indonesian indonesians|IR iranian iranians|IQ iraqi iraqis|IE irish irishman|IL israeli
IT italian italians|JM jamaican|JP japanese|JO jordanian|KZ kazakh kazakhs|KE kenyan kenyans
KR south_korean south_koreans|KP north_korean north_koreans|KW kuwaiti|KG kyrgyz|LA laotian|LV latvian latvians
LB lebanese|LY libyan libyans|LT lithuanian lithuanians|LU luxembourgish|MY malaysian malaysians|ML malian
MT maltese|MX mexican mexicans|MD moldovan|MN mongolian|ME montenegrin|MA moroccan moroccans|MZ mozambican
MM burmese|NP nepali nepalese|NL dutch dutchman|NZ new_zealander|NI nicaraguan|NG nigerian nigerians|KP north_korean
NO norwegian norwegians|OM omani|PK pakistani|PS palestinian palestinians|PA panamanian|PY paraguayan
PE peruvian peruvians|PH filipino filipinos philippine|PL polish pole|PT portuguese|QA qatari|RO romanian romanians
RU russian russians|RW rwandan|SA saudi saudis|SN senegalese|RS serbian serb|SG singaporean
SK slovak slovaks slovakian|SI slovenian slovene slovenes|SO somali somalis|ZA south_african|ES spanish
LK sri_lankan|SD sudanese|SE swedish swede swedes|CH swiss|SY syrian syrians|TW taiwanese|TJ tajik|TZ tanzanian
TH thai|TN tunisian tunisians|TR turkish turk turks|TM turkmen|UG ugandan|UA ukrainian ukrainians
GB british briton britons english|GB scottish welsh|US american americans|UY uruguayan|UZ uzbek
VE venezuelan venezuelans|VN vietnamese|YE yemeni|ZM zambian|ZW zimbabwean|XK kosovar|HK hong_konger hong_kongers
TG togolese|BJ beninese|CI ivorian|GN guinean|ER eritrean
"""
CAPITALS = """
CN beijing peking|US washington|RU moscow|GB london|FR paris|DE berlin|JP tokyo|IN delhi new_delhi|CZ prague
CA ottawa|KP pyongyang|KR seoul|IR tehran|IQ baghdad|SY damascus|TR ankara|EG cairo|SA riyadh|QA doha|UA kyiv kiev
BY minsk|PL warsaw|LT vilnius|LV riga|EE tallinn|FI helsinki|SE stockholm|NO oslo|DK copenhagen
IS reykjavík reykjavik|IE dublin|ES madrid|PT lisbon|IT rome|GR athens|RS belgrade|BA sarajevo|HR zagreb
SI ljubljana|AT vienna|HU budapest|SK bratislava|RO bucharest|BG sofia|AL tirana|XK pristina|MD chișinău chisinau
GE tbilisi|AM yerevan|AZ baku|KZ astana|UZ tashkent|PK islamabad|AF kabul|BD dhaka|LK colombo|NP kathmandu
TH bangkok|VN hanoi|MM naypyidaw|MY kuala_lumpur|ID jakarta|PH manila|TW taipei|AU canberra|NZ wellington|KE nairobi
ET addis_ababa|NG abuja|GH accra|SN dakar|DZ algiers|MA rabat|TN tunis|LY tripoli|SD khartoum|UG kampala|RW kigali
CD kinshasa|ZA pretoria|ZW harare|CU havana|VE caracas|CO bogotá bogota|PE lima|CL santiago|AR buenos_aires
BR brasília brasilia|UY montevideo|BO la_paz|EC quito|MX mexico_city|BE brussels|NL the_hague amsterdam|CH bern
IL jerusalem|LB beirut|JO amman|YE sanaa|MN ulaanbaatar|KH phnom_penh|LA vientiane|CY nicosia
"""
# Where the European Union sits, so that `Brussels` alone is no word for Belgium.
_NO_METONYM = frozenset({"brussels", "amsterdam"})
# Countries whose short name is also a person, a place elsewhere or a word.
_AMBIGUOUS = frozenset({"jersey", "georgia", "chad", "guinea", "pole", "dominica", "niger"})


@dataclass(frozen=True)
class CountryWord:
    """The country that words name, and how."""

    code: str
    how: How


@cache
def country_words() -> dict[tuple[str, ...], CountryWord]:
    """All words for countries, each a tuple of words in lower case."""
    words: dict[tuple[str, ...], CountryWord] = {}
    for country in pycountry.countries:
        for name in (country.name, getattr(country, "common_name", "")):
            plain = name.partition(",")[0].lower()
            if plain and plain not in _AMBIGUOUS:
                words.setdefault(tuple(plain.split()), CountryWord(country.alpha_2, "name"))
    tables: tuple[tuple[str, How], ...] = ((OTHER_NAMES, "name"), (PEOPLE, "people"), (CAPITALS, "capital"))
    for table, how in tables:
        for code, name in _entries(table):
            if name not in _AMBIGUOUS:
                words[tuple(name.split())] = CountryWord(code, how)
    return words


def _entries(table: str) -> Iterator[tuple[str, str]]:
    """The entries of a table; `_` stands for a space inside a name."""
    for entry in table.strip().replace("\n", "|").split("|"):
        code, *names = entry.split()
        yield from ((code, name.replace("_", " ")) for name in names)


def stands_for_government(name: str) -> bool:
    """Whether a capital's name alone may mean the government."""
    return name.lower() not in _NO_METONYM


@cache
def longest_names() -> dict[str, int]:
    """The length of the longest name that begins with a word."""
    lengths: dict[str, int] = {}
    for name in country_words():
        lengths[name[0]] = max(len(name), lengths.get(name[0], 0))
    return lengths
