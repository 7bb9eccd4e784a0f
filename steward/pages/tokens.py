"""One's own tokens: made, and ended. What a token is, is shown once."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from crm.desk_access import add_token, end_token, list_tokens
from steward.access.guard import Needs, Visitor
from steward.access.tokens import hash_token, make_token
from steward.rendering import render

router = APIRouter(prefix="/tokens")
Person = Annotated[Visitor, Depends(Needs("viewer"))]
Number = Annotated[int, Path(ge=1, le=10**18)]


@router.get("")
def show_tokens(request: Request, visitor: Person) -> Response:
    """The tokens with which programs act as this person."""
    return _show(request, visitor, None)


@router.post("", name="make_token")
def make(
    request: Request,
    visitor: Person,
    purpose: Annotated[str, Form(min_length=1, max_length=200)],
) -> Response:
    """Make a token. Only a person at the desk can: a token that leaked must not make others."""
    if visitor.session is None:
        raise HTTPException(403, "Tokens are made at the desk or on the command line.")
    store = request.app.state.desk.store
    token = make_token()
    add_token(store, visitor.user.id, purpose, hash_token(token))
    return _show(request, visitor, token)


@router.post("/{token}/end", name="end_token")
def end(request: Request, visitor: Person, token: Number) -> Response:
    """End a token at once."""
    store = request.app.state.desk.store
    if not end_token(store, visitor.user.id, token):
        raise HTTPException(404)
    return RedirectResponse("/tokens", 303)


def _show(request: Request, visitor: Visitor, made: str | None) -> Response:
    frame = list_tokens(request.app.state.desk.store, visitor.user.id)
    lines = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return render(request, "tokens.html", tokens=lines[::-1], made=made)
