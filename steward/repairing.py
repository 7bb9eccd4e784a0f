"""Rows of the quarantine sent through the gate again: one, or all with the same mistake."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from starlette.exceptions import HTTPException
from starlette.requests import Request

from crm import ids
from crm.quarantine_kinds import Status, find_rows
from crm.store import Store
from steward.access.guard import Visitor
from steward.access.noting import name_subject, note_nothing
from steward.desk import Desk
from steward.quarantine import read_waiting, write_repaired

__all__ = ["find_row", "repair_alike", "repair_rows", "resubmit"]


def find_row(store: Store, row: str, status: Status = "waiting") -> pd.DataFrame:
    """The row of an id (`q7`); 404 where it does not wait any more, or was not discarded."""
    table, number = ids.read(row) or ("", 0)
    found = read_waiting(store, [number], status).rows
    if table != "quarantine_row" or found.empty:
        raise HTTPException(404)
    return found


def repair_alike(
    request: Request, visitor: Visitor, code: str, before: str, after: str
) -> dict[str, Any] | None:
    """Apply one correction to all rows with an error of this kind about this value.

    Returns what became of them; None where there are none.
    """
    store: Store = request.app.state.desk.store
    waiting = read_waiting(store, find_rows(store, code, before))
    columns = [found.get(before) for found in waiting.find_columns(code)]
    same = waiting.rows[[column is not None for column in columns]]
    if same.empty:
        return None
    changes = [{column: after} for column in columns if column is not None]
    return repair_rows(request, visitor, same, changes)


def repair_rows(
    request: Request, visitor: Visitor, rows: pd.DataFrame, changes: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """Change cells of rows (of each, column -> text), and send them again."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "repaired.csv"
        write_repaired(rows, changes, path)
        return resubmit(request, visitor, path)


def resubmit(request: Request, visitor: Visitor, path: Path) -> dict[str, Any]:
    """Send the rows of a repaired sheet through the gate: how many were taken, and which wait."""
    desk: Desk = request.app.state.desk
    if desk.pipeline is None:
        raise HTTPException(404)
    told = desk.pipeline.resubmit(path, visitor.user.name)
    if told["batches"]:
        name_subject(request, ", ".join(told["batches"]))
    else:
        note_nothing(request)
    return told
