"""Writes a plot as an Excel workbook, the same bytes every time."""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from samples.plot import Passage

MADE = "2026-09-18T08:00:00Z"
# The earliest moment a zip archive can state.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def write_workbook(passages: Iterable[Passage]) -> bytes:
    """Lay the passages out on their sheets.

    Cells stand between `|` and are texts; `n:3` is the number 3, `^` is merged with the cell
    above and `<` with the cell to the left.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for passage in passages:
        if passage.sheet not in book.sheetnames:
            book.create_sheet(passage.sheet)
        sheet: Worksheet = book[str(passage.sheet)]
        for offset, line in enumerate(passage.lines):
            _write_row(sheet, passage.line + offset, [cell.strip() for cell in line.split("|")])
    for sheet in book.worksheets:
        _format(sheet)
    packed = BytesIO()
    book.save(packed)
    return _without_time(packed.getvalue())


def _write_row(sheet: Worksheet, row: int, cells: list[str]) -> None:
    left = 1
    for column, cell in enumerate(cells, start=1):
        if cell == "<":
            _merge(sheet, (row, left), (row, column))
            continue
        left = column
        if cell == "^":
            _merge(sheet, (row - 1, column), (row, column))
        elif cell.startswith("n:"):
            sheet.cell(row, column, int(cell.removeprefix("n:")))
        elif cell:
            # Text even where it looks like a number: how phones and postal codes arrive.
            sheet.cell(row, column, cell).number_format = "@"


def _merge(sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Merge two neighbouring cells, extending the range that `last`'s neighbour is part of."""
    top, left = first
    for merged in list(sheet.merged_cells.ranges):
        if merged.min_row <= top <= merged.max_row and merged.min_col <= left <= merged.max_col:
            top, left = merged.min_row, merged.min_col
            sheet.unmerge_cells(merged.coord)
    sheet.merge_cells(start_row=top, start_column=left, end_row=last[0], end_column=last[1])


def _format(sheet: Worksheet) -> None:
    sheet["A1"].font = Font(bold=True, size=14)
    for column in "ABCDE":
        sheet.column_dimensions[column].width = 26


def _without_time(packed: bytes) -> bytes:
    """Pack the archive again with fixed times and uncompressed, so that zlib plays no part."""
    fixed = BytesIO()
    with zipfile.ZipFile(BytesIO(packed)) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", MADE.encode(), content)
            target.writestr(zipfile.ZipInfo(name, ZIP_TIME), content)
    return fixed.getvalue()
