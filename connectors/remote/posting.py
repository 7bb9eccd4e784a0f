"""Sending JSON to an address: pinned like asking, never redirected, the answer's text not read."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import httpcore

from connectors.remote.addresses import Allowed, Resolve, check_url, keep_inside
from connectors.remote.http import Pinned

TIMES: Final = {"connect": 5.0, "read": 15.0, "write": 15.0, "pool": 5.0}


@dataclass(frozen=True)
class Reply:
    """What became of it: an HTTP `status`, or the `fault` that kept one from coming.

    `retry_after`: the seconds the other side asks for, where it does.
    """

    status: int | None
    fault: str = ""
    retry_after: float = 0.0

    @property
    def is_taken(self) -> bool:
        """Whether the other side took it; a redirect is no yes."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True)
class Poster:
    """Sends to allowed addresses; `seconds` is how long an answer may take to begin."""

    allowed: Allowed
    seconds: float = TIMES["read"]
    resolve: Resolve | None = None

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send once; raises `AddressRefusedError` where the address may not be asked."""
        parts = check_url(url, self.allowed)
        backend = Pinned(keep_inside(parts, self.allowed), self.resolve)
        given = {"content-type": "application/json", "user-agent": "leadgate", **headers}
        times = {**TIMES, "read": self.seconds, "write": self.seconds}
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=ssl.create_default_context(), network_backend=backend
                ) as pool,
                pool.stream(
                    "POST",
                    url,
                    headers=list(given.items()),
                    content=body,
                    extensions={"timeout": times},
                ) as got,
            ):
                named = {key.lower(): value for key, value in got.headers}
                return Reply(got.status, retry_after=_seconds(named.get(b"retry-after", b"")))
        except httpcore.TimeoutException:
            return Reply(None, "timeout")
        except httpcore.NetworkError:
            return Reply(None, "no connection")
        except httpcore.ProtocolError:
            return Reply(None, "no HTTP")


def _seconds(text: bytes) -> float:
    """Seconds to wait; a date is left aside, for our own waiting grows anyway."""
    return float(text[:6]) if text.isdigit() else 0.0
