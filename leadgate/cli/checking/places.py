"""The place of every finding: line or sheet and cell, and the column it is about."""

from collections.abc import Iterator

import pandas as pd

from connectors.table import Table
from flows.stages import Cleaned, Mapped
from leadgate.cli.checking.file_check import FINDING_COLUMNS
from validators.fields import with_parts
from validators.issues import TABLE_ROW
from validators.mapping import ColumnMapping
from validators.verdict import Verdict

# What two issues about a table as a whole have in common, and their number.
SAME = ["code", "field", "before", "after", "again"]

# (sheet, field or header) -> (header, letters of the column)
Columns = dict[tuple[str, str], tuple[str, str]]


def place_findings(mapped: Mapped, cleaned: Cleaned, verdict: Verdict) -> pd.DataFrame:
    """Return the issues with FINDING_COLUMNS, in row order."""
    placed = cleaned.issues.join(mapped.places[["file", "sheet", "line"]], on="row")
    placed = place_tables(placed, mapped)
    columns = _find_columns(mapped)
    only = mapped.received.tables[0].sheet if len(mapped.received.tables) == 1 else None
    sheets = placed["sheet"].fillna(only or "")
    keys = pd.MultiIndex.from_arrays([sheets, placed["field"].fillna("")])
    headers, letters = ({key: found[n] for key, found in columns.items()} for n in (0, 1))
    of_sheet = placed["sheet"].notna()
    letter = pd.Series(keys.map(letters), index=placed.index, dtype="str").fillna("")
    line = placed["line"].astype("Int64").astype("str")
    placed = placed.assign(
        member=placed["file"].str.extract(r"/(.+)$", expand=False),
        column=pd.Series(keys.map(headers), index=placed.index, dtype="str"),
        cell=(letter + line).where(of_sheet & (placed["row"] >= 0)),
        status=find_status(placed, verdict),
    )
    return placed.sort_values("row", kind="stable")[list(FINDING_COLUMNS)]


def place_tables(issues: pd.DataFrame, mapped: Mapped) -> pd.DataFrame:
    """Fill in the file and the sheet of issues that are about one of several tables as a whole."""
    if len(mapped.of_tables) < 2:
        return issues
    known = pd.concat(
        found.assign(file=table.file, sheet=table.sheet)
        for table, found in zip(mapped.received.tables, mapped.of_tables, strict=True)
    )
    whole = issues.index[issues["row"] == TABLE_ROW]
    places = _number(known).set_index(SAME)[["file", "sheet"]]
    found = places.reindex(pd.MultiIndex.from_frame(_number(issues.loc[whole])[SAME]))
    placed = issues.copy()
    for name in ("file", "sheet"):
        placed.loc[whole, name] = found[name].astype("str").array
    return placed


def _number(issues: pd.DataFrame) -> pd.DataFrame:
    """Tell equal issues apart by their number, as they keep their order."""
    texts = issues[["code", "field", "before", "after"]].fillna("")
    return issues.assign(**texts, again=texts.groupby(list(texts)).cumcount())


def find_status(issues: pd.DataFrame, verdict: Verdict) -> pd.Series:
    """Say of each finding whether it fails the check, is known, is tolerated or only reported."""
    failing = {(count.code, count.severity) for count in verdict.failing}
    tolerated = {(count.code, count.severity) for count in verdict.tolerated}
    kinds = pd.MultiIndex.from_frame(issues[["code", "severity"]])
    known = pd.MultiIndex.from_arrays([issues["code"], issues["field"].fillna("")])
    status = pd.Series("reported", index=issues.index, dtype="str")
    status[kinds.isin(list(tolerated))] = "tolerated"
    status[kinds.isin(list(failing))] = "failing"
    status[known.isin(list(verdict.known))] = "known"
    return status


def letters(position: int) -> str:
    """Write the position of a column (from 0) as a spreadsheet does: A, B … Z, AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _find_columns(mapped: Mapped) -> Columns:
    found: Columns = {}
    for table, mapping in zip(mapped.received.tables, mapped.mappings, strict=True):
        for name, column in _named(table, mapping):
            found.setdefault((table.sheet or "", name), column)
    return found


def _named(table: Table, mapping: ColumnMapping) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every name a column of a table is known by: its header, its field, the parts of that."""
    headers = [str(header) for header in table.rows.columns]
    positions = table.positions or (None,) * len(headers)
    columns = {
        header: (header, "" if at is None else letters(at))
        for header, at in zip(headers, positions, strict=True)
    }
    yield from columns.items()
    yield from with_parts(
        (str(each.field), columns[each.column]) for each in mapping.columns if each.field
    )
