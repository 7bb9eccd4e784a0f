"""Accounts: find a company, see what is known of it and who works there."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from crm.account_list import list_accounts
from crm.audit import note_action
from crm.store import Store
from steward.access.guard import Needs, Visitor
from steward.rendering import render
from steward.stories import tell_account
from validators.fields import FIELDS

router = APIRouter(prefix="/accounts")
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Looking = Annotated[Visitor, Depends(Needs("viewer", changes=False))]
PAGE = 50


@router.get("")
def show_accounts(request: Request, _visitor: Viewer) -> Response:
    """The accounts, oldest first."""
    return _list(request, "", 0)


@router.post("/search")
def search(
    request: Request,
    _visitor: Looking,
    text: Annotated[str, Form(max_length=200)] = "",
    offset: Annotated[int, Form(ge=0, le=1_000_000_000)] = 0,
    *,
    everywhere: Annotated[bool, Form()] = False,
) -> Response:
    """Accounts by name, domain or id: a form, so that no address holds a name."""
    return _list(request, text, offset, everywhere=everywhere)


@router.get("/{account}")
def show_account(request: Request, account: str, visitor: Viewer) -> Response:
    """What its records say of the company, its contacts, leads and opportunities."""
    store: Store = request.app.state.desk.store
    story = tell_account(store, account)
    note_action(store, visitor.user.id, "see account", account)
    return render(request, "account.html", story=story, all_fields=FIELDS)


def _list(request: Request, text: str, offset: int, *, everywhere: bool = False) -> Response:
    store: Store = request.app.state.desk.store
    found = list_accounts(store, text, everywhere=everywhere, limit=PAGE, offset=offset)
    return render(
        request,
        "accounts.html",
        found=found,
        text=text,
        offset=offset,
        everywhere=everywhere,
        size=PAGE,
    )
