"""From the cells of a reader of workbooks to text, column by column. Runs in the child.

Nothing here needs a library: loading one takes as long as reading thousands of rows.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple, TypeAlias, cast

from connectors.spreadsheets.workbook_marks import Shown

Value: TypeAlias = "int | float | bool | time | date | timedelta"
Cell: TypeAlias = "str | Value"
Row: TypeAlias = "list[Cell]"

# Few enough that their cells stay in the processor's cache until they are text.
ROWS_A_BLOCK: Final = 2_048
# From here on a whole number has more digits than a float keeps.
EXACT: Final = 1e15
DIGITS_SHOWN: Final = 15
MIDNIGHT: Final = "T00:00:00"


class Merge(NamedTuple):
    """A vertical merge: 0-based column, first and last row."""

    column: int
    first: int
    last: int


class Held(NamedTuple):
    """The cells of a column: the length of each text in bytes, and all the texts on end.

    Without lengths, `content` is numbers, 8 bytes each, that are still to be written as text.
    """

    lengths: bytes
    content: bytes


class Block(NamedTuple):
    """So many rows of a sheet from the 0-based row `first` on, as columns."""

    first: int
    rows: int
    columns: list[Held]


def hold_rows(rows: Iterator[Row], shown: dict[int, Shown]) -> Iterator[Block]:
    """Hold rows of cells in blocks; `shown`: by column, what a sheet shows instead of numbers.

    Blocks of nothing are left out.
    """
    first = 0
    while block := list(islice(rows, ROWS_A_BLOCK)):
        columns = [
            hold_cells(_show(cells, shown[at], first) if at in shown else cells)
            for at, cells in enumerate(zip(*block, strict=True))
        ]
        if any(column.content for column in columns):
            yield Block(first, len(block), columns)
        first += len(block)


def hold_cells(cells: Sequence[Cell]) -> Held:
    """Hold a column of cells; an empty one is a text of no length."""
    try:
        text = "".join(cast("Sequence[str]", cells))
    except TypeError:  # not all of them are texts
        kinds = set(map(type, cells))
        if kinds == {float}:
            return Held(b"", array("d", cast("Sequence[float]", cells)).tobytes())
        cells = write_cells(cells, kinds)
        text = "".join(cells)
    if text.isascii():
        return Held(array("I", map(len, cast("Sequence[str]", cells))).tobytes(), text.encode())
    encoded = list(map(str.encode, cast("Sequence[str]", cells)))
    return Held(array("I", map(len, encoded)).tobytes(), b"".join(encoded))


def write_cells(cells: Sequence[Cell], kinds: set[type]) -> list[str]:
    """Write a column of cells of these kinds as text."""
    if kinds == {datetime}:
        moments = map(datetime.isoformat, cast("Sequence[datetime]", cells))
        return [moment.removesuffix(MIDNIGHT) for moment in moments]
    return [cell if isinstance(cell, str) else _format_once(cell) for cell in cells]


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
        case datetime():
            return cell.isoformat().removesuffix(MIDNIGHT)
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


def _show(cells: Sequence[Cell], shown: Shown, first: int) -> Sequence[Cell]:
    """Put what a sheet shows in the place of numbers; the column begins at row `first`."""
    start, stop = (bisect_left(shown.rows, row) for row in (first, first + len(cells)))
    written = list(cells)
    for row, text in zip(shown.rows[start:stop], shown.texts[start:stop], strict=True):
        written[row - first] = text
    return written
