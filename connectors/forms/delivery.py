"""What arrives at the receiver, and what becomes of it: events, or a refusal with a code."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

# The status a sender is answered with. Nothing that a sender can do is a fault of ours (5xx).
REFUSALS: Final[Mapping[str, int]] = {
    "webhook.unsigned": 401,  # the header with the signature or its time is missing, or twice
    "webhook.bad_signature": 401,
    "webhook.bad_time": 401,  # the time of the signature is no time
    "webhook.stale": 401,  # signed too long ago, or in the future
    "webhook.bad_body": 400,  # not the JSON, form or text it should be
    "webhook.too_deep": 400,
    "webhook.too_many": 400,  # more fields, parts or events than any form has
    "webhook.no_id": 400,  # an id is told of or signed, and the body does not have it
}
ID_LENGTH: Final = 200
FIELDS: Final = 1_000


@dataclass(frozen=True)
class Delivery:
    """One request as it came: `headers` under lower-case names, in their order; the raw `body`.

    `url` is the address the sender knows, which some schemes sign.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The value of a header that is there once; twice is as good as never."""
        found = [value for key, value in self.headers if key == name]
        return found[0].strip(" \t") if len(found) == 1 else None


@dataclass(frozen=True)
class Event:
    """One submission, call or visit: its texts under the names the sender gave them.

    `id` is the sender's own and never changes; `occurred_at` is as the sender wrote it.
    """

    id: str
    values: Mapping[str, str]
    occurred_at: str | None = None


@dataclass(frozen=True)
class Refusal:
    """Why a delivery is not taken; a code of `REFUSALS`, and never a value from the delivery."""

    code: str

    @property
    def status(self) -> int:
        """The HTTP status to answer with."""
        return REFUSALS[self.code]


Secrets: TypeAlias = tuple[str, ...]
Verify: TypeAlias = Callable[[Delivery, Secrets, float], Refusal | None]
Read: TypeAlias = Callable[[Delivery], tuple[Event, ...] | Refusal]


@dataclass(frozen=True)
class Provider:
    """How one provider's deliveries are verified, and read.

    `verify(delivery, secrets, now)` passes where one of the secrets fits; `now` is in Unix
    seconds. `read(delivery)` gives no event where the delivery is of no interest.
    """

    verify: Verify
    read: Read


def receive(
    provider: Provider, delivery: Delivery, secrets: Secrets, now: float
) -> tuple[Event, ...] | Refusal:
    """Verify a delivery, and only then look into it."""
    refused = provider.verify(delivery, secrets, now)
    if refused:
        return refused
    found = provider.read(delivery)
    if isinstance(found, tuple) and any(
        len(each) > FIELDS for each in (found, *(event.values for event in found))
    ):
        return Refusal("webhook.too_many")
    return found


def event_id(given: object, content: bytes) -> str:
    """The id of an event: the sender's, or a hash of its content where the sender gives none.

    An id that is long or has odd characters in it is known by its hash.
    """
    text = str(given).strip() if isinstance(given, str | int) else ""
    if text and len(text) <= ID_LENGTH and text.isascii() and text.isprintable():
        return text
    hashed = text.encode("utf-8", "surrogatepass") if text else content
    return "sha256:" + hashlib.sha256(hashed).hexdigest()
