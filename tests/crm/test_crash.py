"""Stop an import at one SQL statement after the other: what is left must be whole and continue."""

import shutil

import pytest
from sqlalchemy import event, select

from crm import models
from crm.errors import StoreFullError
from crm.opening import reading as open_reading
from crm.store import open_store
from crm.verify import verify


class Killed(BaseException):
    """What a signal would do: no handler of ours catches it."""


@pytest.fixture
def leads(person):
    names = ["Ann Lee", "Bob Stone", "Cy Day", "Ann Lee", "Eve Oak", "Cy Day", "Flo Ash", "Zed Bad"]
    return [person(*name.split(), notes=str(row)) for row, name in enumerate(names)]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr("crm.plan.CHUNK_ROWS", 3)


def on_statements(store, act):
    """Call `act(number)` before each statement, counted from 1."""
    count = 0

    def before(*_args):
        nonlocal count
        count += 1
        act(count)

    event.listen(store.engine, "before_cursor_execute", before)


def summary(store):
    """What the store holds, apart from ids and times."""
    with open_reading(store.engine) as connection:
        linked = connection.execute(
            select(models.link.c.contact_id, models.source_record.c.raw).join(
                models.source_record,
                models.source_record.c.id == models.link.c.source_record_id,
            )
        ).all()
        golden = connection.execute(
            select(models.contact.c.id, models.contact.c.email, models.contact.c.fields)
        ).all()
    members = {row.id: sorted(raw for number, raw in linked if number == row.id) for row in golden}
    return sorted((row.email, row.fields, members[row.id]) for row in golden)


@pytest.fixture
def whole(reading, leads, tmp_path):
    """What an import that nothing stops leaves, its counts, and its number of statements."""
    statements = []
    with open_store(f"sqlite:///{tmp_path}/whole.db") as store:
        plan = reading(leads, bad=[7]).plan(store)
        on_statements(store, statements.append)
        counts = store.load(plan).counts
        return summary(store), counts, len(statements)


def check_resumed(store, reading, leads, whole):
    """The store is sound as it is; the same import again completes it, and changes no more."""
    assert verify(store) == []
    reading(leads, bad=[7]).load(store)
    assert (summary(store), store.batch("b1").counts) == whole[:2]
    assert len(store.batches()) == 1
    assert verify(store) == []


def test_a_killed_import_leaves_whole_chunks_and_continues(reading, leads, whole, tmp_path):
    path = tmp_path / "store.db"

    def keep(number):
        # What a kill would leave behind: the files as they are at this moment.
        if number % 6 == 1:
            folder = tmp_path / f"kill{number}"
            folder.mkdir()
            for name in ("store.db", "store.db-wal"):
                shutil.copy(tmp_path / name, folder)

    with open_store(f"sqlite:///{path}") as store:
        plan = reading(leads, bad=[7]).plan(store)
        on_statements(store, keep)
        store.load(plan)
    kills = sorted(tmp_path.glob("kill*"))
    assert len(kills) >= 15
    sound = set()
    for folder in kills:
        with open_store(f"sqlite:///{folder}/store.db") as store:
            state = str(summary(store))
            if state not in sound:  # a state that another kill left continues as it did then
                check_resumed(store, reading, leads, whole)
            sound.add(state)
    assert len(sound) >= 3


@pytest.mark.parametrize("statement", [2, 20, 38])
def test_an_import_that_breaks_off_leaves_whole_chunks_and_continues(
    url, reading, leads, whole, statement
):
    def stop(number):
        if number == statement:
            raise Killed

    with open_store(url) as store:
        plan = reading(leads, bad=[7]).plan(store)
        on_statements(store, stop)
        with pytest.raises(Killed):
            store.load(plan)
    with open_store(url) as store:
        check_resumed(store, reading, leads, whole)


def test_an_import_that_finds_the_disk_full_continues_when_there_is_room(
    sqlite_store, reading, leads
):
    long = reading([lead | {"notes": lead["notes"] * 5_000} for lead in leads])
    plan = long.plan(sqlite_store)
    with sqlite_store.engine.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreFullError, match="it continues where it stopped"):
        sqlite_store.load(plan)
    assert verify(sqlite_store) == []
    with open_store(str(sqlite_store.engine.url)) as store:
        counts = long.load(store).counts
        assert (counts["created"], counts["merged"]) == (6, 2)
        assert verify(store) == []


def test_an_unfinished_batch_says_how_far_it_has_come(sqlite_store, reading, leads, whole):
    def stop(number):
        if number > whole[2] * 0.6:
            raise Killed

    plan = reading(leads, bad=[7]).plan(sqlite_store)
    on_statements(sqlite_store, stop)
    with pytest.raises(Killed):
        sqlite_store.load(plan)
    with open_store(str(sqlite_store.engine.url)) as store:
        batch = store.batch("b1")
    assert batch.status == "loading"
    assert 0 < batch.counts["rows_in"] < len(leads)
