"""Rows in quarantine: listed with what is wrong with them, repaired, given up."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, UploadFile
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from connectors.errors import SourceFileError
from crm.audit import note_action
from crm.ids import show
from crm.quarantine_kinds import Status, count_kinds, find_rows
from crm.quarantine_rows import discard_rows, reopen_rows
from reports.model import QuarantinedRow
from steward import repairing
from steward.access.guard import Needs, Visitor
from steward.access.noting import note_nothing
from steward.desk import Desk
from steward.downloads import attach_quarantine
from steward.quarantine import list_values, read_waiting
from steward.uploads import handed_in

router = APIRouter(prefix="/api/quarantine", tags=["quarantine"])
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]
Code = Annotated[str, Field(min_length=1, max_length=100)]


class Repair(BaseModel):
    """Cells to change, by the header of their column."""

    cells: dict[str, Annotated[str, Field(max_length=10_000)]] = Field(max_length=200)


class Reason(BaseModel):
    """Why."""

    reason: str | None = Field(None, max_length=1_000)


class Alike(Reason):
    """All rows with an error of a kind (`email.invalid`); about one value where it is given."""

    code: Code
    before: str | None = Field(None, max_length=40_000)


class Correction(BaseModel):
    """What a value that errors of a kind are about should read, in all rows that have it."""

    code: Code
    before: str = Field(max_length=40_000)
    after: str = Field("", max_length=10_000)


class Mistake(BaseModel):
    """A value that errors of a kind are about, its column, and how many rows have it."""

    column: str
    text: str
    rows: int


class Moved(BaseModel):
    """The rows that were discarded, or wait again."""

    rows: list[str]


@router.get("")
def list_rows(
    request: Request,
    _visitor: Viewer,
    code: Annotated[str, Query(max_length=100)] = "",
    status: Status = "waiting",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
) -> list[QuarantinedRow]:
    """The rows that wait or were discarded, of one kind of issue where a code is asked for."""
    store = request.app.state.desk.store
    found = find_rows(store, code, status=status, limit=limit, offset=offset)
    return read_waiting(store, found, status).describe()


@router.get("/kinds")
def list_kinds(request: Request, _visitor: Viewer, status: Status = "waiting") -> dict[str, int]:
    """How many rows have an error of each kind, the most frequent first."""
    counts = count_kinds(request.app.state.desk.store, status)
    return dict(zip(counts["code"], map(int, counts["rows"]), strict=True))


@router.get("/kinds/{code}")
def list_mistakes(
    request: Request, code: str, _visitor: Viewer, status: Status = "waiting"
) -> list[Mistake]:
    """The values that errors of a kind are most often about: what one correction would mend."""
    found = list_values(request.app.state.desk.store, code, status)
    return [Mistake.model_validate(vars(each)) for each in found]


@router.post("/repair")
def repair_alike(request: Request, asked: Correction, visitor: Steward) -> dict[str, Any]:
    """Apply one correction to every row with this mistake: what became of them."""
    told = repairing.repair_alike(request, visitor, asked.code, asked.before, asked.after)
    if told is None:
        raise HTTPException(404)
    return told


@router.get("/workbook", response_class=Response, name="download_quarantine")
def download_workbook(request: Request, visitor: Viewer) -> Response:
    """All rows that wait as a workbook with the bad cells marked, to be repaired and handed in."""
    store = request.app.state.desk.store
    answer = attach_quarantine(store)
    note_action(store, visitor.user.id, "download quarantine")
    return answer


@router.post("/workbook")
async def resubmit_workbook(request: Request, visitor: Steward, file: UploadFile) -> dict[str, Any]:
    """Take the repaired rows of a workbook of `leadgate quarantine export`, or a CSV made of it."""

    def resubmit() -> dict[str, Any]:
        with handed_in(file) as path:
            try:
                return repairing.resubmit(request, visitor, path)
            except SourceFileError as error:
                raise HTTPException(422, f"The file {error.problem}.") from None

    return await run_in_threadpool(resubmit)


@router.post("/discard")
def discard_alike(request: Request, asked: Alike, visitor: Steward) -> Moved:
    """Give up all rows with this mistake; they stay on record."""
    store = request.app.state.desk.store
    rows = find_rows(store, asked.code, asked.before)
    return _tell(request, discard_rows(store, rows, visitor.user.name, asked.reason))


@router.post("/reopen")
def reopen_alike(request: Request, asked: Alike, visitor: Steward) -> Moved:
    """Let all discarded rows with this mistake wait again."""
    store = request.app.state.desk.store
    rows = find_rows(store, asked.code, asked.before, status="discarded")
    return _tell(request, reopen_rows(store, rows, visitor.user.name, asked.reason))


@router.post("/{row}/repair")
def repair_row(request: Request, row: str, asked: Repair, visitor: Steward) -> dict[str, Any]:
    """Change cells of one row and send it through the gate again: what became of it."""
    desk: Desk = request.app.state.desk
    found = repairing.find_row(desk.store, row)
    return repairing.repair_rows(request, visitor, found, [asked.cells])


@router.post("/{row}/discard")
def discard_row(request: Request, row: str, asked: Reason, visitor: Steward) -> dict[str, str]:
    """Give a row up; it stays on record."""
    store = request.app.state.desk.store
    numbers = repairing.find_row(store, row)["quarantine_row"].tolist()
    discard_rows(store, numbers, visitor.user.name, asked.reason)
    return {"id": row, "status": "discarded"}


@router.post("/{row}/reopen")
def reopen_row(request: Request, row: str, asked: Reason, visitor: Steward) -> dict[str, str]:
    """Let a row that was discarded wait again."""
    store = request.app.state.desk.store
    numbers = repairing.find_row(store, row, "discarded")["quarantine_row"].tolist()
    reopen_rows(store, numbers, visitor.user.name, asked.reason)
    return {"id": row, "status": "waiting"}


def _tell(request: Request, numbers: list[int]) -> Moved:
    if not numbers:
        note_nothing(request)
    return Moved(rows=[show("quarantine_row", number) for number in numbers])
