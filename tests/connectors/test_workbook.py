import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from connectors import read
from connectors.errors import UnknownSheetError
from connectors.source import SourceFile
from connectors.spreadsheets.workbook import read_workbook
from connectors.spreadsheets.workbook_cells import (
    Cell,
    Merge,
    fill_down,
    format_value,
)
from connectors.spreadsheets.workbook_result import Sheet, format_floats


class Seen(NamedTuple):
    """A sheet as lists: its cells from row 1 on, a row of nothing []; findings by place."""

    name: str
    cells: list[list[str | None]]
    filled: tuple[tuple[int, int], ...]
    errors: tuple[tuple[int, int, str], ...]


def see(sheet: Sheet) -> Seen:
    rows = dict(
        zip(sheet.grid.lines.tolist(), sheet.grid.take(range(len(sheet.grid))), strict=True)
    )
    cells = [list(rows.get(line, ())) for line in range(1, max(rows, default=0) + 1)]
    places = [
        (int(sheet.grid.lines[each.row]) - 1, each.column, each) for each in sheet.grid.findings
    ]
    filled = [
        (row, column)
        for row, column, each in places
        if column is not None and "merged" in each.code
    ]
    errors = [
        (row, column, each.before or "")
        for row, column, each in places
        if column is not None and "error" in each.code
    ]
    return Seen(sheet.name, cells, tuple(filled), tuple(errors))


def see_sheets(path: Path, names: tuple[str, ...] | None = None) -> list[Seen]:
    return [see(sheet) for sheet in read_workbook(SourceFile(path, path), names)]


def read_sheet(folder: Path, fill: Callable[[Worksheet], object]) -> Seen:
    """Give the one sheet of a workbook made by `fill`."""
    book = openpyxl.Workbook()
    fill(book.worksheets[0])
    path = folder / "leads.xlsx"
    book.save(path)
    (sheet,) = see_sheets(path)
    return sheet


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Ann", "Ann"),
        (" Ann ", " Ann "),
        ("02134", "02134"),
        ("+442079460018", "+442079460018"),
        ("NULL", "NULL"),
        ("Łukasz 李", "Łukasz 李"),
        ("two\nlines", "two\nlines"),
        (12345, "12345"),
        (442079460018, "442079460018"),
        (-7, "-7"),
        (0, "0"),
        (12345.5, "12345.5"),
        (0.1, "0.1"),
        (0.30000000000000004, "0.3"),
        (0.00001, "0.00001"),
        (1e20, "100000000000000000000"),
        (True, "true"),
        (False, "false"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 9, 30), "2026-03-01T09:30:00"),  # noqa: DTZ001 - cells know no zone
        (time(9, 30), "09:30:00"),
        (timedelta(hours=30, minutes=5), "30:05:00"),
    ],
)
def test_a_cell_reads_as_a_person_sees_it(tmp_path: Path, value: object, text: str) -> None:
    sheet = read_sheet(tmp_path, lambda cells: cells.append([value]))
    assert sheet.cells == [[text]]


MASKED = [
    ("00000", 2134, "02134"),
    ("00000", 123456, "123456"),
    ("00000;@", 2134, "02134"),
    ('"00000"', 2134, "02134"),
    ("00000\\-0000", 21341234, "02134-1234"),
    ("[<=99999]00000;00000\\-0000", 2134, "02134"),
    ("[<=99999]00000;00000\\-0000", 21341234, "02134-1234"),
    ("000-00-0000", 1234567, "001-23-4567"),
    ("0", 2134, "2134"),
    ("#,##0", 2134, "2134"),
    ("0.00", 2134, "2134"),
    ("00.0", 5, "5"),
    ("00000", 12.5, "12.5"),
    ("00000", "x", "x"),
    ("00000", "7", "7"),
]


@pytest.mark.parametrize(("code", "value", "text"), MASKED)
def test_zeros_that_the_format_shows_are_read(
    tmp_path: Path, code: str, value: object, text: str
) -> None:
    def fill(cells: Worksheet) -> None:
        cells["B3"], cells["C3"] = "x", value
        cells["C3"].number_format = code

    assert read_sheet(tmp_path, fill).cells[2] == [None, "x", text]


def test_a_sheet_says_where_it_holds_errors(tmp_path: Path) -> None:
    def fill(cells: Worksheet) -> None:
        cells.append(["Ann", "#N/A", "x"])
        cells["A2"], cells["AA2"] = "Bob", "#REF!"

    assert read_sheet(tmp_path, fill).errors == ((0, 1, "#N/A"), (1, 26, "#REF!"))


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?"])
def test_an_error_is_an_empty_cell(tmp_path: Path, error: str) -> None:
    sheet = read_sheet(tmp_path, lambda cells: cells.append(["Ann", error, "x"]))
    assert sheet.cells == [["Ann", None, "x"]]


def test_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    sheet = read_sheet(tmp_path, lambda cells: cells.append(["Ann", "", None, "x"]))
    assert sheet.cells == [["Ann", None, None, "x"]]


def test_rows_and_columns_are_those_of_the_sheet(tmp_path: Path) -> None:
    def fill(cells: Worksheet) -> None:
        cells["C3"] = "Name"
        cells["D6"] = "Ann"

    sheet = read_sheet(tmp_path, fill)
    nothing: list[str | None] = []
    ann = [None, None, None, "Ann"]
    assert sheet.cells == [nothing, nothing, [None, None, "Name", None], nothing, nothing, ann]


def test_sheets_come_in_the_order_of_the_workbook_hidden_ones_and_empty_ones_too(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    for name, state in [("Größe 李", "visible"), ("Old", "hidden"), ("Older", "veryHidden")]:
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet.append([name])
    book.create_chartsheet("Chart")
    book.save(tmp_path / "leads.xlsx")
    found = see_sheets(tmp_path / "leads.xlsx")
    assert [(sheet.name, sheet.cells) for sheet in found] == [
        ("Sheet", []),
        ("Größe 李", [["Größe 李"]]),
        ("Old", [["Old"]]),
        ("Older", [["Older"]]),
    ]


def test_only_named_sheets_are_read(tmp_path: Path) -> None:
    path = save_sheets(tmp_path, "A", "B", "C")
    assert [sheet.name for sheet in see_sheets(path, ("C", "A"))] == ["A", "C"]


def test_an_unknown_sheet_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    path = save_sheets(tmp_path, "Leads", "Größe")
    with pytest.raises(UnknownSheetError, match=r"no sheet “Lead”; its sheets are: Leads, Größe\."):
        see_sheets(path, ("Leads", "Lead"))


def save_sheets(folder: Path, *names: str) -> Path:
    """Make a workbook of sheets that hold their own names."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in names:
        book.create_sheet(name).append([name])
    path = folder / "leads.xlsx"
    book.save(path)
    return path


def test_a_vertical_merge_is_filled_down_and_says_so(tmp_path: Path) -> None:
    def fill(cells: Worksheet) -> None:
        for row in [["Leads 2026", None], ["Company", "Name"], ["Acme", "Ann"], [None, "Bob"]]:
            cells.append(row)
        cells.append(["Brown", "Cid"])
        cells.merge_cells("A1:B1")
        cells.merge_cells("A3:A4")

    sheet = read_sheet(tmp_path, fill)
    assert sheet.cells == [
        ["Leads 2026", None],
        ["Company", "Name"],
        ["Acme", "Ann"],
        ["Acme", "Bob"],
        ["Brown", "Cid"],
    ]
    assert sheet.filled == ((3, 0),)


def test_a_merge_away_from_column_a_is_filled_in_its_own_column(tmp_path: Path) -> None:
    def fill(cells: Worksheet) -> None:
        cells["C3"], cells["D3"], cells["D4"] = "Acme", "Ann", "Bob"
        cells.merge_cells("C3:C4")

    sheet = read_sheet(tmp_path, fill)
    assert sheet.cells[3] == [None, None, "Acme", "Bob"]
    assert sheet.filled == ((3, 2),)


def test_a_merge_over_two_columns_stays_as_it_is(tmp_path: Path) -> None:
    def fill(cells: Worksheet) -> None:
        cells.append(["Acme", None, "Ann"])
        cells.append([None, None, "Bob"])
        cells.merge_cells("A1:B2")

    sheet = read_sheet(tmp_path, fill)
    assert sheet.cells == [["Acme", None, "Ann"], [None, None, "Bob"]]
    assert sheet.filled == ()


def test_a_merge_makes_no_row_of_an_empty_one(tmp_path: Path) -> None:
    def fill(cells: Worksheet) -> None:
        for row in [["Acme", "Ann"], [None, None], [None, "Bob"]]:
            cells.append(row)
        cells.merge_cells("A1:A50")

    sheet = read_sheet(tmp_path, fill)
    assert sheet.cells == [["Acme", "Ann"], [], ["Acme", "Bob"]]
    assert sheet.filled == ((2, 0),)


def test_a_cell_with_a_value_keeps_it_under_a_merge() -> None:
    rows: list[list[Cell]] = [["Acme", "Ann"], ["Brown", "Bob"], ["", "Cid"]]
    filled: list[tuple[int, int]] = []
    done = list(fill_down(iter(rows), {0: [Merge(0, 0, 2)]}, filled))
    assert done == [["Acme", "Ann"], ["Brown", "Bob"], ["Acme", "Cid"]]
    assert filled == [(2, 0)]


def test_rows_that_the_stated_dimension_leaves_out_are_read(tmp_path: Path) -> None:
    def fill(cells: Worksheet) -> None:
        for row in range(20):
            cells.append([f"lead {row}"])

    read_sheet(tmp_path, fill)
    path = tmp_path / "leads.xlsx"
    rewrite(path, b'<dimension ref="A1:A20"', b'<dimension ref="A1"')
    (sheet,) = see_sheets(path)
    assert len(sheet.cells) == 20


def rewrite(path: Path, old: bytes, new: bytes) -> None:
    """Replace bytes in the first sheet of a workbook."""
    import zipfile  # noqa: PLC0415 - beside the one use of it

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_more_rows_than_one_line_of_the_result_holds_stay_in_order(tmp_path: Path) -> None:
    def fill(cells: Worksheet) -> None:
        for row in range(2_500):
            cells.append([row])

    sheet = read_sheet(tmp_path, fill)
    assert sheet.cells == [[str(row)] for row in range(2_500)]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_many_numbers_are_written_as_each_alone(numbers: list[float]) -> None:
    written = format_floats(np.array(numbers)).to_pylist()
    assert written == [format_value(number) for number in numbers]


def test_numbers_equal_but_of_another_kind_are_written_each_in_its_way(tmp_path: Path) -> None:
    def fill(cells: Worksheet) -> None:
        for value in (1, True, 1.5, False, 0, None, "x"):
            cells.append([value, "row"])

    column = [row[0] for row in read_sheet(tmp_path, fill).cells]
    assert column == ["1", "true", "1.5", "false", "0", None, "x"]


def test_a_row_that_the_sheet_hides_is_read_with_a_word(tmp_path: Path) -> None:
    def fill(cells: Worksheet) -> None:
        for row in (["Name", "Zip"], ["Ann", "1"], ["Bob", "2"]):
            cells.append(row)
        cells.row_dimensions[2].hidden = True

    read_sheet(tmp_path, fill)
    (table,) = read(tmp_path / "leads.xlsx")
    assert table.rows["Name"].tolist() == ["Ann", "Bob"]
    assert table.findings[["row", "code"]].to_numpy().tolist() == [[0, "row.hidden"]]


@pytest.mark.parametrize("written", ["hidden='1' r='2'", 'hidden="true" r="2"', 'r="2" hidden="1"'])
def test_a_hidden_row_is_seen_however_its_attributes_are_written(
    tmp_path: Path, written: str
) -> None:
    def fill(cells: Worksheet) -> None:
        for row in (["Name", "Zip"], ["Ann", "1"], ["Bob", "2"]):
            cells.append(row)

    read_sheet(tmp_path, fill)
    rewrite(tmp_path / "leads.xlsx", b'<row r="2"', b"<row " + written.encode())
    (table,) = read(tmp_path / "leads.xlsx")
    assert table.findings[["row", "code"]].to_numpy().tolist() == [[0, "row.hidden"]]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_of_a_number_is_that_number_to_15_digits_without_an_exponent(
    number: float,
) -> None:
    text = format_value(number)
    assert math.isclose(float(text), number, rel_tol=1e-14)
    assert "e" not in text


@given(st.integers(-(10**300), 10**300).map(float))
def test_a_whole_number_has_neither_point_nor_exponent(number: float) -> None:
    text = format_value(number)
    assert text.removeprefix("-").isdigit()
    assert Decimal(text) == Decimal(repr(number))


@given(st.datetimes())
def test_the_text_of_a_moment_is_that_moment(moment: datetime) -> None:
    assert datetime.fromisoformat(format_value(moment)) == moment


@given(st.timedeltas(min_value=timedelta(days=-9_999), max_value=timedelta(days=9_999)))
def test_the_text_of_a_span_is_that_span_to_the_second(span: timedelta) -> None:
    text = format_value(span)
    hours, minutes, seconds = (int(part) for part in text.lstrip("-").split(":"))
    sign = -1 if text.startswith("-") else 1
    read = sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)
    assert abs(read - span) <= timedelta(seconds=0.5)
