"""Delimited text is read as it stands: every line a row, every value text."""

import gzip
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.errors import (
    EmptyFileError,
    EncodingError,
    MissingFileError,
    NotAFileError,
    SourceFileError,
    UnknownFormatError,
)
from connectors.reading import read
from connectors.spreadsheets.careful import parse_carefully
from connectors.spreadsheets.delimited import read_in_columns
from connectors.spreadsheets.dialect import Dialect, find_dialect
from connectors.spreadsheets.grid import Origin, tabulate
from connectors.table import ReadOptions, Table


def read_text(folder: Path, text: str | bytes, options: ReadOptions | None = None) -> Table:
    file = folder / "leads.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    (table,) = read(file, options)
    return table


def codes(table: Table) -> list[tuple[int, str]]:
    return list(zip(table.findings["row"], table.findings["code"], strict=True))


def test_values_stay_the_text_they_were(tmp_path: Path) -> None:
    table = read_text(tmp_path, "name,zip,phone\nNull,02134,+442079460018\nNA,007,1e5\n")
    assert table.rows["name"].tolist() == ["Null", "NA"]
    assert table.rows["zip"].tolist() == ["02134", "007"]
    assert table.rows["phone"].tolist() == ["+442079460018", "1e5"]


DIALECTS = [
    ("semicolons with decimal commas", "name;score;city\nAnna;1,5;Graz\nBen;2,5;Wien\n", ";"),
    ("tabs", "name\temail\tcity\nAnna\ta@x.example\tGraz\n", "\t"),
    ("pipes", "name|email|city\nAnna|a@x.example|Graz\n", "|"),
    ("commas inside quotes", 'name,street,city\nAnna,"Ring 1, Top 3",Graz\n', ","),
    ("semicolons inside commas", "name,tags,city\nAnna,a;b;c,Graz\nBen,d;e,Wien\n", ","),
]


@pytest.mark.parametrize(("case", "text", "delimiter"), DIALECTS)
def test_the_delimiter_is_the_one_under_which_lines_agree(
    tmp_path: Path, case: str, text: str, delimiter: str
) -> None:
    table = read_text(tmp_path, text)
    assert (table.delimiter, table.rows.shape[1]) == (delimiter, 3), case


def test_a_file_of_one_column_stays_one_column(tmp_path: Path) -> None:
    table = read_text(tmp_path, "email\na@x.example\nb@x.example\n")
    assert list(table.rows.columns) == ["email"]
    assert len(table.rows) == 2


ENCODINGS = [
    ("utf-8", False),
    ("utf-8-sig", False),
    ("utf-16", False),
    ("utf-16-le", True),
    ("cp1252", True),
    ("utf-32", False),
]


@pytest.mark.parametrize(("encoding", "assumed"), ENCODINGS)
def test_an_encoding_is_proven_or_its_assumption_is_reported(
    tmp_path: Path, encoding: str, *, assumed: bool
) -> None:
    text = "Vorname;Nachname;Ort\nJürgen;Weiß;Köln\nAnna;Müller;Bad Vöslau\n"
    table = read_text(tmp_path, text.encode(encoding))
    assert table.rows["Nachname"].tolist() == ["Weiß", "Müller"]
    assert ((-1, "file.encoding_assumed") in codes(table)) == assumed


def test_a_declared_encoding_that_does_not_fit_is_refused_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(EncodingError, match="line 2 is not valid utf-8"):
        read_text(
            tmp_path, "name,city\nJürgen,Köln\n".encode("cp1252"), ReadOptions(encoding="utf-8")
        )


def test_the_header_is_found_below_titles(tmp_path: Path) -> None:
    text = "Autumn fair\n\nExported 2026-10-01\nName,Email,City\nAnna,a@x.example,Graz\n"
    table = read_text(tmp_path, text)
    assert list(table.rows.columns) == ["Name", "Email", "City"]
    assert (table.header_line, table.preamble) == (4, ("Autumn fair", "Exported 2026-10-01"))
    assert table.lines.tolist() == [5]


def test_a_file_that_begins_with_data_has_no_header(tmp_path: Path) -> None:
    table = read_text(tmp_path, "Anna,a@x.example,Graz\nBen,b@x.example,Wien\n")
    assert list(table.rows.columns) == ["column_1", "column_2", "column_3"]
    assert len(table.rows) == 2
    assert (-1, "file.no_header") in codes(table)


def test_blank_lines_take_no_number_and_empty_cells_do(tmp_path: Path) -> None:
    table = read_text(tmp_path, "name,city\nAnna,Graz\n\n,\nBen,Wien\n")
    assert table.rows.index.tolist() == [0, 2]
    assert table.lines.tolist() == [2, 5]
    assert table.blank == 2


def test_a_line_break_in_a_cell_is_kept_and_lines_still_count(tmp_path: Path) -> None:
    table = read_text(tmp_path, 'name,note\nAnna,"one\ntwo"\nBen,three\n')
    assert table.rows["note"].tolist() == ["one\ntwo", "three"]
    assert table.lines.tolist() == [2, 4]


BROKEN = [
    ("too short", "a,b,c\n1x,2x\n1,2,3\n", (0, "row.too_short")),
    ("too long", "a,b,c\nx,y,z,surplus\n1,2,3\n", (0, "row.too_long")),
    ("header again", "Name,City,Zip\nAnna,Graz,8010\nName,City,Zip\n", (1, "row.repeated_header")),
    ("totals", "Name,City,Score\nAnna,Graz,3\nTotal,,3\n", (1, "row.totals_line")),
    ("total of what", "Name,City,Score\nAnna,Graz,3\nTotal scans,,3\n", (1, "row.totals_line")),
    ("NUL", "Name,City\nAn\x00na,Graz\n", (0, "cell.nul")),
    ("unclosed quote", 'Name,City\nAnna,"Graz\nBen,Wien\n', (0, "file.unclosed_quote")),
    ("same header", "Email,Email\na@x.example,b@x.example\n", (-1, "file.duplicate_header")),
    ("no header text", "Name,,City\nAnna,x,Graz\n", (-1, "file.empty_header")),
]


@pytest.mark.parametrize(("case", "text", "finding"), BROKEN)
def test_what_is_broken_is_flagged_and_no_row_is_lost(
    tmp_path: Path, case: str, text: str, finding: tuple[int, str]
) -> None:
    table = read_text(tmp_path, text)
    assert finding in codes(table), case
    assert len(table.rows) == text.count("\n") - 1


def test_a_quote_that_is_never_closed_swallows_no_rows(tmp_path: Path) -> None:
    rows = "".join(f"Person {n},Town {n}\n" for n in range(50))
    table = read_text(tmp_path, f'Name,City\nAnna,"Graz\n{rows}')
    assert len(table.rows) == 51
    assert table.rows["Name"].iloc[-1] == "Person 49"


def test_surplus_cells_are_kept_in_columns_of_their_own(tmp_path: Path) -> None:
    table = read_text(tmp_path, "a,b\nx,y,z\n1,2\n")
    assert table.rows["(surplus 1)"].tolist()[0] == "z"


REFUSED = [
    ("empty", b"", EmptyFileError, "is empty"),
    ("only space", b" \n\n", EmptyFileError, "nothing in it"),
    ("only a header", b"name,email\n", EmptyFileError, "no rows below the header"),
    ("a PDF", b"%PDF-1.7 ...", UnknownFormatError, "is a PDF"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(50), UnknownFormatError, "PNG picture"),
    ("binary", bytes(range(32)) * 40, UnknownFormatError, "is not text"),
    ("old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(80), UnknownFormatError, ".xlsx"),
    ("cut gzip", gzip.compress(b"name,city\n" * 9)[:-9], SourceFileError, "ends too early"),
]


@pytest.mark.parametrize(("case", "content", "error", "says"), REFUSED)
def test_what_cannot_be_read_is_refused_by_name_and_reason(
    tmp_path: Path, case: str, content: bytes, error: type[SourceFileError], says: str
) -> None:
    with pytest.raises(error, match=says) as refused:
        read_text(tmp_path, content)
    assert "leads.csv" in str(refused.value), case


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no such file"):
        read(tmp_path / "nowhere.csv")
    with pytest.raises(NotAFileError, match=r"name the files in it"):
        read(tmp_path)


def test_a_compressed_file_is_read_as_what_it_holds(tmp_path: Path) -> None:
    table = read_text(tmp_path, gzip.compress(b"name,city\nAnna,Graz\n"))
    assert table.rows["name"].tolist() == ["Anna"]


CELL = st.text(st.sampled_from("ab1 \";,\né'\\"), max_size=4)


@given(
    st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=6), st.sampled_from(",;")
)
def test_both_readers_understand_the_same(rows: list[list[str]], delimiter: str) -> None:
    body = "\n".join(delimiter.join(row) for row in rows)
    text = delimiter.join(["Name", "City", "Phone", "Note"][: len(rows[0])]) + "\n" + body + "\n"
    dialect, origin = Dialect(delimiter), Origin(Path("leads.csv"))
    try:
        fast = read_in_columns(text, dialect, origin, ReadOptions())
    except EmptyFileError:
        return
    if fast is None:
        return
    slow = tabulate(parse_carefully(text, dialect), origin, ReadOptions())
    pd.testing.assert_frame_equal(fast.rows, slow.rows)
    pd.testing.assert_frame_equal(fast.findings, slow.findings)
    assert fast.lines.tolist() == slow.lines.tolist()
    assert (fast.blank, fast.header_line) == (slow.blank, slow.header_line)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    dialect = find_dialect(text)
    try:
        table = tabulate(parse_carefully(text, dialect), Origin(Path("x.csv")), ReadOptions())
    except SourceFileError:
        return
    assert len(table.rows) == len(table.lines)
