"""Rows in quarantine as they were received, each issue on the cell that it is about."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crm import ids
from reports.issue_groups import place_of, sentences
from reports.model import Cell, QuarantinedRow


def describe_quarantined(
    row: Any, issues: pd.DataFrame, fields: Mapping[str, str | None]
) -> QuarantinedRow:
    """One line of `Store.batch_quarantine` with its issues.

    `fields` says which field each header was taken for, where that is known. Empty cells are left
    out unless an issue is about them; an issue that fits no cell becomes a reason of the row.
    """
    raw = {str(header): value or "" for header, value in row.raw.items()}
    errors: dict[str, list[str]] = {}
    remarks: dict[str, list[str]] = {}
    reasons = []
    for issue, sentence in zip(issues.itertuples(), sentences(issues), strict=True):
        header = _find_header(issue, raw, fields)
        if header is not None:
            told = errors if issue.severity == "error" else remarks
            told.setdefault(header, []).append(sentence)
        elif issue.severity == "error":
            reasons.append(sentence)
    cells = tuple(
        Cell(header, value, tuple(errors.get(header, ())), tuple(remarks.get(header, ())))
        for header, value in raw.items()
        if value or header in errors or header in remarks
    )
    place = place_of(row)
    return QuarantinedRow(
        ids.show("quarantine_row", row.quarantine_row), place, row.status, cells, tuple(reasons)
    )


def _find_header(
    issue: Any, raw: Mapping[str, str], fields: Mapping[str, str | None]
) -> str | None:
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
