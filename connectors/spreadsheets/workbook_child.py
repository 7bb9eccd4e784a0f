"""Reads one workbook in a process of its own: the reader aborts on some files.

Started by `workbook` with the workbook as standard input and, as its argument,
`{"sheets": null, "memory": …, "cpu_seconds": …, "output": …}`. Imports little, so that it starts
fast. Writes lines of JSON to standard output:

    ["Leads", "Old"]                           the names of the worksheets
    "Leads"                                    a sheet begins
    [["Name", null], []]                       some of its rows; a row of nothing is []
    {"filled": [[2, 0]], "errors": [[3, 1, "#N/A"]], "hidden": false}
                                               the sheet ends: (row, column) of cells that were
                                               filled, and of those that held an error

Where a name of `sheets` is none of the workbook's, the names are all it writes.
"""

import errno
import json
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, NamedTuple, TextIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from connectors.spreadsheets.workbook_marks import find_marks, read_masks, read_parts

OUT_OF_MEMORY: Final = 3
TOO_MUCH_OUTPUT: Final = 4
DISK_FULL: Final = 5
ROWS_A_LINE: Final = 1_000
MOST_CELLS: Final = 50_000_000

Value = int | float | bool | time | date | timedelta
Row = list[str | None]


class Merge(NamedTuple):
    """A vertical merge: 0-based column, first and last row."""

    column: int
    first: int
    last: int


def main(arguments: str) -> None:
    """Read the workbook within the limits of the arguments, write it out."""
    wanted = json.loads(arguments)
    limit_process(wanted["memory"], wanted["cpu_seconds"], wanted["output"])
    try:
        write_workbook(wanted["sheets"], sys.stdout)
        sys.stdout.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except OSError as error:
        # Not sys.exit: it would write what is left, fail again and change the code.
        os._exit({errno.EFBIG: TOO_MUCH_OUTPUT, errno.ENOSPC: DISK_FULL}.get(error.errno or 0, 1))


def limit_process(memory: int, cpu_seconds: int, output: int) -> None:
    """Let the system end this process where it takes more; leave no dump of people's data."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    with suppress(ValueError, OSError):  # macOS has the limit but may refuse to set it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def write_workbook(sheets: list[str] | None, out: TextIO) -> None:
    """Write the worksheets, hidden ones too, in the order of the workbook."""
    parts, masks = read_parts(sys.stdin.buffer), read_masks(sys.stdin.buffer)
    sys.stdin.buffer.seek(0)
    with CalamineWorkbook.from_filelike(sys.stdin.buffer) as workbook:
        about = {
            position: sheet
            for position, sheet in enumerate(workbook.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet
        }
        names = [sheet.name for sheet in about.values()]
        _write(names, out)
        if sheets is not None and not set(sheets) <= set(names):
            return
        for position, sheet in about.items():
            if sheets is None or sheet.name in sheets:
                _write(sheet.name, out)
                marks = find_marks(sys.stdin.buffer, parts.get(sheet.name), masks)
                filled = _write_sheet(workbook.get_sheet_by_index(position), marks.shown, out)
                hidden = sheet.visible != SheetVisibleEnum.Visible
                _write({"filled": filled, "errors": marks.errors, "hidden": hidden}, out)


def _write(what: object, out: TextIO) -> None:
    out.write(json.dumps(what) + "\n")


def _write_sheet(
    sheet: CalamineSheet, shown: dict[tuple[int, int], str], out: TextIO
) -> list[tuple[int, int]]:
    check_extent(sheet)
    filled: list[tuple[int, int]] = []
    block: list[Row] = []
    for row in fill_down(read_rows(sheet, shown), find_vertical_merges(sheet), filled):
        block.append(row)
        if len(block) == ROWS_A_LINE:
            _write(block, out)
            block.clear()
    _write(block, out)
    return filled


def check_extent(sheet: CalamineSheet) -> None:
    """Raise a MemoryError where the far corner makes too many cells, nearly all of them empty."""
    row, column = sheet.end or (0, 0)
    if (row + 1) * (column + 1) > MOST_CELLS:
        raise MemoryError


def read_rows(sheet: CalamineSheet, shown: dict[tuple[int, int], str]) -> Iterator[Row]:
    """Give the rows as text from row 1 and column A on; `shown` outranks the bare number."""
    left: Row = [None] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows()):
        row = [(cell or None) if isinstance(cell, str) else format_value(cell) for cell in cells]
        whole = left + row if any(row) else []
        if shown:
            whole = [
                cell and shown.get((number, column), cell) for column, cell in enumerate(whole)
            ]
        yield whole


def format_value(cell: Value) -> str:
    """Write a value that is not text as a person would."""
    match cell:
        case int():  # true and false, too
            return str(cell).lower()
        case float() if cell.is_integer():
            # Shortest digits without an exponent; int() would invent digits for large ones.
            return f"{Decimal(repr(cell)):.0f}" if abs(cell) >= 1e15 else str(int(cell))
        case float():
            # 15 digits, as Excel shows: 0.1 + 0.2 is 0.3. Never an exponent.
            return f"{Decimal(f'{cell:.15g}'):f}"
        case timedelta():
            return format_duration(cell)
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case _:
            return cell.isoformat()


def format_duration(span: timedelta) -> str:
    """Write hours, minutes, seconds: `30:05:00`."""
    sign = "-" if span < timedelta() else ""
    minutes, seconds = divmod(round(abs(span).total_seconds()), 60)
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def find_vertical_merges(sheet: CalamineSheet) -> dict[int, list[Merge]]:
    """Find merges one column wide and several rows high, by their first row."""
    merges: dict[int, list[Merge]] = {}
    for (first, column), (last, last_column) in sheet.merged_cell_ranges or ():
        if column == last_column and first < last:
            merges.setdefault(first, []).append(Merge(column, first, last))
    return merges


def fill_down(
    rows: Iterator[Row], merges: dict[int, list[Merge]], filled: list[tuple[int, int]]
) -> Iterator[Row]:
    """Repeat the value of a vertical merge in its rows; note each cell in `filled`.

    A row that has nothing else stays as empty as it was, and a cell with a value keeps it.
    """
    going_on: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(rows):
        for column in [at for at, (last, _) in going_on.items() if number > last]:
            del going_on[column]
        for column, (_, value) in going_on.items():
            if row and row[column] is None:
                row[column] = value
                filled.append((number, column))
        for merge in merges.get(number, ()):
            value_there = row[merge.column] if merge.column < len(row) else None
            if value_there is not None:
                going_on[merge.column] = (merge.last, value_there)
        yield row
