"""What holds for all words and anchors, checked against oracles that enumerate days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from events.dates import parse
from events.dates.phrases import Reading, read
from events.errors import UnreadableDate
from tests.dates.phrases.cases import COUNTED, JOINED, NO_DATE, STRETCHES, WRITTEN_OUT

# Years of four digits that begin with 1 or 2, as dates in prose do.
ANCHORS = st.dates(date(1410, 1, 1), date(2599, 12, 31))
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
PHRASES = [case[0] for case in (*WRITTEN_OUT, *STRETCHES, *COUNTED, *JOINED, *NO_DATE)]
PIECES = sorted({piece for phrase in PHRASES for piece in phrase.split()})


def days_of(reading: Reading) -> set[date]:
    """Every day that the value allows."""
    value = parse(reading.edtf)
    length = (value.end_latest - value.start_earliest).days + 1
    return {value.start_earliest + timedelta(days=step) for step in range(length)}


def readable(words: str, anchor: date) -> Reading | None:
    """The reading, or None for words that are refused; any other exception fails the test."""
    try:
        return read(words, anchor)
    except UnreadableDate:
        return None


def back_from(anchor: date, days: int) -> list[date]:
    return [anchor - timedelta(days=step) for step in range(days)]


@given(
    st.text(max_size=210)
    | st.text(st.characters(codec=None), max_size=9)
    | st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join),
    st.dates(),
)
def test_any_text_gives_a_value_that_parses_or_a_sentence(words: str, anchor: date) -> None:
    reading = readable(words, anchor)
    assert reading is None or parse(reading.edtf).edtf == reading.edtf


@given(st.sampled_from(PHRASES), ANCHORS)
def test_the_value_covers_every_alternative(words: str, anchor: date) -> None:
    reading = readable(words, anchor)
    if reading is None:
        return
    whole = parse(reading.edtf)
    for text in reading.alternatives:
        one = parse(text)
        assert whole.start_earliest <= one.start_earliest
        assert one.end_latest <= whole.end_latest


@given(st.integers(1, 12), ANCHORS)
def test_last_month_by_name_holds_the_latest_one_that_was_over(number: int, anchor: date) -> None:
    first_of_this = anchor.replace(day=1)
    latest = next(day for day in back_from(anchor, 800) if day.month == number and day < first_of_this)
    days = days_of(read(f"last {MONTHS[number - 1]}", anchor))
    assert {latest.replace(day=one) for one in range(1, monthrange(latest.year, number)[1] + 1)} <= days
    assert max(days) < anchor


@given(st.integers(1, 12), ANCHORS)
def test_a_month_by_name_is_the_latest_that_had_begun(number: int, anchor: date) -> None:
    latest = next(day for day in back_from(anchor, 800) if day.month == number)
    assert days_of(read(f"in {MONTHS[number - 1]}", anchor)) == {
        latest.replace(day=one) for one in range(1, monthrange(latest.year, number)[1] + 1)
    }


@given(st.integers(0, 6), ANCHORS)
def test_a_weekday_is_the_latest_on_or_before_the_anchor(number: int, anchor: date) -> None:
    latest = next(day for day in back_from(anchor, 8) if day.weekday() == number)
    assert days_of(read(WEEKDAYS[number], anchor)) == {latest}


@given(st.integers(0, 6), ANCHORS)
def test_last_weekday_holds_the_latest_before_the_anchor_and_that_of_last_week(number: int, anchor: date) -> None:
    yesterday = anchor - timedelta(days=1)
    latest = next(day for day in back_from(yesterday, 8) if day.weekday() == number)
    last_sunday = next(day for day in back_from(yesterday, 8) if day.weekday() == 6)
    of_last_week = next(day for day in back_from(last_sunday, 8) if day.weekday() == number)
    assert days_of(read(f"last {WEEKDAYS[number]}", anchor)) >= {latest, of_last_week}


@given(ANCHORS, ANCHORS)
def test_a_day_without_a_year_holds_the_latest_one(day: date, anchor: date) -> None:
    latest = next(one for one in back_from(anchor, 366 * 9) if (one.month, one.day) == (day.month, day.day))
    days = days_of(read(f"{MONTHS[day.month - 1]} {day.day}", anchor))
    assert latest in days
    assert {(one.month, one.day) for one in (min(days), max(days))} == {(day.month, day.day)}


@given(st.integers(1, 400), st.sampled_from(["day", "week", "month", "year"]), ANCHORS)
def test_an_offset_holds_the_day_so_far_away(count: int, unit: str, anchor: date) -> None:
    if unit in ("day", "week"):
        there = anchor - timedelta(days=count * (7 if unit == "week" else 1))
    else:
        months = anchor.year * 12 + anchor.month - 1 - count * (12 if unit == "year" else 1)
        year, month = months // 12, months % 12 + 1
        there = date(year, month, min(anchor.day, monthrange(year, month)[1]))
    days = days_of(read(f"{count} {unit}s ago", anchor))
    assert there in days
    assert len(days) >= {"day": 1, "week": 7, "month": 28, "year": 365}[unit]


@given(ANCHORS, ANCHORS)
def test_a_day_in_words_is_that_day_whatever_the_anchor(day: date, anchor: date) -> None:
    month = MONTHS[day.month - 1]
    for words in (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{WEEKDAYS[day.weekday()]}, {day.day} {month[:3]} {day.year}",
    ):
        assert read(words, anchor).edtf == day.isoformat()


@given(ANCHORS, st.integers(0, 400), ANCHORS)
def test_between_two_days_allows_each_day_between_them(first: date, length: int, anchor: date) -> None:
    last = first + timedelta(days=length)
    words = " and ".join(f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in (first, last))
    assert days_of(read(f"between {words}", anchor)) == {first + timedelta(days=step) for step in range(length + 1)}


@given(st.sampled_from(["early", "mid", "late", "the beginning of", "the end of"]), ANCHORS)
def test_a_part_of_a_year_lies_in_it_and_is_at_least_a_quarter(part: str, anchor: date) -> None:
    days = days_of(read(f"{part} {anchor.year}", anchor))
    assert {day.year for day in days} == {anchor.year}
    assert len(days) >= 90


@given(st.sampled_from(["last", "this", "next"]), ANCHORS)
def test_a_week_is_the_seven_days_from_monday(which: str, anchor: date) -> None:
    shifted = anchor + timedelta(days={"last": -7, "this": 0, "next": 7}[which])
    monday = next(day for day in back_from(shifted, 7) if day.weekday() == 0)
    assert days_of(read(f"{which} week", anchor)) == {monday + timedelta(days=step) for step in range(7)}
