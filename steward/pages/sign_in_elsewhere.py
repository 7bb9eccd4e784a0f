"""Signing in at an OpenID Connect provider: there, and back with a code."""

from typing import Final

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from steward.access.guard import Open
from steward.access.outside import let_in
from steward.access.refusals import NotWelcome
from steward.access.sessions import begin_session, keep_ours
from steward.desk import Desk

router = APIRouter()
TICKET: Final = "leadgate-ticket"
MINUTES: Final = 10
LATE: Final = "That took too long, or began in another browser. Begin again."


@router.get("/sign-in/there", dependencies=[Depends(Open("how else would one sign in"))])
def send_there(request: Request) -> Response:
    """To the provider, with a ticket that this browser alone has."""
    from steward.access.oidc import Ticket  # noqa: PLC0415 - its libraries are an extra

    desk: Desk = request.app.state.desk
    if desk.provider is None:
        raise HTTPException(404)
    ticket = Ticket.make()
    target = keep_ours(request.query_params.get("next", "/"))
    answer = RedirectResponse(desk.provider.send(ticket), 303)
    answer.set_cookie(
        _name(desk),
        f"{ticket.write()}~{target}",
        max_age=MINUTES * 60,
        httponly=True,
        samesite="lax",
        secure=desk.is_https,
        path="/",
    )
    return answer


@router.get("/sign-in/back", dependencies=[Depends(Open("how else would one sign in"))])
def take_back(request: Request) -> Response:
    """From the provider: who it is, and on to what was asked for."""
    from steward.access.oidc import Ticket  # noqa: PLC0415 - its libraries are an extra

    desk: Desk = request.app.state.desk
    if desk.provider is None or desk.settings.oidc is None:
        raise HTTPException(404)
    kept, _, target = request.cookies.get(_name(desk), "").strip('"').partition("~")
    ticket = Ticket.read(kept)
    if ticket is None:
        raise NotWelcome(LATE)
    who = desk.provider.take_back(ticket, request.query_params)
    answer = begin_session(request, let_in(desk.store, who, desk.settings.oidc), target)
    answer.delete_cookie(_name(desk), path="/")
    return answer


def _name(desk: Desk) -> str:
    return f"__Host-{TICKET}" if desk.is_https else TICKET
