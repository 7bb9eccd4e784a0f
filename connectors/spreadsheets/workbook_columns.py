"""From the cells of a reader of workbooks to columns of text. Runs in the child."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors.spreadsheets.workbook_marks import Shown

Value: TypeAlias = "int | float | bool | time | date | timedelta"
Cell: TypeAlias = "str | Value"
Row: TypeAlias = "list[Cell]"

TEXT: Final = pa.large_string()
LINE: Final = "line"
# Few enough that their cells stay in the processor's cache until they are text.
ROWS_A_BLOCK: Final = 2_048
# From here on a whole number has more digits than a float keeps.
EXACT: Final = 1e15
DIGITS_SHOWN: Final = 15


class Merge(NamedTuple):
    """A vertical merge: 0-based column, first and last row."""

    column: int
    first: int
    last: int


def hold_rows(
    rows: Iterator[Row], width: int, shown: dict[int, Shown]
) -> Iterator["pa.RecordBatch"]:
    """Hold rows of cells in batches: `line`, the 1-based row, then a text a column.

    Rows without a value are left out. `shown`: by column, what a sheet shows instead of numbers.
    """
    names = [LINE, *map(str, range(width))]
    first = 0
    while block := list(islice(rows, ROWS_A_BLOCK)):
        columns = [
            _show(hold_cells(cells), shown.get(at), first)
            for at, cells in enumerate(zip(*block, strict=True))
        ]
        lines = pa.array(np.arange(first + 1, first + 1 + len(block), dtype="int64"))
        batch = pa.RecordBatch.from_arrays([lines, *columns], names=names)
        filled = np.any([np.asarray(column.is_valid()) for column in columns], axis=0)
        yield batch if np.all(filled) else batch.filter(pa.array(filled))
        first += len(block)


def hold_cells(cells: Sequence[Cell]) -> "pa.Array":
    """Hold a column of cells as text; empty ones are null."""
    try:
        texts = pa.array(cells, TEXT)
    except (pa.ArrowTypeError, pa.ArrowInvalid):  # not all of them are texts
        kinds = set(map(type, cells))
    else:
        return pc.if_else(pc.equal(texts, ""), None, texts) if "" in cells else texts
    if kinds == {float}:
        return format_floats(np.array(cells))
    if str not in kinds:
        return pa.array(list(map(_format_once, cells)), TEXT)
    return pa.array(
        [(cell or None) if isinstance(cell, str) else _format_once(cell) for cell in cells], TEXT
    )


def format_floats(numbers: "np.ndarray[Any, np.dtype[np.float64]]") -> "pa.Array":
    """Write floats as `format_value` does, most of them at once."""
    small = np.abs(numbers) < EXACT
    if small.all() and (numbers == np.floor(numbers)).all():
        return pa.array(numbers.astype("int64")).cast(TEXT)
    texts = pa.array(numbers).cast(TEXT)
    # As short as this, without an exponent and not -0: nothing to change.
    plain = np.asarray(pc.less_equal(pc.binary_length(texts), DIGITS_SHOWN))
    plain &= small & (numbers != 0) & ~np.asarray(pc.match_substring(texts, "e"))
    others = np.flatnonzero(~plain)
    if not len(others):
        return texts
    mask = np.zeros(len(numbers), dtype=bool)
    mask[others] = True
    written = [_format_once(float(numbers[at])) for at in others]
    return pc.replace_with_mask(texts, mask, pa.array(written, TEXT))


def format_value(cell: Value) -> str:
    """Write a value that is not text as a person would."""
    match cell:
        case int():  # true and false, too
            return str(cell).lower()
        case float() if cell.is_integer():
            # Shortest digits without an exponent; int() would invent digits for large ones.
            return f"{Decimal(repr(cell)):.0f}" if abs(cell) >= EXACT else str(int(cell))
        case float():
            # 15 digits, as Excel shows: 0.1 + 0.2 is 0.3. Never an exponent.
            return f"{Decimal(f'{cell:.{DIGITS_SHOWN}g}'):f}"
        case timedelta():
            return format_duration(cell)
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case _:
            return cell.isoformat()


# Typed: 1, 1.0 and True are equal, but read differently.
_format_once = lru_cache(maxsize=2**16, typed=True)(format_value)


def format_duration(span: timedelta) -> str:
    """Write hours, minutes, seconds: `30:05:00`."""
    sign = "-" if span < timedelta() else ""
    minutes, seconds = divmod(round(abs(span).total_seconds()), 60)
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def fill_down(
    rows: Iterator[Row], merges: dict[int, list[Merge]], filled: list[tuple[int, int]]
) -> Iterator[Row]:
    """Repeat the value of a vertical merge in its rows; note each cell in `filled`.

    A row that has nothing else stays as empty as it was, and a cell with a value keeps it.
    """
    going_on: dict[int, tuple[int, Cell]] = {}
    for number, row in enumerate(rows):
        for column in [at for at, (last, _) in going_on.items() if number > last]:
            del going_on[column]
        is_empty = all(cell == "" for cell in row)
        for column, (_, value) in going_on.items():
            if not is_empty and row[column] == "":
                row[column] = value
                filled.append((number, column))
        for merge in merges.get(number, ()):
            if merge.column < len(row) and row[merge.column] != "":
                going_on[merge.column] = (merge.last, row[merge.column])
        yield row


def _show(column: "pa.Array", shown: Shown | None, first: int) -> "pa.Array":
    """Put what a sheet shows in the place of numbers; the column begins at row `first`."""
    if shown is None:
        return column
    start, stop = np.searchsorted(shown.rows, [first, first + len(column)])
    if start == stop:
        return column
    mask = np.zeros(len(column), dtype=bool)
    mask[np.asarray(shown.rows[start:stop]) - first] = True
    return pc.replace_with_mask(column, mask, pa.array(shown.texts[start:stop], TEXT))
