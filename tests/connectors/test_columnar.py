"""Reading by columns gives what reading record by record gives, or nothing."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from connectors import read
from connectors.source import SourceFile
from connectors.spreadsheets import delimited
from connectors.spreadsheets.dialect import Dialect
from connectors.spreadsheets.encoding import Encoding
from connectors.spreadsheets.grid import Grid

CELL = st.text(st.sampled_from('ab1 ,;é"\n'), max_size=4)
WRITTEN = st.one_of(
    CELL.map(lambda text: '"' + text.replace('"', '""') + '"'),
    st.text(st.sampled_from("ab1 é"), max_size=3),
    st.text(st.sampled_from('ab1 é"\r'), max_size=3),
)
ROW = st.lists(WRITTEN, min_size=3, max_size=3) | st.lists(WRITTEN, max_size=4)


@contextmanager
def saved(content: bytes) -> Iterator[SourceFile]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leads.csv"
        path.write_bytes(content)
        yield SourceFile(path, path)


def assert_same(fast: Grid, careful: Grid) -> None:
    assert [column.to_pylist() for column in fast.columns] == [
        column.to_pylist() for column in careful.columns
    ]
    for name in ("lines", "widths", "nothing"):
        np.testing.assert_array_equal(getattr(fast, name), getattr(careful, name))
    assert fast.findings == careful.findings


@settings(max_examples=400, deadline=None)
@given(
    st.lists(ROW, min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
    st.sampled_from(["utf-8", "cp1252"]),
)
def test_both_readers_give_the_same(rows: list[list[str]], end: str, encoding: str) -> None:
    text = end.join([",".join(row) for row in [["Name", "City", "Note"], *rows]])
    for content in (text, text + end):
        with saved(content.encode(encoding)) as file:
            how = (file, Encoding(encoding), Dialect(","))
            fast = delimited.read_fast(*how, header_row=1)
            event("by columns" if fast else "left to the careful reader")
            if fast is not None:
                assert_same(fast, delimited.read_carefully(*how))


CLEAN = [
    ("plain", "a,b,c\n1,2,3\n4,5,6\n"),
    ("no line break at the end", "a,b,c\n1,2,3\n4,5,6"),
    ("carriage returns", "a,b,c\r\n1,2,3\r\n"),
    ("quoted", 'a,b,c\n"1",",","x""y"\n'),
    ("line breaks in cells", 'a,b,c\n1,"x\n\ny",3\n4,5,6\n'),
    ("empty cells", 'a,b,c\n,"",\n4,5,6\n'),
    ("blank lines", "a,b,c\n\n\n1,2,3\n\n4,5,6\n\n"),
    ("titles", "Fair\n\na,b,c\n1,2,3\n"),
    ("a line break in the header", 'a,"b\nb",c\n1,2,3\n'),
]


@pytest.mark.parametrize(("case", "text"), CLEAN)
def test_clean_text_is_read_by_columns(case: str, text: str) -> None:
    with saved(text.encode()) as file:
        line = max(1, 1 + text[: text.find("a,b,c") + 1].count("\n"))
        fast = delimited.read_fast(file, Encoding("utf-8"), Dialect(","), header_row=line)
        assert fast is not None, case
        assert_same(fast, delimited.read_carefully(file, Encoding("utf-8"), Dialect(",")))


DOUBTFUL = [
    ("too short", "a,b,c\n1,2\n"),
    ("too long", "a,b,c\n1,2,3,4\n"),
    ("a quote that is not closed", 'a,b,c\n1,"2,3\n4,5,6\n'),
    ("text after a quote", 'a,b,c\n1,"2"x,3\n'),
    ("a quote in a bare cell", 'a,b,c\n1,2",3\n'),
    ("a NUL", "a,b,c\n1,\x00,3\n"),
    ("a lone carriage return", "a,b,c\n1,2\r,3\n"),
    ("a line of space", "a,b,c\n1,2,3\n  \n"),
]


@pytest.mark.parametrize(("case", "text"), DOUBTFUL)
def test_doubtful_text_is_left_to_the_careful_reader(case: str, text: str) -> None:
    with saved(text.encode()) as file:
        assert delimited.read_fast(file, Encoding("utf-8"), Dialect(","), 1) is None, case


def test_a_large_file_is_read_by_columns_with_the_same_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "leads.csv"
    lines = ("Anna,a{0}@x.example,\n" + 'Ben,,"two\nlines {0}"\n\n').format
    path.write_text("Fair\nName,Email,Note\n" + "".join(map(lines, range(40_000))) + "Total,,9\n")
    assert path.stat().st_size > delimited.LARGE
    (fast,) = read(path)
    monkeypatch.setattr(delimited, "LARGE", 2**60)
    (careful,) = read(path)
    pd.testing.assert_frame_equal(fast.rows, careful.rows)
    pd.testing.assert_frame_equal(fast.findings, careful.findings)
    np.testing.assert_array_equal(fast.lines, careful.lines)
    assert (fast.blank, fast.preamble) == (careful.blank, careful.preamble) == (40_000, ("Fair",))


def test_quotes_are_judged_across_the_pieces_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.spreadsheets.columnar.PIECE", 7)
    text = 'a,b,c\n1,"x\n""y""\n",3\n"4",5,"6"\n\n7,8,9\n'
    with saved(text.encode()) as file:
        fast = delimited.read_fast(file, Encoding("utf-8"), Dialect(","), header_row=1)
        assert fast is not None
        assert_same(fast, delimited.read_carefully(file, Encoding("utf-8"), Dialect(",")))
