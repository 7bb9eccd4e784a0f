"""A workbook whose bad cells are marked: red for an error, yellow for a warning, with a note why.

Every cell is text, so that no program takes a value for a formula, a number or a date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

CELL_LIMIT: Final = 32_767
TEXT: Final = "@"
FILLS: Final = {
    "error": PatternFill("solid", fgColor="F8CBAD"),
    "warning": PatternFill("solid", fgColor="FFE699"),
}
HEADER: Final = PatternFill("solid", fgColor="D9E1F2")
WIDTHS: Final = (10, 48)
LOOKED_AT: Final = 200


@dataclass(frozen=True)
class Mark:
    """What is wrong with one cell; `row` is its position in the frame."""

    row: int
    column: str
    severity: str
    reason: str


def write_marked(frame: pd.DataFrame, marks: Sequence[Mark], path: Path) -> None:
    """Write the columns of a frame as a sheet of texts, with the marks on their cells.

    Raises OSError where the file cannot be written.
    """
    with path.open("wb") as file:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Rows")
        _lay_out(sheet, frame)
        _append_rows(sheet, frame, marks)
        book.save(file)


def _append_rows(sheet: Worksheet, frame: pd.DataFrame, marks: Sequence[Mark]) -> None:
    columns = [str(name) for name in frame.columns]
    sheet.append([_header(sheet, name) for name in columns])
    of_cell: dict[tuple[int, str], list[Mark]] = {}
    for mark in marks:
        of_cell.setdefault((mark.row, mark.column), []).append(mark)
    for row, values in enumerate(frame.astype(object).itertuples(index=False, name=None)):
        sheet.append(
            [
                _cell(sheet, value, of_cell.get((row, name), ()))
                for name, value in zip(columns, values, strict=True)
            ]
        )


def cell_text(value: object) -> str:
    """Return the text of a value as a cell of a workbook can hold it; missing is empty."""
    text = value if isinstance(value, str) else "" if pd.isna(value) else str(value)  # type: ignore[call-overload]  # any scalar
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)[:CELL_LIMIT]


def _lay_out(sheet: Worksheet, frame: pd.DataFrame) -> None:
    """Set what has to stand before the rows: widths by the first values, the header in view."""
    sheet.freeze_panes = "A2"
    for position, name in enumerate(frame.columns):
        texts = [str(name), *map(cell_text, frame.iloc[:LOOKED_AT, position])]
        width = max(map(len, texts)) + 2
        letter = get_column_letter(position + 1)
        sheet.column_dimensions[letter].width = min(max(width, WIDTHS[0]), WIDTHS[1])


def _header(sheet: Worksheet, name: str) -> Cell:
    cell = _text(sheet, name)
    cell.font, cell.fill = Font(bold=True), HEADER
    return cell


def _cell(sheet: Worksheet, value: object, marks: Sequence[Mark]) -> Cell:
    cell = _text(sheet, value)
    if marks:
        gravest = "error" if any(mark.severity == "error" for mark in marks) else "warning"
        cell.fill = FILLS[gravest]
        reasons = "\n".join(cell_text(mark.reason) for mark in marks)
        cell.comment = Comment(reasons, "Leadgate", height=120, width=320)
    return cell


def _text(sheet: Worksheet, value: object) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, value=None)
    text = cell_text(value)
    if text:
        cell.value = text
        cell.data_type = "s"  # also what begins with "="
    cell.number_format = TEXT
    return cell
