"""A store that is a file: whether it is there, and what the disk it lies on allows."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy.engine import URL

from crm.errors import (
    StoreError,
    StoreFaultError,
    StoreFullError,
    StoreReadOnlyError,
    StoreUnreachableError,
)


def is_missing(url: URL) -> bool:
    """Whether the store would be a file that is not there."""
    return _is_file(url) and not _path(url).exists()


def cannot_change(url: URL) -> bool:
    """Whether the file lies on a read-only disk, as its last writer left it when it closed it."""
    if not _is_file(url) or is_missing(url) or os.access(_path(url).parent, os.W_OK):
        return False
    return not Path(f"{_path(url)}-wal").exists()


def open_unchanging(url: URL) -> sqlite3.Connection:
    """Open what cannot change; SQLite would else make files beside it, even to read."""
    where = f"{_path(url).as_uri()}?immutable=1"
    return sqlite3.connect(where, uri=True, check_same_thread=False)  # the pool lends it out


def look_closer(named: type[StoreError], url: URL) -> type[StoreError]:
    """What is to be said where SQLite could not open, read or write the file."""
    if not _is_file(url):
        return named
    folder = _path(url).parent
    if named is StoreUnreachableError and folder.exists() and not os.access(folder, os.W_OK):
        return StoreReadOnlyError
    if named is StoreFaultError and _is_full(folder):
        return StoreFullError
    return named


def _is_full(folder: Path) -> bool:
    try:
        return os.statvfs(folder).f_bavail == 0
    except OSError:  # the disk answers nothing at all, or is gone
        return False


def _is_file(url: URL) -> bool:
    plain = url.get_backend_name() == "sqlite" and "uri" not in url.query
    return plain and url.database not in {None, "", ":memory:"}


def _path(url: URL) -> Path:
    return Path(url.database or "").absolute()
