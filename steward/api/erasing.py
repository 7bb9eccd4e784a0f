"""Erasing a person: what it would take away, and doing it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from crm.acts import Who
from crm.erasure import Erased, preview_erase
from steward.access.guard import Needs, Visitor
from steward.desk import Desk
from steward.erasing import erase_person

router = APIRouter(prefix="/api", tags=["contacts"])
Admin = Annotated[Visitor, Depends(Needs("admin"))]


@router.get("/erasures/{person}")
def try_erase(request: Request, person: str, _visitor: Admin) -> Erased:
    """What erasing the person a contact (`c12`) is would take away."""
    return preview_erase(request.app.state.desk.store, person)


@router.post("/erasures/{person}")
def erase_contact(request: Request, person: str, visitor: Admin) -> Erased:
    """Erase a person, with the reports and uploads that hold them; it cannot be taken back."""
    desk: Desk = request.app.state.desk
    return erase_person(desk, person, Who(visitor.user.name))
