"""Webhooks: who hears of what, what they were told, and how it went."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from crm.deliveries import (
    Delivery,
    DeliveryPage,
    Hook,
    Status,
    list_deliveries,
    list_hooks,
    read_delivery,
    send_again,
)
from steward.access.guard import Needs, Visitor

router = APIRouter(prefix="/api/webhooks", tags=["webhooks"])
Admin = Annotated[Visitor, Depends(Needs("admin"))]


@router.get("")
def list_endpoints(request: Request, _visitor: Admin) -> tuple[Hook, ...]:
    """The endpoints, what they hear of, and how many deliveries are in each state."""
    return list_hooks(request.app.state.desk.store)


@router.get("/deliveries")
def list_all(
    request: Request,
    _visitor: Admin,
    hook: str | None = None,
    status: Status | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
) -> DeliveryPage:
    """Deliveries, latest first."""
    store = request.app.state.desk.store
    return list_deliveries(store, hook=hook, status=status, limit=limit, offset=offset)


@router.get("/deliveries/{delivery}")
def read_one(request: Request, delivery: str, _visitor: Admin) -> Delivery:
    """One delivery (`d7`) with its tries."""
    return read_delivery(request.app.state.desk.store, delivery)


@router.post("/deliveries/{delivery}/again", name="send_again")
def repeat_one(request: Request, delivery: str, _visitor: Admin) -> Delivery:
    """Have it sent again, as the same message."""
    store = request.app.state.desk.store
    return send_again(store, delivery)
