"""The time expressions of a text: where they stand, what they mean, what they count from."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.dates import parse
from events.extraction import find
from tests.dates.phrases.cases import COUNTED, JOINED, STRETCHES, WRITTEN_OUT

PUBLISHED = date(2019, 11, 4)  # a Monday

NEWS = [
    ("The ministers met on Friday.", [("Friday", "2019-11-01")]),
    ("The ministers will meet on Friday.", [("Friday", "2019-11-08")]),
    ("The court had ruled on Friday, and the mayor said so.", [("Friday", "2019-11-01")]),
    ("He moved there in May 2014 and left in 2018.", [("May 2014", "2014-05"), ("2018", "2018")]),
    ("The office opened on October 16.", [("October 16", "2019-10-16")]),
    ("The law was passed last March.", [("last March", "2019-03")]),
    ("The law passes in March.", [("March", "2019-03")]),
    ("They expect to open it in March.", [("March", "2020-03")]),
    ("It happened recently.", [("recently", None)]),
    ("It happened a few years ago.", [("a few years ago", None)]),
    ("It lasted three years.", [("three years", None)]),
    ("It comes back every Friday.", [("every Friday", None)]),
    (
        "It was on 3 May 2018; two days later it was over.",
        [("3 May 2018", "2018-05-03"), ("two days later", "2018-05-05")],
    ),
    ("Read between 16 and 18 October.", [("between 16 and 18 October", "[2019-10-16..2019-10-18]")]),
    ("Losses in August and September 1914 were high.", [("August", "1914-08"), ("September 1914", "1914-09")]),
    ("Last\nyear it rained.", [("Last\nyear", "2018")]),
    ("The bridge is to be opened in March.", [("March", "2020-03")]),
    ("They agreed to pay by February.", [("by February", "[..2020-02]")]),
    ("Guidelines to be published in early December will say so.", [("early December", "[2019-12-01..2019-12-11]")]),
    ("It had been due to expire on Friday.", [("Friday", "2019-11-01")]),
    ("She will leave at 4 in the morning (4 a.m. EST Thursday).", [("4 a.m. EST Thursday", "2019-11-07")]),
    ("The talks were adjourned until Thursday.", [("until Thursday", "../2019-11-07")]),
    (
        "It was sold on Feb. 23, he said, and may reopen on Feb. 1.",
        [("Feb. 23", "2019-02-23"), ("Feb. 1", "2020-02-01")],
    ),
    ("He was found on Thanksgiving Day.", [("Thanksgiving Day", "2018-11-22")]),
    ("He died on Christmas Eve.", [("Christmas Eve", "2018-12-24")]),
    ("She will leave on Christmas Eve.", [("Christmas Eve", "2019-12-24")]),
    (
        "It happened between Christmas and New Year.",
        [("between Christmas and New Year", "[2018-12-25..2019-01-01]")],
    ),
    ("They prayed as Easter week began.", [("Easter week", None)]),
    ("It happened over Easter 2018.", [("over Easter 2018", "2018-04-01~")]),
    ("We met on the weekend of 5 May 2018.", [("the weekend of 5 May 2018", "[2018-05-05..2018-05-06]")]),
    ("The week commencing 5 May 2018 was calm.", [("The week commencing 5 May 2018", "[2018-05-05..2018-05-11]")]),
    ("On May 3, 4 and 5, 2018 they met.", [("May 3, 4 and 5, 2018", "2018-05-03/2018-05-05")]),
    ("They met on 3/4 May 2018.", [("3/4 May 2018", "2018-05-03/2018-05-04")]),
    ("They met on 3 and 5 May 2018.", [("3 and 5 May 2018", "2018-05-03/2018-05-05")]),
    ("It began in spring/summer 2018.", [("2018", "2018")]),
    ("It is held on 1 May of each year.", [("1 May of each year", None)]),
    ("It failed at 2019-05-06T10:00:00Z.", [("2019-05-06T10:00:00Z", "2019-05-06")]),
    ("Less than two weeks ago he left.", [("Less than two weeks ago", "[2019-10-21..2019-11-04]")]),
    ("He left over 30 years ago.", [("over 30 years ago", "[..1989]")]),
    ("He left more than a year ago.", [("more than a year ago", "[..2018]")]),
    ("In June Smith resigned.", [("June", "2019-06")]),
    ("In 1984 he left, after the 2016 floods.", [("1984", "1984"), ("after the 2016", "[2016..]")]),
    ("It grew in the past few weeks.", [("the past few weeks", None)]),
    ("They marched for two bloody weeks.", [("two bloody weeks", None)]),
    ("Le 16 octobre 2019, il est parti.", [("16 octobre 2019", "2019-10-16")]),
    ("会议于2019年10月16日在北京举行。", [("2019年10月16日", "2019-10-16")]),
]

NO_TIMES = [
    "He may have been wrong.",
    "They march to the capital.",
    "Jan Kavan spoke.",
    "April Jones resigned. June Smith resigned.",
    "He said April Jones resigned.",
    "They met in Room 1917, and Agenda 2030 was adopted.",
    "The film 1984 and Blade Runner 2049 were shown.",
    "It was item number 1017, at the age of 1999.",
    "He came on Monday week.",
    "Sun Microsystems fell.",
    "A 6-year-old boy and four flights a week.",
    "Some 2000 people came, and 1500 soldiers.",
    "It cost $1990.",
    "Prices fall in the city.",
    "The fall of the city.",
    "Dates without a month, such as the 11th Circuit.",
    "The appeal went to the 11th Circuit.",
    "Soon after the fall of Guernica they continued to fall back.",
    "They were ready to march on the town.",
    "Shops opened on Black Friday, and on the third Thursday of it.",
    "The court met on the last Friday of the term.",
    "A second attack was reported in some quarters, by three quarters of the troops.",
    "The Easter Offensive and a Christmas tree.",
    "He was in his 30s when 12 officers 2019 miles away came to the 1st Cavalry.",
    "She was named Woman of the Year.",
]

NARRATIVE = """The war began in 1861. In 1862 both sides raised armies, and in 1863 they met twice.

In April 1864 the siege was laid. On 3 May the walls fell. By June the city was empty.

In 1865 it was over. In March 1866 the last garrison left."""


@pytest.mark.parametrize(("text", "expected"), NEWS)
def test_expressions_of_news_and_what_they_mean(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = [(mention.text, mention.edtf) for mention in find(text, PUBLISHED)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("Theresa May visited Berlin in March.", "2019-03"), ("It may open in March.", "2020-03")],
)
def test_may_looks_ahead_where_it_is_a_verb(text: str, edtf: str) -> None:
    assert find(text, PUBLISHED)[-1].edtf == edtf


@pytest.mark.parametrize("text", ["Two days later they left.", "It opened. The next day it was shut."])
def test_what_counts_from_what_was_never_told_has_no_date(text: str) -> None:
    assert [mention.edtf for mention in find(text, PUBLISHED)] == [None]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("They came after the 2016 floods.", "[2016..]"), ("They came before the 2016 floods.", "[..2016]")],
)
def test_what_has_a_year_in_its_name_may_have_been_any_time_in_it(text: str, edtf: str) -> None:
    assert find(text, PUBLISHED)[0].edtf == edtf


def test_each_day_of_a_list_has_the_year_behind_it() -> None:
    [listed] = find("They met on May 3, 4 and 5, 2018.", PUBLISHED)
    assert next(part.edtf for part in listed.parts) == "2018-05-03"


def test_a_fortnight_is_no_night() -> None:
    assert [mention.type for mention in find("He left a fortnight ago.", PUBLISHED)] == ["DATE"]


@pytest.mark.parametrize("text", NO_TIMES)
def test_words_that_only_look_like_a_time_are_left(text: str) -> None:
    assert [mention.text for mention in find(text, PUBLISHED) if mention.type != "DURATION"] == []


def test_in_narrative_prose_the_year_is_that_of_what_was_told_before() -> None:
    read = {mention.text: mention.edtf for mention in find(NARRATIVE, PUBLISHED)}
    assert read["3 May"] == "1864-05-03"
    assert read["By June"] == "[..1864-06]"


def test_what_counts_from_a_year_before_christ_has_no_date() -> None:
    text = (
        "In 490 BC they came. In 487 BC, 485 BC, 483 BC and 481 BC they armed. In spring they left. In June they fell."
    )
    assert {mention.edtf for mention in find(text, PUBLISHED)} == {None}


TWO_READINGS = [
    ("It was signed last October.", "2019-10?", ("2019-10", "2018-10")),
    ("It was signed on 3/4/2018.", "2018-04-03?", ("2018-04-03", "2018-03-04")),
    (
        "In the third quarter of 2018 it earned $5 million, up from $4 million a year earlier.",
        "2017",
        ("2017-35", "2017"),
    ),
]


@pytest.mark.parametrize(("text", "edtf", "alternatives"), TWO_READINGS)
def test_the_other_reading_is_kept(text: str, edtf: str, alternatives: tuple[str, ...]) -> None:
    mention = find(text, PUBLISHED)[-1]
    assert (mention.edtf, mention.alternatives) == (edtf, alternatives)


def test_a_date_told_by_the_way_is_not_what_the_next_one_counts_from() -> None:
    text = (
        "The war began in 1861, and in May 1862 it came to the river. In 1863 a veteran wrote, as a book of June 1897"
        " says, of the mud. On 3 July 1863 it rained. By August they were gone. The peace of May 1865 was still far."
    )
    read = {mention.text: mention.edtf for mention in find(text, PUBLISHED)}
    assert read["By August"] == "[..1863-08]"


@pytest.mark.parametrize(
    ("told", "counted", "days"),
    [
        ("in October 2018", "that day", 31),
        ("in October 2018", "two days later", 31),
        ("in 2018", "the next day", 365),
        ("in 2018", "two weeks later", 365),
        ("in the 1990s", "the following year", 3652),
    ],
)
def test_what_counts_from_a_stretch_is_no_sharper_than_it(told: str, counted: str, days: int) -> None:
    mention = find(f"It happened {told}. They left {counted}.", PUBLISHED)[-1]
    assert mention.text == counted
    assert mention.first
    assert mention.last
    assert (mention.last - mention.first).days + 1 >= days


def test_a_range_keeps_the_expressions_that_it_joins() -> None:
    (mention,) = find("It lasted from May to July 2018.", PUBLISHED)
    assert mention.edtf == "2018-05/2018-07"
    assert [part.edtf for part in mention.parts] == ["2018-05", "2018-07"]


def test_offsets_count_the_characters_of_the_text() -> None:
    text = "Ağrı’da İstanbul — on\u00a03\u00a0May 2018, ‘late 2018’."
    assert [(text[mention.start : mention.end], mention.edtf) for mention in find(text, PUBLISHED)] == [
        ("3\u00a0May 2018", "2018-05-03"),
        ("late 2018", "[2018-09..2018-12]"),
    ]


WORDS = [case[0] for case in (*WRITTEN_OUT, *STRETCHES, *COUNTED, *JOINED)]
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=8).map(" ".join)


@given(TEXTS, st.dates())
def test_any_text_is_read_without_an_error_and_offsets_are_exact(text: str, published: date) -> None:
    end = 0
    for mention in find(text, published):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        end = mention.end
        if mention.edtf:
            value = parse(mention.edtf)
            assert (value.start_earliest, value.end_latest) == (mention.first, mention.last)


@given(TEXTS)
def test_the_same_text_gives_the_same_mentions(text: str) -> None:
    assert find(text, PUBLISHED) == find(text, PUBLISHED)
