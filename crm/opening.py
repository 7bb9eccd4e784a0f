"""A URL becomes an engine on a store of this version, or a named error and nothing is changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from crm.errors import (
    ForeignStoreError,
    LockedStoreError,
    NewerStoreError,
    ReadOnlyStoreError,
    StoreError,
    UnreachableStoreError,
)
from crm.models import HEAD, VERSION_TABLE

__all__ = ["connect", "reading", "shown_url", "writing"]

BUSY_SECONDS: Final = 30
# Any fixed number: whoever writes contacts holds this lock of PostgreSQL meanwhile.
WRITER_LOCK: Final = 0x1EAD6A7E
DRIVERS: Final = {
    "sqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}


def connect(url: str) -> Engine:
    """Open the store at `url`, creating or upgrading its tables where needed."""
    parsed = _parse(url)
    engine = _make_engine(parsed)
    try:
        with _named_errors(engine):
            if not _is_current(engine):
                _upgrade(engine)
            if engine.dialect.name == "sqlite":
                _use_wal(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction of the one writer: it waits for its turn before it reads anything."""
    with (
        _named_errors(engine),
        engine.connect().execution_options(leadgate_writes=True) as connection,
        connection.begin(),
    ):
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": WRITER_LOCK})
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that reads: all it sees is of one moment."""
    with _named_errors(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def _named_errors(engine: Engine) -> Iterator[None]:
    """Turn what a database says of its own state into a `StoreError`; bugs stay what they are."""
    try:
        yield
    except DBAPIError as error:
        named = _name(error)
        if named is None:
            raise
        raise named(shown_url(engine.url)) from error


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        # The text may hold a password, so it is not repeated.
        raise UnreachableStoreError("(unreadable URL)") from None
    driver = DRIVERS.get(parsed.drivername, parsed.drivername)
    if driver not in DRIVERS.values():
        raise UnreachableStoreError(shown_url(parsed), "only sqlite and postgresql are supported")
    return parsed.set(drivername=driver)


def shown_url(url: URL) -> str:
    """Write a URL without its password, nor any other secret of its query."""
    plain = url.set(drivername=url.get_backend_name(), query={})
    return plain.render_as_string(hide_password=True)


def _make_engine(url: URL) -> Engine:
    timeout = {"timeout": BUSY_SECONDS} if url.get_backend_name() == "sqlite" else {}
    if "timeout" in url.query:
        timeout = {}
    try:
        engine = create_engine(url, hide_parameters=True, connect_args=timeout)
    except (ArgumentError, NoSuchModuleError):
        raise UnreachableStoreError(shown_url(url)) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite alone
    for pragma in (
        "foreign_keys = ON",
        "synchronous = FULL",
        "cache_size = -131072",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("leadgate_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _use_wal(engine: Engine) -> None:
    """Let readers go on while an import writes; kept in the file, so asked for only once."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        mode = cursor.execute("PRAGMA journal_mode").fetchone()
        if mode == ("delete",):
            cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        named = _name_sqlite(error)
        if named is not ReadOnlyStoreError:  # reading a read-only store is fine
            raise (named or UnreachableStoreError)(shown_url(engine.url)) from error
    finally:
        raw.close()


def _is_current(engine: Engine) -> bool:
    """Whether the schema is of this version; raises for a newer or a foreign database."""
    with engine.connect() as connection:
        return _read_version(connection) == HEAD


def _read_version(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE not in tables:
        if tables:
            raise ForeignStoreError(shown_url(connection.engine.url))
        return None
    version = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()
    if version is not None and str(version) > HEAD:
        raise NewerStoreError(shown_url(connection.engine.url))
    return None if version is None else str(version)


def _upgrade(engine: Engine) -> None:
    from crm.migrations.upgrade import upgrade  # noqa: PLC0415 — Alembic, seldom needed

    with writing(engine) as connection:
        if _read_version(connection) != HEAD:  # another process may have been first
            upgrade(connection)


def _name(error: DBAPIError) -> type[StoreError] | None:
    original: Any = error.orig
    if isinstance(original, sqlite3.Error):
        return _name_sqlite(original)
    state = getattr(original, "sqlstate", None)
    if state is None:  # psycopg has no code for a server that does not answer
        return UnreachableStoreError if error.connection_invalidated or _lost(original) else None
    if state in {"25006", "42501"}:
        return ReadOnlyStoreError
    if state == "55P03":
        return LockedStoreError
    unreachable = state[:2] in {"08", "28", "3D", "57"}
    return UnreachableStoreError if unreachable else None


def _lost(original: object) -> bool:
    return type(original).__name__ in {"OperationalError", "ConnectionTimeout"}


def _name_sqlite(error: sqlite3.Error) -> type[StoreError] | None:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return {
        sqlite3.SQLITE_BUSY: LockedStoreError,
        sqlite3.SQLITE_LOCKED: LockedStoreError,
        sqlite3.SQLITE_READONLY: ReadOnlyStoreError,
        sqlite3.SQLITE_CANTOPEN: UnreachableStoreError,
        sqlite3.SQLITE_NOTADB: UnreachableStoreError,
        sqlite3.SQLITE_CORRUPT: UnreachableStoreError,
    }.get(code)
