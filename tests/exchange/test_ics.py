"""iCalendar, read by vobject, and by icalendar's parser besides: spans, summaries, identity, text, line lengths."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject
from icalendar import Calendar

from events.exchange import prose
from tests.exchange import cases
from tests.exchange.cases import CONTROLS, DATES, HOSTILE, UNPLACED, dated, hostile, lf, revision, written

# First day, the day after the last one (None: no end), what the summary says besides the title.
SPANS: dict[str, tuple[date, date | None, str]] = {
    "day": (date(2019, 10, 16), date(2019, 10, 17), ""),
    "month": (date(2019, 10, 1), date(2019, 11, 1), " (October 2019)"),
    "season": (date(2019, 3, 1), date(2019, 6, 1), " (spring 2019)"),
    "decade": (date(1940, 1, 1), date(1950, 1, 1), " (the 1940s)"),
    "interval": (date(2019, 10, 16), date(2019, 10, 19), " (from 16 to 18 October 2019)"),
    "one day of three": (date(2019, 10, 16), date(2019, 10, 19), " (one day between 16 and 18 October 2019)"),
    "open end": (date(2016, 3, 1), None, " (from March 2016 on, still going on)"),
    "unknown end": (date(2016, 1, 1), None, " (from 2016 to an unknown day)"),
    "approximate": (date(2016, 10, 15), date(2016, 10, 18), " (about 16 October 2016)"),
    "uncertain": (date(2019, 10, 16), date(2019, 10, 17), " (16 October 2019, uncertain)"),
    "year 1": (date(1, 1, 1), date(2, 1, 1), " (AD 1)"),
    "first day": (date(1, 1, 1), date(1, 1, 2), ""),
}
# The day after 9999-12-31 doesn't exist: first day, duration, words.
LASTING = {
    "year 9999": (date(9999, 1, 1), timedelta(days=365), " (9999)"),
    "last day": (date(9999, 12, 31), timedelta(days=1), ""),
}


def read(text: str) -> list[Any]:
    """The events of a calendar, which both parsers find to be the same."""
    calendar = vobject.readOne(text)
    found = list(calendar.contents.get("vevent", []))
    others = Calendar.from_ical(text).walk("VEVENT")
    assert [event.summary.value for event in found] == [str(other["summary"]) for other in others]
    assert not any(other.errors for other in others)
    return found


def test_every_case_that_has_a_first_day_is_here() -> None:
    assert SPANS.keys() | LASTING.keys() | UNPLACED == DATES.keys()


@pytest.mark.parametrize("case", SPANS)
def test_an_event_takes_the_days_in_which_it_may_lie(case: str) -> None:
    start, end, words = SPANS[case]
    (event,) = read(written("ics", dated(case)))
    assert event.dtstart.value == start
    assert (event.dtend.value if "dtend" in event.contents else None) == end
    assert event.summary.value == f"A title{words}"
    assert "duration" not in event.contents


@pytest.mark.parametrize("case", LASTING)
def test_what_ends_with_the_last_day_of_all_has_a_duration(case: str) -> None:
    start, duration, words = LASTING[case]
    (event,) = read(written("ics", dated(case)))
    assert (event.dtstart.value, event.duration.value) == (start, duration)
    assert "dtend" not in event.contents
    assert event.summary.value == f"A title{words}"


def test_who_an_event_is_and_which_revision() -> None:
    (event,) = read(written("ics", revision()))
    assert event.uid.value == prose.urn("event-a")
    assert event.sequence.value == "2"
    assert event.dtstamp.value == datetime(2024, 5, 2, 13, 30, tzinfo=UTC)
    assert event.created.value == datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
    assert event.url.value == "https://example.org/dateline/events/event-a/a-title/"
    assert event.transp.value == "TRANSPARENT"
    assert event.categories.value == ["CONSULT"]


def test_a_revision_keeps_the_uid_and_raises_the_sequence() -> None:
    first = revision(title="Before")._replace(revision=1)
    later = revision(title="After")._replace(revision=2)
    uids = [read(written("ics", one))[0] for one in (first, later)]
    assert uids[0].uid.value == uids[1].uid.value
    assert [event.sequence.value for event in uids] == ["0", "1"]


def test_where_it_happened() -> None:
    (event,) = read(written("ics", revision()))
    assert event.location.value == "Windhoek, Namibia"
    assert event.geo.value == "-22.57;17.08"
    placeless = revision(location=dict.fromkeys(("country", "place", "lat", "lon")), countries=[])
    (event,) = read(written("ics", placeless))
    assert not {"geo", "location"} & event.contents.keys()


def test_the_description_has_words_claim_quotation_and_source() -> None:
    (event,) = read(written("ics", dated("month")))
    assert event.description.value.split("\n\n") == [
        "October 2019 (in the source: “on October 16”)",
        "A summary.",
        "Claimed by A ministry.",
        "“It was said.”",
        "A digest, Gazette, 2019-11-04\nhttps://gazette.example/?a=1&b=2",
    ]


def test_hostile_text_arrives_whole_and_makes_no_event() -> None:
    first, second = read(written("ics", hostile(), revision()))
    assert first.summary.value == lf(HOSTILE)
    assert first.description.value.count(lf(HOSTILE)) == 5
    assert first.location.value == f"{lf(HOSTILE)}, Namibia"
    assert second.summary.value == "A title"


def test_control_characters_are_shown_as_missing() -> None:
    (event,) = read(written("ics", hostile(CONTROLS)))
    assert event.summary.value == "a\ufffdb\ufffdc\ufffdd\ufffde"


def test_lines_are_folded_at_75_octets_and_end_with_crlf() -> None:
    """RFC 5545, section 3.1."""
    for line in written("ics", hostile(), hostile("🎉" * 200)).encode().split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line


def test_the_head_says_dataset_and_question() -> None:
    calendar = Calendar.from_ical(written("ics", asked=(("date", "2019-10"),)))
    assert str(calendar["version"]) == "2.0"
    for name in ("name", "x-wr-calname"):
        assert str(calendar[name]) == "Ann & Bob's <dataset>"
    for name in ("description", "x-wr-caldesc"):
        assert str(calendar[name]) == "events that may have happened in October 2019"
    assert calendar["source"] == cases.about().address
    assert "method" not in calendar
