"""One's own table: proposed whole or not at all, once, with every fault named by line and column."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook

from events.curation.decide import accept
from events.curation.deed import deed
from events.models import Document, Edit, Event, Proposal
from tests.curation.world import AT, assert_sound
from tests.exchange.tables import MAP, make

pytestmark = pytest.mark.django_db

ROWS = 300
SIMPLE = b'title = "What"\ndate = "When"\n'


def run(folder: Path, content: bytes, where: bytes = MAP, *more: str, name: str = "mine.csv") -> str:
    (folder / name).write_bytes(content)
    (folder / "map.toml").write_bytes(where)
    said = io.StringIO()
    files = (str(folder / name), "--map", str(folder / "map.toml"))
    call_command("import_table", *files, "--by", "ann", *more, stdout=said)
    return said.getvalue()


def refused(folder: Path, content: bytes, where: bytes = SIMPLE, *more: str) -> list[str]:
    with pytest.raises(CommandError) as error:
        run(folder, content, where, *more)
    assert not Proposal.objects.exists()
    assert not Document.objects.exists()
    first, *faults = str(error.value).splitlines()
    assert first.startswith("Nothing was imported.")
    return faults


def test_a_table_of_some_hundred_rows(tmp_path: Path) -> None:
    content, expected = make(ROWS)
    assert "300 rows would be proposed" in run(tmp_path, content, MAP, "--dry-run")
    assert not Document.objects.exists()
    assert "300 rows proposed, 0 known" in run(tmp_path, content)
    document = Document.objects.get()
    assert (document.title, document.text[:8]) == ("mine.csv", "Headline")
    rows = list(Proposal.objects.order_by("pk"))
    assert [(row.title, row.edtf) for row in rows] == expected
    for row in rows:
        [item] = row.quotations()
        assert document.text[item["start"] : item["end"]] == item["quote"]
        assert "date" in item["supports"] or not row.edtf
        assert row.values.get("date_rule", "table") == "table"
    assert {row.origin for row in rows} == {"import"}
    assert set(Edit.objects.values_list("by", flat=True)) == {"ann"}


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    content, _expected = make(20)
    run(tmp_path, content)
    before = (list(Proposal.objects.values()), list(Document.objects.values()), Edit.objects.count())
    assert "0 rows proposed, 20 known" in run(tmp_path, content)
    assert "0 rows proposed, 20 known" in run(tmp_path, content, MAP, name="renamed.csv")
    assert (list(Proposal.objects.values()), list(Document.objects.values()), Edit.objects.count()) == before
    more, _expected = make(23)
    assert "3 rows proposed, 20 known" in run(tmp_path, more)


def test_a_row_is_accepted_as_it_stands(tmp_path: Path) -> None:
    content, expected = make(30)
    run(tmp_path, content)
    for row in Proposal.objects.order_by("pk"):
        accept(row.pk, version=row.version, by="ann", at=AT, looked_at=True, publish=True)
    assert sorted(Event.objects.values_list("title", "edtf")) == sorted(expected)
    assert set(Event.objects.values_list("status", flat=True)) == {"published"}
    assert_sound()


def test_a_spreadsheet(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["What", "When", "Year"])
    sheet.append(["One", AT.replace(tzinfo=None, hour=0), 2019])
    sheet.append(["Two", "2019-10", None])
    packed = io.BytesIO()
    book.save(packed)
    run(tmp_path, packed.getvalue(), SIMPLE, name="mine.xlsx")
    found = [(row.title, row.edtf) for row in Proposal.objects.order_by("pk")]
    assert found == [("One", "2024-05-01"), ("Two", "2019-10")]
    assert Document.objects.get().text == "What,When,Year\nOne,2024-05-01,2019\nTwo,2019-10,\n"


@pytest.mark.parametrize(
    ("cell", "order", "edtf"),
    [
        ("03/04/2019", "--day-first", "2019-04-03"),
        ("03/04/2019", "--month-first", "2019-03-04"),
        ("25/12/2019", "", "2019-12-25"),
        ("12/25/2019", "", "2019-12-25"),
        ("5.5.2019", "", "2019-05-05"),
        ("2019/3/4", "", "2019-03-04"),
        ("10/2019", "", "2019-10"),
        ("2019-10-16 00:00:00", "", "2019-10-16"),
        ("2019-10-16/2019-10-18", "", "2019-10-16/2019-10-18"),
        ("201X", "", "201X"),
        ("16 October 2019", "", "2019-10-16"),
        ("", "", ""),
    ],
)
def test_a_date_in_one_cell(tmp_path: Path, cell: str, order: str, edtf: str) -> None:
    run(tmp_path, f"What;When\nOne;{cell}\n".encode(), SIMPLE, *([order] if order else []))
    row = Proposal.objects.get()
    assert (row.edtf, row.values.get("date_text", "")) == (edtf, cell)


@pytest.mark.parametrize(
    ("cell", "order", "says"),
    [
        ("12/25/2019", "--day-first", "isn't a day"),
        ("3/4/19", "--day-first", "has a year of two digits"),
        ("31/02/2019", "", "isn't a day"),
        ("last March", "", "counts from a day; write the date in full"),
        ("2019-13", "", "month"),
        ("soon", "", ""),
    ],
)
def test_a_date_that_is_refused(tmp_path: Path, cell: str, order: str, says: str) -> None:
    [fault] = refused(tmp_path, f"What;When\nFine;2019\nOne;{cell}\n".encode(), SIMPLE, *([order] if order else []))
    assert fault.startswith("Line 3, column “When”: ")
    assert says in fault


def test_a_date_that_may_be_two_days_is_refused_once_and_for_all(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as error:
        run(tmp_path, b"What;When\nOne;03/04/2019\nTwo;05/06/2019\n", SIMPLE)
    assert str(error.value).splitlines() == [
        "Nothing was imported. Say by --day-first or --month-first which comes first.",
        "Line 2, column “When”: “03/04/2019” may be two days; say which comes first, the day or the month.",
        "Line 3, column “When”: “05/06/2019” may be two days; say which comes first, the day or the month.",
    ]


HEAD = "Headline,Kind,Notes,Town,Country,Others,Lat,Lon,Year,Month,Day,Prec,Actor,Actor country\n"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",,,,,,,,2019,,,,,", "column “Headline”: A row has a title."),
        ("A,protest,,,,,,,2019,,,,,", "column “Kind”: There is no type “protest”. Did you mean PROTEST?"),
        ("A,,,,Atlantis,,,,2019,,,,,", "column “Country”: There is no country “Atlantis”"),
        ("A,,,,,,north,1,2019,,,,,", "column “Lat”: “north” isn't a number of degrees"),
        ("A,,,,,,,,2019,,16,,,", "column “Day”: There is a day, and no month."),
        ("A,,,,,,,,,10,,,,", "column “Month”: There is a month, and no year."),
        ("A,,,,,,,,19,10,,,,", "column “Year”: “19” isn't a year"),
        ("A,,,,,,,,2019,Oct,,,,", "column “Month”: “Oct” isn't a month"),
        ("A,,,,,,,,2019,2,30,,,", "30"),
        ("A,,,,,,,,2019,2,,1,,", "column “Prec”: It says that the day is known, and there is none."),
        ("A,,,,,,,,2019,2,,x,,", "column “Prec”: “x” isn't in the map"),
        ("A,,,", "Line 2: it has 4 cells, and there are 14 columns."),
        ('A,"B', "Line 2: it isn't CSV"),
    ],
)
def test_a_row_that_is_refused(tmp_path: Path, row: str, says: str) -> None:
    faults = refused(tmp_path, f"{HEAD}{row}\n".encode(), MAP)
    assert any("Line 2" in fault and says in fault for fault in faults), faults


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    rows = "What,When\n" + "".join(f"Row {number},32.13.2019\n" for number in range(80))
    faults = refused(tmp_path, rows.encode())
    assert len(faults) == 51
    assert faults[-1] == "And 30 more."
    assert refused(tmp_path, b"What,When\nA,2019\nA,2019\n") == ["Line 3: It is the same as line 2."]


@pytest.mark.parametrize(
    ("content", "where", "says"),
    [
        (b"", SIMPLE, "It is empty."),
        (b"What,When\n", SIMPLE, "There are no rows below the heading."),
        (b"What,What\nA,B\n", SIMPLE, "the column “What” stands twice"),
        (b"What,\nA,B\n", SIMPLE, "column 2 has no name"),
        (b"Waht,When\nA,2019\n", SIMPLE, "There is no column “What”. Did you mean “Waht”?"),
        (b"What,When\nA\xff,2019\n", SIMPLE, "Line 2: it isn't UTF-8"),
        (b"What,When\nA\0,2019\n", SIMPLE, "NUL"),
        (b"What,When\nA,2019\n", b"title = [", "The map isn't TOML"),
        (b"What,When\nA,2019\n", b'titel = "What"', "there is no “titel”. Did you mean title?"),
        (b"What,When\nA,2019\n", b'date = "When"', "say which column is the title"),
        (b"What,When\nA,2019\n", b'title = "What"\n[date]\nmonth = "When"', "pieces begin with the year"),
        (b"What,When\nA,2019\n", b'title = "What"\n[[actors]]\nname = "What"\nrole = "boss"', "the role is one of"),
        (b"x" * 2_000_001, SIMPLE, "2,000,000 bytes"),
    ],
)
def test_a_file_or_a_map_that_is_refused(tmp_path: Path, content: bytes, where: bytes, says: str) -> None:
    assert any(says in fault for fault in refused(tmp_path, content, where))


def test_what_is_no_spreadsheet(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="isn't a spreadsheet"):
        run(tmp_path, b"What,When\n", SIMPLE, name="mine.xlsx")


def test_a_proposal_that_was_rejected_does_not_come_back(tmp_path: Path) -> None:
    content, _expected = make(1)
    run(tmp_path, content)
    rejected: dict[str, Any] = {"status": "rejected", "decided_at": AT}
    with deed():
        Proposal.objects.update(**rejected)
    assert "0 rows proposed, 1 known" in run(tmp_path, content)
    assert Proposal.objects.get().status == "rejected"
