"""Signing in and out: with a password, through a proxy that did it, or at a provider."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from crm.desk_access import end_session, find_user, note_failure
from steward.access.guard import Needs, Open, Visitor, cookie_name, find_visitor
from steward.access.origin import is_from_us
from steward.access.outside import let_in
from steward.access.passwords import is_password
from steward.access.proxy import find_address, read_proxy
from steward.access.refusals import ForeignForm, NotWelcome
from steward.access.sessions import begin_session, keep_ours
from steward.access.throttle import fingerprint, refuse_guessing
from steward.access.tokens import hash_token
from steward.desk import Desk
from steward.rendering import render

router = APIRouter()
WRONG: Final = "This name and this password do not belong together."
ENDED: Final = "Your session has ended, as it does after an hour without use. Sign in to go on."
OUT: Final = "You are signed out."


@router.get("/sign-in", dependencies=[Depends(Open("how else would one sign in"))])
def show_sign_in(
    request: Request,
    target: Annotated[str, Query(alias="next")] = "/",
    ended: str = "",
    out: str = "",
) -> Response:
    """The form; who is signed in already, here or at the proxy, goes on."""
    if find_visitor(request):
        return RedirectResponse(keep_ours(target), 303)
    told = read_proxy(request)
    desk: Desk = request.app.state.desk
    if told and desk.settings.proxy and not out:
        return begin_session(request, let_in(desk.store, told, desk.settings.proxy), target)
    said = ENDED if ended else OUT if out else None
    return _form(request, target, said=said, proxied=told is not None)


@router.post("/sign-in", dependencies=[Depends(Open("how else would one sign in"))])
def sign_in(
    request: Request,
    name: Annotated[str, Form()],
    password: Annotated[str, Form()],
    target: Annotated[str, Form(alias="next")] = "/",
) -> Response:
    """Begin a session; a wrong name and a wrong password are answered alike."""
    desk: Desk = request.app.state.desk
    if not is_from_us(request):
        raise ForeignForm
    if not desk.settings.passwords:
        raise NotWelcome("Passwords are not used here.")
    address = find_address(request)
    refuse_guessing(desk.store, name, address)
    user, kept = find_user(desk.store, name) or (None, None)
    right = is_password(password, kept)
    if user is None or not user.active or not right:
        note_failure(desk.store, fingerprint(name), address)
        return _form(request, target, status=401, problem=WRONG, name=name)
    return begin_session(request, user, target)


@router.post("/sign-out")
def sign_out(request: Request, visitor: Annotated[Visitor, Depends(Needs("viewer"))]) -> Response:
    """End the session, here and for whoever else has its cookie."""
    store = request.app.state.desk.store
    if visitor.session:
        end_session(store, hash_token(visitor.session))
    answer = RedirectResponse("/sign-in?out=1", 303)
    answer.delete_cookie(cookie_name(request), path="/")
    return answer


def _form(
    request: Request,
    target: str,
    *,
    status: int = 200,
    said: str | None = None,
    problem: str | None = None,
    name: str = "",
    proxied: bool = False,
) -> Response:
    desk: Desk = request.app.state.desk
    return render(
        request,
        "sign_in.html",
        status,
        said=said,
        problem=problem,
        name=name,
        target=keep_ours(target),
        passwords=desk.settings.passwords,
        provider=desk.provider is not None,
        proxied=proxied,
    )
