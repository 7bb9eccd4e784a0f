"""A store as files, and back: of one moment, and complete.

SQLite is copied by its own backup, PostgreSQL table by table within one transaction that sees one
moment. Nobody has to stop working meanwhile.
"""

import errno
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from alembic import command
from sqlalchemy import Connection, func, inspect, select, table
from sqlalchemy.engine import make_url

from crm.errors import RefusedError, StoreFullError, StoreUnreachableError
from crm.migrations.upgrade import config
from crm.models import VERSION_TABLE
from crm.opening import empty_engine, name_sqlite, naming_errors, reading, shown_url, writing
from crm.store import Store, open_store

__all__ = ["SQLITE_FILE", "count_tables", "dump_store", "load_dump"]

SQLITE_FILE: Final = "store.db"
CHUNK: Final = 1 << 20


def dump_store(store: Store, folder: Path) -> Mapping[str, int]:
    """Write all of a store into an empty folder; table -> rows, of the moment it shows."""
    if store.engine.dialect.name == "sqlite":
        return _dump_sqlite(store, folder / SQLITE_FILE)
    with naming_errors(store.engine), store.engine.connect() as connection:
        isolated = connection.execution_options(isolation_level="REPEATABLE READ")
        with isolated.begin():
            counts = count_tables(isolated)
            for name in counts:
                _copy_out(isolated, name, folder / f"{name}.csv")
    return counts


def load_dump(url: str, folder: Path, schema: str) -> Mapping[str, int]:
    """Make a store at `url` from a dump of the revision `schema`; table -> rows.

    Raises `RefusedError` where there is something already. The store is upgraded to this version
    afterwards, as any older one is.
    """
    _refuse_what_is_there(url)
    if (folder / SQLITE_FILE).exists():
        _load_sqlite(url, folder / SQLITE_FILE)
    else:
        _load_tables(url, folder, schema)
    with open_store(url) as store, reading(store.engine) as connection:
        return count_tables(connection)


def count_tables(connection: Connection) -> dict[str, int]:
    """Count the rows of every table that there is, in the order in which they can be loaded."""
    return {
        name: int(connection.scalar(select(func.count()).select_from(table(name))) or 0)
        for name in _names(connection)
    }


def _names(connection: Connection) -> list[str]:
    """The tables that there are, each after those that it points to."""
    found = inspect(connection).get_sorted_table_and_fkc_names()
    return [name for name, _ in found if name is not None and name != VERSION_TABLE]


def _dump_sqlite(store: Store, path: Path) -> Mapping[str, int]:
    raw = store.engine.raw_connection()
    try:
        source: Any = raw.driver_connection
        with naming_errors(store.engine), closing(sqlite3.connect(path)) as target:
            source.backup(target)
    except sqlite3.OperationalError as error:
        if name_sqlite(error) is not StoreFullError:
            raise
        full = errno.ENOSPC  # where the backup goes, not where the store is
        raise OSError(full, os.strerror(full), str(path)) from error
    finally:
        raw.close()
    with open_store(f"sqlite:///{path}") as copy, reading(copy.engine) as connection:
        counts = count_tables(connection)
    with closing(sqlite3.connect(path)) as target:
        target.execute("PRAGMA journal_mode = DELETE")  # one file, and all of it in it
    return counts


def _copy_out(connection: Connection, name: str, path: Path) -> None:
    quoted = connection.dialect.identifier_preparer.quote(name)
    cursor = connection.connection.cursor()
    statement = f"COPY {quoted} TO STDOUT (FORMAT csv, HEADER)"
    with path.open("wb") as file, cursor.copy(statement) as out:
        for part in out:
            file.write(part)


def _refuse_what_is_there(url: str) -> None:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and Path(parsed.database).exists():
            raise RefusedError(shown_url(parsed), "there is a file already; nothing is overwritten")
        return
    engine = empty_engine(url)
    try:
        with reading(engine) as connection:
            if inspect(connection).get_table_names():
                raise RefusedError(shown_url(parsed), "it has tables already; name a new one")
    finally:
        engine.dispose()


def _load_sqlite(url: str, dump: Path) -> None:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise RefusedError(shown_url(parsed), "the backup is of SQLite, the store is not")
    target_path = Path(parsed.database or "")
    fresh = target_path.with_name(f".{target_path.name}.restoring")
    try:
        with closing(sqlite3.connect(dump)) as source, closing(sqlite3.connect(fresh)) as target:
            source.backup(target)
        fresh.replace(target_path)
    except sqlite3.Error as error:
        fresh.unlink(missing_ok=True)
        raise (name_sqlite(error) or StoreUnreachableError)(shown_url(parsed)) from error


def _load_tables(url: str, folder: Path, schema: str) -> None:
    engine = empty_engine(url)
    if engine.dialect.name != "postgresql":
        raise RefusedError(shown_url(engine.url), "the backup is of PostgreSQL, the store is not")
    try:
        with writing(engine) as connection:
            settings = config()
            settings.attributes["connection"] = connection
            command.upgrade(settings, schema)
            for name in _names(connection):
                path = folder / f"{name}.csv"
                if path.exists():
                    _copy_in(connection, name, path)
    finally:
        engine.dispose()


def _copy_in(connection: Connection, name: str, path: Path) -> None:
    quote = connection.dialect.identifier_preparer.quote
    with path.open("rb") as file:
        names = file.readline().decode().strip().split(",")
        columns = ", ".join(quote(column.strip('"')) for column in names)
        cursor = connection.connection.cursor()
        statement = f"COPY {quote(name)} ({columns}) FROM STDIN (FORMAT csv)"
        with cursor.copy(statement) as into:
            while part := file.read(CHUNK):
                into.write(part)
