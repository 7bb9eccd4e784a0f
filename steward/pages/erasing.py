"""Erasing a person: shown before it is done, for it cannot be taken back.

Reports and uploads of the imports that held the person are removed as a whole: they hold the
person too, and reports can be written again from the store.
"""

import shutil
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from crm.acts import Who
from crm.desk_access import note_action
from crm.erasure import erase, preview_erase
from steward.access.guard import Needs, Visitor
from steward.desk import Desk
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
    done = erase(desk.store, contact, Who(visitor.user.name))
    _remove_files(desk, done.batches)
    note_action(desk.store, visitor.user.id, "erase contact", contact)
    return render(request, "erased.html", contact=contact, done=done)


def _remove_files(desk: Desk, batches: Iterable[str]) -> None:
    for batch in batches:
        shutil.rmtree(desk.reports / batch, ignore_errors=True)
    for folder in desk.uploads.glob("*/"):
        state = desk.pipeline.state_of(folder) if desk.pipeline else {"status": "new"}
        if state["status"] != "running":  # its import will meet the person's hash
            shutil.rmtree(folder, ignore_errors=True)
