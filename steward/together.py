"""The desk and the receiver behind one address; neither knows the other's sessions or secrets."""

from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

RECEIVER: Final = "/in/"


@dataclass(frozen=True)
class Together:
    """Requests below `/in/` are for the receiver, all others for the desk.

    The receiver writes down what waits when the server stops, so it hears of start and stop.
    """

    desk: ASGIApp
    receiver: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        to_receiver = scope["type"] == "lifespan" or scope.get("path", "").startswith(RECEIVER)
        await (self.receiver if to_receiver else self.desk)(scope, receive, send)
