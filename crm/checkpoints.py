"""Checkpoints of SQLite's log, taken apart from the commits that others wait for.

SQLite copies its log into the database in the midst of a commit, every thousand pages, and that
commit waits for two more writes to the disk. Here the copying is somebody else's turn; commits go
on meanwhile.
"""

import sqlite3

from sqlalchemy import event

from crm.opening import reading
from crm.store import Store

__all__ = ["checkpoint", "defer_checkpoints"]


def defer_checkpoints(store: Store) -> bool:
    """Let commits of this store take no checkpoints; whether somebody has to call `checkpoint`."""
    if store.engine.dialect.name != "sqlite":
        return False
    event.listen(store.engine, "connect", _defer)
    store.engine.dispose()  # connections that are open already were set up otherwise
    return True


def checkpoint(store: Store) -> None:
    """Copy what is in the log; never waits for a writer, and none waits for it."""
    with reading(store.engine) as connection:
        connection.rollback()  # a checkpoint has to stand outside of transactions
        raw = connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def _defer(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA wal_autocheckpoint = 0")
