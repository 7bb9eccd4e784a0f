"""Files that wait as a whole: listed, and decided about."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from crm.acts import Who
from crm.holds import Hold, list_holds, read_hold
from leadgate.errors import ConfigurationError
from steward.access.guard import Needs, Visitor
from steward.desk import Desk

router = APIRouter(prefix="/api/holds", tags=["imports"])
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]
Status = Literal["waiting", "released", "discarded", "loaded"]


class HeldFile(BaseModel):
    """A file on hold (`h3`): why, what was decided, and the import that loaded it."""

    id: str
    source: str
    file: str | None
    at: str
    status: str
    reasons: list[dict[str, str]]
    rows_in: int | None
    columns: dict[str, str | None]
    decided_at: str | None
    actor: str | None
    reason: str | None
    batch: str | None


class Verdict(BaseModel):
    """Import it after all, or never."""

    verdict: Literal["release", "discard"]
    reason: str | None = Field(None, max_length=1_000)


@router.get("")
def list_files(request: Request, _visitor: Viewer, status: Status | None = None) -> list[HeldFile]:
    """All files that were held back, or those in one state; the oldest first."""
    holds = list_holds(request.app.state.desk.store, *([status] if status else []))
    return [_tell(each) for each in holds]


@router.get("/{hold}")
def read_file(request: Request, hold: str, _visitor: Viewer) -> HeldFile:
    """One of them."""
    return _tell(read_hold(request.app.state.desk.store, hold))


@router.post("/{hold}/decision")
def decide_hold(request: Request, hold: str, asked: Verdict, visitor: Steward) -> HeldFile:
    """Release a file, which begins its import, or discard it."""
    desk: Desk = request.app.state.desk
    if desk.pipeline is None:
        raise HTTPException(404)
    act = desk.pipeline.release if asked.verdict == "release" else desk.pipeline.discard
    try:
        act(hold, Who(visitor.user.name, asked.reason))
    except ConfigurationError as error:
        raise HTTPException(409, str(error)) from None
    return _tell(read_hold(desk.store, hold))


def _tell(hold: Hold) -> HeldFile:
    told: dict[str, Any] = {name: getattr(hold, name) for name in HeldFile.model_fields}
    return HeldFile.model_validate(told | {"reasons": [dict(each) for each in hold.reasons]})
