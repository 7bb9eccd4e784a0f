"""Whether the desk works; for whoever watches it, without a token."""

from fastapi import APIRouter, Depends, Request

from crm.overview import count_funnel
from steward.access.guard import Open

router = APIRouter(tags=["health"])


@router.get("/healthz", dependencies=[Depends(Open("whether the process answers"))])
def is_alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", dependencies=[Depends(Open("whether the store answers"))])
def is_ready(request: Request) -> dict[str, str]:
    """The store answers, too; 503 where it does not."""
    count_funnel(request.app.state.desk.store)
    return {"status": "ready"}
