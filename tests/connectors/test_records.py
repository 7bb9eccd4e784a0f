"""A quote that does not add up costs its own line and no other."""

import csv
import io
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import Table
from connectors.spreadsheets.dialect import Dialect
from connectors.spreadsheets.records import read_records

ReadContent = Callable[..., Table]
COMMAS = Dialect(",")


def records(text: str, dialect: Dialect = COMMAS) -> list[tuple[int, list[str], str | None]]:
    lines = io.StringIO(text, newline="")
    return [(each.line, each.cells, each.code) for each in read_records(lines, dialect)]


UNCLOSED, STRAY = "file.unclosed_quote", "row.stray_quote"
FAULTY = [
    ("never closed", 'a,"b\nc,d\n', [(1, ["a", '"b'], UNCLOSED), (2, ["c", "d"], None)]),
    (
        "closed by the next row's quote",
        'a,"b\nc,"d"\ne,f\n',
        [(1, ["a", '"b'], UNCLOSED), (2, ["c", "d"], None), (3, ["e", "f"], None)],
    ),
    (
        "two of them",
        'a,"b\nc,"d\ne,f\n',
        [(1, ["a", '"b'], UNCLOSED), (2, ["c", '"d'], UNCLOSED), (3, ["e", "f"], None)],
    ),
    ("before another cell", '"a,b,"c"\n', [(1, ['"a', "b", "c"], UNCLOSED)]),
    ("a nickname", '"Bob "Bobby" Smith",x\n', [(1, ['Bob "Bobby" Smith', "x"], STRAY)]),
    ("text after the quote", '"a"b,c\n', [(1, ['"a"b', "c"], STRAY)]),
    ("inside a bare cell", 'a 5" pipe,b\n', [(1, ['a 5" pipe', "b"], None)]),
    ("in the last line", 'a,b\n"', [(1, ["a", "b"], None), (2, ['"'], UNCLOSED)]),
]


@pytest.mark.parametrize(("case", "text", "expected"), FAULTY)
def test_a_line_whose_quotes_do_not_add_up_is_read_alone(
    case: str, text: str, expected: list[tuple[int, list[str], str | None]]
) -> None:
    assert records(text) == expected, case


def test_a_quote_that_is_never_closed_swallows_no_rows(read_content: ReadContent) -> None:
    rows = "".join(f'Person {n},"Town {n}"\n' for n in range(5_000))
    table = read_content(f'Name,City\nAnna,"Graz\n{rows}Zoe,Wien\n')
    assert len(table.rows) == 5_002
    assert table.rows.iloc[-1].tolist() == ["Zoe", "Wien"]
    assert table.findings[["row", "code"]].to_numpy().tolist() == [[0, UNCLOSED]]


def test_a_cell_may_be_longer_than_pythons_reader_takes(read_content: ReadContent) -> None:
    long = "x" * 300_000
    table = read_content(f'Name,Note\nAnna,"{long}"\nBen,short\n')
    assert table.rows["Note"].tolist() == [long, "short"]
    assert table.findings.empty


def test_cells_without_end_stay_together_in_the_last_one(read_content: ReadContent) -> None:
    table = read_content("a,b\n1,2\n" + ",".join(map(str, range(20_000))) + "\n")
    assert table.rows.shape == (2, 16_384)
    assert table.rows.iloc[1, -1].endswith(",19998,19999")
    assert table.findings[["row", "code"]].to_numpy().tolist() == [[1, "row.too_long"]]


def test_quotes_marked_by_a_backslash_are_read() -> None:
    assert records('"a \\"b\\" c",d\n', Dialect(",", escape="\\"))[0][1] == ['a "b" c', "d"]


def test_many_quotes_that_are_never_closed_take_time_in_proportion() -> None:
    # From its own start each line opens a quote, and every later line, seen from inside,
    # leaves it open: read naively, each would scan the whole rest.
    def seconds(count: int) -> float:
        started = time.process_time()
        assert len(records('",a","\n' * count)) >= count // 2
        return time.process_time() - started

    assert seconds(20_000) < 40 * max(seconds(2_000), 0.01)


CELL = st.text(st.sampled_from("ab1 \",;\n'\\"), max_size=5)


@given(st.lists(st.lists(CELL, min_size=2, max_size=3), min_size=1, max_size=5))
def test_well_formed_text_is_read_as_it_was_written(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(rows)
    assert [cells for _, cells, code in records(written.getvalue())] == rows


@given(st.text(st.sampled_from('ab,"\n'), max_size=40))
def test_no_character_but_quotes_and_delimiters_is_lost(text: str) -> None:
    found = "".join("".join(cells) for _, cells, _ in records(text))
    assert sorted(found.replace('"', "").replace(",", "").replace("\n", "")) == sorted(
        text.replace('"', "").replace(",", "").replace("\n", "")
    )


@given(st.text(st.sampled_from('ab,"\n'), max_size=40))
def test_lines_are_numbered_as_they_stand(text: str) -> None:
    numbers = [line for line, _, _ in records(text)]
    assert numbers == sorted(set(numbers))
    assert not numbers or numbers[-1] <= text.count("\n") + 1
