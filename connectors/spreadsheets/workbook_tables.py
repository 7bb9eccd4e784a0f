"""The sheets of a workbook as tables, their rows numbered on from sheet to sheet."""

from connectors.errors import EmptyFileError
from connectors.source import SourceFile
from connectors.spreadsheets.workbook import read_workbook
from connectors.table import WHOLE_TABLE, Finding, ReadOptions, Table


def read_workbook_tables(file: SourceFile, options: ReadOptions) -> tuple[Table, ...]:
    """Read the sheets of a workbook, all of them unless some are named; empty ones are none."""
    sheets = read_workbook(file, options.sheets)
    from connectors.spreadsheets.partition import (  # noqa: PLC0415 - loaded while it was read
        tabulate_all,
    )
    from connectors.spreadsheets.tabulation import Origin  # noqa: PLC0415 - loaded with it

    if not any(len(sheet.grid) for sheet in sheets):
        raise EmptyFileError(file.path, "none of its sheets holds anything; export it again.")
    found: tuple[Finding, ...] = tuple(
        Finding(WHOLE_TABLE, None, "file.empty_sheet", sheet.name)
        for sheet in sheets
        if not len(sheet.grid)
    )
    tables: list[Table] = []
    first_row = 0
    for sheet in sheets:
        if not len(sheet.grid):
            continue
        if sheet.hidden:
            found = (*found, Finding(WHOLE_TABLE, None, "file.hidden_sheet", sheet.name))
        origin = Origin(file, sheet=sheet.name, first_row=first_row, findings=found)
        of_sheet, first_row = tabulate_all(sheet.grid, origin, options.header_row)
        tables += of_sheet
        found = ()
    return tuple(tables)
