"""Passwords, kept as argon2id hashes (RFC 9106, the library's defaults)."""

from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH: Final = 12
MAX_LENGTH: Final = 256  # what is longer only costs time to hash


def find_fault(password: str, name: str) -> str | None:
    """Say why a password cannot be taken, or None where it can.

    Length is what counts (NIST SP 800-63B); rules about kinds of characters are not asked.
    """
    if len(password) < MIN_LENGTH:
        return f"A password needs at least {MIN_LENGTH} characters."
    if len(password) > MAX_LENGTH:
        return f"A password can have at most {MAX_LENGTH} characters."
    if name.casefold() in password.casefold() or len(set(password)) < 5:
        return "This password is too easy to guess."
    return None


def hash_password(password: str) -> str:
    """Hash a password for keeping."""
    return _hasher().hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Whether it is the password that was kept.

    Where there is none to compare with, the same time is spent: how long an answer takes does not
    tell which names exist.
    """
    if len(password) > MAX_LENGTH:
        return False
    try:
        _hasher().verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")
