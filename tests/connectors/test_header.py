"""The header is found below titles, above the data, or nowhere."""

from collections.abc import Callable

import pytest

from connectors import Table
from connectors.table import SEVERITIES

ReadContent = Callable[..., Table]

LINKEDIN = (
    'Notes:\n"When exporting your connection data, you may notice, that some are missing."\n\n'
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Anna,Gruber,https://x.example/anna,,Acme,CEO,12 Jun 2024\n"
)
FOUND = [
    ("at the top", "Name,Email\nAnna,a@x.example\n", 1),
    ("below a title", "Autumn fair\nName,Email,City\nAnna,a@x.example,Graz\n", 2),
    ("below titles", "Fair\n\nExported 2026-10-01\nName,Email,City\nA,a@x.example,G\n", 4),
    ("below a preamble", LINKEDIN, 4),
    ("below a title of two cells", "Report,2026-10-01\nName,Email\nAnna,a@x.example\n", 2),
    ("below labels", "Exported by:,Zoe\nName,Email\nAnna,a@x.example\n", 2),
    ("below a title beside another", "Leads,Q3,\nName,Email,City\nAnna,a@x.example,Graz\n", 2),
    ("below an address", "Sent by,z@x.example,,,\na,b,c,d,e\n1,2,3,4,5\n", 2),
    ("below groups", "Person,,Firm,\nName,Email,Firm,City\nA,a@x.example,Acme,Graz\n", 2),
    ("above sparse rows", "a,b,c,d,e\nx,,,,\ny,,z,,\n", 1),
    ("above wide rows", "a,b,c\n1,2,3\n1,2,3\n1,2,3\n1,2,3\n1,2,3\n1,2,3,4,5,6,7,8,9\n", 1),
    ("above text only", "Name,City\nAnna,Graz\nBen,Wien\n", 1),
    ("with a name missing", ",First,Last,Email\nMr,Ben,Roe,\nMs,Anna,Doe,a@x.example\n", 1),
    ("with a name twice", "id,name,name\n1,London,Britain\n2,Paris,France\n", 1),
    ("with a year", "Name,Email,City,2026\nAnna,a@x.example,Graz,2\n", 1),
    ("above one column", "Email\na@x.example\nb@x.example\n", 1),
    ("alone", "Name,Email\n", 1),
    ("nowhere", "Anna,a@x.example,Graz\nBen,b@x.example,Wien\n", None),
    ("nowhere, one row", "Anna,a@x.example,Graz\n", None),
    ("nowhere, phones", "Anna,+43 660 1234567\nBen,0660 7654321\n", None),
    ("nowhere, a gap", "Anna,a@x.example,Graz\nBen,,Wien\nCid,c@x.example,Linz\n", None),
    ("nowhere, one column", "a@x.example\nb@x.example\n", None),
]


@pytest.mark.parametrize(("case", "text", "line"), FOUND)
def test_the_header_is_found(
    read_content: ReadContent, case: str, text: str, line: int | None
) -> None:
    assert read_content(text).header_line == line, case


def test_what_stands_above_the_header_is_the_preamble(read_content: ReadContent) -> None:
    table = read_content("Autumn fair\n\nBooth,4\nName,Email,City\n\nAnna,a@x.example,Graz\n")
    assert table.preamble == ("Autumn fair", "Booth 4")
    assert table.rows.index.tolist() == [0]
    assert table.lines.tolist() == [6]
    assert table.blank == 1


def test_without_a_header_columns_are_numbered_and_no_row_is_lost(
    read_content: ReadContent,
) -> None:
    table = read_content("Anna,a@x.example,Graz\nBen,b@x.example,Wien,extra\n")
    assert list(table.rows.columns) == ["column_1", "column_2", "column_3", "(surplus 1)"]
    assert table.findings[["row", "code"]].to_numpy().tolist() == [
        [-1, "file.no_header"],
        [1, "row.too_long"],
    ]


HEADER, ROW = "Name,City,Score,Zip", "Anna,Graz,3,8010"
ASIDES = [
    ("the header", HEADER, "row.repeated_header"),
    ("the header in capitals", HEADER.upper(), "row.repeated_header"),
    ("the header of another file", "\ufeff" + HEADER, "row.repeated_header"),
    ("the header, spaced", "Name , City,Score,Zip,", "row.repeated_header"),
    ("totals", "Total,,3,", "row.totals_line"),
    ("totals of what", "Total leads,,25,", "row.totals_line"),
    ("totals in one cell", "Total: 25,,,", "row.totals_line"),
    ("totals below", ",Summe,3,", "row.totals_line"),
    ("totals in French", "Total général,,25,", "row.totals_line"),
    ("totals in Spanish", "Suma total,,1.204,", "row.totals_line"),
    ("a count", "Count,,25,", "row.totals_line"),
    ("nothing but the word", "Gesamt,,,", "row.totals_line"),
    ("a firm", "Total Wine,Graz,3,8010", None),
    ("a firm alone", "Total Wine,,,", "row.lone_cell"),
    ("a name", "Count Basie,Graz,,", None),
    ("a person called like a column", "Name,Graz,3,8010", None),
]


@pytest.mark.parametrize(("case", "line", "code"), ASIDES)
def test_rows_that_are_no_records_are_kept_and_flagged(
    read_content: ReadContent, case: str, line: str, code: str | None
) -> None:
    table = read_content(f"{HEADER}\n{ROW}\n{line}\n{ROW}\n")
    assert len(table.rows) == 3
    found = [] if code is None else [[1, code, SEVERITIES[code]]]
    findings = table.findings[table.findings["code"] != "row.surplus_separator"]
    assert findings[["row", "code", "severity"]].to_numpy().tolist() == found, case
