"""Erasing a person: shown before it is done, for it cannot be taken back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from crm.acts import Who
from crm.erasure import preview_erase
from steward.access.guard import Needs, Visitor
from steward.desk import Desk
from steward.erasing import erase_person
from steward.rendering import render

router = APIRouter(prefix="/contacts")
Admin = Annotated[Visitor, Depends(Needs("admin"))]


@router.get("/{contact}/erase")
def ask_erase(request: Request, contact: str, _visitor: Admin) -> Response:
    """What erasing would take away."""
    found = preview_erase(request.app.state.desk.store, contact)
    return render(request, "erase.html", contact=contact, preview=found)


@router.post("/{contact}/erase")
def erase_contact(request: Request, contact: str, visitor: Admin) -> Response:
    """Erase a person, for good."""
    desk: Desk = request.app.state.desk
    done = erase_person(desk, contact, Who(visitor.user.name))
    return render(request, "erased.html", contact=contact, done=done)
