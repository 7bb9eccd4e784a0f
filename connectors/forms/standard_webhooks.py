"""Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp`, `webhook-signature`."""

import base64
import binascii
import hmac
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from connectors.forms import mapped
from connectors.forms.delivery import ID_LENGTH, Delivery, Event, Refusal, Secrets
from connectors.forms.signatures import FORGED, UNSIGNED, check_hmac, check_time

PREFIX: Final = "whsec_"
VERSION: Final = "v1,"
SIGNATURES: Final = 16  # while secrets rotate there are two


def verify(delivery: Delivery, secrets: Secrets, now: float) -> Refusal | None:
    """HMAC-SHA256 in base64 over `id.time.body`; one of several signatures has to fit."""
    id_, time, given = (
        delivery.header(f"webhook-{name}") for name in ("id", "timestamp", "signature")
    )
    if not id_ or not time or given is None:
        return UNSIGNED
    if len(id_) > ID_LENGTH or not (id_.isascii() and id_.isprintable()):
        return FORGED
    stale = check_time(time, now)
    if stale:
        return stale
    signatures = [each.removeprefix(VERSION) for each in given.split(" ") if each[:3] == VERSION]
    if not 0 < len(signatures) <= SIGNATURES:
        return FORGED
    message = f"{id_}.{time}.".encode() + delivery.body
    return check_hmac(signatures, _keys(secrets), message, "base64")


def read(shape: mapped.Shape, delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """Read by the shape; where it tells of no id, the message's names its event.

    Without a shape the answers are the `data` of the message.
    """
    if shape == mapped.Shape():
        shape = mapped.Shape(record="data", time="timestamp")
    found = mapped.read(shape, delivery)
    if isinstance(found, Refusal) or shape.id:
        return found
    name = delivery.header("webhook-id") or ""
    several = len(found) > 1
    return tuple(
        replace(event, id=f"{name}#{number}" if several else name)
        for number, event in enumerate(found, start=1)
    )


def sign(message_id: str, timestamp: int, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """The headers of a message of ours, with a signature for each secret while they rotate."""
    message = f"{message_id}.{timestamp}.".encode() + body
    signatures = (
        base64.b64encode(hmac.digest(key, message, "sha256")).decode()
        for key in _keys(tuple(secrets))
    )
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(VERSION + each for each in signatures),
    }


def is_secret(secret: str) -> bool:
    """Whether a text can be a secret of this scheme: base64, `whsec_` before it or not."""
    return bool(_keys((secret,)))


def _keys(secrets: Secrets) -> list[bytes]:
    decoded = []
    for secret in secrets:
        try:
            decoded.append(base64.b64decode(secret.removeprefix(PREFIX), validate=True))
        except (binascii.Error, ValueError):
            continue
    return [key for key in decoded if key]
