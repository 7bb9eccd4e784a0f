"""Formstack: `X-FS-Signature`, or the shared secret as `HandshakeKey` in the body."""

from typing import Final

from connectors.forms.bodies import load_any
from connectors.forms.delivery import Delivery, Event, Refusal, Secrets, event_id
from connectors.forms.labels import label_answers, word
from connectors.forms.signatures import UNSIGNED, check_hmac, check_secret, keys

HANDSHAKE: Final = "HandshakeKey"
ABOUT: Final = frozenset({"FormID", "UniqueID", HANDSHAKE})


def verify(delivery: Delivery, secrets: Secrets, _now: float) -> Refusal | None:
    """HMAC-SHA256 of the raw body in hex, `sha256=` before it or not; else the handshake key."""
    given = delivery.header("x-fs-signature")
    if given is not None:
        return check_hmac([given.removeprefix("sha256=")], keys(secrets), delivery.body, "hex")
    body = load_any(delivery)
    key = "" if isinstance(body, Refusal) else word(body, HANDSHAKE)
    return check_secret(key, secrets) if key else UNSIGNED


def read(delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event a submission, known by its `UniqueID`; the handshake key is never kept."""
    body = load_any(delivery)
    if isinstance(body, Refusal):
        return body
    answers = label_answers((key, value) for key, value in body.items() if key not in ABOUT)
    name = event_id(word(body, "UniqueID"), delivery.body)
    return (Event(name, answers),)
