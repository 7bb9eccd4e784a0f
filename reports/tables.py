"""The tables and the JSON beside the page.

Every text is guarded against formulas (`reports.spreadsheet_safety`) and every cell is quoted;
the files begin with a byte order mark, without which Excel reads UTF-8 as something else.
"""

import csv
import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from crm import ids
from reports.issue_groups import sentences
from reports.model import Report
from reports.spreadsheet_safety import guard_frame
from validators.fields import FIELDS
from validators.issues import TABLE_ROW

# The columns of the record that came, and of the one that was there.
SIDES: Final = ("", "other_")


def tabulate_issues(issues: pd.DataFrame) -> pd.DataFrame:
    """All findings with their sentences; a finding about the whole table has no row."""
    columns = ["row", "file", "sheet", "line", "field", "code", "severity", "before", "after"]
    table = issues[columns].copy()
    table["row"] = table["row"].astype("Int64").mask(table["row"] == TABLE_ROW)
    table["message"] = pd.Series(sentences(issues), index=table.index, dtype="str")
    return table


def tabulate_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The fate of every row, with the ids that `leadgate trace` takes."""
    table = rows[["row", "file", "sheet", "line", "fate"]].copy()
    for name, kind in (
        ("contact", "contact"),
        ("record", "source_record"),
        ("quarantine_row", "quarantine_row"),
    ):
        table[name] = _show(kind, rows[name])
    return table


def tabulate_duplicates(matches: pd.DataFrame) -> pd.DataFrame:
    """Every pair that was merged or waits for review: both records, the weight, the reasons."""
    table = matches[["decision", "weight"]].copy()
    told = [_tell(evidence) for evidence in matches["evidence"]]
    table["reasons"] = pd.Series(told, index=table.index, dtype="str")
    for side in SIDES:
        table[f"{side}contact"] = _show("contact", matches[f"{side}contact"])
        table[f"{side}record"] = _show("source_record", matches[f"{side}record"])
        for name in ("file", "sheet", "line"):
            table[f"{side}{name}"] = matches[f"{side}{name}"]
    for side in SIDES:
        records = [values or {} for values in matches[f"{side}values"]]
        for name in {name for values in records for name in values} & set(FIELDS):
            found = [values.get(name) for values in records]
            table[f"{side}{name}"] = pd.Series(found, index=table.index, dtype="str")
    return join_duplicates([table])


def join_duplicates(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put tables of duplicates one below the other, the values of both records side by side."""
    if not tables:
        return pd.DataFrame()
    joined = pd.concat(tables, ignore_index=True)
    values = [f"{side}{name}" for name in FIELDS for side in SIDES]
    fixed = [name for name in joined if name not in values]
    return joined[fixed + [name for name in values if name in joined]]


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a CSV that any spreadsheet opens without running a cell of it."""
    guard_frame(table).to_csv(
        path, index=False, quoting=csv.QUOTE_ALL, encoding="utf-8-sig", lineterminator="\r\n"
    )


def write_summary(report: Report, path: Path) -> None:
    """Write what the page says as JSON; the complete lists are in the tables."""
    shown = {
        each.name: getattr(report, each.name)
        for each in dataclasses.fields(report)
        if not isinstance(getattr(report, each.name), pd.DataFrame)
    }
    text = json.dumps(shown, default=_plain, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no place in a report")


def _show(table: str, numbers: pd.Series) -> pd.Series:
    shown = [None if pd.isna(number) else ids.show(table, int(number)) for number in numbers]
    return pd.Series(shown, index=numbers.index, dtype="str")


def _tell(evidence: list[Mapping[str, Any]] | None) -> str | None:
    told = [
        each["words"] if each["weight"] is None else f"{each['words']} ({each['weight']:+.1f})"
        for each in evidence or ()
    ]
    return "; ".join(told) or None
