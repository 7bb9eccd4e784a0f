"""What goes wrong, as a page or as JSON that says what happened and where to go."""

import logging
import traceback
from typing import Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
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
from steward.access.refusals import Refusal, SignInNeeded
from steward.rendering import render

log = logging.getLogger(__name__)

SIGN_IN: Final = "/sign-in"
SENTENCES: Final = {
    404: "There is no such page. It may have been erased, or the address has a typing error.",
    405: "This address does not take that kind of request.",
    413: "This is larger than can be taken here.",
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
                await _answer(Request(scope), 500, said)(scope, receive, send)


def _refused(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, Refusal) else 403
    if isinstance(error, SignInNeeded) and not _is_api(request):
        if request.headers.get("hx-request") == "true":
            return Response(status_code=401, headers={"hx-redirect": SIGN_IN})
        if request.method == "GET":
            return RedirectResponse(SIGN_IN, 303)
    return _answer(request, status, str(error))


def _store(request: Request, error: Exception) -> Response:
    if isinstance(error, UnknownIdError):
        return _answer(request, 404, SENTENCES[404])
    if isinstance(error, RefusedError):
        return _answer(request, 409, f"That was left as it is: {error.detail}.")
    if isinstance(error, ConflictError | StoreChangedError):
        return _answer(request, 409, "Somebody changed this meanwhile. Load it again.")
    if isinstance(error, StoreLockedError):
        return _answer(request, 503, "The store is busy. Try again in a moment.")
    return _answer(request, 503, "The store cannot be reached or written at the moment.")


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else ""
    return _answer(request, status, SENTENCES.get(status, str(detail)))


def _unreadable(request: Request, error: Exception) -> Response:
    del error  # it repeats what was sent
    return _answer(request, 422, "A value of the form is missing or is not of the right kind.")


def _answer(request: Request, status: int, sentence: str) -> Response:
    if _is_api(request):
        return JSONResponse({"error": sentence}, status)
    return render(request, "problem.html", status, sentence=sentence)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith(("/api/", "/hooks/"))
