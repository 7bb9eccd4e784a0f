"""Reads one workbook in a process of its own: the reader aborts on some files.

Started by `workbook` with the workbook as standard input and, as its argument,
`{"sheets": null, "recode": false, "memory": …, "cpu_seconds": …, "output": …}`. Writes lines of
JSON to standard output: one with the names of the worksheets, then for each sheet what it is, its
rows and the rest:

    {"sheets": ["Leads"]}
    {"name": "Leads", "width": 2}
    {"first": 0, "rows": 2048, "columns": [[8192, 31000], [0, 16384]]}
    {"rest": {"left": 1, "filled": [[2, 0]], "errors": [[3, 1, "#N/A"]], "concealed": [4], …}}

A line of rows is followed by their columns: the lengths of the texts of each and the texts, both
of so many bytes (`workbook_cells.Held`). `left` is the 0-based sheet column of the first column,
`filled` and `errors` give (row, column) of cells that were filled, and of those that held an error;
`concealed` are the rows the sheet hides; `hidden`, whether the sheet itself is. Rows and columns
count from 0.

Where a name of `sheets` is none of the workbook's, or none is chosen among too many, the names are
all it writes.
"""

import errno
import gc
import json
import os
import resource
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from typing import Any, BinaryIO, Final

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from connectors.spreadsheets.workbook_cells import Merge, Row, fill_down, hold_rows
from connectors.spreadsheets.workbook_marks import Marks, find_marks, read_book
from connectors.spreadsheets.workbook_recoding import recode_parts

OUT_OF_MEMORY: Final = 3
TOO_MUCH_OUTPUT: Final = 4
DISK_FULL: Final = 5
PROTECTED: Final = 6
# More sheets are read only where some are chosen.
MOST_SHEETS: Final = 500
# What the reader takes for a cell, empty or not, in bytes.
BYTES_A_CELL: Final = 32
# As many rows and columns as sheets have.
ROWS: Final = 2**20
COLUMNS: Final = 2**14


def main(arguments: str) -> None:
    """Read the workbook within the limits of the arguments, write it out."""
    wanted = json.loads(arguments)
    limit_process(wanted["memory"], wanted["cpu_seconds"], wanted["output"])
    gc.disable()  # nothing here makes cycles, and millions of cells make it slow
    try:
        content = sys.stdin.buffer.read()
        content = recode_parts(content) if wanted["recode"] else content
        write_workbook(wanted, content, sys.stdout.buffer)
        sys.stdout.flush()
    except (MemoryError, ImportError, RuntimeError):  # or no room for a library, for a thread
        os._exit(OUT_OF_MEMORY)
    except PasswordError:
        os._exit(PROTECTED)
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


def write_workbook(wanted: dict[str, Any], content: bytes, out: BinaryIO) -> None:
    """Write the worksheets, hidden ones too, in the order of the workbook, and end the process.

    While the reader parses, it leaves the interpreter to the thread beside.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        book = beside.submit(read_book, content)
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            about = {
                position: sheet
                for position, sheet in enumerate(workbook.sheets_metadata)
                if sheet.typ == SheetTypeEnum.WorkSheet
            }
            chosen = wanted["sheets"]
            names = [sheet.name for sheet in about.values()]
            _write_line(out, {"sheets": names})
            if len(names) > MOST_SHEETS if chosen is None else not set(chosen) <= set(names):
                return
            marks = {
                position: beside.submit(find_marks, content, book.result(), sheet.name)
                for position, sheet in about.items()
                if chosen is None or sheet.name in chosen
            }
            for position, found in marks.items():
                sheet = workbook.get_sheet_by_index(position)
                check_extent(sheet, wanted["memory"])
                hidden = about[position].visible != SheetVisibleEnum.Visible
                write_sheet(sheet, found.result(), hidden=hidden, out=out)
            out.flush()
            os._exit(0)  # taking millions of cells apart one by one would be for nothing


def check_extent(sheet: CalamineSheet, memory: int) -> None:
    """Raise a MemoryError where the far corner makes too many cells, nearly all of them empty.

    Also where a cell is named as if the sheet had more rows or columns than any has.
    """
    last_row, last_column = sheet.end or (0, 0)
    if last_row >= ROWS or last_column >= COLUMNS:
        raise MemoryError
    if sheet.width * sheet.height * BYTES_A_CELL > memory:
        raise MemoryError


def write_sheet(sheet: CalamineSheet, marks: Marks, *, hidden: bool, out: BinaryIO) -> None:
    """Write the rows of a sheet that are not empty, and what is known of them."""
    left = sheet.start[1] if sheet.start else 0
    filled: list[tuple[int, int]] = []
    merges = find_vertical_merges(sheet, left)
    rows: Iterator[Row] = sheet.iter_rows()
    if merges:
        rows = fill_down(rows, merges, filled)
    shown = {at - left: each for at, each in marks.shown.items()}
    _write_line(out, {"name": sheet.name, "width": sheet.width})
    for first, count, columns in hold_rows(rows, shown):
        sizes = [(len(each.lengths), len(each.content)) for each in columns]
        _write_line(out, {"first": first, "rows": count, "columns": sizes})
        for each in columns:
            out.write(each.lengths)
            out.write(each.content)
    rest = {
        "left": left,
        "filled": filled,
        "errors": marks.errors,
        "concealed": marks.concealed,
        "hidden": hidden,
    }
    _write_line(out, {"rest": rest})


def find_vertical_merges(sheet: CalamineSheet, left: int) -> dict[int, list[Merge]]:
    """Find merges one column wide and several rows high, by their first row.

    Columns count from `left`.
    """
    merges: dict[int, list[Merge]] = {}
    for (first, column), (last, last_column) in sheet.merged_cell_ranges or ():
        if column == last_column >= left and first < last:
            merges.setdefault(first, []).append(Merge(column - left, first, last))
    return merges


def _write_line(out: BinaryIO, about: dict[str, Any]) -> None:
    out.write(json.dumps(about).encode() + b"\n")
