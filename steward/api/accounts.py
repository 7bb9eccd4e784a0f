"""Accounts: found, and told in full."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from crm.account_list import AccountPage, list_accounts
from crm.audit import note_action
from steward.access.guard import Needs, Visitor
from steward.stories import tell_account

router = APIRouter(prefix="/api/accounts", tags=["accounts"])
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Looking = Annotated[Visitor, Depends(Needs("viewer", changes=False))]


class AccountSearch(BaseModel):
    """Words to look for; a body, so that no address holds a name."""

    text: str = Field("", max_length=200)
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000_000)
    everywhere: bool = Field(default=False, description="look within names too: slower")


@router.post("/search")
def search(request: Request, asked: AccountSearch, _visitor: Looking) -> AccountPage:
    """Accounts by name, domain or id."""
    store = request.app.state.desk.store
    return list_accounts(
        store, asked.text, everywhere=asked.everywhere, limit=asked.limit, offset=asked.offset
    )


@router.get("/{account}")
def read_account(request: Request, account: str, visitor: Viewer) -> dict[str, Any]:
    """What its records say of the company, its contacts, leads, opportunities and merge log."""
    desk = request.app.state.desk
    story = tell_account(desk.store, account)
    note_action(desk.store, visitor.user.id, "see account", story["id"])
    return story
