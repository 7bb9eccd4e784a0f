"""The audit: who saw and did what at the desk and by the API."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from crm.audit import AuditPage, Wanted, list_audit
from steward.access.guard import Needs, Visitor

router = APIRouter(prefix="/api/audit", tags=["audit"])
Admin = Annotated[Visitor, Depends(Needs("admin"))]
Text = Annotated[str | None, Query(max_length=200)]


@router.get("")
def list_entries(
    request: Request,
    _visitor: Admin,
    by: Text = None,
    of: Text = None,
    act: Text = None,
    before: Annotated[int | None, Query(ge=1, le=10**18)] = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> AuditPage:
    """Who saw and did what, latest first; `before`: the `more` of the answer before.

    `by`: a person's name; `of`: an id such as c12, with what was merged into it; `act`: as listed.
    """
    store = request.app.state.desk.store
    return list_audit(store, Wanted(by, of, act, before), limit=limit)
