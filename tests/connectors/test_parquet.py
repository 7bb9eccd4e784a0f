"""Parquet files are read as the texts they come to, and hostile ones are refused."""

from datetime import UTC, date, datetime

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors.errors import (
    EmptyFileError,
    HostileFileError,
    UnknownFormatError,
    UnreadableFileError,
)
from connectors.reading import read, read_chunks
from reports.tabular import write_frame

MOMENT = datetime(2026, 1, 2, 3, 4, 5, 600, tzinfo=UTC)
TEXTS = {
    "a text": (pa.array(["Ann", 'Bo "x"\n, Jr.', None]), ["Ann", 'Bo "x"\n, Jr.', None]),
    "a formula": (pa.array(["=1+1", "+44 20", "'x"]), ["=1+1", "+44 20", "'x"]),
    "whole numbers": (pa.array([1, -2, None]), ["1", "-2", None]),
    "whole floats": (pa.array([12152185792.0, None, 0.0]), ["12152185792", None, "0"]),
    "floats": (pa.array([1.5, None, 2.0]), ["1.5", None, "2"]),
    "a fraction beside a phone": (
        pa.array([0.5, 4915112345678.0, None]),
        ["0.5", "4915112345678", None],
    ),
    "no numbers": (pa.array([1e20, float("inf"), float("nan")]), ["1e+20", "inf", None]),
    "flags": (pa.array([True, False, None]), ["true", "false", None]),
    "days": (pa.array([date(2026, 1, 2), None, None]), ["2026-01-02", None, None]),
    "times": (pa.array([MOMENT] + [None] * 2), ["2026-01-02 03:04:05Z", None, None]),
    "codes": (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"]),
}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "leads.parquet"


def test_every_plain_value_is_read_as_people_write_it(file):
    pq.write_table(pa.table({name: column for name, (column, _) in TEXTS.items()}), file)
    (table,) = read(file)
    read_as = table.rows.astype(object).where(table.rows.notna(), None).to_dict("list")
    assert read_as == {name: texts for name, (_, texts) in TEXTS.items()}
    assert table.lines.tolist() == [1, 2, 3]
    assert (table.header_line, table.encoding, table.delimiter) == (None, None, None)
    assert table.findings.empty


def test_what_was_exported_is_read_as_it_was(file):
    exported = pd.DataFrame({"Email": ["=a@x.org", "b@x.org"]}, dtype="str")
    write_frame(exported, file, "parquet")
    (table,) = read(file)
    assert table.rows.to_dict("list") == exported.to_dict("list")


def test_rows_come_in_chunks_too(file):
    count = 20_000
    pq.write_table(
        pa.table({"n": [str(n) for n in range(count)], "Email": ["a@x.org"] * count}), file
    )
    chunks = list(read_chunks(file))
    assert [text for chunk in chunks for text in chunk.rows["n"]] == [str(n) for n in range(count)]
    assert [line for chunk in chunks for line in chunk.lines] == list(range(1, count + 1))


def test_the_name_makes_no_difference(tmp_path):
    pq.write_table(pa.table({"Email": ["a@x.org"]}), tmp_path / "leads.csv")
    (table,) = read(tmp_path / "leads.csv")
    assert table.rows["Email"].tolist() == ["a@x.org"]


def test_a_file_cut_off_anywhere_is_refused(file, tmp_path):
    pq.write_table(pa.table({"Email": ["a@x.org"] * 50}), file)
    content = file.read_bytes()
    for size in (4, 8, len(content) // 2, len(content) - 1):
        cut = tmp_path / "cut.parquet"
        cut.write_bytes(content[:size])
        with pytest.raises(UnreadableFileError, match=r"damaged or cut off; export it again"):
            read(cut)


@pytest.mark.parametrize(
    "column",
    [
        [[1], [2]],
        [{"a": 1}, None],
        [b"\x00", b"x"],
        pa.array([b"\xff\xfe", b"ab"], pa.binary(2)),
    ],
)
def test_values_that_are_no_texts_are_refused(column, file):
    pq.write_table(pa.table({"a": column}), file)
    with pytest.raises(UnknownFormatError, match="lists, structures or bytes"):
        read(file)


def test_a_few_bytes_that_stand_for_very_many_are_refused(file):
    pq.write_table(pa.table({"a": pa.array(["x" * 1000]).take(pa.array([0] * 100_000))}), file)
    assert file.stat().st_size < 100_000
    with pytest.raises(HostileFileError, match="as bombs do"):
        read(file)


def test_a_file_without_columns_is_empty(file):
    pq.write_table(pa.table({}), file)
    with pytest.raises(EmptyFileError):
        read(file)
