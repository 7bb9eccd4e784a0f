"""The key under which erased people are remembered, so that they stay erased.

It is kept apart from the store: without it the hashes say nothing of whom they are. It comes from
`LEADGATE_ERASURE_KEY`; beside a SQLite store a file with a key is made where there is none.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, select

from crm.errors import ErasureKeyError
from crm.opening import shown_url
from crm.steward_models import suppression

__all__ = ["VARIABLE", "check_key", "find_key", "key_path", "keyed_hash"]

VARIABLE: Final = "LEADGATE_ERASURE_KEY"
BYTES: Final = 32


def find_key(connection: Connection, *, make: bool = False) -> bytes:
    """Find the key of a store; raises `ErasureKeyError` where there is none, or another one."""
    given = os.environ.get(VARIABLE)
    key = given.encode() if given else _read_beside(connection, make=make)
    if not key:
        url = shown_url(connection.engine.url)
        raise ErasureKeyError(url, f"set {VARIABLE} to a long random text, and keep it")
    check_key(connection, key)
    return key


def key_path(engine: Engine) -> Path | None:
    """Where the key of a SQLite store is, or would be; None where it comes from elsewhere."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        return None
    return Path(f"{path}.erasure-key")


def check_key(connection: Connection, key: bytes) -> None:
    """Raise `ErasureKeyError` where people were erased under another key."""
    known = connection.scalar(select(suppression.c.hash).where(suppression.c.kind == "key"))
    if known is not None and known != keyed_hash(key, "key", ""):
        url = shown_url(connection.engine.url)
        raise ErasureKeyError(url, "this is not the key that people were erased under")


def keyed_hash(key: bytes, kind: str, text: str) -> str:
    """HMAC-SHA256 of what a person is known by, 64 hexadecimal digits."""
    return hmac.new(key, f"{kind}|{text}".encode(), hashlib.sha256).hexdigest()


def _read_beside(connection: Connection, *, make: bool) -> bytes:
    """Read the file beside a SQLite store, or make it."""
    file = key_path(connection.engine)
    if file is None:
        return b""
    if make and not file.exists():
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="ascii") as opened:
            opened.write(secrets.token_hex(BYTES))
            opened.flush()
            os.fsync(opened.fileno())
    return file.read_bytes().strip() if file.exists() else b""
