"""Quarantine: bad rows repaired in place, one by one or all of a kind, and sent again."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final

import pandas as pd
from fastapi import APIRouter, Depends, Form, Query, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from connectors.errors import SourceFileError
from crm.desk_access import note_action
from crm.ids import read
from crm.overview import count_waiting
from crm.quarantine_kinds import count_kinds, find_waiting
from crm.quarantine_rows import discard_rows
from crm.store import Store
from reports.marked_workbook import write_marked
from steward.access.guard import Needs, Visitor
from steward.desk import Desk
from steward.pages.reports import XLSX, attach
from steward.quarantine import lay_out, list_values, read_waiting, write_repaired
from steward.rendering import render
from validators.issues import CATALOG

router = APIRouter(prefix="/quarantine")
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]
PAGE: Final = 25
CELL: Final = "cell:"
REASONS: Final = 5  # why rows still wait, in the answer to a repair


@dataclass(frozen=True)
class Kind:
    """One kind of error, and how many of the rows that wait have it."""

    code: str
    title: str
    rows: int


@router.get("")
def show_quarantine(
    request: Request,
    _visitor: Viewer,
    code: Annotated[str, Query(max_length=100)] = "",
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
) -> Response:
    """The rows that wait, bad cells first; one kind of issue where a code is asked for."""
    return _show(request, code=code, offset=offset)


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
    return await run_in_threadpool(_repair, request, visitor, _only(request, row), [changes])


@router.post("/all")
def repair_all(
    request: Request,
    visitor: Steward,
    code: Annotated[str, Form(max_length=100)],
    before: Annotated[str, Form()],
    after: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:
    """Apply one correction to every row with an error of this kind about this value."""
    store: Store = request.app.state.desk.store
    waiting = read_waiting(store, find_waiting(store, code, before))
    columns = [found.get(before) for found in waiting.find_columns(code)]
    same = waiting.rows[[column is not None for column in columns]]
    changes = [{column: after} for column in columns if column is not None]
    return _repair(request, visitor, same, changes, code)


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
    table, number = read(row) or ("", 0)
    found = read_waiting(request.app.state.desk.store, [number]).rows
    if table != "quarantine_row" or found.empty:
        raise HTTPException(404)
    return found


def _repair(
    request: Request,
    visitor: Visitor,
    rows: pd.DataFrame,
    changes: list[dict[str, str]],
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
    store: Store = request.app.state.desk.store
    counts = count_kinds(store)
    kinds = [
        Kind(str(each), CATALOG[str(each)].title, int(rows))
        for each, rows in zip(counts["code"], counts["rows"], strict=True)
        if each in CATALOG
    ]
    of_kind = {kind.code: kind.rows for kind in kinds}
    shown = find_waiting(store, code, limit=PAGE, offset=offset)
    return render(
        request,
        "quarantine.html",
        422 if problem else 200,
        kinds=kinds,
        total=of_kind.get(code, 0) if code else count_waiting(store).quarantine,
        rows=read_waiting(store, shown).describe(),
        values=list_values(store, code) if code else [],
        code=code,
        offset=offset,
        size=PAGE,
        said=said,
        problem=problem,
        can_repair=request.app.state.desk.pipeline is not None,
    )
