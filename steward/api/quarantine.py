"""Rows in quarantine: listed with what is wrong with them, repaired, given up."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from crm.desk_access import note_action
from crm.ids import read
from crm.quarantine_kinds import find_waiting
from crm.quarantine_rows import discard_rows
from reports.model import QuarantinedRow
from steward.access.guard import Needs, Visitor
from steward.desk import Desk
from steward.quarantine import Waiting, read_waiting, write_repaired

router = APIRouter(prefix="/api", tags=["quarantine"])
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]


class Repair(BaseModel):
    """Cells to change, by the header of their column."""

    cells: dict[str, Annotated[str, Field(max_length=10_000)]] = Field(max_length=200)


class Reason(BaseModel):
    """Why."""

    reason: str | None = Field(None, max_length=1_000)


@router.get("/quarantine")
def list_rows(
    request: Request,
    _visitor: Viewer,
    code: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
) -> list[QuarantinedRow]:
    """The rows that wait, of one kind of issue where a code is asked for."""
    store = request.app.state.desk.store
    return read_waiting(store, find_waiting(store, code, limit=limit, offset=offset)).describe()


@router.post("/quarantine/{row}/repair")
def repair_row(request: Request, row: str, asked: Repair, visitor: Steward) -> dict[str, Any]:
    """Change cells of one row and send it through the gate again: what became of it."""
    desk: Desk = request.app.state.desk
    found = _find(desk, row)
    if desk.pipeline is None:
        raise HTTPException(404)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "repaired.csv"
        write_repaired(found.rows, [asked.cells], path)
        told = desk.pipeline.resubmit(path, visitor.user.name)
    note_action(desk.store, visitor.user.id, "repair rows", ", ".join(told["batches"]) or None)
    return told


@router.post("/quarantine/{row}/discard")
def discard_row(request: Request, row: str, asked: Reason, visitor: Steward) -> dict[str, str]:
    """Give a row up; it stays on record."""
    desk: Desk = request.app.state.desk
    numbers = _find(desk, row).rows["quarantine_row"].tolist()
    discard_rows(desk.store, numbers, visitor.user.name, asked.reason)
    return {"id": row, "status": "discarded"}


def _find(desk: Desk, row: str) -> Waiting:
    table, number = read(row) or ("", 0)
    found = read_waiting(desk.store, [number])
    if table != "quarantine_row" or found.rows.empty:
        raise HTTPException(404)
    return found
