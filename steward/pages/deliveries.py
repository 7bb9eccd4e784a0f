"""What other programs were told, and whether they took it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from crm.deliveries import list_deliveries, list_hooks, read_delivery, send_again
from steward.access.guard import Needs, Visitor
from steward.rendering import render

router = APIRouter(prefix="/webhooks")
Admin = Annotated[Visitor, Depends(Needs("admin"))]
PAGE = 50


@router.get("")
def show_deliveries(
    request: Request,
    _visitor: Admin,
    hook: str = "",
    status: Literal["", "waiting", "taken", "given_up"] = "",
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
) -> Response:
    """The endpoints, and what they were told, latest first."""
    store = request.app.state.desk.store
    found = list_deliveries(
        store, hook=hook or None, status=status or None, limit=PAGE, offset=offset
    )
    return render(
        request,
        "deliveries.html",
        hooks=list_hooks(store),
        found=found,
        hook=hook,
        chosen=status,
        offset=offset,
        size=PAGE,
    )


@router.get("/{delivery}")
def show_delivery(request: Request, delivery: str, _visitor: Admin) -> Response:
    """One delivery: what was said, and how each try went."""
    found = read_delivery(request.app.state.desk.store, delivery)
    return render(request, "delivery.html", delivery=found)


@router.post("/{delivery}/again", name="send_again")
def repeat_delivery(request: Request, delivery: str, _visitor: Admin) -> Response:
    """Have it sent again, as the same message."""
    store = request.app.state.desk.store
    send_again(store, delivery)
    return RedirectResponse(f"/webhooks/{delivery}", 303)
