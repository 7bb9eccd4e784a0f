"""Reading by columns gives what reading record by record gives, or nothing."""

import gzip
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import ReadOptions, read, read_chunks
from connectors.errors import HostileFileError
from connectors.source import SourceFile
from connectors.spreadsheets import delimited, windows
from connectors.spreadsheets.columnar import Window, read_columns
from connectors.spreadsheets.dialect import Dialect
from connectors.spreadsheets.encoding import Encoding
from connectors.spreadsheets.grid import Grid, join_grids
from connectors.spreadsheets.windows import Text

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


def read_whole(content: bytes, encoding: str = "utf-8") -> tuple[Grid, Grid]:
    """Read a text by windows, and with care from end to end."""
    with saved(content) as file, pytest.MonkeyPatch.context() as patch:
        text = Text(file, Encoding(encoding), Dialect(","))
        patch.setattr(delimited, "LARGE", -1)
        return join_grids(list(delimited._read_grids(text, 1))), delimited.read_carefully(text)


def read_below(text: str) -> Window | None:
    """Read by columns what is below the header of a text, its one line with “a,b,c”."""
    body = text[text.index("c\n") + 2 :] if "c\n" in text else text[text.index("c\r\n") + 3 :]
    return read_columns(body.encode(), Encoding("utf-8"), Dialect(","), width=3, last=True)


@settings(max_examples=400)
@given(
    st.lists(ROW, min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
    st.sampled_from(["utf-8", "cp1252"]),
    st.sampled_from([5, 30, 1000]),
)
def test_windows_of_any_size_give_what_the_whole_gives(
    rows: list[list[str]], end: str, encoding: str, size: int
) -> None:
    text = end.join([",".join(row) for row in [["Name", "City", "Note"], *rows]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "WINDOW", size)
        for content in (text, text + end):
            assert_same(*read_whole(content.encode(encoding), encoding))


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
    assert read_below(text) is not None, case
    assert_same(*read_whole(text.removeprefix("Fair\n\n").encode()))


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
    assert read_below(text) is None, case


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


def test_quotes_are_judged_across_the_pieces_of_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.spreadsheets.columnar.PIECE", 7)
    text = 'a,b,c\n1,"x\n""y""\n",3\n"4",5,"6"\n\n7,8,9\n'
    assert read_below(text) is not None
    assert_same(*read_whole(text.encode()))


def write_large(path: Path, rows: int, end: str = "") -> Path:
    lines = "".join(f'{at},"Anna, {at}",a{at}@x.example\n' for at in range(rows))
    path.write_text(f"Fair 2026\nId,Name,Email\n{lines}{end}", newline="")
    return path


def test_chunks_are_what_reading_at_once_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "WINDOW", 50_000)
    path = write_large(tmp_path / "leads.csv", 9_000, 'x,"open\n,,\n\nTotal,,3\n')
    (whole,) = read(path)
    chunks = list(read_chunks(path))
    assert len(chunks) > 3
    pd.testing.assert_frame_equal(pd.concat([each.rows for each in chunks]), whole.rows)
    findings = pd.concat([each.findings for each in chunks], ignore_index=True)
    by = ["row", "code"]
    pd.testing.assert_frame_equal(
        findings.sort_values(by, ignore_index=True),
        whole.findings.sort_values(by, ignore_index=True),
    )
    np.testing.assert_array_equal(np.concatenate([each.lines for each in chunks]), whole.lines)
    assert sum(each.blank for each in chunks) == whole.blank == 2
    assert {each.preamble for each in chunks} == {("Fair 2026",)}
    (tmp_path / "leads.csv.gz").write_bytes(gzip.compress(path.read_bytes()))
    packed = list(read_chunks(tmp_path / "leads.csv.gz"))
    assert [len(each.rows) for each in packed] == [len(each.rows) for each in chunks]


@pytest.mark.parametrize("encoding", ["utf-16", "shift_jis"])
def test_a_text_that_has_no_windows_comes_in_chunks_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr(delimited, "RECORDS_A_CHUNK", 400)
    path = tmp_path / "leads.csv"
    path.write_bytes(write_large(path, 1_000).read_text().encode(encoding))
    options = ReadOptions(encoding=encoding)
    rows = pd.concat([each.rows for each in read_chunks(path, options)])
    pd.testing.assert_frame_equal(rows, read(path, options)[0].rows)


def test_chunks_of_a_text_without_a_header_count_from_its_first_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "WINDOW", 200)
    path = tmp_path / "leads.csv"
    path.write_text("\ufeff" + "".join(f"Anna,a{at}@x.example\n" for at in range(50)))
    chunks = list(read_chunks(path))
    assert np.concatenate([each.lines for each in chunks]).tolist() == list(range(1, 51))
    assert chunks[0].rows.iloc[0].tolist() == ["Anna", "a0@x.example"]
    assert [each.findings["code"].tolist() for each in chunks[:2]] == [["file.no_header"], []]


def test_a_workbook_comes_in_chunks_as_from_read(tmp_path: Path) -> None:
    path = tmp_path / "leads.json"
    path.write_text('[{"a": "1"}, {"a": "2"}]')
    (chunk,) = read_chunks(path)
    assert chunk.rows["a"].tolist() == ["1", "2"]


def test_an_endless_line_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (windows, delimited):
        monkeypatch.setattr(module, "LINE_LIMIT", 2**20)
    path = tmp_path / "leads.csv"
    path.write_text("name,city\nAnna,Graz\n" + "x," * 2**20)
    for reader in (read, lambda each: list(read_chunks(each))):
        with pytest.raises(HostileFileError, match="a line of more than"):
            reader(path)
