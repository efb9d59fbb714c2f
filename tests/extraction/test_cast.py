"""Who is meant: known actors, new names, and words that refer back; countries and capitals."""

from __future__ import annotations

import pytest

from events.extraction import CandidateActor, KnownActor, read
from tests.extraction.test_happenings import PUBLISHED, happened, names

HUAWEI = KnownActor("huawei2345", "Huawei", "company", "CN", ("Huawei Technologies",))
GOVERNMENT = KnownActor("chinagov23", "Government of China", "government", "CN", ("China", "Beijing"))
CITY = KnownActor("beijing234", "City government of Beijing", "government", "CN", ("Beijing",))
GOVERNOR = KnownActor("governor23", "Governor of Prague", "person", "CZ", ())
KNOWN = (HUAWEI, GOVERNMENT, CITY, GOVERNOR)


def actors(text: str) -> list[CandidateActor]:
    return [actor for candidate in happened(text, KNOWN) for actor in candidate.actors]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Huawei sued a man.", HUAWEI),
        ("Huawei Technologies sued a man.", HUAWEI),
        ("Beijing criticised the trip.", GOVERNMENT),
        ("Beijing refused, and the sister city signed the treaty.", CITY),
        ("The governor of Prague criticised the trip.", GOVERNOR),
        ("The Prague governor criticised the trip.", GOVERNOR),
    ],
)
def test_known_actors_come_first(text: str, known: KnownActor) -> None:
    found = actors(text)[0]
    assert (found.id, found.name, found.kind, found.country) == (known.id, known.name, known.kind, known.country)


def test_a_name_of_two_known_actors_that_nothing_tells_apart_is_given_to_neither() -> None:
    twins = (KnownActor("a234567890", "Ann Lee", "person"), KnownActor("b234567890", "Ann Lee", "person"))
    (candidate,) = happened("Ann Lee criticised the mayor.", twins)
    assert [actor.id for actor in candidate.actors if actor.name == "Ann Lee"] == [None]


NEW = [
    ("Mr. Kenneth Yau criticised the ban.", ("Kenneth Yau", "person", "")),
    ("The Argentine curator Inés Paz criticised the ban.", ("Inés Paz", "person", "AR")),
    ("Transport Minister Gil Fontaine criticised the ban.", ("Gil Fontaine", "person", "")),
    ("Norway's Safety Investigation Authority (NSIA) criticised the ban.",
     ("Safety Investigation Authority", "government", "NO")),
    ("The newspaper Ming Pao criticised the ban.", ("Ming Pao", "media", "")),
    ("The Supreme Court of Austria criticised the ban.", ("Supreme Court of Austria", "government", "")),
    ("UNESCO criticised the ban.", ("UNESCO", "international", "")),
    ("Four investigators criticised the ban.", ("Four investigators", "group", "")),
    ("Vilnius criticised the ban.", ("Vilnius", "government", "LT")),
    ("Brazil's civil aviation agency criticised the ban.", ("Brazil's civil aviation agency", "government", "BR")),
    ("Its chairman, Daniel Otieno, criticised the ban.", ("Daniel Otieno", "person", "")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NEW)
def test_new_names(text: str, expected: tuple[str, str, str]) -> None:
    found = happened(text)[0].actors[0]
    assert (found.name, found.kind, found.country, found.id) == (*expected, None)


BACK = [
    ("Anita Lee, who sings, met the mayor. She criticised the ban.", "Anita Lee"),
    ("Mr. Wang Zhongyi met a minister. Mr. Wang criticised the ban.", "Wang Zhongyi"),
    ("AM1430, a station of Fairchild Radio, met the mayor. The station criticised the ban.", "AM1430"),
    ("Oxfam International, a charity, met the mayor. It criticised the ban.", "Oxfam International"),
    ("A dissident met Wang Zhongyi, whose original name was Wang Rui. Wang Rui criticised the ban.", "Wang Zhongyi"),
    ("The European Union Aviation Safety Agency (EASA) met the mayor. Ann left. EASA criticised the ban.",
     "European Union Aviation Safety Agency"),
    ("The Central Committee of the Workers Youth Party (WYP) met. WYP criticised the ban.", "Workers Youth Party"),
    ("Northvale Air Inc. met the mayor. The airline criticised the ban.", "Northvale Air"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), BACK)
def test_words_that_refer_back(text: str, name: str) -> None:
    candidate = happened(text)[-1]
    assert [one.removesuffix(" Inc.") for one in names(candidate, "initiator")] == [name]


def test_words_refer_to_nobody_across_a_heading() -> None:
    candidate = happened("# One\n\nAnita Lee, who sings, left.\n\n# Two\n\nShe criticised the ban.")[-1]
    assert candidate.actors == ()


HOSTILE = ["Hua\u200bwei", "\u202eHuawei", "Нuawei", "Hua\u00adwei", "Αnn Lee"]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_actor_is_made_of_hidden_characters_or_of_mixed_scripts(name: str) -> None:
    (candidate,) = [
        one for one in happened(f"Yesterday {name} arrested Ann Lee in Prague.", KNOWN) if one.type == "COERCE"
    ]
    assert all(actor.name == "Ann Lee" for actor in candidate.actors)
    assert any(why.startswith("No actor was made of") for why in candidate.why)
    assert candidate.confidence < 0.6


def test_another_script_is_no_mixture() -> None:
    (candidate,) = happened("Ann Lee founded the World Youth Federation (世界青年) in 2018.")
    assert names(candidate, "initiator") == ["Ann Lee"]
    assert not any("mixes scripts" in why for why in candidate.why)


COUNTRIES = [
    ("Czech police arrested a Dutch singer in Vilnius.", ["LT", "CZ", "NL"]),
    ("The U.S. sued the United Arab Emirates.", ["US", "AE"]),
    ("Bosnia and Herzegovina sued Côte d'Ivoire.", ["BA", "CI"]),
    ("A polish was sold to us.", []),
]


@pytest.mark.parametrize(("text", "codes"), COUNTRIES)
def test_countries_are_those_that_words_name(text: str, codes: list[str]) -> None:
    assert list(happened(text)[0].countries) == codes


def test_where_it_happened() -> None:
    (candidate,) = happened("Qatar and Portugal signed a treaty in Doha on Friday.")
    assert candidate.place is not None
    assert (candidate.place.name, candidate.place.country) == ("Doha", "QA")


def test_the_same_person_is_one_actor() -> None:
    reading = read("Ann Lee arrested Ann Lee.", published=PUBLISHED)
    assert all(len({actor.name for actor in one.actors}) == len(one.actors) for one in reading.candidates)
