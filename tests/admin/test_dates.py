"""The date field: EDTF or words, what is stored, and what is said."""

from __future__ import annotations

import pytest
from django.test import Client

from events.models import Event
from tests.admin.curator import Curator

pytestmark = pytest.mark.django_db

CHANGE = "event/event-one/change/"


@pytest.mark.parametrize(
    ("typed", "edtf", "text", "rule"),
    [
        ("4 November 2019", "2019-11-04", "4 November 2019", "day"),
        (" 4 november  2019 ", "2019-11-04", "4 november  2019", "day"),
        ("last March", "2019-03", "On October 16", "curator"),
        ("between 16 and 18 October", "[2019-10-16..2019-10-18]", "On October 16", "curator"),
        ("16 October 2018", "2018-10-16", "On October 16", "curator"),
        ("2018-10", "2018-10", "On October 16", "curator"),
        ("2018-10-16/2018-10-18", "2018-10-16/2018-10-18", "On October 16", "curator"),
        ("2019-10-16", "2019-10-16", "On October 16", "year-omitted"),
        ("", "", "On October 16", ""),
    ],
)
def test_what_is_stored(editor: Curator, draft: Event, typed: str, edtf: str, text: str, rule: str) -> None:
    page = editor.open(CHANGE).type(edtf=typed).press()
    assert page.errors() == []
    draft.refresh_from_db()
    assert (draft.edtf, draft.date_text, draft.date_rule) == (edtf, text, rule)


def test_other_words_of_the_source_make_it_the_curators_date(editor: Curator, draft: Event) -> None:
    editor.open(CHANGE).type(edtf="16 October", date_text="on the feast of St Gall").press()
    draft.refresh_from_db()
    assert (draft.edtf, draft.date_text, draft.date_rule) == ("2019-10-16", "on the feast of St Gall", "curator")


def test_words_of_a_source_that_is_pasted_there_are_its_words(editor: Curator, draft: Event) -> None:
    page = editor.open(CHANGE).type(edtf="last March", source__0__passage="Last March, it ended.")
    page.type(source__0__title="Another", source__0__published="2019-05-01").press()
    draft.refresh_from_db()
    assert (draft.edtf, draft.date_text, draft.date_rule) == ("2019-03", "last March", "last-named-month")


def test_words_of_a_source_that_is_taken_out_are_not_taken_for_it(editor: Curator, draft: Event) -> None:
    editor.open(CHANGE).type(edtf="4 November 2019", evidence__0__DELETE="on").press()
    draft.refresh_from_db()
    assert (draft.date_text, draft.date_rule) == ("4 November 2019", "day")


def test_words_are_read_against_the_day_that_the_curator_gives(editor: Curator, draft: Event) -> None:
    editor.open(CHANGE).type(edtf="last March", date_anchor="2011-01-05").press()
    draft.refresh_from_db()
    assert (draft.edtf, str(draft.date_anchor)) == ("2010-03", "2011-01-05")


def test_without_one_against_the_day_of_the_first_evidence(editor: Curator, draft: Event) -> None:
    editor.open(CHANGE).type(edtf="last March", date_anchor="").press()
    draft.refresh_from_db()
    assert (draft.edtf, str(draft.date_anchor)) == ("2019-03", "2019-11-04")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2019-02-30", "Write 2019-02?"),
        ("2019/2018", "Write 2018/2019?"),
        ("recently", "Leave the date empty and keep the words"),
        ("when it rained", "No rule finds a date in these words"),
        ("x" * 201, "at most 200 characters"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(editor: Curator, draft: Event, typed: str, says: str) -> None:
    page = editor.open(CHANGE).type(edtf=typed).press()
    assert len(page.errors()) == 1
    assert says in page.errors()[0]
    assert page.sent["edtf"] == [typed]
    draft.refresh_from_db()
    assert draft.edtf == "2019-10-16"


def test_words_that_count_from_a_day_need_one(editor: Curator) -> None:
    page = editor.open("event/add/").type(title="Undated source", type="OTHER", edtf="last March").press()
    assert ["count from a day" in error for error in page.errors()] == [True]
    assert page.type(edtf="16 October 2018").press().errors() == []
    assert Event.objects.get().edtf == "2018-10-16"


def test_the_form_says_how_the_date_is_understood(editor: Curator, draft: Event) -> None:
    page = editor.open(CHANGE)
    assert "Understood as 2019-10-16: 16 October 2019." in page.text
    page = page.type(edtf="4 November").press("_understand")
    assert "Understood as 2019-11-04: 4 November 2019. Read by the rule “year-omitted”." in page.text
    assert page.errors() == []
    assert page.sent["edtf"] == ["4 November"]
    draft.refresh_from_db()
    assert draft.version == 1


@pytest.mark.parametrize(
    ("query", "text", "fault"),
    [
        ({"words": "last March", "anchor": "2019-11-04"}, "Understood as 2019-03: March 2019.", False),
        ({"words": "last March", "document": "doc-one"}, "Understood as 2019-03: March 2019.", False),
        ({"words": "last March", "published": "2011-01-05"}, "Understood as 2010-03: March 2010.", False),
        ({"words": "2019~"}, "Understood as 2019~: about 2019.", False),
        ({"words": "last March"}, "count from a day", True),
        ({"words": "last March", "anchor": "1 Brumaire", "document": "\0"}, "count from a day", True),
        ({"words": "2019-02-30"}, "Write 2019-02?", True),
        ({"words": "x" * 100_000}, "", True),
        ({"words": "\0"}, "", True),
        ({}, "", True),
    ],
)
def test_the_preview(contributor: Curator, draft: Event, query: dict[str, str], text: str, fault: bool) -> None:
    answer = contributor.get("event/read-date/", **query).json()
    assert text in answer["text"]
    assert answer["fault"] is fault


def test_the_preview_is_for_curators(client: Client, draft: Event) -> None:
    assert client.get("/admin/events/event/read-date/?words=2019").status_code == 302
