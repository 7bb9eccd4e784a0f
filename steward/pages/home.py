"""Home: what came in, and what waits for a person."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from steward.access.guard import Needs, Visitor
from steward.rendering import render

router = APIRouter()


@router.get("/")
def show_home(request: Request, _visitor: Annotated[Visitor, Depends(Needs("viewer"))]) -> Response:
    """The latest imports and their fates."""
    batches = request.app.state.desk.store.batches().tail(20).iloc[::-1]
    return render(request, "home.html", batches=batches.to_dict("records"))
