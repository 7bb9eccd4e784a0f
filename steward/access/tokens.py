"""Secrets that are handed out, and what is kept of them."""

import hashlib
import hmac
import secrets


def make_token() -> str:
    """Make a secret of 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What the store keeps: who reads the store cannot sign in with it.

    A plain hash is enough, for a token is random and cannot be guessed like a password.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def form_token(session: str) -> str:
    """The token that a session's forms carry; another site can neither read nor make it."""
    return hmac.digest(session.encode(), b"form", "sha256").hex()


def is_form_token(given: str, session: str) -> bool:
    """Whether a form came from a page of this session."""
    return hmac.compare_digest(given.encode(), form_token(session).encode())
