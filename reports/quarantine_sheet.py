"""Rows in quarantine as a sheet to repair: as they were received, bad cells marked, reasons beside.

The first column holds the id of the row and a check, so that a repaired sheet is known again, and
only by the store it came from.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from crm import ids
from reports.marked_workbook import Mark
from reports.model import Cell
from reports.quarantine import describe_quarantined

ROW: Final = "Leadgate row"
REASONS: Final = "Leadgate reasons"
PLACE: Final = "Leadgate place"
OWN: Final = (ROW, REASONS, PLACE)
CHECK_DIGITS: Final = 6
KEY: Final = re.compile(r"(q[1-9][0-9]{0,17})-([0-9a-f]{6})", re.ASCII | re.IGNORECASE)

# Readings as a batch keeps them: one mapping a table.
Readings = Sequence[Mapping[str, Any]]


def row_key(number: int, content_hash: str) -> str:
    """Write the key of a row: its id, and the first digits of its content's hash."""
    return f"{ids.show('quarantine_row', number)}-{content_hash[:CHECK_DIGITS]}"


def read_key(text: str) -> tuple[int, str] | None:
    """Read a key into the id and the digits; None where it is none."""
    found = KEY.fullmatch(text.strip())
    known = ids.read(found[1]) if found else None
    return (known[1], found[2].lower()) if found and known else None


def reading_of(row: Any, readings: Mapping[int, Readings]) -> Mapping[str, str | None]:
    """Which field each header of a row was taken for, in the order of the headers."""
    for told in readings.get(int(row.batch), ()):
        sheet = row.sheet if isinstance(row.sheet, str) else None
        if told.get("file") == row.file and told.get("sheet") == sheet:
            return {str(each["column"]): each.get("field") for each in told.get("columns", ())}
    return {}


def lay_out_quarantine(
    rows: pd.DataFrame, issues: pd.DataFrame, readings: Mapping[int, Readings]
) -> tuple[pd.DataFrame, list[Mark]]:
    """Lay rows of `crm.quarantine_rows.read_rows` out as a sheet, with the marks of its cells.

    `issues`: those of `read_issues_of`; `readings`: by batch, how each of its tables was read.
    """
    of_row = {int(str(number)): found for number, found in issues.groupby("quarantine_row")}
    nothing = issues.head(0)
    lines: list[dict[str, str]] = []
    marks: list[Mark] = []
    headers: dict[str, None] = {}
    for at, (row, raw) in enumerate(zip(rows.itertuples(), rows["raw"], strict=True)):
        number, fields = int(str(row.quarantine_row)), reading_of(row, readings)
        told = describe_quarantined(row, of_row.get(number, nothing), fields)
        headers |= dict.fromkeys([*fields, *raw])
        marks += [mark for cell in told.cells for mark in _mark(at, cell)]
        reasons = [*told.reasons, *(said for cell in told.cells for said in cell.errors)]
        own = (row_key(number, str(row.content_hash)), " ".join(reasons), _place(row))
        lines.append({**dict(zip(OWN, own, strict=True)), **raw})
    return pd.DataFrame(lines, columns=[*OWN, *headers], dtype="str"), marks


def _mark(at: int, cell: Cell) -> list[Mark]:
    errors = [Mark(at, cell.header, "error", said) for said in cell.errors]
    return errors + [Mark(at, cell.header, "warning", said) for said in cell.remarks]


def _place(row: Any) -> str:
    where = row.file if isinstance(row.file, str) else row.source
    if isinstance(row.sheet, str):
        return f"{where}, {row.sheet}, row {row.line}"
    return f"{where}, line {row.line}"
