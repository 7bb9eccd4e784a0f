"""The sheets of a workbook as tables, their rows numbered on from sheet to sheet."""

from itertools import zip_longest

import numpy as np

from connectors.errors import EmptyFileError
from connectors.source import SourceFile
from connectors.spreadsheets.grid import Grid, GridFinding, hold_columns
from connectors.spreadsheets.tabulation import Origin, tabulate
from connectors.spreadsheets.workbook import Sheet, read_workbook
from connectors.table import WHOLE_TABLE, Finding, ReadOptions, Table


def read_workbook_tables(file: SourceFile, options: ReadOptions) -> tuple[Table, ...]:
    """Read the sheets of a workbook, all of them unless some are named; empty ones are none."""
    sheets = [(sheet, hold_sheet(sheet)) for sheet in read_workbook(file.path, options.sheets)]
    filled = [(sheet, grid) for sheet, grid in sheets if len(grid)]
    if not filled:
        raise EmptyFileError(file.path, "none of its sheets holds anything; export it again.")
    found: tuple[Finding, ...] = tuple(
        Finding(WHOLE_TABLE, None, "file.empty_sheet", sheet.name)
        for sheet, grid in sheets
        if not len(grid)
    )
    tables: list[Table] = []
    first_row = 0
    for sheet, grid in filled:
        if sheet.hidden:
            found = (*found, Finding(WHOLE_TABLE, None, "file.hidden_sheet", sheet.name))
        origin = Origin(file, sheet=sheet.name, first_row=first_row, findings=found)
        tables.append(tabulate(grid, origin, options.header_row))
        below = grid.lines > (tables[-1].header_line or 0)
        first_row, found = first_row + int(below.sum()), ()
    return tuple(tables)


def hold_sheet(sheet: Sheet) -> Grid:
    """Hold the cells of a sheet in columns, from its first row that is not empty to its last."""
    kept = [at for at, row in enumerate(sheet.cells) if any(row)]
    rows = sheet.cells[kept[0] : kept[-1] + 1] if kept else []
    first = kept[0] if kept else 0
    columns, mended = hold_columns(list(zip_longest(*rows)))
    found = [
        GridFinding(at - first, column, "cell.merged_filled", None, sheet.cells[at][column])
        for at, column in sheet.filled
    ]
    found += [
        GridFinding(at - first, column, "cell.formula_error", text)
        for at, column, text in sheet.errors
        if column < len(columns) and first <= at < first + len(rows)
    ]
    return Grid(
        columns=columns,
        lines=np.arange(first + 1, first + 1 + len(rows), dtype="int64"),
        widths=np.full(len(rows), len(columns), dtype="int64"),
        nothing=np.array([], dtype="int64"),
        findings=(*found, *mended),
    )
