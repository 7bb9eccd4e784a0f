"""The extract: the bad rows of all files with their reasons, as CSV or as a marked workbook."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from leadgate.cli.checking.file_check import FileCheck, name_in_extract
from leadgate.errors import InvalidValueError
from reports.spreadsheet_safety import guard_frame

FORMATS = (".csv", ".xlsx")


def check_extract_name(path: Path) -> None:
    """Refuse a name that says no format, before anything is checked."""
    if path.suffix.lower() not in FORMATS:
        raise InvalidValueError(f"--write-extract {path}: name it .csv or .xlsx.")


def write_extract(path: Path, checks: Sequence[FileCheck]) -> int:
    """Write the rows; returns how many. A CSV is guarded against formulas."""
    filled = [(each, each.bad_rows) for each in checks if each.bad_rows is not None]
    frames = [rows.assign(file=each.path) for each, rows in filled]
    together = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix.lower() == ".csv":
            guard_frame(together).to_csv(path, index=False)
        else:
            _write_workbook(path, together, filled)
    except OSError as error:
        raise InvalidValueError(
            f"--write-extract {path}: cannot be written ({error.strerror})."
        ) from None
    return len(together)


def _write_workbook(
    path: Path, rows: pd.DataFrame, filled: Sequence[tuple[FileCheck, pd.DataFrame]]
) -> None:
    from reports.marked_workbook import Mark, write_marked  # noqa: PLC0415 - loads openpyxl

    marks, start = [], 0
    for check, bad_rows in filled:
        at = {int(row): start + position for position, row in enumerate(bad_rows.index)}
        start += len(bad_rows)
        marks += [
            Mark(
                at[finding.row], name_in_extract(finding.column), finding.severity, finding.message
            )
            for finding in check.read_findings(("error", "warning"))
            if finding.row in at and finding.column is not None
        ]
    write_marked(rows, marks, path)
