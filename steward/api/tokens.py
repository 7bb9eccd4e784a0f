"""One's own tokens: listed, and ended. Making one takes a person at the desk."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from crm.desk_access import end_token, list_tokens
from steward.access.guard import Needs, Visitor

router = APIRouter(prefix="/api/tokens", tags=["tokens"])
Person = Annotated[Visitor, Depends(Needs("viewer"))]


class Token(BaseModel):
    """What is kept of a token beside its hash."""

    id: int
    name: str
    created_at: str
    ended_at: str | None


@router.get("")
def list_own(request: Request, visitor: Person) -> list[Token]:
    """The tokens with which programs act as this person."""
    frame = list_tokens(request.app.state.desk.store, visitor.user.id)
    lines = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [Token.model_validate(line) for line in lines]


@router.post("/{token}/end", name="end_token")
def end_own(
    request: Request, visitor: Person, token: Annotated[int, Path(ge=1, le=10**18)]
) -> list[Token]:
    """End a token at once, be it the one this is asked with."""
    store = request.app.state.desk.store
    if not end_token(store, visitor.user.id, token):
        raise HTTPException(404)
    return list_own(request, visitor)
