"""Taking things back: each is shown before it is done."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from crm.acts import Who
from crm.undoing import preview_undo, undo
from crm.unmerging import preview_unmerge, unmerge
from steward.access.guard import Needs, Visitor
from steward.rendering import render
from validators.fields import FIELDS

router = APIRouter()
Steward = Annotated[Visitor, Depends(Needs("steward"))]
Reason = Annotated[str, Form(max_length=1_000)]


@router.get("/unmerge/{thing}")
def ask_unmerge(request: Request, thing: str, _visitor: Steward) -> Response:
    """What unmerging records or a merge would come to."""
    preview = preview_unmerge(request.app.state.desk.store, thing)
    return render(request, "unmerge.html", thing=thing, preview=preview, all_fields=FIELDS)


@router.post("/unmerge/{thing}")
def unmerge_records(
    request: Request,
    thing: str,
    visitor: Steward,
    contact: Annotated[str, Form()],
    version: Annotated[int, Form()],
    reason: Reason = "",
) -> Response:
    """Unmerge, and remember that these are not one person."""
    who = Who(visitor.user.name, reason or None, {contact: version})
    unmerge(request.app.state.desk.store, thing, who)
    return RedirectResponse(f"/contacts/{contact}", 303)


@router.get("/undo/{thing}")
def ask_undo(request: Request, thing: str, _visitor: Steward) -> Response:
    """What would be reversed, what kept because a person changed it, and what refused."""
    preview = preview_undo(request.app.state.desk.store, thing)
    return render(request, "undo.html", thing=thing, preview=preview, done=False)


@router.post("/undo/{thing}")
def take_back(request: Request, thing: str, visitor: Steward, reason: Reason = "") -> Response:
    """Take an import or an act back, item by item."""
    done = undo(request.app.state.desk.store, thing, Who(visitor.user.name, reason or None))
    return render(request, "undo.html", thing=thing, preview=done, done=True)
