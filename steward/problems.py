"""What goes wrong, as a page or as JSON that says what happened and where to go."""

from typing import Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from crm.errors import StoreChangedError, StoreError, StoreLockedError, UnknownIdError
from steward.access.refusals import Refusal, SignInNeeded
from steward.rendering import render

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
    app.add_exception_handler(Exception, _fault)


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
    if isinstance(error, StoreChangedError):
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


def _fault(request: Request, error: Exception) -> Response:
    return _answer(request, 500, f"A fault on our side ({type(error).__name__}). Nothing was lost.")


def _answer(request: Request, status: int, sentence: str) -> Response:
    if _is_api(request):
        return JSONResponse({"error": sentence}, status)
    return render(request, "problem.html", status, sentence=sentence)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith(("/api/", "/hooks/"))
