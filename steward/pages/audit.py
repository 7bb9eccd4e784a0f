"""The audit: who saw and did what, for admins."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from crm.audit import Wanted, list_acts, list_audit
from crm.desk_access import list_users
from crm.store import Store
from steward.access.guard import Needs, Visitor
from steward.rendering import render

router = APIRouter(prefix="/audit")
Admin = Annotated[Visitor, Depends(Needs("admin"))]
Text = Annotated[str, Query(max_length=200)]
PAGE = 100


@router.get("")
def show_audit(
    request: Request,
    _visitor: Admin,
    by: Text = "",
    of: Text = "",
    act: Text = "",
    before: Annotated[int | None, Query(ge=1, le=10**18)] = None,
) -> Response:
    """Who saw and did what, latest first: of a person, about an id, of one act."""
    store: Store = request.app.state.desk.store
    wanted = Wanted(by or None, of or None, act or None, before)
    return render(
        request,
        "audit.html",
        found=list_audit(store, wanted, limit=PAGE),
        wanted=wanted,
        people=list_users(store),
        acts=list_acts(store),
    )
