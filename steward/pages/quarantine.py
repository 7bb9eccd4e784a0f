"""Quarantine: bad rows repaired in place, one by one or all of a kind, and sent again."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form, Query, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from connectors.errors import SourceFileError
from crm.audit import note_action
from crm.quarantine_kinds import Status, count_kinds, count_rows, find_rows
from crm.quarantine_rows import discard_rows, reopen_rows
from crm.store import Store
from steward import repairing
from steward.access.guard import Needs, Visitor
from steward.access.noting import note_nothing
from steward.downloads import attach_quarantine
from steward.quarantine import list_values, read_waiting
from steward.rendering import render
from steward.uploads import handed_in
from validators.issues import CATALOG

router = APIRouter(prefix="/quarantine")
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]
Code = Annotated[str, Form(max_length=100)]
Reason = Annotated[str, Form(max_length=1_000)]
PAGE: Final = 25
CELL: Final = "cell:"
REASONS: Final = 5  # why rows still wait, in the answer to a repair
NOTHING: Final = "Nothing like that waits any more."


@dataclass(frozen=True)
class Kind:
    """One kind of error, and how many of the rows that wait have it."""

    code: str
    title: str
    rows: int


@dataclass(frozen=True)
class Shown:
    """Which rows the page shows: those that wait or were discarded, of one kind of error or all."""

    code: str = ""
    status: Status = "waiting"
    offset: int = 0


@router.get("")
def show_quarantine(
    request: Request,
    _visitor: Viewer,
    code: Annotated[str, Query(max_length=100)] = "",
    status: Status = "waiting",
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
) -> Response:
    """The rows that wait, bad cells first; one kind of issue where a code is asked for."""
    return _show(request, Shown(code, status, offset))


@router.get("/workbook")
def export(request: Request, visitor: Viewer) -> Response:
    """All rows as a workbook with the bad cells marked, to be repaired and handed in again."""
    store: Store = request.app.state.desk.store
    answer = attach_quarantine(store)
    note_action(store, visitor.user.id, "download quarantine")
    return answer


@router.post("/workbook")
async def resubmit_workbook(request: Request, visitor: Steward, file: UploadFile) -> Response:
    """Take the repaired rows of a workbook."""

    def resubmit() -> Response:
        with handed_in(file) as path:
            try:
                told = repairing.resubmit(request, visitor, path)
            except SourceFileError as error:
                return _show(request, problem=f"Nothing was taken: the file {error.problem}")
            return _show(request, said=_tell(told))

    return await run_in_threadpool(resubmit)


@router.post("/rows/{row}")
async def repair_row(request: Request, row: str, visitor: Steward) -> Response:
    """Change cells of one row and send it through the gate again."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    changes = {
        name.removeprefix(CELL): text for name, text in form.items() if name.startswith(CELL)
    }

    def repair() -> Response:
        found = repairing.find_row(request.app.state.desk.store, row)
        return _show(request, said=_tell(repairing.repair_rows(request, visitor, found, [changes])))

    return await run_in_threadpool(repair)


@router.post("/all")
def repair_alike(
    request: Request,
    visitor: Steward,
    code: Code,
    before: Annotated[str, Form()],
    after: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:
    """Apply one correction to every row with an error of this kind about this value."""
    told = repairing.repair_alike(request, visitor, code, before, after)
    if told is None:
        note_nothing(request)
    return _show(request, Shown(code), said=NOTHING if told is None else _tell(told))


@router.post("/rows/{row}/discard")
def discard_row(request: Request, row: str, visitor: Steward, reason: Reason = "") -> Response:
    """Give a row up; it stays on record."""
    store: Store = request.app.state.desk.store
    rows = repairing.find_row(store, row)["quarantine_row"].tolist()
    discard_rows(store, rows, visitor.user.name, reason or None)
    return _show(request, said=f"{row} was discarded.")


@router.post("/discard")
def discard_alike(
    request: Request,
    visitor: Steward,
    code: Code,
    before: Annotated[str | None, Form()] = None,
    reason: Reason = "",
) -> Response:
    """Give up all rows with an error of this kind, or with one about this value."""
    store: Store = request.app.state.desk.store
    rows = discard_rows(store, find_rows(store, code, before), visitor.user.name, reason or None)
    said = _tell_moved(request, len(rows), "discarded") or NOTHING
    return _show(request, Shown(code), said=said)


@router.post("/rows/{row}/reopen")
def reopen_row(request: Request, row: str, visitor: Steward) -> Response:
    """Let a row that was discarded wait again."""
    store: Store = request.app.state.desk.store
    rows = repairing.find_row(store, row, "discarded")["quarantine_row"].tolist()
    reopen_rows(store, rows, visitor.user.name, None)
    return _show(request, Shown(status="discarded"), said=f"{row} waits again.")


@router.post("/reopen")
def reopen_alike(
    request: Request,
    visitor: Steward,
    code: Code,
    before: Annotated[str | None, Form()] = None,
) -> Response:
    """Let all discarded rows with this kind of error wait again, or with one about this value."""
    store: Store = request.app.state.desk.store
    found = find_rows(store, code, before, status="discarded")
    rows = reopen_rows(store, found, visitor.user.name, None)
    said = _tell_moved(request, len(rows), "put back: waiting again")
    said = said or "None of them was discarded."
    return _show(request, Shown(code), said=said)


def _tell(told: dict[str, Any]) -> str:
    said = f"{told['resubmitted']} row{'' if told['resubmitted'] == 1 else 's'} taken"
    if told["waiting"]:
        said += f", {told['waiting']} still with errors"
    if told["refused"]:
        said += f", {told['refused']} not of this quarantine"
    errors = [each["message"] for each in told["issues"] if each["severity"] == "error"]
    return " ".join([said + ".", *dict.fromkeys(errors[:REASONS])])


def _tell_moved(request: Request, rows: int, what: str) -> str:
    if not rows:
        note_nothing(request)
    return f"{rows:,} {'row was' if rows == 1 else 'rows were'} {what}." if rows else ""


def _show(
    request: Request,
    shown: Shown | None = None,
    *,
    said: str | None = None,
    problem: str | None = None,
) -> Response:
    store: Store = request.app.state.desk.store
    shown = shown or Shown()
    counts = count_kinds(store, shown.status)
    kinds = [
        Kind(str(each), CATALOG[str(each)].title, int(rows))
        for each, rows in zip(counts["code"], counts["rows"], strict=True)
        if each in CATALOG
    ]
    of_kind = {kind.code: kind.rows for kind in kinds}
    found = find_rows(store, shown.code, status=shown.status, limit=PAGE, offset=shown.offset)
    return render(
        request,
        "quarantine.html",
        422 if problem else 200,
        kinds=kinds,
        total=of_kind.get(shown.code, 0) if shown.code else count_rows(store, shown.status),
        rows=read_waiting(store, found, shown.status).describe(),
        values=list_values(store, shown.code, shown.status) if shown.code else [],
        shown=shown,
        size=PAGE,
        said=said,
        problem=problem,
        can_repair=request.app.state.desk.pipeline is not None,
    )
