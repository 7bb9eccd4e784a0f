"""A URL becomes an engine on a store of this version, or a named error and nothing is changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Engine,
    StaticPool,
    column,
    create_engine,
    event,
    inspect,
    select,
    table,
    text,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from crm.errors import (
    StoreError,
    StoreFaultError,
    StoreForeignError,
    StoreFullError,
    StoreLockedError,
    StoreMissingError,
    StoreNewerError,
    StoreReadOnlyError,
    StoreUnreachableError,
)
from crm.models import HEAD, VERSION_TABLE
from crm.store_file import cannot_change, is_missing, look_closer, open_unchanging

__all__ = [
    "connect",
    "empty_engine",
    "name_sqlite",
    "naming_errors",
    "noting",
    "reading",
    "shown_url",
    "writing",
]

BUSY_SECONDS: Final = 30
IN_MEMORY: Final = "sqlite://"
# Any fixed number: whoever writes contacts holds this lock of PostgreSQL meanwhile.
WRITER_LOCK: Final = 0x1EAD6A7E
DRIVERS: Final = {
    "sqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}


def connect(url: str, *, dry_run: bool = False, make: bool = True) -> Engine:
    """Open the store at `url`, creating or upgrading its tables where needed.

    A dry run makes no file and no table: where there is no store yet, it gets an empty one in
    memory. One that is missing and may not be made is a `StoreMissingError`.
    """
    parsed = _parse(url)
    if not make and is_missing(parsed):
        raise StoreMissingError(shown_url(parsed))
    if dry_run and is_missing(parsed):
        return connect(IN_MEMORY)
    engine = _make_engine(parsed)
    try:
        with naming_errors(engine):
            version = _find_version(engine)
            if not dry_run and (make or version is not None):
                _prepare(engine, version)
    except BaseException:
        engine.dispose()
        raise
    if version is None and not make:
        engine.dispose()
        raise StoreMissingError(shown_url(parsed))
    if dry_run and version != HEAD:
        engine.dispose()
        if version is None:
            return connect(IN_MEMORY)
        raise StoreReadOnlyError(shown_url(parsed), "a dry run does not upgrade a store")
    return engine


def _prepare(engine: Engine, version: str | None) -> None:
    if version != HEAD:
        _upgrade(engine)
    if engine.dialect.name == "sqlite":
        _use_wal(engine)


def empty_engine(url: str) -> Engine:
    """Reach a database as it is: nothing is made in it, and nothing upgraded."""
    return _make_engine(_parse(url))


@contextmanager
def writing(engine: Engine, *, bulk: bool = False, last: bool = True) -> Iterator[Connection]:
    """One transaction of the one writer: it waits for its turn before it reads anything.

    `bulk` is for whole chunks of an import, of which SQLite forces only the `last` to the disk,
    and with it those before.
    """
    with (
        naming_errors(engine),
        engine.connect().execution_options(leadgate_writes=True) as connection,
    ):
        if engine.dialect.name == "sqlite":
            _spare_sqlite(connection, bulk=bulk, last=last)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": WRITER_LOCK})
                if bulk:
                    _spare_postgres(connection)
            yield connection


def _spare_sqlite(connection: Connection, *, bulk: bool, last: bool) -> None:
    """Spare SQLite, in a bulk load, what would take half of its time.

    A chunk is made of ids and words that the program itself has just chosen, so neither foreign
    keys nor lists of words are checked line by line: `crm.conflicts` looks whether the rows are
    there that a chunk points to, and `verify` finds every pointer that leads nowhere.
    """
    raw: Any = connection.connection.driver_connection
    raw.execute(f"PRAGMA foreign_keys = {'OFF' if bulk else 'ON'}")
    raw.execute(f"PRAGMA ignore_check_constraints = {'ON' if bulk else 'OFF'}")
    raw.execute(f"PRAGMA synchronous = {'FULL' if last else 'NORMAL'}")


def _spare_postgres(connection: Connection) -> None:
    """Spare PostgreSQL the same foreign keys, in this transaction, where the role may do that.

    It looks each of them up and locks the row it leads to, which is half of its work in an import.
    """
    if connection.dialect.server_version_info < (15,):  # type: ignore[operator] # it is connected
        return
    role = "session_replication_role"
    connection.execute(
        text(
            "SELECT set_config(:role, 'replica', true) WHERE has_parameter_privilege(:role, 'SET')"
        ),
        {"role": role},
    )


@contextmanager
def noting(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes what no import depends on: it does not wait for one to end."""
    with (
        naming_errors(engine),
        engine.connect().execution_options(leadgate_writes=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that reads: all it sees is of one moment."""
    with naming_errors(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def naming_errors(engine: Engine) -> Iterator[None]:
    """Turn what a database says of its own state into a `StoreError`; bugs stay what they are."""
    try:
        yield
    except DBAPIError as error:
        named = _name(error)
        if named is None:
            raise
        raise look_closer(named, engine.url)(shown_url(engine.url)) from error


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        # The text may hold a password, so it is not repeated.
        raise StoreUnreachableError("(unreadable URL)") from None
    driver = DRIVERS.get(parsed.drivername, parsed.drivername)
    if driver not in DRIVERS.values():
        raise StoreUnreachableError(shown_url(parsed), "only sqlite and postgresql are supported")
    return parsed.set(drivername=driver)


def shown_url(url: URL) -> str:
    """Write a URL without its password, nor any other secret of its query."""
    plain = url.set(drivername=url.get_backend_name(), query={})
    return plain.render_as_string(hide_password=True)


def _make_engine(url: URL) -> Engine:
    options: dict[str, Any] = {}
    if url.get_backend_name() == "sqlite":
        if "timeout" not in url.query:
            options["connect_args"] = {"timeout": BUSY_SECONDS}
        if url.database in {None, "", ":memory:"}:
            # One connection for all threads: each new one would be a database of its own.
            options["poolclass"] = StaticPool
            options.setdefault("connect_args", {})["check_same_thread"] = False
        elif cannot_change(url):
            options["creator"] = lambda: open_unchanging(url)
    engine = create_engine(url, hide_parameters=True, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite alone
    for pragma in (
        "page_size = 16384",  # of a new store: a large index of hashes takes a quarter less time
        "foreign_keys = ON",
        "synchronous = FULL",
        "wal_autocheckpoint = 8192",  # 128 MB: pages that many chunks touch are copied once
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
        named = name_sqlite(error)
        if named is not StoreReadOnlyError:  # reading a read-only store is fine
            raise (named or StoreUnreachableError)(shown_url(engine.url)) from error
    finally:
        raw.close()


def _find_version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return _read_version(connection)


def _read_version(connection: Connection) -> str | None:
    """Version of the schema, None where there are no tables; raises where it is not for us."""
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE not in tables:
        if tables:
            raise StoreForeignError(shown_url(connection.engine.url))
        return None
    version = connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE)))
    if version is not None and str(version) > HEAD:
        raise StoreNewerError(shown_url(connection.engine.url))
    return None if version is None else str(version)


def _upgrade(engine: Engine) -> None:
    from crm.migrations.upgrade import upgrade  # noqa: PLC0415 — Alembic, seldom needed

    with _without_foreign_keys(engine) as connection:
        if _read_version(connection) != HEAD:  # another process may have been first
            upgrade(connection)


@contextmanager
def _without_foreign_keys(engine: Engine) -> Iterator[Connection]:
    """Write like `writing`, while SQLite does not look whether rows point to rows there are.

    It cannot change a constraint of a table but by writing the table anew, and would take the
    rows that point there for orphans meanwhile. It looks at all of them at the end.
    """
    if engine.dialect.name != "sqlite":
        with writing(engine) as connection:
            yield connection
        return
    options = {"leadgate_writes": True}
    with engine.connect().execution_options(**options) as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StoreUnreachableError(shown_url(engine.url), "rows are missing in it")
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def _name(error: DBAPIError) -> type[StoreError] | None:
    original: Any = error.orig
    if isinstance(original, sqlite3.Error):
        return name_sqlite(original)
    state = getattr(original, "sqlstate", None)
    if state is None:  # psycopg has no code for a server that does not answer
        return StoreUnreachableError if error.connection_invalidated or _lost(original) else None
    if state in {"25006", "42501"}:
        return StoreReadOnlyError
    if state == "55P03":
        return StoreLockedError
    if state == "53100":
        return StoreFullError
    unreachable = state[:2] in {"08", "28", "3D", "57"}
    return StoreUnreachableError if unreachable else None


def _lost(original: object) -> bool:
    return type(original).__name__ in {"OperationalError", "ConnectionTimeout"}


def name_sqlite(error: sqlite3.Error) -> type[StoreError] | None:
    """Which `StoreError` SQLite means, if any."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return {
        sqlite3.SQLITE_BUSY: StoreLockedError,
        sqlite3.SQLITE_LOCKED: StoreLockedError,
        sqlite3.SQLITE_READONLY: StoreReadOnlyError,
        sqlite3.SQLITE_FULL: StoreFullError,
        sqlite3.SQLITE_IOERR: StoreFaultError,
        sqlite3.SQLITE_CANTOPEN: StoreUnreachableError,
        sqlite3.SQLITE_NOTADB: StoreUnreachableError,
        sqlite3.SQLITE_CORRUPT: StoreUnreachableError,
    }.get(code)
