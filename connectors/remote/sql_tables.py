"""A table or view of another database, as a file of rows."""

import json
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path
from typing import Any, Final

from sqlalchemy import MetaData, Table, create_engine, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchTableError, SQLAlchemyError

from connectors.remote.errors import RemoteDeniedError, RemoteDownError

PIECE: Final = 10_000
DRIVERS: Final = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def fetch_table(url: str, table: str, target: Path) -> int:
    """Write the rows of a table or view (`name` or `schema.name`) as JSON lines; how many.

    Names reach the database quoted, and only once it has said that it has them.
    """
    schema, _, name = table.rpartition(".")
    try:
        parsed = make_url(url)
        driver = DRIVERS.get(parsed.drivername, parsed.drivername)
        engine = create_engine(parsed.set(drivername=driver), hide_parameters=True)
    except (ArgumentError, ImportError):
        raise RemoteDeniedError(table, "has no address that can be read; check its URL.") from None
    try:
        found = Table(name, MetaData(), schema=schema or None, autoload_with=engine)
        return _write(engine, found, target)
    except NoSuchTableError:
        raise RemoteDeniedError(table, "is no table or view of that database.") from None
    except SQLAlchemyError as error:
        kind = type(error).__name__
        raise RemoteDownError(table, f"cannot be read ({kind}); check the database.") from None
    finally:
        engine.dispose()


def _write(engine: Any, table: Table, target: Path) -> int:
    rows = 0
    statement = select(table).execution_options(yield_per=PIECE)
    with engine.connect() as connection, target.open("w", encoding="ascii") as file:
        for row in connection.execute(statement).mappings():
            texts = {str(key): _text(value) for key, value in row.items() if value is not None}
            file.write(json.dumps(texts) + "\n")
            rows += 1
    return rows


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | clock):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes | memoryview) else str(value)
