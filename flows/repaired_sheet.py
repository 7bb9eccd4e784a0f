"""A repaired sheet read back: which rows in quarantine it is about, and what its cells are now."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from connectors.reading import read
from connectors.table import ReadOptions
from crm.quarantine_rows import read_events, read_rows
from crm.store import Store
from leadgate.errors import InvalidValueError
from reports.marked_workbook import cell_text
from reports.quarantine_sheet import OWN, ROW, Readings, read_key, reading_of
from validators.issues import concat_issues, make_issues

# (position in the file, field, code, before, after)
Finding = tuple[int, str | None, str, str | None, str | None]
HEADER: Final = ReadOptions(header_row=1)


@dataclass(frozen=True)
class Repaired:
    """What a repaired sheet asks for.

    `rows`: index `row` (data row of the sheet); what `read_rows` tells of the row in quarantine,
    with `raw` as repaired and `line`, `file`, `sheet` where the row first came from. `lines`: the
    line of every data row of the sheet. `done`: rows that are in the store already, as they are
    in the sheet. `issues`: coded findings on the rows that are not taken.
    """

    rows: pd.DataFrame
    lines: pd.Series
    done: int
    issues: pd.DataFrame
    readings: dict[int, Readings]


def read_repaired(store: Store, path: Path) -> Repaired:
    """Read a sheet that `leadgate quarantine export` wrote, and look its rows up in the store."""
    tables = [table for table in read(path, HEADER) if ROW in table.rows]
    if not tables:
        raise InvalidValueError(
            f'{path}: has no column "{ROW}" in its first line; resubmit a file that '
            "`leadgate quarantine export` wrote."
        )
    sheet = pd.concat([table.rows for table in tables])
    lines = pd.concat([pd.Series(table.lines, index=table.rows.index) for table in tables])
    keys = {int(str(row)): read_key(text) for row, text in sheet[ROW].dropna().items()}
    known = read_rows(store, ids={key[0] for key in keys.values() if key}, status=None)
    chosen, found = _choose(sheet, keys, known)
    batches = [int(number) for number in known["batch"].unique()]
    readings: dict[int, Readings] = {number: store.batch(number).reading for number in batches}
    rows = known.set_index("quarantine_row", drop=False).loc[list(chosen.values())]
    rows = rows.set_axis(pd.Index(list(chosen), name="row", dtype="int64"))
    raws, strange = _repair(sheet, rows, readings)
    rows = rows.assign(raw=pd.Series(raws, index=rows.index, dtype=object))
    waiting = rows[rows["status"] == "waiting"]
    done, refused = _split_done(store, rows[rows["status"] != "waiting"])
    return Repaired(
        waiting,
        lines,
        done,
        concat_issues([make_issues(found), make_issues(refused), make_issues(strange)]),
        readings,
    )


def _choose(
    sheet: pd.DataFrame, keys: dict[int, tuple[int, str] | None], known: pd.DataFrame
) -> tuple[dict[int, int], list[Finding]]:
    """Which row in quarantine each row of the sheet is, and those that are none."""
    hashes = dict(zip(known["quarantine_row"], known["content_hash"], strict=True))
    times = pd.Series([key[0] for key in keys.values() if key], dtype="int64").value_counts()
    chosen: dict[int, int] = {}
    found: list[Finding] = []
    for row, text in ((int(str(row)), text) for row, text in sheet[ROW].items()):
        key = keys.get(row)
        if not isinstance(text, str):
            found.append((row, None, "resubmit.no_id", None, None))
        elif key is None or not str(hashes.get(key[0], "")).startswith(key[1] or "?"):
            found.append((row, None, "resubmit.unknown_id", text, None))
        elif times[key[0]] > 1:
            found.append((row, None, "resubmit.repeated_id", text, None))
        else:
            chosen[row] = key[0]
    return chosen, found


def _repair(
    sheet: pd.DataFrame, rows: pd.DataFrame, readings: dict[int, Readings]
) -> tuple[list[dict[str, str]], list[Finding]]:
    """The cells of each row as repaired; those the sheet does not have stay as they were."""
    headers = [str(header) for header in sheet.columns if header not in OWN]
    cells = sheet.loc[rows.index, headers].astype(object)
    cells = cells.where(cells.notna(), None)
    repaired: list[dict[str, str]] = []
    strange: dict[str, None] = {}
    for row, was_raw, values in zip(
        rows.itertuples(), rows["raw"], cells.to_dict("records"), strict=True
    ):
        own = {**dict.fromkeys(reading_of(row, readings)), **was_raw}
        raw = {header: _repair_cell(was, header, values) for header, was in own.items()}
        repaired.append({header: text for header, text in raw.items() if text})
        strange |= dict.fromkeys(each for each in headers if each not in own and values[each])
    return repaired, [(-1, header, "resubmit.unknown_column", None, None) for header in strange]


def _repair_cell(was: str | None, header: str, values: dict[Any, Any]) -> str | None:
    """The text of one cell: as it was, unless a person wrote something else."""
    if header not in values:
        return was
    now = values[header] or ""
    return was if now.strip() == cell_text(was or "").strip() else now


def _split_done(store: Store, rows: pd.DataFrame) -> tuple[int, list[Finding]]:
    """Count the rows that were resubmitted as they are here; refuse those that were not."""
    if rows.empty:
        return 0, []
    from crm.content_hash import content_hashes  # noqa: PLC0415 - loads DuckDB

    events = read_events(store, rows["quarantine_row"].tolist())
    last = events.drop_duplicates("quarantine_row", keep="last").set_index("quarantine_row")
    now = content_hashes(raw_frame(rows))
    same = now == rows["quarantine_row"].map(last["content_hash"])
    resubmitted = rows["status"] == "resubmitted"
    refused: list[Finding] = [
        (int(str(row)), None, "resubmit.done" if again else "resubmit.discarded", None, None)
        for row, again in resubmitted[~(same & resubmitted)].items()
    ]
    return int((same & resubmitted).sum()), refused


def raw_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """The cells of rows as a frame of texts, index as in `rows`."""
    headers = dict.fromkeys(header for raw in rows["raw"] for header in raw)
    return pd.DataFrame(list(rows["raw"]), index=rows.index, columns=list(headers), dtype="str")
