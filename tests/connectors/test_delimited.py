"""Delimited text is read as it stands: every line a row, every value text."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import ReadOptions, SourceFileError, Table, read
from connectors.errors import ReadOptionError

ReadContent = Callable[..., Table]


def codes(table: Table) -> list[tuple[int, str]]:
    return list(zip(table.findings["row"], table.findings["code"], strict=True))


def test_values_stay_the_text_they_were(read_content: ReadContent) -> None:
    table = read_content("name,zip,phone\nNull,02134,+442079460018\nNA,007,1e5\n n/a ,,0.50\n")
    assert table.rows["name"].tolist() == ["Null", "NA", " n/a "]
    assert table.rows["zip"].fillna("missing").tolist() == ["02134", "007", "missing"]
    assert table.rows["phone"].tolist() == ["+442079460018", "1e5", "0.50"]
    assert set(map(str, table.rows.dtypes)) == {"str"}


def test_blank_lines_take_no_number_and_empty_cells_do(read_content: ReadContent) -> None:
    table = read_content("name,city\nAnna,Graz\n\n,\n  \n , \nBen,Wien\n\n")
    assert table.rows.index.tolist() == [0, 3]
    assert table.rows.index.name == "row"
    assert table.lines.tolist() == [2, 7]
    assert table.blank == 5


def test_a_line_break_in_a_cell_is_kept_and_lines_still_count(read_content: ReadContent) -> None:
    table = read_content('name,note\nAnna,"one\ntwo\n\nthree"\n\nBen,"x\r\ny"\nCid,z\n')
    assert table.rows["note"].tolist() == ["one\ntwo\n\nthree", "x\r\ny", "z"]
    assert table.lines.tolist() == [2, 7, 9]
    assert table.blank == 1


LINE_BREAKS = ["\n", "\r\n", "\r"]


@pytest.mark.parametrize("line_break", LINE_BREAKS)
def test_every_kind_of_line_break_ends_a_row(read_content: ReadContent, line_break: str) -> None:
    table = read_content(line_break.join(["name,city", "Anna,Graz", "", "Ben,Wien"]))
    assert table.rows["city"].tolist() == ["Graz", "Wien"]
    assert table.lines.tolist() == [2, 4]


def test_other_separators_of_unicode_end_no_row(read_content: ReadContent) -> None:
    table = read_content("name,city\nAn\x0bna,Gr\x85az\nBe\u2028n,Wi\x1cen\n")
    assert table.rows["city"].tolist() == ["Gr\x85az", "Wi\x1cen"]


def test_missing_cells_are_empty_and_a_warning(read_content: ReadContent) -> None:
    table = read_content("a,b,c\n1x,2x\n1,2,3\n")
    assert table.rows["c"].isna().tolist() == [True, False]
    assert table.findings.drop(columns="field").to_numpy().tolist() == [
        [0, "row.too_short", "warning", "2", "3"]
    ]


def test_surplus_cells_are_kept_in_columns_of_their_own(read_content: ReadContent) -> None:
    table = read_content("a,b\nx,y,z,,w\n1,2\n")
    assert table.rows["(surplus 1)"].tolist()[0] == "z"
    assert table.rows["(surplus 3)"].tolist()[0] == "w"
    assert codes(table) == [(0, "row.too_long")]


TRAILING = [
    ("in all lines", "name,city,\nAnna,Graz,\nBen,Wien,\n", []),
    ("below it", "name,city\nAnna,Graz,\nBen,Wien,\n", [(-1, "file.header_too_short")]),
    ("in one", "name,city\nAnna,Graz\nBen,Wien,\nC,D\n", [(1, "row.surplus_separator")]),
    ("in the header", "name,city,,\nAnna,Graz\nBen,Wien\n", []),
]


@pytest.mark.parametrize(("case", "text", "found"), TRAILING)
def test_trailing_delimiters_are_no_cells_but_may_be_surplus_ones(
    read_content: ReadContent, case: str, text: str, found: list[tuple[int, str]]
) -> None:
    table = read_content(text)
    assert (list(table.rows.columns), codes(table)) == (["name", "city"], found), case


def test_a_nul_becomes_a_replacement_character_and_an_error(read_content: ReadContent) -> None:
    table = read_content("Name,City\nAn\x00na,Graz\nBen,Wien\n")
    assert table.rows["Name"].tolist() == ["An\ufffdna", "Ben"]
    assert table.findings.to_numpy().tolist()[0][:4] == [0, "Name", "cell.nul", "error"]


NAMES = [
    ("Email,Email,Email\na@x.example,b,c\n", ["Email", "Email (2)", "Email (3)"]),
    ("a,,c\n1x,2x,3x\n", ["a", "column_2", "c"]),
    ("column_2,,c\n1x,2x,3x\n", ["column_2", "column_2 (2)", "c"]),
    ("a,a (2),a\n1x,2x,3x\n", ["a", "a (2)", "a (3)"]),
    (" a , b\n1x,2x\n", ["a", "b"]),
    ("(surplus 1),b\n1x,2x,3x\n", ["(surplus 1)", "b", "(surplus 1) (2)"]),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_names_of_columns_are_made_unique(
    read_content: ReadContent, text: str, names: list[str]
) -> None:
    assert list(read_content(text).rows.columns) == names


def test_a_name_taken_and_a_name_made_up_are_warnings(read_content: ReadContent) -> None:
    table = read_content("Email,Email,\na@x.example,b,c\n")
    assert table.findings[["row", "field", "code", "after"]].fillna("").to_numpy().tolist() == [
        [-1, "Email", "file.duplicate_header", "Email (2)"],
        [-1, "column_3", "file.empty_header", ""],
    ]


def test_a_header_alone_is_a_table_without_rows(read_content: ReadContent) -> None:
    table = read_content("name,email\n")
    assert list(table.rows.columns) == ["name", "email"]
    assert (len(table.rows), codes(table)) == (0, [(-1, "file.no_rows")])
    assert set(map(str, table.rows.dtypes)) == {"str"}


def test_the_line_of_the_header_can_be_given(read_content: ReadContent) -> None:
    text = "id,name\n1,2\nName,City\nAnna,Graz\n"
    table = read_content(text, options=ReadOptions(header_row=3))
    assert (table.header_line, table.preamble) == (3, ("id name", "1 2"))
    assert list(table.rows.columns) == ["Name", "City"]


BAD_OPTIONS = [
    (ReadOptions(header_row=9), "no row begins on line 9"),
    (ReadOptions(header_row=0), "no row begins on line 0"),
    (ReadOptions(delimiter=""), "one character"),
    (ReadOptions(delimiter=";;"), "one character"),
    (ReadOptions(encoding="klingon"), "“klingon” is no encoding known here"),
    (ReadOptions(encoding="hex"), "“hex” is no encoding known here"),
]


@pytest.mark.parametrize(("options", "says"), BAD_OPTIONS)
def test_an_option_that_does_not_fit_is_refused(
    read_content: ReadContent, options: ReadOptions, says: str
) -> None:
    with pytest.raises(ReadOptionError, match=says):
        read_content("näme,city\nAnna,Graz\n".encode("cp1252"), options=options)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=120) | st.text(st.sampled_from('a1@,;\t|"\n\r \0é'), max_size=80))
def test_any_content_is_read_or_refused_by_name(tmp_path: Path, content: str | bytes) -> None:
    file = tmp_path / "leads.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        (table,) = read(file)
    except SourceFileError:
        return
    assert len(table.rows) == len(table.lines)
    assert (table.rows != "").to_numpy(dtype=bool, na_value=True).all()
    assert table.rows.index.is_unique
    assert table.rows.columns.is_unique
