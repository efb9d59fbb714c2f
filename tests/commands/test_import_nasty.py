"""Tables as bad as people's tables are: what each row means, or which line and column can't be read."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from openpyxl import Workbook
from openpyxl.styles import numbers

from events.curation.decide import accept
from events.exchange import spreadsheet
from events.models import Document, Event, Proposal
from tests.commands.test_import_table import SIMPLE, refused, run
from tests.curation.world import AT, assert_sound
from tests.exchange import nasty

pytestmark = pytest.mark.django_db

MAP = nasty.MAP.encode()


def sheet(*rows: tuple[Any, ...], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    page: Any = book.active
    for row in rows:
        page.append(row)
    for cell, number_format in (formats or {}).items():
        page[cell].number_format = number_format
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def refused_sheet(folder: Path, content: bytes) -> list[str]:
    with pytest.raises(CommandError) as error:
        run(folder, content, SIMPLE, name="mine.xlsx")
    assert not Proposal.objects.exists()
    return str(error.value).splitlines()[1:]


@pytest.mark.parametrize(("delimiter", "number"), [(";", 312), (",", 60), ("\t", 60)])
def test_each_row_means_what_it_says(tmp_path: Path, delimiter: str, number: int) -> None:
    content, expected = nasty.as_csv(number, delimiter)
    assert f"{number} rows proposed" in run(tmp_path, content, MAP)
    rows = list(Proposal.objects.order_by("pk"))
    assert [(row.title, row.edtf) for row in rows] == [(one.title, one.edtf) for one in expected]
    text = Document.objects.get().text
    for row, one in zip(rows, expected, strict=True):
        assert [person["name"] for person in row.values.get("participations", [])] == one.names
        [item] = row.quotations()
        assert text[item["start"] : item["end"]] == item["quote"]
    assert f"{number} known" in run(tmp_path, content, MAP)


def test_all_of_it_is_published_as_it_stands(tmp_path: Path) -> None:
    content, expected = nasty.as_csv(60)
    run(tmp_path, content, MAP)
    for row in Proposal.objects.order_by("pk"):
        accept(row.pk, version=row.version, by="ann", at=AT, looked_at=True, publish=True)
    assert sorted(Event.objects.values_list("title", "edtf")) == sorted((one.title, one.edtf) for one in expected)
    assert_sound()


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("Début", "03/04/2019", "may be two days"),
        ("Début", "2019-02-30", "30"),
        ("Fin", "2001", "ends before it starts"),
        ("Lat", "95.5", "isn't a number of degrees up to 90"),
        ("Lon", "", "go together"),
        ("Qui", "A|B|a", "An actor stands twice"),
        ("Contre", "Y" * 201, "at most 200 characters"),
        ("Précision", "x", "isn't in the map"),
        ("Pays", "Atlantis", "There is no country"),
    ],
)
def test_one_bad_cell_of_many_stops_all(tmp_path: Path, column: str, cell: str, says: str) -> None:
    table = [row for row, _told in nasty.rows(20)]
    table[17] |= {"Lat": "50.1", "Lon": "14.2", "Début": "2019-10-16", "Fin": "", "Précision": "", column: cell}
    lines = [nasty.HEAD, *(tuple(row.values()) for row in table)]
    quoted = "\n".join(
        ",".join('"' + part.replace('"', '""').replace("\n", " ") + '"' for part in row) for row in lines
    )
    [fault] = refused(tmp_path, quoted.encode(), MAP)
    assert fault.startswith(f"Line 19, column “{column}”: "), fault
    assert says in fault


@pytest.mark.parametrize("cell", ["2019-10-16/2019-10-18", "2019-10~", "201X"])
def test_a_precision_beside_a_date_that_has_one(tmp_path: Path, cell: str) -> None:
    where = b'title = "What"\n[date]\ncolumn = "When"\nprecision = { column = "P", year = ["y"], approximate = ["c"] }'
    for code in "yc":
        [fault] = refused(tmp_path, f"What,When,P\nA,{cell},{code}\n".encode(), where)
        assert "Line 2, column “When”" in fault
        assert "says itself how sharp it is" in fault


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    content = nasty.as_csv(30)[0].decode("utf-8-sig").split("\r\n")
    [fault] = refused(tmp_path, "\r\n".join([*content[:9], "Café"]).encode("latin-1", "replace"), MAP)
    assert fault.startswith("Line 1: it isn't UTF-8")


def test_an_empty_column_is_left_out_and_a_full_one_needs_a_name(tmp_path: Path) -> None:
    run(tmp_path, b"What,When,,\nA,2019,,\nB,2020\n", SIMPLE)
    assert [row.edtf for row in Proposal.objects.order_by("pk")] == ["2019", "2020"]


def test_a_date_cell_of_a_sheet_is_as_sharp_as_it_shows(tmp_path: Path) -> None:
    day = date(2019, 1, 1)
    formats = {"B2": "yyyy", "B3": "mmm yyyy", "B4": "dd/mm/yyyy", "B5": '[$-405]d. mmmm yyyy "hod"', "B6": "yyyy-mm"}
    rows = [("What", "When"), *((f"Row {number}", day) for number in range(2, 7))]
    rows += [
        ("Row 7", datetime.fromisoformat("2019-10-16T14:30")),
        ("Row 8", 2019),
        ("Row 9", "16.10.2019"),
        ("Row 10", None),
    ]
    run(tmp_path, sheet(*rows, formats=formats), SIMPLE, name="mine.xlsx")
    found = [row.edtf for row in Proposal.objects.order_by("pk")]
    assert found == ["2019", "2019-01", "2019-01-01", "2019-01-01", "2019-01", "2019-10-16", "2019", "2019-10-16", ""]


def test_faults_of_a_sheet_name_its_rows(tmp_path: Path) -> None:
    content = sheet(("What", "When"), ("Two\nlines", "2019"), (None, None), ("A", "2019"), (" ",), ("B", "03/04/2019"))
    [fault] = refused_sheet(tmp_path, content)
    assert fault.startswith("Line 6, column “When”: “03/04/2019” may be two days")


def test_a_formula_without_a_value_is_told(tmp_path: Path) -> None:
    content = sheet(("What", "When"), ("A", "=TODAY()"))
    faults = refused_sheet(tmp_path, content)
    assert faults[0] == "Line 2, cell B2: its formula has no value."
    assert "save it" in faults[-1]


def test_sheets_that_have_nothing_or_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused_sheet(tmp_path, sheet()) == ["It is empty."]
    assert refused_sheet(tmp_path, sheet(("What", "When"))) == ["Line 1: There are no rows below the heading."]
    far = Workbook()
    page: Any = far.active
    page.append(("What", "When"))
    page.append(("A", 2019))
    page["XFD1048576"].number_format = numbers.FORMAT_TEXT
    packed = io.BytesIO()
    far.save(packed)
    [fault] = refused_sheet(tmp_path, packed.getvalue())
    assert f"more than {spreadsheet.MOST_CELLS:,} cells" in fault
