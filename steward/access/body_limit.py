"""No request is read further than it may be long."""

from collections.abc import Callable
from typing import Final

from fastapi import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE: Final = 1024 * 1024  # bytes; a form of a page is never longer


def say_too_long(limit: int) -> str:
    """Say how much may be sent, and where to go with more."""
    return (
        f"That is larger than the {limit // 2**20:,} MB that can be taken here; nothing of it was "
        "kept. Hand it in in parts, or let an admin import it on the command line."
    )


class BodyLimit:
    """Refuses a body that is longer than `limit_of(path)` bytes, said or sent, and stops reading.

    The body goes through piece by piece: how long it is does not change how much is in memory.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        limit_of: Callable[[str], int],
        refuse: Callable[[Request, int, str], Response],
    ) -> None:
        self.app = app
        self.limit_of = limit_of
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the body on as far as it may go."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.limit_of(scope["path"])
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if not said.isdigit() or int(said) > limit:
            await self.refuse(Request(scope), 413, say_too_long(limit))(scope, receive, send)
            return
        taken = 0

        async def receive_within() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                # Of this kind, because whoever reads a form takes any other for a fault in it.
                raise HTTPException(413, say_too_long(limit))
            return message

        await self.app(scope, receive_within, send)
