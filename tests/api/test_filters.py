"""Which events each filter finds, in which order."""

from __future__ import annotations

import pytest

from tests.api import small
from tests.api.conftest import Get

pytestmark = pytest.mark.django_db

EVERY = "built warns denied threatens protests meets visits lately sometime"

FOUND = {
    "": EVERY,
    # The window: a month or year is its first or its last day, either side may stand alone.
    "date_from=2019-10-17&date_to=2019-10-17": "built denied protests visits",
    "date_from=2019-10-19&date_to=2019-10": "built denied protests",
    "date_to=2018": "built warns",
    "date_to=2015": "",
    "date_from=2019-10": "built denied protests meets visits",
    "date_from=2020": "built",
    "date_from=9999-12-31": "built",
    "date=2019-10-17": "built denied protests visits",
    "date=2019-01": "built denied threatens",
    "date=2019-33": "built denied threatens",
    "date=2019-24": "built denied",
    "date=201X": "built warns denied threatens protests meets visits",
    "date=../2018": "built warns",
    "date=[2019-10-16..2019-10-17]": "built denied protests meets visits",
    # How it matches.
    "date=2019&date_match=possible": "built denied threatens protests meets visits",
    "date=2019&date_match=certain": "built threatens protests meets visits",
    "date=2019-10&date_match=certain": "built meets visits",
    "date=2019-10-17&date_match=certain": "built visits",
    "date_from=2019-01-01&date_to=2019-01-31&date_match=certain": "built threatens",
    # Dated and how sharply.
    "dated=true": "built warns denied threatens protests meets visits",
    "dated=false": "lately sometime",
    "precision=day": "warns meets visits",
    "precision=month": "threatens protests",
    "precision=month,year": "built denied threatens protests",
    "precision=decade": "",
    # Actors: by id, name, alias in any script, case folded; a comma means or, quotes hold a comma.
    "actor=huawei": "warns threatens",
    "actor=Huawei": "warns threatens",
    "actor=HUAWEI TECHNOLOGIES": "warns threatens",
    "actor=华为": "warns threatens",
    "actor=ｎúｋｉｂ": "warns threatens",
    "actor=national cyber agency": "warns threatens",
    'actor="Zeman, Miloš"': "visits",
    'actor="zeman, miloš",Huawei': "warns threatens visits",
    'actor="The ""Group"""': "protests",
    "actor=huawei,huawei": "warns threatens",
    "actor=nobody": "sometime",
    "initiator=huawei": "threatens",
    "target=huawei": "warns",
    "actor_all=huawei,nukib": "warns threatens",
    "actor_all=huawei,zeman": "",
    "initiator_all=mfa-cn,mfa-cz": "",
    "target_all=huawei": "warns",
    "actor_not=huawei": "built denied protests meets visits lately sometime",
    "actor_not=huawei,mfa-cn": "built denied protests lately sometime",
    "initiator_not=huawei": "built warns denied protests meets visits lately sometime",
    "target_not=huawei": "built denied threatens protests meets visits lately sometime",
    "actor=huawei&actor_not=zeman&initiator=nukib": "warns",
    # Countries of actors, as the event shows them.
    "actor_country=CN": "warns threatens meets visits",
    "actor_country=CHN": "warns threatens meets visits",
    "initiator_country=CN": "threatens",
    "target_country=CZ": "threatens",
    "initiator_country=CN&target_country=CZ&date=2019": "threatens",
    "actor_country_not=CN": "built denied protests lately sometime",
    "initiator_country_not=CN,CZ": "built denied protests meets lately sometime",
    "target_country_not=CZ": "built warns denied protests meets visits lately sometime",
    # Countries involved; the place is one of them.
    "country=CZ": "warns threatens meets visits",
    "country=CZ,SK": "built warns threatens meets visits",
    "country=CZE,SVK": "built warns threatens meets visits",
    "country=CSHH": "lately",
    "country=US": "sometime",
    "country=FR": "",
    "country=XK": "",
    "country_all=CZ,CN": "warns meets visits",
    "country_all=CZ,CN,SK": "meets",
    "country_not=CZ,SK": "denied protests lately sometime",
    "country=CZ&country_not=SK": "warns threatens visits",
    "location_country=CZ": "warns",
    "location_country=CZ,CN": "warns visits",
    "location_country_not=CZ": "built denied threatens protests meets visits lately sometime",
    # Who says so.
    "claimed_by=zeman": "threatens",
    "claimed_by=huawei,zeman": "denied threatens",
    "claimed_by=none": "built warns protests meets visits lately sometime",
    "claimed_by=none,zeman": "built warns threatens protests meets visits lately sometime",
    "claimed_by_not=none": "denied threatens",
    "claimed_by_not=zeman": "built warns denied protests meets visits lately sometime",
    # Types and documents.
    "type=CONSULT": "meets visits",
    "type=THREATEN,AID": "threatens lately sometime",
    "type=SANCTION": "",
    "type_not=THREATEN": "built warns denied protests meets visits lately",
    "document=herald": "denied visits",
    "document=gazette,herald": EVERY,
    "document_all=gazette,herald": "visits",
    "document_not=herald": "built warns threatens protests meets lately sometime",
    # Revised at or after.
    "updated_since=2024-05-01": EVERY,
    "updated_since=2024-05-01T12:00:00Z": EVERY,
    "updated_since=2024-05-01T14:00%2B02:00": EVERY,
    "updated_since=2024-05-01T12:00:00.000001Z": "",
    "updated_since=2024-05-02": "",
    "updated_since=0001-01-01T00:00:00%2B14:00": None,
    # Order: by the first possible day, ties by what was published first; undated events last, both ways.
    "ordering=date": EVERY,
    "ordering=-date": "visits meets protests threatens denied warns built sometime lately",
    "ordering=-date&dated=true": "visits meets protests threatens denied warns built",
    "ordering=-date&limit=2": "visits meets",
    "type=CONSULT,THREATEN&ordering=-date": "visits meets threatens sometime",
}


def test_filters(get: Get, subtests: pytest.Subtests) -> None:
    small.build().publish()
    for query, expected in FOUND.items():
        if expected is None:
            continue
        with subtests.test(query):
            assert [event["id"] for event in get(f"events/?{query}")["results"]] == expected.split()


IN_WINDOW = {
    "date=2019": {"built": "certain", "threatens": "certain", "denied": "possible", "protests": "certain"},
    "date=2019-10": {"built": "certain", "denied": "possible", "protests": "possible", "meets": "certain"},
    "date=2019-10-17": {"built": "certain", "denied": "possible", "protests": "possible", "visits": "certain"},
    "date_from=2019-02": {"built": "certain", "denied": "possible", "protests": "certain", "meets": "certain"},
    "date_to=2018": {"built": "certain", "warns": "certain"},
}


def test_in_window(get: Get, subtests: pytest.Subtests) -> None:
    small.build().publish()
    for query, expected in IN_WINDOW.items():
        with subtests.test(query):
            got = {event["id"]: event["in_window"] for event in get(f"events/?{query}")["results"]}
            assert got.items() >= expected.items()
    assert all("in_window" not in event for event in get("events/")["results"])


TOTALS = {
    "": {"total": 9},
    "country=CZ": {"total": 4},
    "date=2019": {"total": 6, "total_certain": 5, "undated": 2},
    "date=2019&date_match=certain": {"total": 5, "total_certain": 5, "undated": 2},
    "date=2019&type=THREATEN": {"total": 1, "total_certain": 1, "undated": 1},
    "date=2015": {"total": 0, "total_certain": 0, "undated": 2},
    "dated=false": {"total": 2},
}


def test_counts(get: Get, subtests: pytest.Subtests) -> None:
    small.build().publish()
    for query, expected in TOTALS.items():
        with subtests.test(query):
            got = get(f"events/?{query}&count=exact&limit=1")
            assert {name: got[name] for name in ("total", "total_certain", "undated") if name in got} == expected
    assert get("events/?date=2019")["total"] is None


COLLECTIONS = {
    "actors/": "mfa-cn huawei nukib mfa-cz nobody group zeman",
    "actors/?ordering=events": "mfa-cz nobody group zeman mfa-cn huawei nukib",
    "actors/?ordering=name": "mfa-cn mfa-cz huawei nobody nukib group zeman",
    "actors/?ordering=-name": "zeman group nukib nobody huawei mfa-cz mfa-cn",
    "actors/?name=foreign": "mfa-cn mfa-cz",
    "actors/?name=技": "",
    "actors/?name=华": "huawei",
    "actors/?name=MILOŠ": "zeman",
    "actors/?name=%25": "",
    "actors/?name=_": "",
    "actors/?kind=company,person": "huawei zeman",
    "actors/?home=CN": "mfa-cn huawei",
    "actors/?home=CZE&date=2019-10": "mfa-cz zeman",
    "actors/?country=SK": "mfa-cn mfa-cz",
    "actors/?dated=false": "nobody",
    "countries/": "CZ CN SK CSHH US",
    "countries/?date=2018-12": "CN CZ SK",
    "countries/?ordering=name": "CN CZ CSHH SK US",
    "types/": "CONSULT THREATEN AID COOPERATE DISAPPROVE PROTEST REJECT",
    "types/?actor=huawei": "DISAPPROVE THREATEN",
    "documents/": "gazette herald",
    "documents/?type=REJECT": "herald",
    "documents/?ordering=-name": "herald gazette",
}


def test_collections(get: Get, subtests: pytest.Subtests) -> None:
    small.build().publish()
    for query, expected in COLLECTIONS.items():
        with subtests.test(query):
            got = get(query)["results"]
            assert [thing.get("id", thing.get("code")) for thing in got] == expected.split()
            assert all(thing["events"] > 0 for thing in got)


BUCKETS = {
    "by=year": [("2016", 1, 1), ("2017", 1, 1), ("2018", 2, 2), ("2019", 6, 5)],
    "date=2019-10": [("2019", 6, 5)],
    "date=2019-10&by=month": [("2019-10", 5, 3)],
    "date=2019-10-15/2019-10-17&by=day": [("2019-10-15", 3, 1), ("2019-10-16", 5, 3), ("2019-10-17", 4, 2)],
    "date_from=2018&by=quarter&type=DISAPPROVE": [
        ("2018-33", 0, 0),
        ("2018-34", 0, 0),
        ("2018-35", 0, 0),
        ("2018-36", 1, 1),
    ],
    "date_to=2018-12&by=month&type=DISAPPROVE": [("2018-12", 1, 1)],
    "by=decade": [("201X", 7, 6)],
    "type=AID": [],
    "date=1890/1905&by=decade": [("189X", 0, 0), ("190X", 0, 0)],
    "date_from=2030": [],
}


def test_buckets(get: Get, subtests: pytest.Subtests) -> None:
    small.build().publish()
    for query, expected in BUCKETS.items():
        with subtests.test(query):
            got = get(f"dates/?{query}")
            assert [(one["edtf"], one["possible"], one["certain"]) for one in got["results"]] == expected
    assert get("dates/?date=2019")["undated"] == 2
    assert get("dates/?date=2019&type=AID")["undated"] == 1
