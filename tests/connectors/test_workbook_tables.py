"""Each sheet of a workbook is a table; rows are numbered on from sheet to sheet."""

from pathlib import Path

import openpyxl
import pytest

from connectors import ReadOptions, Table, read
from connectors.errors import EmptyFileError, UnknownSheetError

Rows = list[list[object]]


def save(folder: Path, sheets: dict[str, Rows], merged: str | None = None) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    path = folder / "leads.xlsx"
    book.save(path)
    return path


def codes(table: Table) -> list[tuple[int, str]]:
    return list(zip(table.findings["row"], table.findings["code"], strict=True))


def test_rows_are_numbered_on_over_the_sheets(tmp_path: Path) -> None:
    rows: Rows = [["Fair"], [], ["Name", "Zip"], ["Anna", "08010"], [], ["Ben", 1010]]
    first, second = read(save(tmp_path, {"Day 1": rows, "Day 2": rows[2:]}))
    assert (first.sheet, second.sheet) == ("Day 1", "Day 2")
    assert (first.header_line, second.header_line) == (3, 1)
    assert first.preamble == ("Fair",)
    assert first.lines.tolist() == [4, 6]
    assert second.lines.tolist() == [2, 4]
    assert first.rows.index.tolist() == [0, 2]
    assert second.rows.index.tolist() == [3, 5]
    assert first.rows["Zip"].tolist() == ["08010", "1010"]
    assert (first.blank, second.blank) == (1, 1)


def test_only_the_sheets_asked_for_are_read(tmp_path: Path) -> None:
    rows: Rows = [["Name", "Zip"], ["Anna", "08010"]]
    path = save(tmp_path, {"A": rows, "B": rows})
    assert [table.sheet for table in read(path, ReadOptions(sheets=("B",)))] == ["B"]
    with pytest.raises(UnknownSheetError, match="its sheets are: A, B"):
        read(path, ReadOptions(sheets=("C",)))


def test_an_empty_sheet_is_passed_over_with_a_word(tmp_path: Path) -> None:
    rows: Rows = [["Name", "Zip"], ["Anna", "08010"]]
    (table,) = read(save(tmp_path, {"Notes": [], "Leads": rows}))
    assert table.findings[["row", "code", "before"]].to_numpy().tolist() == [
        [-1, "file.empty_sheet", "Notes"]
    ]


def test_a_hidden_sheet_is_read_with_a_word(tmp_path: Path) -> None:
    path = save(
        tmp_path, {"Leads": [["Name", "Zip"], ["Anna", "1"]], "Old": [["A", "B"], ["x", "y"]]}
    )
    book = openpyxl.load_workbook(path)
    book["Old"].sheet_state = "veryHidden"
    book.save(path)
    first, second = read(path)
    assert codes(first) == []
    assert second.findings[["row", "code", "before"]].to_numpy().tolist() == [
        [-1, "file.hidden_sheet", "Old"]
    ]


def test_a_cell_that_shows_an_error_is_empty_and_flagged(tmp_path: Path) -> None:
    (table,) = read(save(tmp_path, {"Leads": [["Name", "Zip"], ["Anna", "#N/A"], ["Ben", "1"]]}))
    assert table.rows["Zip"].isna().tolist() == [True, False]
    assert table.findings.iloc[0].tolist()[:5] == [
        0,
        "Zip",
        "cell.formula_error",
        "warning",
        "#N/A",
    ]


def test_a_workbook_of_empty_sheets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError, match="none of its sheets holds anything"):
        read(save(tmp_path, {"A": [], "B": [[None]]}))


def test_a_merged_cell_is_repaired_with_a_finding_that_names_the_column(tmp_path: Path) -> None:
    rows: Rows = [["Fair"], ["Name", "Firm"], ["Anna", "Acme"], ["Ben", None], ["Cid", None]]
    (table,) = read(save(tmp_path, {"Leads": rows}, merged="B3:B4"))
    assert table.rows["Firm"].fillna("").tolist() == ["Acme", "Acme", ""]
    assert table.findings.to_numpy().tolist()[0][:4] == [
        1,
        "Firm",
        "cell.merged_filled",
        "repaired",
    ]


def test_a_column_without_a_name_is_no_surplus(tmp_path: Path) -> None:
    rows: Rows = [["Name", "Zip"], ["Anna", "1", "note"], ["Ben", "2"]]
    (table,) = read(save(tmp_path, {"Leads": rows}))
    assert list(table.rows.columns) == ["Name", "Zip", "column_3"]
    assert codes(table) == [(-1, "file.empty_header")]


def test_a_sheet_without_a_header_keeps_all_its_columns(tmp_path: Path) -> None:
    rows: Rows = [["Anna", "a@x.example"], ["Ben", "b@x.example", None, "note"]]
    (table,) = read(save(tmp_path, {"Leads": rows}))
    assert list(table.rows.columns) == ["column_1", "column_2", "column_4"]
    assert codes(table) == [(-1, "file.no_header")]
