"""TimelineJS3, against the fields that its documentation names: dates, words, text as HTML."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest

from tests.exchange.cases import CONTROLS, DATES, HOSTILE, UNPLACED, date, dated, hostile, revision, written

DATE = {
    "type": "object",
    "required": ["year"],
    "properties": {
        "year": {"type": "integer", "minimum": 1, "maximum": 9999},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
    },
    "dependentRequired": {"day": ["month"]},
    "additionalProperties": False,
}
TEXT = {
    "type": "object",
    "properties": {"headline": {"type": "string"}, "text": {"type": "string"}},
    "additionalProperties": False,
}
SLIDE = {
    "type": "object",
    "required": ["start_date", "text", "unique_id", "display_date"],
    "properties": {
        "start_date": DATE,
        "end_date": DATE,
        "text": TEXT,
        "display_date": {"type": "string", "minLength": 1},
        "unique_id": {"type": "string", "minLength": 1},
        "autolink": {"type": "boolean"},
    },
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "required": ["events"],
    "properties": {
        "title": {"type": "object", "properties": {"text": TEXT}, "additionalProperties": False},
        "events": {"type": "array", "items": SLIDE},
    },
    "additionalProperties": False,
}
# First date, last date, words.
SLIDES: dict[str, tuple[list[int], list[int] | None, str]] = {
    "day": ([2019, 10, 16], None, "16 October 2019"),
    "month": ([2019, 10], None, "October 2019"),
    "season": ([2019, 3], [2019, 5], "spring 2019"),
    "decade": ([1940], [1949], "the 1940s"),
    "interval": ([2019, 10, 16], [2019, 10, 18], "from 16 to 18 October 2019"),
    "one day of three": ([2019, 10, 16], [2019, 10, 18], "one day between 16 and 18 October 2019"),
    "open end": ([2016, 3], None, "from March 2016 on, still going on"),
    "unknown end": ([2016], None, "from 2016 to an unknown day"),
    "approximate": ([2016, 10, 16], None, "about 16 October 2016"),
    "uncertain": ([2019, 10, 16], None, "16 October 2019, uncertain"),
    "year 1": ([1], None, "AD 1"),
    "first day": ([1, 1, 1], None, "1 January AD 1"),
    "year 9999": ([9999], None, "9999"),
    "last day": ([9999, 12, 31], None, "31 December 9999"),
}
# Where the ends are known differently well: TimelineJS draws 2019-10 at its first day.
ENDS = [
    ("2019-03/2019-10-18", [2019, 3], [2019, 10, 18]),
    ("2019-10-16/2019-10", [2019, 10, 16], None),
    ("2019-10-16/2019", [2019, 10, 16], None),
    ("2019/2019-10", [2019], [2019, 10]),
    ("2018~/2019-33?", [2018], [2019, 3]),
    ("[2019-10..]", [2019, 10], None),
    ("[194X..2019]", [1940], [2019]),
]


def read(text: str) -> Any:
    content = json.loads(text)
    jsonschema.validate(content, SCHEMA, cls=jsonschema.Draft202012Validator)
    return content


def parts(slide: dict[str, Any], name: str) -> list[int] | None:
    return list(slide[name].values()) if name in slide else None


def test_every_case_that_has_a_first_day_is_here() -> None:
    assert SLIDES.keys() | UNPLACED == DATES.keys()


@pytest.mark.parametrize("case", SLIDES)
def test_a_date_has_what_is_known_of_it(case: str) -> None:
    start, end, words = SLIDES[case]
    (slide,) = read(written("timelinejs", dated(case)))["events"]
    assert (parts(slide, "start_date"), parts(slide, "end_date")) == (start, end)
    assert slide["display_date"] == words


@pytest.mark.parametrize(("edtf", "start", "end"), ENDS)
def test_no_slide_ends_before_it_starts(edtf: str, start: list[int], end: list[int] | None) -> None:
    (slide,) = read(written("timelinejs", revision(date=date(edtf))))["events"]
    assert (parts(slide, "start_date"), parts(slide, "end_date")) == (start, end)


class Markup(HTMLParser):
    """The tags and the text of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_slide_has_title_words_quotation_source_and_page() -> None:
    (slide,) = read(written("timelinejs", revision()))["events"]
    text = Markup(slide["text"]["text"])
    assert slide["unique_id"] == "event-a"
    assert slide["text"]["headline"] == "A title"
    assert text.tags == {"p", "blockquote", "a"}
    for said in ("on October 16", "Claimed by A ministry.", "It was said.", "A digest, Gazette, 2019-11-04"):
        assert said in text.text
    assert 'href="https://example.org/dateline/events/event-a/a-title/"' in slide["text"]["text"]


@pytest.mark.parametrize("harm", [HOSTILE, CONTROLS])
def test_text_is_never_markup(harm: str) -> None:
    (slide, _other) = read(written("timelinejs", hostile(harm), revision()))["events"]
    headline, text = Markup(slide["text"]["headline"]), Markup(slide["text"]["text"])
    assert (headline.tags, headline.text) == (set(), harm)
    assert text.tags <= {"p", "blockquote", "a", "br"}


def test_the_title_slide_says_dataset_and_question() -> None:
    content = read(written("timelinejs", asked=(("date", "2019-10"),)))
    assert content == {
        "title": {
            "text": {
                "headline": "Ann &amp; Bob&#x27;s &lt;dataset&gt;",
                "text": "events that may have happened in October 2019",
            }
        },
        "events": [],
    }
