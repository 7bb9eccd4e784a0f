"""Leave nothing of what was deleted in the files of a database."""

from typing import Any

from sqlalchemy import Engine

from crm.opening import naming_errors

__all__ = ["scrub_files"]


def scrub_files(engine: Engine) -> None:
    """Write the files of a SQLite store anew, and empty its log; on PostgreSQL, vacuum.

    SQLite and PostgreSQL keep deleted rows in their files until the room is used again. What
    PostgreSQL has in its write-ahead log and in backups is beyond reach: it goes as they do.
    """
    with naming_errors(engine), engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        if engine.dialect.name == "sqlite":
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            raw.autocommit = True
            try:
                raw.execute("VACUUM")
            finally:
                raw.autocommit = False
