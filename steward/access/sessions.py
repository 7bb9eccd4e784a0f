"""A session begins: the same way, however the person was known."""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from crm.audit import note_action
from crm.desk_access import User, start_session
from steward.access.guard import cookie_name
from steward.access.tokens import hash_token, make_token

# Where to go after signing in: a page of ours, and nothing that a browser reads as another site.
OURS: Final = re.compile(r"/[A-Za-z0-9_-][A-Za-z0-9_/-]*", re.ASCII)


def begin_session(request: Request, user: User, target: str) -> Response:
    """Let the person in, and on to what was asked for."""
    store = request.app.state.desk.store
    token = make_token()
    start_session(store, user.id, hash_token(token))
    note_action(store, user.id, "sign in")
    answer = RedirectResponse(keep_ours(target), 303)
    secure = request.app.state.desk.is_https
    answer.set_cookie(
        cookie_name(request), token, httponly=True, samesite="lax", secure=secure, path="/"
    )
    return answer


def keep_ours(target: str) -> str:
    """The address of a page of ours; home where it is not."""
    return target if OURS.fullmatch(target) else "/"
