"""Rows in quarantine as the desk shows them, and the sheet that repairs them in place."""

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from crm.quarantine_kinds import Status, count_values
from crm.quarantine_rows import read_issues_of, read_rows
from crm.store import Store
from reports.marked_workbook import Mark
from reports.model import QuarantinedRow
from reports.quarantine import describe_quarantined, find_header
from reports.quarantine_sheet import ROW, lay_out_quarantine, reading_of, row_key

VALUES: Final = 20  # of one kind, to be corrected in all rows at once


@dataclass(frozen=True)
class Value:
    """A value that errors of one kind are about: its column, and how many rows have it."""

    column: str
    text: str
    rows: int


@dataclass(frozen=True)
class Waiting:
    """Rows that wait, as they were received, with their findings and how they were read."""

    rows: pd.DataFrame
    issues: pd.DataFrame
    readings: Mapping[int, Any]

    def describe(self) -> list[QuarantinedRow]:
        """Lay the rows out for people."""
        issues = self.issues.astype(object)  # a few texts each: quicker so
        of_row = dict(iter(issues.groupby("quarantine_row")))
        return [
            describe_quarantined(
                row,
                of_row.get(int(str(row.quarantine_row)), issues.head(0)),
                reading_of(row, self.readings),
            )
            for row in self.rows.itertuples()
        ]

    def find_columns(self, code: str) -> list[dict[str, str]]:
        """The values of each row that errors of one kind are about: value -> column."""
        errors: dict[int, list[Any]] = {}
        for error in self.issues[self.issues["code"] == code].itertuples():
            errors.setdefault(int(str(error.quarantine_row)), []).append(error)
        found: list[dict[str, str]] = []
        for row in self.rows.itertuples():
            fields = reading_of(row, self.readings)
            raw: dict[str, str] = row.raw  # type: ignore[assignment]  # a dict, says read_rows
            mine = errors.get(int(str(row.quarantine_row)), [])
            named = ((find_header(error, raw, fields), error.before) for error in mine)
            found.append({text: name for name, text in named if name and raw.get(name) == text})
        return found


def read_waiting(
    store: Store, numbers: Collection[int] | None = None, status: Status = "waiting"
) -> Waiting:
    """Read the rows that wait, all or those with these ids, and why they do; or were discarded."""
    rows = read_rows(store, ids=numbers, status=status)
    batches = [int(number) for number in rows["batch"].unique()]
    readings = {number: store.batch(number).reading for number in batches}
    return Waiting(rows, read_issues_of(store, rows), readings)


def list_values(store: Store, code: str, status: Status = "waiting") -> list[Value]:
    """The values that errors of one kind are most often about."""
    counted = count_values(store, code, VALUES, status)
    samples = read_waiting(store, [int(number) for number in counted["sample"]], status)
    numbers = [int(number) for number in samples.rows["quarantine_row"]]
    columns = dict(zip(numbers, samples.find_columns(code), strict=True))
    values = []
    for before, rows, sample in counted[["before", "rows", "sample"]].itertuples(index=False):
        column = columns.get(int(sample), {}).get(str(before))
        if column is not None:
            values.append(Value(column, str(before), int(rows)))
    return values


def lay_out(waiting: Waiting) -> tuple[pd.DataFrame, list[Mark]]:
    """All waiting rows as a sheet to repair elsewhere."""
    return lay_out_quarantine(waiting.rows, waiting.issues, waiting.readings)


def write_repaired(rows: pd.DataFrame, changes: Sequence[Mapping[str, str]], path: Path) -> None:
    """Write rows as a sheet to be submitted again; `changes`: of each row, column -> text."""
    raws = [{**raw, **change} for raw, change in zip(rows["raw"], changes, strict=True)]
    columns = list(dict.fromkeys([ROW, *(name for raw in raws for name in raw)]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, quoting=csv.QUOTE_ALL)
        writer.writeheader()
        for number, content, raw in zip(
            rows["quarantine_row"], rows["content_hash"], raws, strict=True
        ):
            writer.writerow({ROW: row_key(int(number), str(content)), **raw})
