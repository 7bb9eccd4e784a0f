"""What goes wrong, as a page or as JSON that says what happened and where to go."""

import logging
import traceback
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm.errors import (
    ConflictError,
    RefusedError,
    StoreChangedError,
    StoreError,
    StoreLockedError,
    UnknownIdError,
)
from steward.access.origin import is_from_us
from steward.access.refusals import Refusal, SignInNeeded
from steward.rendering import render

log = logging.getLogger(__name__)

SIGN_IN: Final = "/sign-in"
TITLES: Final = {
    401: "You are not signed in any more",
    403: "That is not yours to do",
    404: "There is nothing here",
    409: "It is not as it was",
    413: "Too large",
    429: "Too many tries",
    503: "Not now",
}
PLACES: Final = {
    "/contacts": "To the contacts",
    "/accounts": "To the accounts",
    "/review": "To the review queue",
    "/imports": "To the imports",
    "/reports": "To the imports and their reports",
    "/quarantine": "To the quarantine",
    "/webhooks": "To the webhooks",
}
TYPED: Final = {"text", "reason", "after", "purpose"}  # fields of forms that hold what was written
SENTENCES: Final = {
    404: "There is no such thing, or not any more: it may have been erased or taken back, or the "
    "address has a typing error.",
    405: "This address does not take that kind of request.",
}


class Problem(BaseModel):
    """Why the API did not do it, in a sentence."""

    error: str


# What every route of the API may answer beside what it is there for.
PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": Problem, "description": "not readable as what it says it is"},
    401: {"model": Problem, "description": "no token, or one that was ended"},
    403: {"model": Problem, "description": "the role does not include this"},
    404: {"model": Problem, "description": "nothing of that id"},
    409: {"model": Problem, "description": "something stands against it, or somebody was first"},
    413: {"model": Problem, "description": "too large"},
    422: {"model": Problem, "description": "a value is missing or not of the right kind"},
    503: {"model": Problem, "description": "the store is busy or away"},
}


def answer_problems(app: FastAPI) -> None:
    """Give every error its answer."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(StoreError, _store)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unreadable)


class Faults:
    """Answers what nobody expected; the log names the error's kind and place, not its text.

    A text of an error may hold values of people's data.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and answer 500 where that fails."""
        started = False

        async def send_noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        except Exception as error:  # noqa: BLE001 - the last one to catch it
            place = traceback.extract_tb(error.__traceback__)[-1]
            log.error(  # noqa: TRY400 - with its text, people's data would be in the log
                "fault: %s in %s:%d", type(error).__name__, place.filename, place.lineno
            )
            if scope["type"] == "http" and not started:
                said = "A fault on our side. Nothing was lost; the log says where it was."
                await answer(Request(scope), 500, said)(scope, receive, send)


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, Refusal) else 403
    if isinstance(error, SignInNeeded) and not _is_api(request):
        if request.headers.get("hx-request") == "true":
            return Response(status_code=401, headers={"hx-redirect": SIGN_IN})
        if request.method == "GET":
            return RedirectResponse(_sign_in_for(request, ended=error.ended), 303)
        return _answer(request, status, str(error), await _read_typed(request))
    return answer(request, status, str(error))


async def _read_typed(request: Request) -> list[str]:
    """What a person of this desk had typed into the form, so that it is not lost with the session.

    Only the fields whose content a person writes, and only as text to copy.
    """
    kind = request.headers.get("content-type", "")
    if not is_from_us(request) or not kind.startswith("application/x-www-form-urlencoded"):
        return []
    form = await request.form(max_files=0, max_fields=200)
    return [str(value) for name, value in form.items() if _is_typed(name) and str(value).strip()]


def _is_typed(name: str) -> bool:
    return name in TYPED or name.startswith("cell:")


def _sign_in_for(request: Request, *, ended: bool) -> str:
    """Where to sign in, and then get to what was asked for."""
    told = {"ended": "1"} if ended else {}
    if request.url.path != "/":
        told["next"] = request.url.path
    return SIGN_IN + ("?" + urlencode(told, safe="/") if told else "")


def _store(request: Request, error: Exception) -> Response:
    if isinstance(error, UnknownIdError):
        return answer(request, 404, SENTENCES[404])
    if isinstance(error, RefusedError):
        return answer(request, 409, f"That was left as it is: {error.detail}.")
    if isinstance(error, ConflictError | StoreChangedError):
        return answer(request, 409, "Somebody changed this meanwhile. Load it again.")
    if isinstance(error, StoreLockedError):
        return answer(request, 503, "The store is busy. Try again in a moment.")
    return answer(request, 503, "The store cannot be reached or written at the moment.")


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else ""
    return answer(request, status, SENTENCES.get(status, str(detail)))


def _unreadable(request: Request, error: Exception) -> Response:
    del error  # it repeats what was sent
    return answer(request, 422, "A value of the form is missing or is not of the right kind.")


def answer(request: Request, status: int, sentence: str) -> Response:
    """Say what happened: as JSON to a program, to a person on a page that leads on."""
    return _answer(request, status, sentence, [])


def _answer(request: Request, status: int, sentence: str, typed: list[str]) -> Response:
    if _is_api(request):
        return JSONResponse({"error": sentence}, status)
    title, ways = TITLES.get(status, "That did not work"), [*_ways(request, status), ("/", "Home")]
    told = {"sentence": sentence, "title": title, "ways": ways, "typed": typed}
    return render(request, "problem.html", status, **told)


def _ways(request: Request, status: int) -> list[tuple[str, str]]:
    """Where to go from here: the list that the page belongs to, or signing in."""
    if status == 401:
        return [(SIGN_IN, "Sign in")]
    path = request.url.path
    return [(place, words) for place, words in PLACES.items() if path.startswith(place)]


def _is_api(request: Request) -> bool:
    return request.url.path.startswith(("/api/", "/hooks/"))
