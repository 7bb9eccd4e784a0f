"""The desk and the receiver behind one address; neither knows the other's sessions or secrets."""

from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

RECEIVER: Final = "/in/"
METRICS: Final = "/metrics"


@dataclass(frozen=True)
class Together:
    """Requests below `/in/` are for the receiver, `/metrics` is apart, all others for the desk.

    The receiver writes down what waits when the server stops, so it hears of start and stop.
    """

    desk: ASGIApp
    receiver: ASGIApp
    metrics: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if self.metrics is not None and scope.get("path") == METRICS:
            await self.metrics(scope, receive, send)
            return
        to_receiver = scope["type"] == "lifespan" or scope.get("path", "").startswith(RECEIVER)
        await (self.receiver if to_receiver else self.desk)(scope, receive, send)
