import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from crm.errors import (
    StoreError,
    StoreFaultError,
    StoreForeignError,
    StoreLockedError,
    StoreNewerError,
    StoreReadOnlyError,
    StoreUnreachableError,
)
from crm.models import HEAD, metadata
from crm.opening import reading as open_reading
from crm.opening import writing
from crm.store import open_store
from crm.store_file import look_closer


def execute(url, statement):
    """Run a statement in a program that knows nothing of us."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_missing_store_is_made_and_found_again(url):
    for _ in range(2):
        with open_store(url) as store, open_reading(store.engine) as connection:
            version = connection.scalar(text("SELECT version_num FROM leadgate_version"))
            assert version == HEAD
            for table in metadata.sorted_tables:
                assert connection.execute(table.select()).all() == []


def test_a_database_of_something_else_is_refused_and_left_alone(url, tmp_path):
    execute(url, "CREATE TABLE invoices (id INTEGER)")
    content = [path.read_bytes() for path in tmp_path.glob("store.db")]
    with pytest.raises(StoreForeignError, match="holds tables that are not Leadgate's"):
        open_store(url)
    assert [path.read_bytes() for path in tmp_path.glob("store.db")] == content
    assert not list(tmp_path.glob("store.db-*"))


def test_a_store_of_a_newer_version_is_refused(url):
    open_store(url).close()
    execute(url, "UPDATE leadgate_version SET version_num = '9999'")
    with pytest.raises(StoreNewerError, match="Upgrade Leadgate"):
        open_store(url)


@pytest.mark.parametrize(
    "broken",
    [
        "sqlite:////nowhere/at/all/store.db",
        "postgresql://someone:secret@127.0.0.1:1/leads?connect_timeout=2",
        "mysql://someone:secret@localhost/leads",
        "not a url: secret",
    ],
)
def test_what_cannot_be_reached_is_named_without_its_password(broken):
    with pytest.raises(StoreUnreachableError) as caught:
        open_store(broken)
    assert "secret" not in str(caught.value)
    assert "secret" not in caught.value.url


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text("First Name,Last Name\n" * 100)
    with pytest.raises(StoreUnreachableError):
        open_store(f"sqlite:///{path}")
    assert path.read_text() == "First Name,Last Name\n" * 100


def test_a_database_the_server_does_not_have_is_unreachable(postgres):
    head, _, query = postgres.partition("?")
    with pytest.raises(StoreUnreachableError):
        open_store(f"{head.rsplit('/', 1)[0]}/no_such_database?{query}")


def test_a_store_that_another_program_holds_is_locked(tmp_path):
    url = f"sqlite:///{tmp_path}/store.db?timeout=0.1"
    open_store(url).close()
    other = sqlite3.connect(tmp_path / "store.db")
    other.execute("BEGIN IMMEDIATE")
    with (
        open_store(url) as store,
        pytest.raises(StoreLockedError, match="try again"),
        writing(store.engine),
    ):
        pass
    other.close()


def test_a_read_only_store_can_be_read_but_not_written(tmp_path, reading, person):
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        reading([person("Ann", "Lee")]).load(store)
    with open_store(f"sqlite:///file:{tmp_path}/store.db?mode=ro&uri=true") as store:
        assert len(store.batches()) == 1
        with pytest.raises(StoreReadOnlyError):
            reading([person("Bob", "Stone")]).load(store)


def test_a_disk_that_answers_nothing_is_not_asked_for_its_room(tmp_path):
    gone = make_url(f"sqlite:///{tmp_path}/gone/store.db")
    assert look_closer(StoreFaultError, gone) is StoreFaultError


def test_two_programs_may_make_the_same_store_at_once(url):
    def count(_number):
        with open_store(url) as store:
            return len(store.batches())

    with ThreadPoolExecutor(4) as programs:
        assert list(programs.map(count, range(4))) == [0, 0, 0, 0]


def test_sqlite_is_durable_and_checks_its_references(tmp_path):
    with (
        open_store(f"sqlite:///{tmp_path}/store.db") as store,
        open_reading(store.engine) as connection,
    ):
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_postgresql_looks_up_no_foreign_keys_of_a_bulk_load_where_the_role_may_spare_them(
    postgresql_url,
):
    schema = postgresql_url.rpartition("%3D")[2]
    execute(
        postgresql_url,
        f"CREATE ROLE {schema}_plain; GRANT ALL ON SCHEMA {schema} TO {schema}_plain",
    )
    plain = f"{postgresql_url}%20-crole%3D{schema}_plain"
    for url, spared in ((plain, "origin"), (postgresql_url, "replica")):
        with open_store(url) as store:
            for bulk in (True, False):
                with writing(store.engine, bulk=bulk) as connection:
                    role = connection.scalar(text("SHOW session_replication_role"))
                    assert role == (spared if bulk else "origin")


def test_messages_of_the_database_never_hold_values(sqlite_store):
    insert = text("INSERT INTO nowhere VALUES (:x)")
    with (
        pytest.raises(DBAPIError, match="hidden") as caught,
        writing(sqlite_store.engine) as connection,
    ):
        connection.execute(insert, {"x": "ann@lee.example"})
    assert "ann@lee.example" not in str(caught.value)


@pytest.mark.parametrize("error", StoreError.__subclasses__())
def test_every_error_says_what_is_wrong_and_what_to_do(error):
    said = str(error("sqlite:///leads.db", "c99"))
    assert said.startswith("The store sqlite:///leads.db ")
    assert said.count(".") >= 3
