"""The guard of a route: it declares who may use it, and lets nobody else in.

Every route has one, `Needs(role)` or `Open(reason)`; a route without one fails the tests.
"""

from dataclasses import dataclass
from typing import Final

from fastapi import Request

from crm.desk_access import User, find_session, find_token
from steward.access.noting import begin_act
from steward.access.origin import is_from_us
from steward.access.proxy import read_proxy
from steward.access.refusals import ForeignForm, RoleNeeded, SignInNeeded
from steward.access.roles import Role, may
from steward.access.tokens import hash_token, is_form_token

COOKIE: Final = "leadgate"
SAFE_COOKIE: Final = "__Host-leadgate"  # a browser takes this name over HTTPS alone
FORM_FIELD: Final = "form_token"
FORM_HEADER: Final = "x-form-token"
READING: Final = {"GET", "HEAD"}


@dataclass(frozen=True)
class Visitor:
    """Who is asking: a person with a session, or a program with a token."""

    user: User
    session: str | None


@dataclass(frozen=True)
class Open:
    """A route that anybody may use, and why."""

    reason: str

    def __call__(self) -> None:
        """Let everybody in."""


@dataclass(frozen=True)
class Needs:
    """A route for those whose role includes `role`.

    `changes`: whether a request other than GET changes anything; one that does goes into the audit.
    """

    role: Role
    changes: bool = True

    async def __call__(self, request: Request) -> Visitor:
        """Let in who may; a change must come from a page of the same session."""
        visitor = find_visitor(request)
        if visitor is None:
            raise SignInNeeded(ended=cookie_name(request) in request.cookies)
        if not may(visitor.user.role, self.role):
            raise RoleNeeded(self.role)
        if visitor.session is not None and request.method not in READING:
            await _refuse_foreign(request, visitor.session)
        request.state.visitor = visitor
        if self.changes and request.method not in READING:
            begin_act(request, visitor.user.id)
        return visitor


def find_visitor(request: Request) -> Visitor | None:
    """Who is asking, by the token of a program or the cookie of a browser."""
    store = request.app.state.desk.store
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        user = find_token(store, hash_token(token.strip()))
        return Visitor(user, None) if user else None
    session = request.cookies.get(cookie_name(request))
    user = find_session(store, hash_token(session)) if session else None
    told = read_proxy(request)
    if user and told and told.name.casefold() != user.name.casefold():
        return None  # somebody else sits there now
    return Visitor(user, session) if user else None


def cookie_name(request: Request) -> str:
    """The name of the session's cookie."""
    return SAFE_COOKIE if request.app.state.desk.is_https else COOKIE


async def _refuse_foreign(request: Request, session: str) -> None:
    if not is_from_us(request):
        raise ForeignForm
    given = request.headers.get(FORM_HEADER)
    kind = request.headers.get("content-type", "")
    if given is None and kind.startswith(("application/x-www-form-urlencoded", "multipart/")):
        value = (await request.form(max_files=1, max_fields=200)).get(FORM_FIELD)
        given = value if isinstance(value, str) else None
    if given is None or not is_form_token(given, session):
        raise ForeignForm
