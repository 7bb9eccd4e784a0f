"""The sheets of a workbook as tables, their rows numbered on from sheet to sheet."""

from dataclasses import replace
from pathlib import Path

from connectors.errors import EmptyFileError
from connectors.spreadsheets.grid import Grid, Origin, tabulate
from connectors.spreadsheets.workbook import Sheet, read_workbook
from connectors.table import Finding, ReadOptions, Table


def read_workbook_tables(path: Path, options: ReadOptions) -> tuple[Table, ...]:
    """Read the sheets of a workbook, all of them unless some are named; empty ones are none."""
    tables: list[Table] = []
    origin = Origin(path)
    for sheet in read_workbook(path, options.sheets):
        grid = _grid(sheet)
        if not grid.cells:
            continue
        table = tabulate(grid, replace(origin, sheet=sheet.name), options)
        origin = replace(origin, first_row=int(table.rows.index[-1]) + 1)
        tables.append(table)
    if not tables:
        raise EmptyFileError(path, "none of its sheets holds anything.")
    return tuple(tables)


def _grid(sheet: Sheet) -> Grid:
    kept = [at for at, row in enumerate(sheet.cells) if any(cell is not None for cell in row)]
    position = {at: number for number, at in enumerate(kept)}
    filled: list[Finding] = [
        Finding(position[row], None, "cell.merged_filled", None, sheet.cells[row][column])
        for row, column in sheet.filled
        if row in position
    ]
    last = kept[-1] + 1 if kept else 0
    lines = [at + 1 for at in kept]
    return Grid([sheet.cells[at] for at in kept], lines, last - len(kept), filled)
