"""Tables as one workbook, a sheet each; every cell is text, so that none is a formula."""

import io
from collections.abc import Mapping
from typing import Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

CELL_LIMIT: Final = 32_767  # characters a cell of Excel can hold
ROW_LIMIT: Final = 1_048_575  # rows of a sheet below its header


def write_workbook(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Write each table as a sheet of its name; what is longer than a sheet is cut, and says so."""
    book = Workbook(write_only=True)
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, column, bold=True) for column in table.columns])
        texts = table.head(ROW_LIMIT).astype("str").astype(object)
        for values in texts.itertuples(index=False, name=None):
            sheet.append([_cell(sheet, value) for value in values])
        if len(table) > ROW_LIMIT:
            more = f"{len(table) - ROW_LIMIT} more rows"
            sheet.append([_cell(sheet, more)])
    with io.BytesIO() as packed:
        book.save(packed)
        return packed.getvalue()


def _cell(sheet: Worksheet, value: object, *, bold: bool = False) -> Cell | None:
    if not isinstance(value, str):
        return None
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:CELL_LIMIT])
    cell.data_type = "s"  # a text that begins with = stays a text
    if bold:
        cell.font = Font(bold=True)
    return cell
