"""Windows: when a date falls into one, and the texts that name one."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from events.dates import Window, calendar_span, parse
from events.errors import InvalidDate


def window(first: str, last: str) -> Window:
    return Window(calendar_span(first)[0], calendar_span(last)[1])


@pytest.mark.parametrize(
    ("text", "first", "last", "match"),
    [
        # both days of a window count
        ("2019-10-16", "2019-10-16", "2019-10-16", "certain"),
        ("2019-10-16", "2019-10-17", "2019-10-31", None),
        ("2019-10-16", "2019-10-01", "2019-10-15", None),
        # one day somewhere in October
        ("2019-10", "2019-10", "2019-10", "certain"),
        ("2019-10", "2019-10-02", "2019-10-31", "possible"),
        ("2019-10", "2019-10-16", "2019-10-16", "possible"),
        ("2019-10", "2019-11", "2019-12", None),
        # what lasted throughout a window certainly falls into it
        ("2016/2019", "2017", "2018", "certain"),
        ("2016/2019", "2017-05-05", "2017-05-05", "certain"),
        ("2016/2019", "2016-05", "2016-05", "possible"),
        # one day between two is not all of them
        ("[2019-10-16..2019-10-18]", "2019-10-17", "2019-10-17", "possible"),
        ("[2019-10-16..2019-10-18]", "2019-10-16", "2019-10-18", "certain"),
        # an open end goes on, an unknown one may be over
        ("2016/..", "2030", "2030", "certain"),
        ("2016/", "2030", "2030", "possible"),
        ("../2016", "1900", "1900", "certain"),
        ("/2016", "1900", "1900", "possible"),
        # ends that overlap
        ("2019-10/2019-10-20", "2019-10-20", "2019-10-20", "certain"),
        ("2019-10/2019-10-20", "2019-10-21", "2019-10-31", None),
        # approximate values reach further, uncertain ones are never certain
        ("2016~", "2016", "2016", "possible"),
        ("2016~", "2015", "2017", "certain"),
        ("2016?", "2000", "2100", "possible"),
        ("2016%", "0001", "9999", "possible"),
        ("2016/2019?", "2017", "2017", "possible"),
    ],
)
def test_match(text: str, first: str, last: str, match: str | None) -> None:
    assert parse(text).match(window(first, last)) == match


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-10-16", "2019-10-16", "2019-10-16"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_calendar_span(text: str, first: str, last: str) -> None:
    assert calendar_span(text) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("2019-XX", "2019"),
        ("2019-10-XX", "2019-10"),
        ("2019?", "2019"),
        ("2019-10-16~", "2019-10-16"),
        ("2019-02-30", "2019-02"),
        ("2019-3-5", "2019-03-05"),
        ("20191016", "2019-10-16"),
        ("２０１９", "2019"),
        ("2019-10-16T00:00:00Z", "2019-10-16"),
        ("2019-21", None),
        ("201X", None),
        ("1950S2", None),
        ("2019/2020", None),
        ("2020/2019", None),
        ("[2019..2020]", None),
        ("2019-W42", None),
        ("", None),
        ("0000", None),
        ("yesterday", None),
        ("9" * 100_000, None),
        ("2019\x00", None),
        ("2019\ud800", None),
    ],
)
def test_calendar_span_refuses_all_else(text: str, suggestion: str | None) -> None:
    with pytest.raises(InvalidDate) as refusal:
        calendar_span(text)
    assert refusal.value.suggestion == suggestion


def test_a_window_does_not_end_before_it_starts() -> None:
    with pytest.raises(InvalidDate, match="2019-10-18"):
        Window(date(2019, 10, 18), date(2019, 10, 16))


def test_values_and_windows_can_be_stored() -> None:
    for kept in (parse("2019-10~/.."), window("2019", "2020")):
        assert pickle.loads(pickle.dumps(kept)) == kept
