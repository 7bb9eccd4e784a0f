"""Signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from crm.desk_access import end_session, find_user, note_action, note_failure, start_session
from steward.access.guard import Needs, Open, Visitor, cookie_name, find_visitor
from steward.access.origin import is_from_us
from steward.access.passwords import is_password
from steward.access.refusals import ForeignForm
from steward.access.throttle import fingerprint, refuse_guessing
from steward.access.tokens import hash_token, make_token
from steward.rendering import render

router = APIRouter()
WRONG = "This name and this password do not belong together."


@router.get("/sign-in", dependencies=[Depends(Open("how else would one sign in"))])
def show_sign_in(request: Request) -> Response:
    """The form; who is signed in already goes home."""
    if find_visitor(request):
        return RedirectResponse("/", 303)
    return render(request, "sign_in.html", problem=None, name="")


@router.post("/sign-in", dependencies=[Depends(Open("how else would one sign in"))])
def sign_in(
    request: Request, name: Annotated[str, Form()], password: Annotated[str, Form()]
) -> Response:
    """Begin a session; a wrong name and a wrong password are answered alike."""
    if not is_from_us(request):
        raise ForeignForm
    store = request.app.state.desk.store
    address = request.client.host if request.client else "unknown"
    refuse_guessing(store, name, address)
    user, kept = find_user(store, name) or (None, None)
    right = is_password(password, kept)
    if user is None or not user.active or not right:
        note_failure(store, fingerprint(name), address)
        return render(request, "sign_in.html", 401, problem=WRONG, name=name)
    token = make_token()
    start_session(store, user.id, hash_token(token))
    note_action(store, user.id, "sign in")
    answer = RedirectResponse("/", 303)
    https = request.app.state.desk.is_https
    answer.set_cookie(
        cookie_name(request), token, httponly=True, samesite="lax", secure=https, path="/"
    )
    return answer


@router.post("/sign-out")
def sign_out(request: Request, visitor: Annotated[Visitor, Depends(Needs("viewer"))]) -> Response:
    """End the session, here and for whoever else has its cookie."""
    store = request.app.state.desk.store
    if visitor.session:
        end_session(store, hash_token(visitor.session))
    note_action(store, visitor.user.id, "sign out")
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(cookie_name(request), path="/")
    return answer
