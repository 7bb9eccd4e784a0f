"""Rows in quarantine as they were received, each issue on the cell that it is about."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from crm import ids
from reports.comparing import name_record
from reports.issue_groups import place_of, sentence_of
from reports.model import Cell, QuarantinedRow, Reading


def describe_quarantine(
    rows: pd.DataFrame, issues: pd.DataFrame, readings: Sequence[Reading]
) -> tuple[QuarantinedRow, ...]:
    """Lines of `Store.batch_quarantine` with the issues of the batch, read as `readings` say."""
    wanted = issues[issues["row"].isin(rows["row"])]
    of_row = {int(str(number)): found for number, found in wanted.groupby("row")}
    fields = {
        (each.file, each.sheet): {column.header: column.field for column in each.columns}
        for each in readings
    }
    described = []
    for row in rows.itertuples():
        place = place_of(row)
        about = of_row.get(place.row if place.row is not None else -1, issues.head(0))
        known = fields.get((place.file or "", place.sheet), {})
        described.append(describe_quarantined(row, about, known))
    return tuple(described)


def describe_quarantined(
    row: Any, issues: pd.DataFrame, fields: Mapping[str, str | None]
) -> QuarantinedRow:
    """One line of `Store.batch_quarantine` with its issues.

    `fields` says which field each header was taken for, where that is known. Empty cells are left
    out unless an issue is about them; an issue that fits no cell becomes a reason of the row.
    """
    raw = {str(header): value or "" for header, value in row.raw.items()}
    placed = [(find_header(issue, raw, fields), issue) for issue in issues.itertuples()]
    errors = [issue for header, issue in placed if header is None and issue.severity == "error"]
    cells = tuple(_mark_cells(raw, placed))
    return QuarantinedRow(
        id=ids.show("quarantine_row", row.quarantine_row),
        name=name_record({name: value for name, value in row.standard.items() if value}),
        place=place_of(row),
        status=row.status,
        reasons=tuple(sentence_of(issue) for issue in errors),
        cells=tuple(cell for cell in cells if cell.errors or cell.remarks),
        others=tuple(cell for cell in cells if cell.value and not cell.errors and not cell.remarks),
    )


def _mark_cells(raw: Mapping[str, str], placed: Sequence[tuple[str | None, Any]]) -> Iterator[Cell]:
    """Every cell with what is said about it; a value that stands in the cell is not said again."""
    for header, value in raw.items():
        said = [
            (issue.severity, sentence_of(issue, shown=issue.before == value, column=header))
            for at, issue in placed
            if at == header
        ]
        yield Cell(
            header,
            value,
            errors=tuple(sentence for severity, sentence in said if severity == "error"),
            remarks=tuple(sentence for severity, sentence in said if severity != "error"),
        )


def find_header(issue: Any, raw: Mapping[str, str], fields: Mapping[str, str | None]) -> str | None:
    """The cell an issue is about: by header, by the field of the column, else by its value."""
    if not isinstance(issue.field, str):
        return None
    if issue.field in raw:
        return issue.field
    of_field = [header for header in raw if fields.get(header) == issue.field]
    if of_field:
        return of_field[0]
    same = [header for header, value in raw.items() if value and value == issue.before]
    return same[0] if len(same) == 1 else None
