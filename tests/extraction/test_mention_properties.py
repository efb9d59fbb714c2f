"""What holds for the time expressions of every text: no error, exact offsets, no day that the words do not say."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from events.dates import parse
from events.extraction import Mention, find

PUBLICATIONS = st.dates(date(1850, 1, 1), date(2100, 12, 31))
# Words for stretches of time, and how many days each has at the least.
STRETCHES = {
    "this year": 365, "last year": 365, "in 1987": 365, "nineteen ninety-one": 365, "three years ago": 365,
    "the following year": 365, "a year earlier": 365, "for the full year": 365, "the 1990s": 3652,
    "two decades ago": 3652,
    "last month": 28, "in March": 28, "March 2018": 28, "in early June": 10, "that month": 28, "two months later": 28,
    "last October": 30, "the third quarter": 92, "the spring": 89, "winter 2018": 89, "the latest quarter": 90,
    "last week": 7, "two weeks later": 7, "six weeks ago": 7, "the weekend": 2, "late 2018": 90, "year-end": 90,
    "the first half of 2018": 181, "the past three months": 85, "the next ten days": 10, "about 2016": 1096,
    "around 3 May 2018": 3, "last night": 2, "a few days later": 12, "the 20th century": 36524, "Eid al-Fitr 2019": 3,
}  # fmt: skip
TOLD = ["", "The war began in 1861, and in 1863, 1864, 1865, 1866 and 1867 it went on. ", "On 3 May 2018 it rained. ",
        "In October 2017 it ended. ", "In the third quarter of 1999 it earned $5 million. "]  # fmt: skip
CLAUSES = ["They left {}.", "They will leave {}.", "The hall is to be opened {}, he said.", "{}, nobody came.",
           "It rose to $5 million from $4 million {}.", "It may have been {}; it was due {}."]  # fmt: skip
HOSTILE = ["\ue000\ue001\ue004", "\x00", "\ud800", "İ" * 9, "1/" * 50, "2019-" * 30, "'98'98'98", "year " * 20,
           "é́" * 9, "early " * 30, "the end of " * 20, "99 octobre 2019", "0000-00-00", "9999 years later", "年月日",
           "may " * 20, "next century of the year 9999", "480 BC", "two thousand years ago", "Easter 9999"]  # fmt: skip


def inside(mention: Mention) -> list[Mention]:
    """The mention, and those that it joins."""
    return [mention, *(one for part in mention.parts for one in inside(part))]


@given(st.sampled_from(TOLD), st.sampled_from(CLAUSES), st.sampled_from(sorted(STRETCHES)), PUBLICATIONS)
def test_a_mention_is_never_sharper_than_its_words(told: str, clause: str, words: str, published: date) -> None:
    text = told + clause.replace("{}", words)
    for mention in find(text, published):
        if mention.start >= len(told) and mention.first and mention.last:
            assert mention.last - mention.first >= timedelta(days=STRETCHES[words] - 1)


@given(st.lists(st.sampled_from([*TOLD, *CLAUSES, *STRETCHES, *HOSTILE]) | st.text(max_size=9), max_size=9), st.dates())
def test_every_text_is_read_with_exact_offsets(pieces: list[str], published: date) -> None:
    text = " ".join(pieces)
    end = 0
    for mention in find(text, published):
        assert end <= mention.start
        end = mention.end
        for one in inside(mention):
            assert mention.start <= one.start < one.end <= mention.end
            assert text[one.start : one.end] == one.text


@given(st.lists(st.sampled_from([*TOLD, *CLAUSES, *STRETCHES]), max_size=6), PUBLICATIONS)
def test_two_readings_are_covered_or_marked_uncertain(pieces: list[str], published: date) -> None:
    for mention in find(" ".join(pieces), published):
        if not mention.alternatives:
            continue
        assert mention.edtf
        assert mention.first
        assert mention.last
        values = [parse(one) for one in mention.alternatives]
        covered = all(mention.first <= one.start_earliest and one.end_latest <= mention.last for one in values)
        assert covered or mention.edtf.endswith(("?", "%"))


@given(st.sampled_from(["recently", "a few years ago", "in recent months", "now", "the past few weeks"]), PUBLICATIONS)
def test_words_without_a_date_get_none(words: str, published: date) -> None:
    (mention,) = find(f"It was changed {words}, he said.", published)
    assert (mention.edtf, mention.first, mention.last, mention.anchor) == (None, None, None, None)
