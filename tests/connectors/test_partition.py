"""Several tables in one file or sheet are several tables; what only looks like it stays one."""

from pathlib import Path

import openpyxl
import pytest

from connectors import Table, read, read_chunks

Rows = list[list[object]]

LEADS: Rows = [["Name", "Email", "Amount"], ["Anna", "a@x.example", 7], ["Ben", "b@x.example", 9]]
STAFF: Rows = [["Person", "Phone"], ["Cid", "+43 1 234"], ["Dora", "+43 1 567"]]


def read_csv(folder: Path, text: str) -> tuple[Table, ...]:
    (folder / "leads.csv").write_text(text)
    return read(folder / "leads.csv")


def read_sheet(folder: Path, rows: Rows) -> tuple[Table, ...]:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / "leads.xlsx")
    return read(folder / "leads.xlsx")


def codes(table: Table) -> list[str]:
    return table.findings["code"].tolist()


@pytest.mark.parametrize("title", [[], [["Our staff"]]])
def test_a_table_beneath_another_is_a_table_of_its_own(tmp_path: Path, title: Rows) -> None:
    first, second = read_sheet(tmp_path, [*LEADS, [], *title, *STAFF])
    assert first.rows["Name"].tolist() == ["Anna", "Ben"]
    assert second.rows["Person"].tolist() == ["Cid", "Dora"]
    assert second.rows.index.tolist() == [2, 3]
    assert second.lines.tolist() == [6 + len(title), 7 + len(title)]
    assert second.preamble == tuple(str(row[0]) for row in title)
    assert (codes(first), codes(second)) == ([], ["file.second_table"])


def test_a_second_header_without_a_gap_begins_a_table_if_it_is_another(tmp_path: Path) -> None:
    first, second = read_csv(
        tmp_path, "Name,Email\nAnna,a@x.example\nName,Email,Phone\nBen,b@x.example,+43 1 23\n"
    )
    assert first.rows.to_numpy().tolist() == [["Anna", "a@x.example"]]
    assert second.rows.to_numpy().tolist() == [["Ben", "b@x.example", "+43 1 23"]]
    assert (first.rows.index.tolist(), second.rows.index.tolist()) == ([0], [1])


def test_tables_of_the_same_names_beside_each_other_are_two(tmp_path: Path) -> None:
    left: Rows = [["Name", "Email"], ["Anna", "a@x.example"], ["Ben", "b@x.example"]]
    right: Rows = [["Name", "Email"], ["Cid", "c@x.example"], [None, None]]
    beside = [[*a, None, *b] for a, b in zip(left, right, strict=True)]
    first, second = read_sheet(tmp_path, beside)
    assert first.rows["Name"].tolist() == ["Anna", "Ben"]
    assert second.rows["Name"].tolist() == ["Cid"]
    assert second.positions == (3, 4)
    assert codes(second) == ["file.second_table"]


ONE = [
    ("a gap between rows", "Name,Email\nAnna,a@x.example\n\n\nBen,b@x.example\n"),
    ("texts below a gap", "Name,City\nAnna,Graz\n\nBen,Wien\nCid,Linz\n"),
    ("the same header again", "Name,Email\nAnna,a@x.example\n\nName,Email\nBen,b@x.example\n"),
    ("a footnote", "Name,Email\nAnna,a@x.example\nBen,b@x.example\n\nSource: fair\n"),
    ("a total", "Name,Amount\nAnna,7\nBen,9\n\nTotal,16\n"),
    ("a row that uses names as values", "Name,Kind\nName,Text\nEmail,Text\nKind,Text\n"),
    ("shuffled words", "foo,bar,baz\nbar,baz,foo\nbaz,foo,bar\nfoo,baz,bar\n"),
]


@pytest.mark.parametrize(("case", "text"), ONE)
def test_what_is_one_table_stays_one(tmp_path: Path, case: str, text: str) -> None:
    (table,) = read_csv(tmp_path, text)
    assert table.header_line == 1, case


def test_an_empty_column_between_columns_of_one_table_does_not_part_it(tmp_path: Path) -> None:
    rows: Rows = [["Name", "Email", None, "Note"], ["Anna", "a@x.example", None, "x"]]
    (table,) = read_sheet(tmp_path, [*rows, ["Ben", "b@x.example"]])
    assert list(table.rows.columns) == ["Name", "Email", "Note"]


WIDE = [
    ("one row of more, empty cells", "a,b\n1,2\n,1,\n3,4\n", [(1, "row.surplus_separator")]),
    ("all rows of more, empty cells", "a,b\n1,2,\n3,4,\n", [(-1, "file.header_too_short")]),
    ("a cell torn by quotes", 'a,b\n1,2\n5"x, y"\n3,4\n', [(1, "row.stray_quote")]),
    ("inches in cells", 'a,b\n5",6"\n7"x,8\n', []),
    ("words in one column", "first last\nAnna Meyer\n", [(-1, "file.one_column")]),
    ("one column", "name\nAnna\nBen\n", []),
]


@pytest.mark.parametrize(("case", "text", "found"), WIDE)
def test_a_reading_that_may_not_be_meant_is_flagged(
    tmp_path: Path, case: str, text: str, found: list[tuple[int, str]]
) -> None:
    (table,) = read_csv(tmp_path, text)
    flagged = list(zip(table.findings["row"], table.findings["code"], strict=True))
    assert flagged == found, case


def test_chunk_by_chunk_a_second_table_beneath_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    leads, stock = (
        "Name,Email\nAnna,a@b.de\nBo,b@c.de\n",
        "Product,Price,Stock\nPen,1.5,3\nInk,2,5\n",
    )
    path.write_text(f"{leads}\n{stock}")
    (chunk,) = read_chunks(path)
    told = chunk.findings.set_index("code")["before"]
    assert told["file.second_table"] == "5"
    path.write_text("Name,Email\nAnna,a@b.de\n\nBo,b@c.de\n")
    assert "file.second_table" not in set(next(iter(read_chunks(path))).findings["code"])
