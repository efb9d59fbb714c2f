"""What each form means: its four days, its flags, its canonical text."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from events.dates import PRECISIONS, DateValue, parse

FIRST, LAST = "0001-01-01", "9999-12-31"


def days(value: DateValue) -> tuple[str, ...]:
    days = (value.start_earliest, value.start_latest, value.end_earliest, value.end_latest)
    return tuple(map(str, days))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019-10-16", "2019-10-16", "2019-10-16"),
        ("2019-10", "2019-10-01", "2019-10-31"),
        ("2019-10-XX", "2019-10-01", "2019-10-31"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019-XX", "2019-01-01", "2019-12-31"),
        ("2019-XX-XX", "2019-01-01", "2019-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2020-02-29", "2020-02-29", "2020-02-29"),
        # seasons are northern and meteorological; winter goes on in the next year
        ("2019-21", "2019-03-01", "2019-05-31"),
        ("2019-22", "2019-06-01", "2019-08-31"),
        ("2019-23", "2019-09-01", "2019-11-30"),
        ("2019-24", "2019-12-01", "2020-02-29"),
        ("2018-24", "2018-12-01", "2019-02-28"),
        ("9999-24", "9999-12-01", LAST),
        ("2019-33", "2019-01-01", "2019-03-31"),
        ("2019-34", "2019-04-01", "2019-06-30"),
        ("2019-35", "2019-07-01", "2019-09-30"),
        ("2019-36", "2019-10-01", "2019-12-31"),
        ("2019-40", "2019-01-01", "2019-06-30"),
        ("2019-41", "2019-07-01", "2019-12-31"),
        # approximate: one unit wider on either side
        ("2019-10-16~", "2019-10-15", "2019-10-17"),
        ("2019-10~", "2019-09-01", "2019-11-30"),
        ("2019-24~", "2019-09-01", "2020-05-31"),
        ("2019-33~", "2018-10-01", "2019-06-30"),
        ("2019-41%", "2019-01-01", "2020-06-30"),
        ("2016~", "2015-01-01", "2017-12-31"),
        ("201X~", "2000-01-01", "2029-12-31"),
        ("19XX%", "1800-01-01", "2099-12-31"),
        # uncertain: the same days
        ("2016?", "2016-01-01", "2016-12-31"),
        # the edges of the calendar
        ("0001-01-01~", FIRST, "0001-01-02"),
        ("9999-12-31~", "9999-12-30", LAST),
        ("0001-21~", FIRST, "0001-08-31"),
        ("0001~", FIRST, "0002-12-31"),
        ("9999~", "9998-01-01", LAST),
        ("000X", FIRST, "0009-12-31"),
        ("00XX", FIRST, "0099-12-31"),
        ("999X~", "9980-01-01", LAST),
        # one day of a range
        ("[2019-10-16..2019-10-18]", "2019-10-16", "2019-10-18"),
        ("[2019-10..2020]", "2019-10-01", "2020-12-31"),
        ("[2016..]", "2016-01-01", LAST),
        ("[..2016]", FIRST, "2016-12-31"),
    ],
)
def test_a_moment_begins_and_ends_within_the_same_days(text: str, first: str, last: str) -> None:
    value = parse(text)
    assert (value.kind, days(value)) == ("moment", (first, last, first, last))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-10-16/2019-10-18", ("2019-10-16", "2019-10-16", "2019-10-18", "2019-10-18")),
        ("2016/2018", ("2016-01-01", "2016-12-31", "2018-01-01", "2018-12-31")),
        ("2016~/2018", ("2015-01-01", "2017-12-31", "2018-01-01", "2018-12-31")),
        ("2016/2018-24", ("2016-01-01", "2016-12-31", "2018-12-01", "2019-02-28")),
        # ends that overlap: none ends before it starts
        ("2019-10/2019-10-20", ("2019-10-01", "2019-10-20", "2019-10-20", "2019-10-20")),
        ("2019-10-20/2019-10", ("2019-10-20", "2019-10-20", "2019-10-20", "2019-10-31")),
        ("2019/2019", ("2019-01-01", "2019-12-31", "2019-01-01", "2019-12-31")),
        ("2016~/2016~", ("2015-01-01", "2017-12-31", "2015-01-01", "2017-12-31")),
        # an open end has not come; an unknown one may be any day from the start on
        ("2016/..", ("2016-01-01", "2016-12-31", LAST, LAST)),
        ("../2016", (FIRST, FIRST, "2016-01-01", "2016-12-31")),
        ("2016/", ("2016-01-01", "2016-12-31", "2016-01-01", LAST)),
        ("/2016", (FIRST, "2016-12-31", "2016-01-01", "2016-12-31")),
    ],
)
def test_an_interval_has_days_for_either_end(text: str, expected: tuple[str, ...]) -> None:
    value = parse(text)
    assert (value.kind, days(value)) == ("interval", expected)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2019-10-16", "day"),
        ("2019-10-XX", "month"),
        ("2019-24", "season"),
        ("2019-36", "quarter"),
        ("2019-40", "half"),
        ("2019-XX", "year"),
        ("201X", "decade"),
        ("20XX", "century"),
        ("[2019-10-16..2019-10-18]", "range"),
        ("[2019..]", "range"),
        ("2019-10-16/2019-10-18", "day"),
        ("2019-10-16/2019-11", "month"),
        ("2019/2019-11-03", "year"),
        ("2019-33/2019-24", "quarter"),
        ("201X/..", "decade"),
        ("/2019-10-16", "day"),
    ],
)
def test_precision_is_that_of_the_coarser_end(text: str, precision: str) -> None:
    assert parse(text).precision == precision


def test_precisions_go_from_sharp_to_coarse() -> None:
    expected = ("day", "month", "season", "quarter", "half", "year", "decade", "century", "range")
    assert expected == PRECISIONS


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("2016", ""),
        ("2016~", "approximate"),
        ("2016?", "uncertain"),
        ("2016%", "approximate uncertain"),
        ("2016~/2018", "approximate"),
        ("2016/2018?", "uncertain"),
        ("2016~/2018?", "approximate uncertain"),
        ("2016/..", "open_end"),
        ("2016/", "open_end"),
        ("[2016..]", "open_end"),
        ("../2016", "open_start"),
        ("/2016%", "open_start approximate uncertain"),
        ("[..2016]", "open_start"),
        ("2016/2018", ""),
        # these reach the edge of the calendar without being open
        ("9999~", "approximate"),
        ("0001-01-01/9999-12-31", ""),
    ],
)
def test_flags(text: str, flags: str) -> None:
    value = parse(text)
    names = ("open_start", "open_end", "approximate", "uncertain")
    assert " ".join(name for name in names if getattr(value, name)) == flags


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2019-XX", "2019"),
        ("2019-XX-XX~", "2019~"),
        ("2019-10-XX?", "2019-10?"),
        ("2019-XX/2020-03-XX", "2019/2020-03"),
        ("[2019-XX..2020-XX]", "[2019..2020]"),
        ("201X", "201X"),
        ("20XX", "20XX"),
        ("0079-01", "0079-01"),
        ("000X", "000X"),
        ("2019-10-16%/..", "2019-10-16%/.."),
        ("/2019-24", "/2019-24"),
    ],
)
def test_each_meaning_has_one_text(text: str, canonical: str) -> None:
    assert parse(text).edtf == canonical
    assert parse(canonical) == parse(text)


def test_values_are_frozen_and_can_be_keys() -> None:
    value = parse("2019-10")
    assert {value: 1}[parse("2019-10-XX")] == 1
    assert value != parse("2019-10?")
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.start_earliest = date(2019, 1, 1)  # type: ignore[misc]  # that this is refused is the point
