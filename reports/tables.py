"""The tables and the JSON beside the page.

Every text is guarded against formulas (`reports.spreadsheet_safety`) and every cell is quoted;
the files begin with a byte order mark, without which Excel reads UTF-8 as something else.
"""

import codecs
import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from crm import ids
from crm.evidence import tell_evidence
from crm.json_text import from_json
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
    """Every pair that was merged or waits for review: both records, the weight, the reasons.

    `matches` is a frame of `Store.batch_match_chunks`.
    """
    table = matches[["decision", "weight"]].copy()
    table["reasons"] = tell_evidence(matches["evidence"])
    for side in SIDES:
        table[f"{side}contact"] = _show("contact", matches[f"{side}contact"])
        table[f"{side}record"] = _show("source_record", matches[f"{side}record"])
        for name in ("file", "sheet", "line"):
            table[f"{side}{name}"] = matches[f"{side}{name}"]
    for side in SIDES:
        values = from_json(matches[f"{side}values"].fillna("{}"), list(FIELDS))
        table = table.join(values.add_prefix(side))
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
    texts = guard_frame(table).astype("str")
    cells = [pa.array(texts.iloc[:, at], pa.string()).fill_null("") for at in range(texts.shape[1])]
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8)
        pyarrow.csv.write_csv(
            # In one piece: for an empty first chunk Arrow writes what the buffer held before.
            pa.table(cells, names=list(texts)).combine_chunks(),
            file,
            pyarrow.csv.WriteOptions(quoting_style="all_valid"),
        )


def write_summary(report: Report, path: Path) -> None:
    """Write what the page says as JSON; the complete lists are in the tables."""
    path.write_text(_summarize(report, indent=2) + "\n", encoding="utf-8")


def plain_summary(report: Report) -> dict[str, Any]:
    """What the page says as plain values."""
    summary: dict[str, Any] = json.loads(_summarize(report))
    return summary


def _summarize(report: Report, indent: int | None = None) -> str:
    shown = {
        each.name: getattr(report, each.name)
        for each in dataclasses.fields(report)
        if not isinstance(getattr(report, each.name), pd.DataFrame)
    }
    return json.dumps(shown, default=_plain, ensure_ascii=False, indent=indent)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no place in a report")


def _show(table: str, numbers: pd.Series) -> pd.Series:
    """Ids as people see them; null stays null."""
    return (ids.LETTERS[table] + numbers.astype("Int64").astype("str")).mask(numbers.isna())
