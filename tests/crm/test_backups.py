"""The drill: back up, destroy, restore, verify, count."""

import shutil
import threading
from uuid import uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy.schema import CreateSchema

from crm.acts import Who
from crm.canonical import canon
from crm.erasure import erase
from crm.errors import RefusedError
from crm.merging import merge
from crm.store import open_store
from flows.backups import back_up, read_backup, restore
from flows.import_leads import import_leads
from flows.job import ImportJob
from leadgate.errors import ConfigurationError
from leadgate.settings import Settings

HEAD = "First name,Last name,Email,Notes\n"
ADA = Who("ada")


@pytest.fixture
def filled(tmp_path, url, monkeypatch):
    """Settings of a store, of either kind, in which a little of everything happened."""
    monkeypatch.setenv("LEADGATE_ERASURE_KEY", "a long random text that is kept")
    leads = tmp_path / "leads.csv"
    leads.write_text(
        HEAD
        + 'Ann,Lee,ann@lee.example,"one, ""two""\nthree"\nBob,Stone,bob@stone.example,\\N\n'
        + 'Cy,Day,cy@day.example,""\n,,no address,\n',
        encoding="utf-8",
    )
    settings = Settings(store=url, reports=tmp_path / "reports").model_copy()
    settings = settings.model_copy(
        update={"holding": settings.holding.model_copy(update={"folder": tmp_path / "held"})}
    )
    import_leads(ImportJob("fair", leads, store=url, reports=settings.reports))
    with open_store(url) as store:
        merge(store, ["c1", "c2"], ADA)
        erase(store, "c3", ADA)
    return settings


@pytest.fixture
def another_url(postgres):
    """URL of one more empty schema of PostgreSQL."""
    schema = f"store_{uuid4().hex}"
    engine = create_engine(postgres.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(CreateSchema(schema))
    engine.dispose()
    return f"{postgres}&options=-csearch_path%3D{schema}"


def seen(settings):
    with open_store(settings.store) as store:
        return canon(store)


def elsewhere(settings, request, tmp_path):
    """The same settings, with everything at a place where there is nothing yet."""
    if settings.store.startswith("sqlite"):
        url = f"sqlite:///{tmp_path}/restored.db"
    else:
        url = request.getfixturevalue("another_url")
    held = settings.holding.model_copy(update={"folder": tmp_path / "held-again"})
    more = {"store": url, "reports": tmp_path / "reports-again", "holding": held}
    return settings.model_copy(update=more)


def test_a_store_comes_back_as_it_was(filled, request, tmp_path):
    before = seen(filled)
    manifest = back_up(filled, tmp_path / "backup")
    target = elsewhere(filled, request, tmp_path)
    done = restore(target, tmp_path / "backup")
    assert done.violations == ()
    assert seen(target) == before
    assert manifest.counts["source_record"] == 3
    assert manifest.counts["merge_event"] > 4
    assert sorted(path.name for path in target.reports.rglob("*")) == sorted(
        path.name for path in filled.reports.rglob("*")
    )
    # Work goes on: the same file is known, and a new person gets an id nobody had.
    again = tmp_path / "again.csv"
    again.write_text(HEAD + "Dee,Fox,dee@fox.example,\n", encoding="utf-8")
    outcome = import_leads(ImportJob("fair", again, store=target.store, reports=None))
    assert (outcome.created, outcome.batch) == (1, "b2")


def test_nothing_is_overwritten(filled, tmp_path):
    back_up(filled, tmp_path / "backup")
    with pytest.raises(ConfigurationError, match="exists already"):
        back_up(filled, tmp_path / "backup")
    before = seen(filled)
    with pytest.raises(ConfigurationError, match="reports exists already"):
        restore(filled, tmp_path / "backup")
    shutil.rmtree(filled.reports)
    with pytest.raises(RefusedError, match="already"):
        restore(filled, tmp_path / "backup")
    assert seen(filled) == before
    assert not filled.reports.exists()


@pytest.fixture
def sqlite_backup(tmp_path, reading, person):
    """A backup of a small SQLite store."""
    settings = Settings(store=f"sqlite:///{tmp_path}/store.db", reports=tmp_path / "reports")
    with open_store(settings.store) as store:
        reading([person("Ann", "Lee"), person("Bob", "Stone")]).load(store)
    back_up(settings, tmp_path / "backup")
    new = {"store": f"sqlite:///{tmp_path}/new.db"}
    return settings.model_copy(update=new), tmp_path / "backup"


def flip_a_byte(folder):
    path = folder / "store" / "store.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGE = {
    "a byte": (flip_a_byte, "is damaged: store/store.db is not as written"),
    "a file less": (lambda folder: (folder / "store/store.db").unlink(), "damaged"),
    "a file more": (lambda folder: (folder / "store/x.csv").write_text("x"), "damaged"),
    "no manifest": (lambda folder: (folder / "manifest.json").unlink(), "not a whole one"),
    "half a manifest": (lambda folder: (folder / "manifest.json").write_text("{"), "is no backup"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_backup_is_refused_before_anything_is_written(sqlite_backup, kind):
    settings, folder = sqlite_backup
    damage, said = DAMAGE[kind]
    damage(folder)
    with pytest.raises(ConfigurationError, match=said):
        restore(settings, folder)
    assert not (folder.parent / "new.db").exists()


def test_a_backup_taken_while_others_write_is_of_one_moment(tmp_path, reading, person):
    url = f"sqlite:///{tmp_path}/store.db"
    settings = Settings(store=url, reports=tmp_path / "reports")
    stop = threading.Event()

    def keep_writing():
        number = 0
        with open_store(url) as store:
            while not stop.is_set():
                number += 1
                reading([person(f"Ann{number}", "Lee")]).load(store)

    with open_store(url):
        writer = threading.Thread(target=keep_writing)
        writer.start()
    try:
        for turn in range(3):
            back_up(settings, tmp_path / f"b{turn}")
    finally:
        stop.set()
        writer.join()
    for turn in range(3):
        new = settings.model_copy(update={"store": f"sqlite:///{tmp_path}/r{turn}.db"})
        assert restore(new, tmp_path / f"b{turn}").violations == ()


def test_a_backup_of_a_newer_program_is_refused_by_name(sqlite_backup):
    _, folder = sqlite_backup
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(text.replace('"format": 1', '"format": 99'))
    with pytest.raises(ConfigurationError, match="newer Leadgate"):
        read_backup(folder)
