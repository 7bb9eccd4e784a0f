"""No request is read further than it may be long."""

from collections.abc import Callable
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE: Final = 1024 * 1024  # bytes; a form of a page is never longer
TOO_LONG: Final = "This is larger than can be taken here.\n"


class _TooLongError(Exception):
    """The body went past its limit while it was read."""


class BodyLimit:
    """Answers 413 to a body that is longer than `limit_of(path)` bytes, said or sent."""

    def __init__(self, app: ASGIApp, *, limit_of: Callable[[str], int]) -> None:
        self.app = app
        self.limit_of = limit_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the body on as far as it may go."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.limit_of(scope["path"])
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if not said.isdigit() or int(said) > limit:
            await PlainTextResponse(TOO_LONG, 413)(scope, receive, send)
            return
        taken, answered = 0, False

        async def receive_within() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise _TooLongError
            return message

        async def send_noted(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self.app(scope, receive_within, send_noted)
        except _TooLongError:
            if not answered:
                await PlainTextResponse(TOO_LONG, 413)(scope, receive, send)
