"""The body of a request, up to a limit, before anything looks into it."""

import asyncio
from typing import Final

from starlette.requests import ClientDisconnect, Request

SECONDS: Final = 10.0


class BodyRefusedError(Exception):
    """A body that is not taken; `status` and `code` say why."""

    def __init__(self, status: int, code: str) -> None:
        self.status, self.code = status, code
        super().__init__(code)


async def read_body(request: Request, limit: int) -> bytes:
    """Read the body of a request; raises `BodyRefusedError`.

    The length that the sender states is believed only where it is too much.
    """
    stated = request.headers.get("content-length", "")
    if stated.isascii() and stated.isdigit() and int(stated[:20]) > limit:
        raise BodyRefusedError(413, "webhook.too_large")
    if any(each.lower() != "identity" for each in request.headers.getlist("content-encoding")):
        raise BodyRefusedError(415, "webhook.packed")
    try:
        async with asyncio.timeout(SECONDS):
            return await _read(request, limit)
    except TimeoutError:
        raise BodyRefusedError(408, "webhook.too_slow") from None
    except ClientDisconnect:
        raise BodyRefusedError(400, "webhook.cut_off") from None


async def _read(request: Request, limit: int) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            raise BodyRefusedError(413, "webhook.too_large")
    return bytes(body)
