"""Rows in quarantine as the desk shows them, and the sheet that repairs them in place."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from crm.quarantine_rows import read_issues_of, read_rows
from crm.store import Store
from reports.marked_workbook import Mark
from reports.model import QuarantinedRow
from reports.quarantine import describe_quarantined
from reports.quarantine_sheet import ROW, lay_out_quarantine, reading_of, row_key
from validators.issues import CATALOG


@dataclass(frozen=True)
class Kind:
    """One kind of issue among the waiting rows: how many rows, and its most frequent values."""

    code: str
    title: str
    rows: int
    values: tuple[tuple[str, str, int], ...]  # column, value, rows


@dataclass(frozen=True)
class Waiting:
    """All rows that wait, as they were received; `kinds` most frequent first."""

    rows: pd.DataFrame
    issues: pd.DataFrame
    readings: Mapping[int, Any]

    def describe(self, chosen: pd.DataFrame) -> list[QuarantinedRow]:
        """Lay some of the rows out for people."""
        of_row = {int(str(n)): found for n, found in self.issues.groupby("quarantine_row")}
        nothing = self.issues.head(0)
        return [
            describe_quarantined(
                row,
                of_row.get(int(str(row.quarantine_row)), nothing),
                reading_of(row, self.readings),
            )
            for row in chosen.itertuples()
        ]

    def with_code(self, code: str) -> pd.DataFrame:
        """The rows that an issue of this code keeps here; all of them where there is no code."""
        errors = self.issues[self.issues["severity"] == "error"]
        there = errors["quarantine_row"][errors["code"] == code]
        return self.rows[self.rows["quarantine_row"].isin(there)] if code else self.rows

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of errors, and which values they are about."""
        errors = self.issues[self.issues["severity"] == "error"]
        counts = errors.groupby("code")["quarantine_row"].nunique().sort_values(ascending=False)
        return tuple(
            Kind(str(code), CATALOG[str(code)].title, int(rows), self._values(str(code), errors))
            for code, rows in counts.items()
            if code in CATALOG
        )

    def _values(self, code: str, errors: pd.DataFrame) -> tuple[tuple[str, str, int], ...]:
        """The cells that equal the value an issue is about, most frequent first."""
        about = errors[errors["code"] == code].set_index("quarantine_row")["before"].dropna()
        raws = dict(zip(self.rows["quarantine_row"], self.rows["raw"], strict=True))
        cells = Counter(
            (str(header), str(value))
            for row, before in about.items()
            for header, value in raws.get(row, {}).items()
            if value == before
        )
        return tuple((header, value, rows) for (header, value), rows in cells.most_common(20))


def read_waiting(store: Store) -> Waiting:
    """Read all rows that wait, and why."""
    rows = read_rows(store)
    batches = [int(number) for number in rows["batch"].unique()]
    readings = {number: store.batch(number).reading for number in batches}
    return Waiting(rows, read_issues_of(store, rows), readings)


def lay_out(waiting: Waiting) -> tuple[pd.DataFrame, list[Mark]]:
    """All waiting rows as a sheet to repair elsewhere."""
    return lay_out_quarantine(waiting.rows, waiting.issues, waiting.readings)


def write_repaired(rows: pd.DataFrame, changes: Mapping[str, str], path: Path) -> None:
    """Write rows with some cells changed (column -> text) as a sheet that can be re-submitted."""
    raws = [{**raw, **changes} for raw in rows["raw"]]
    columns = list(dict.fromkeys([ROW, *(name for raw in raws for name in raw)]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, quoting=csv.QUOTE_ALL)
        writer.writeheader()
        for number, content, raw in zip(
            rows["quarantine_row"], rows["content_hash"], raws, strict=True
        ):
            writer.writerow({ROW: row_key(int(number), str(content)), **raw})
