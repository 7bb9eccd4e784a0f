"""Files that wait as a whole: why, and the decision about each."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from crm.acts import Who
from crm.holds import list_holds
from leadgate.errors import ConfigurationError
from steward.access.guard import Needs, Visitor
from steward.desk import Desk
from steward.rendering import render

router = APIRouter(prefix="/holds")
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]


@router.get("")
def show_holds(request: Request, _visitor: Viewer) -> Response:
    """The files that wait, and those that were decided."""
    return _show(request)


@router.post("/{hold}")
def decide_hold(
    request: Request,
    hold: str,
    visitor: Steward,
    verdict: Annotated[Literal["release", "discard"], Form()],
    reason: Annotated[str, Form(max_length=1_000)] = "",
) -> Response:
    """Release a file, which begins its import, or discard it."""
    desk: Desk = request.app.state.desk
    if desk.pipeline is None:
        raise HTTPException(404)
    who = Who(visitor.user.name, reason or None)
    try:
        (desk.pipeline.release if verdict == "release" else desk.pipeline.discard)(hold, who)
    except ConfigurationError as error:
        return _show(request, problem=str(error))
    return RedirectResponse("/holds", 303)


def _show(request: Request, problem: str | None = None) -> Response:
    desk: Desk = request.app.state.desk
    holds = list_holds(desk.store)
    return render(
        request,
        "holds.html",
        200 if problem is None else 409,
        open=[each for each in holds if each.status in {"waiting", "released"}],
        decided=[each for each in reversed(holds) if each.status in {"discarded", "loaded"}][:100],
        can_decide=desk.pipeline is not None,
        problem=problem,
    )
