"""Signatures and their times, checked in constant time; nothing a sender writes raises."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from typing import Final, Literal

from connectors.forms.delivery import Delivery, Refusal, Secrets

WINDOW: Final = 300.0  # seconds a signature is good for, either way
UNSIGNED: Final = Refusal("webhook.unsigned")
FORGED: Final = Refusal("webhook.bad_signature")
DIGITS: Final = re.compile(r"[0-9]{1,15}", re.ASCII)

Encoding = Literal["hex", "base64"]


def check_hmac(
    given: Iterable[str],
    keys: Iterable[bytes],
    message: bytes,
    encoding: Encoding,
    digest: Literal["sha1", "sha256"] = "sha256",
) -> Refusal | None:
    """Pass where one of the signatures given is that of one of the keys over `message`.

    The signatures are compared as they are written, so that each has one spelling only.
    """
    passed = False
    texts = [text.encode("utf-8", "surrogatepass") for text in given]
    for key in keys:
        raw = hmac.new(key, message, getattr(hashlib, digest)).digest()
        expected = base64.b64encode(raw) if encoding == "base64" else raw.hex().encode()
        for text in texts:
            passed |= hmac.compare_digest(expected, text)
    return None if passed else FORGED


def check_body_hmac(
    delivery: Delivery, secrets: Secrets, header: str, encoding: Encoding, prefix: str = ""
) -> Refusal | None:
    """Pass where `header` holds the prefix and the signature of the raw body."""
    given = delivery.header(header)
    if given is None:
        return UNSIGNED
    if not given.startswith(prefix):
        return FORGED
    return check_hmac([given.removeprefix(prefix)], keys(secrets), delivery.body, encoding)


def check_time(given: str, now: float, per_second: int = 1) -> Refusal | None:
    """Pass where the time given, in Unix seconds or parts of them, is within the window."""
    if not DIGITS.fullmatch(given):
        return Refusal("webhook.bad_time")
    return Refusal("webhook.stale") if abs(now - int(given) / per_second) > WINDOW else None


def check_token(delivery: Delivery, secrets: Secrets, _now: float) -> Refusal | None:
    """Pass where the sender names a secret: as bearer, or as the password of basic credentials.

    For providers that sign nothing.
    """
    given = delivery.header("authorization")
    if given is None:
        return UNSIGNED
    scheme, _, credentials = given.partition(" ")
    if scheme.lower() == "basic":
        credentials = _password(credentials.strip(" \t"))
    elif scheme.lower() != "bearer":
        return FORGED
    return check_secret(credentials.strip(" \t"), secrets)


def check_secret(given: str, secrets: Secrets) -> Refusal | None:
    """Pass where the text is one of the secrets."""
    passed = False
    for key in keys(secrets):
        passed |= hmac.compare_digest(key, given.encode("utf-8", "surrogatepass"))
    return None if passed else FORGED


def keys(secrets: Secrets) -> list[bytes]:
    """The secrets as bytes; an empty one opens nothing."""
    return [secret.encode() for secret in secrets if secret]


def _password(credentials: str) -> str:
    try:
        text = base64.b64decode(credentials, validate=True).decode("utf-8")
    except ValueError:
        return ""
    return text.partition(":")[2]
