"""Under which year and month an event stands: never under one that its date doesn't name."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from events import dates
from events.curation.render import NO_DATE
from events.pages.present import Names, Shown
from events.pages.timeline import sections, undated
from events.querying.events import Revision
from tests.pages.conftest import Page

UNDATED = "Without a date"


def shown(edtf: str) -> Shown:
    date = NO_DATE | {"edtf": edtf or None}
    document = {"slug": "a", "title": "A", "summary": None, "date": date}
    return Shown(Revision("event", f"id-{edtf}", 1, 1, "", "", json.dumps(document)), Names({}, {}))


def places(*values: str, descending: bool = False) -> list[tuple[str, list[str], list[tuple[str, list[str]]]]]:
    """Each section: its title, the dates right under it, and its months with theirs."""

    def said(events: list[Shown]) -> list[str]:
        return [event.when.value.edtf for event in events if event.when.value]

    return [
        (section.title, said(section.events), [(month.title, said(month.events)) for month in section.months.values()])
        for section in sections([shown(value) for value in values], descending=descending)
    ]


@pytest.mark.parametrize(
    ("edtf", "year", "month"),
    [
        ("2019-10-16", "2019", "October 2019"),
        ("2019-10", "2019", "October 2019"),
        ("2019-10?", "2019", "October 2019"),
        ("[2019-10-16..2019-10-18]", "2019", "October 2019"),
        ("2019-01-01", "2019", "January 2019"),
        # Known to the year only, or to several months: under none of them.
        ("2019", "2019", None),
        ("2019-21", "2019", None),
        ("2019-33", "2019", None),
        ("2019-10~", "2019", None),
        ("[2019-09-30..2019-11-04]", "2019", None),
        # It lasted: it stands where it began, which is known.
        ("2019-10-16/2020-02", "2019", "October 2019"),
        ("2016-05/..", "2016", "May 2016"),
        ("2016/", "2016", None),
        # Longer than a year.
        ("201X", "The 2010s", None),
        ("200X", "The years 2000–2009", None),
        ("19XX", "1900 to 1999", None),
        ("2019-24", "2019 to 2020", None),
        ("[2018-12-31..2019-01-01]", "2018 to 2019", None),
        ("2019-01~", "2018 to 2019", None),
        ("[2016-05..]", "2016 or later", None),
        ("[..2016]", "Beginning unknown", None),
        ("../2016", "Beginning unknown", None),
        ("/2016", "Beginning unknown", None),
        ("0079-08-24", "AD 79", "August AD 79"),
    ],
)
def test_where_an_event_stands(edtf: str, year: str, month: str | None) -> None:
    ((title, right_under, months),) = places(edtf)
    assert (title, right_under, months) == (year, [] if month else [edtf], [(month, [edtf])] if month else [])


@pytest.mark.parametrize("edtf", ["2019", "2019-10-16", "[2018-12-31..2019-01-01]", "201X", "2016/..", "[..2016]"])
def test_a_heading_holds_every_day_on_which_it_may_have_begun(edtf: str) -> None:
    value = dates.parse(edtf)
    (section,) = sections([shown(edtf)], descending=False)
    for heading in [section.edtf, *(month.edtf for month in section.months.values())]:
        if heading:
            first, last = dates.calendar_span(heading)
            assert first <= value.start_earliest <= value.start_latest <= last


def test_years_and_months_follow_time() -> None:
    assert places("[..2016]", "201X", "2018-03", "2019", "2019-02-01", "2019", "[2019-02..2019-04]", "2019-03") == [
        ("Beginning unknown", ["[..2016]"], []),
        ("The 2010s", ["201X"], []),
        ("2018", [], [("March 2018", ["2018-03"])]),
        (
            "2019",
            ["2019", "2019", "[2019-02..2019-04]"],
            [("February 2019", ["2019-02-01"]), ("March 2019", ["2019-03"])],
        ),
    ]


def test_and_go_back_when_asked_to() -> None:
    assert [title for title, _events, _months in places("2019-03", "2019", "2018", "201X", descending=True)] == [
        "2019",
        "2018",
        "The 2010s",
    ]


def test_a_year_comes_once_however_the_dates_in_it_alternate() -> None:
    assert len(places("2019", "2019-01-01", "2019", "201X", "2019-01")) == 2


def test_undated_events_stand_apart() -> None:
    events = [shown(""), shown("2019")]
    assert [event.id for event in undated(events)] == ["id-"]
    assert places("") == []


def test_a_page_shows_all_of_it(small: None, page: Page) -> None:
    assert page("/").placed == [
        ("event-b", "2019"),
        ("event-c", "2019 / October 2019"),
        ("event-a", "2019 / October 2019"),
        ("event-d", UNDATED),
    ]


def test_in_order_of_revision_they_stand_as_they_come(small: None, page: Page) -> None:
    assert page("/?ordering=-updated").placed == [
        (noun_id, "In order of revision") for noun_id in ("event-d", "event-c", "event-b", "event-a")
    ]


def test_the_digest(db: None, page: Page) -> None:
    call_command("loaddata", "china-digest-2019-11", verbosity=0)
    placed = dict(page("/?limit=1000").placed)
    assert len(placed) == 71
    assert placed["p2qfmnccc8"] == "2019"  # “this year”
    assert placed["kgmszhxr33"] == "2019"  # “early this year”
    assert placed["gcc8zqhgqx"] == "2019 / October 2019"  # between 16 and 18 October
    assert placed["wxwzbqn28d"] == "2019 / May 2019"  # “may have been in May of this year”
    assert placed["xk29ff63hq"] == UNDATED  # “Recently”
    assert list(dict.fromkeys(place.split(" / ")[0] for place in placed.values())) == [
        *("2014", "2015", "2016", "2017", "2018", "2019", UNDATED)
    ]
