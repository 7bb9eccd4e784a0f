"""Quarantine: bad rows repaired in place, one by one or all of a kind, and sent again."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final

import pandas as pd
from fastapi import APIRouter, Depends, Form, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from connectors.errors import SourceFileError
from crm.desk_access import note_action
from crm.ids import read
from crm.quarantine_rows import discard_rows
from crm.store import Store
from reports.marked_workbook import write_marked
from steward.access.guard import Needs, Visitor
from steward.desk import Desk
from steward.pages.reports import XLSX, attach
from steward.quarantine import lay_out, read_waiting, write_repaired
from steward.rendering import render

router = APIRouter(prefix="/quarantine")
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]
PAGE: Final = 25
CELL: Final = "cell:"
REASONS: Final = 5  # why rows still wait, in the answer to a repair


@router.get("")
def show_quarantine(
    request: Request, _visitor: Viewer, code: str = "", offset: int = 0
) -> Response:
    """The rows that wait, bad cells first; one kind of issue where a code is asked for."""
    return _show(request, code=code, offset=max(offset, 0))


@router.get("/workbook")
def export(request: Request, visitor: Viewer) -> Response:
    """All rows as a workbook with the bad cells marked, to be repaired and handed in again."""
    store: Store = request.app.state.desk.store
    frame, marks = lay_out(read_waiting(store))
    note_action(store, visitor.user.id, "download quarantine")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "quarantine.xlsx"
        write_marked(frame, marks, path)
        return attach(path.read_bytes(), "quarantine.xlsx", XLSX)


@router.post("/workbook")
async def take_workbook(request: Request, visitor: Steward, file: UploadFile) -> Response:
    """Take the repaired rows of a workbook."""
    suffix = ".csv" if (file.filename or "").lower().endswith(".csv") else ".xlsx"

    def resubmit() -> Response:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"repaired{suffix}"
            with path.open("wb") as kept:
                shutil.copyfileobj(file.file, kept)
            try:
                return _resubmit(request, path, visitor)
            except SourceFileError as error:
                return _show(request, problem=f"Nothing was taken: the file {error.problem}")

    return await run_in_threadpool(resubmit)


@router.post("/rows/{row}")
async def repair(request: Request, row: str, visitor: Steward) -> Response:
    """Change cells of one row and send it through the gate again."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    changes = {
        name.removeprefix(CELL): text for name, text in form.items() if name.startswith(CELL)
    }
    return await run_in_threadpool(_repair, request, visitor, _only(request, row), changes)


@router.post("/all")
def repair_all(
    request: Request,
    visitor: Steward,
    code: Annotated[str, Form()],
    column: Annotated[str, Form()],
    before: Annotated[str, Form()],
    after: Annotated[str, Form(max_length=10_000)],
) -> Response:
    """Apply one correction to every row of a kind that has this value in this column."""
    rows = read_waiting(request.app.state.desk.store).with_code(code)
    same = rows[[raw.get(column) == before for raw in rows["raw"]]]
    return _repair(request, visitor, same, {column: after}, code)


@router.post("/rows/{row}/discard")
def discard(
    request: Request,
    row: str,
    visitor: Steward,
    reason: Annotated[str, Form(max_length=1_000)] = "",
) -> Response:
    """Give a row up; it stays on record."""
    store: Store = request.app.state.desk.store
    rows = _only(request, row)
    discard_rows(store, rows["quarantine_row"].tolist(), visitor.user.name, reason or None)
    return _show(request, said=f"{row} was discarded.")


def _only(request: Request, row: str) -> pd.DataFrame:
    rows = read_waiting(request.app.state.desk.store).rows
    table, number = read(row) or ("", 0)
    found = rows[rows["quarantine_row"] == number]
    if table != "quarantine_row" or found.empty:
        raise HTTPException(404)
    return found


def _repair(
    request: Request,
    visitor: Visitor,
    rows: pd.DataFrame,
    changes: dict[str, str],
    code: str = "",
) -> Response:
    if rows.empty:
        return _show(request, said="Nothing like that waits any more.", code=code)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "repaired.csv"
        write_repaired(rows, changes, path)
        return _resubmit(request, path, visitor, code)


def _resubmit(request: Request, path: Path, visitor: Visitor, code: str = "") -> Response:
    desk: Desk = request.app.state.desk
    if desk.pipeline is None:
        raise HTTPException(404)
    told = desk.pipeline.resubmit(path, visitor.user.name)
    note_action(desk.store, visitor.user.id, "repair rows", ", ".join(told["batches"]) or None)
    return _show(request, said=_tell(told), code=code)


def _tell(told: dict[str, Any]) -> str:
    said = f"{told['resubmitted']} row{'' if told['resubmitted'] == 1 else 's'} taken"
    if told["waiting"]:
        said += f", {told['waiting']} still with errors"
    if told["refused"]:
        said += f", {told['refused']} not of this quarantine"
    errors = [each["message"] for each in told["issues"] if each["severity"] == "error"]
    return " ".join([said + ".", *dict.fromkeys(errors[:REASONS])])


def _show(
    request: Request,
    *,
    code: str = "",
    offset: int = 0,
    said: str | None = None,
    problem: str | None = None,
) -> Response:
    waiting = read_waiting(request.app.state.desk.store)
    chosen = waiting.with_code(code)
    return render(
        request,
        "quarantine.html",
        422 if problem else 200,
        kinds=waiting.kinds(),
        total=len(chosen),
        rows=waiting.describe(chosen.iloc[offset : offset + PAGE]),
        code=code,
        offset=offset,
        size=PAGE,
        said=said,
        problem=problem,
        can_repair=request.app.state.desk.pipeline is not None,
    )
