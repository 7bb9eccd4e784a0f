import json
from pathlib import Path

import pytest
from sqlalchemy import select, update

from crm import models
from crm.acts import Who
from crm.columns import metadata
from crm.consents import withdraw
from crm.editing import add_note, edit
from crm.erasure import erase, preview_erase
from crm.erasure_key import VARIABLE
from crm.errors import ErasureKeyError, RefusedError, UnknownIdError
from crm.merging import merge
from crm.opening import reading as open_reading
from crm.opening import writing
from crm.opportunities import Deal, open_opportunity
from crm.personal_data import DECISIONS
from crm.retention import RetentionRules, retain
from crm.store import open_store
from crm.trace import trace
from crm.undoing import undo
from crm.verify import verify
from validators.issues import CATALOG

ANN = Who("desk", "zzcanary asked for it")
DESK = Who("desk")
CANARY = "zzcanary"


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv(VARIABLE, "a long random text")


@pytest.fixture
def rows(person):
    """A person with a canary in every value, and two others."""
    own = person("Zzcanary", "Zzcanary", notes="zzcanary said", company="Zzcanary & Co")
    return [
        own | {"city": "zzcanary city", "submission_id": "zzcanary1"},
        own | {"city": "zzcanary town", "do_not_call": "true"},
        person("Bob", "Stone", company="Acme Inc"),
        own | {"email": "zzcanary.zzcanary@zzcanary.example", "phone": "zzcanary"},
    ]


@pytest.fixture
def loaded(store, reading, rows):
    issues = [(0, "city", min(CATALOG), "zzcanary", "zzcanary")]
    reading(rows, bad=[3], issues=issues).load(store)
    add_note(store, "c1", "zzcanary rang", ANN)
    edit(store, "c1", {"job_title": "zzcanary"}, ANN)
    withdraw(store, "c1", "email", ANN)
    return store


def everything(store):
    """All cells of all tables as one text, each row after the name of its table."""
    with open_reading(store.engine) as connection:
        return "\n".join(
            f"{table.name} {tuple(row)!r}"
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        ).lower()


def lines_with(store, text):
    """Rows that hold a text."""
    return [line for line in everything(store).splitlines() if text in line]


def test_nothing_of_an_erased_person_stays(loaded, url):
    assert CANARY in everything(loaded)
    told = preview_erase(loaded, "c1")
    done = erase(loaded, "c1", ANN)
    assert lines_with(loaded, CANARY) == []
    assert done.rows["source_record"] == told.rows["source_record"] == 2
    assert done.rows["quarantine_row"] == 1
    assert done.batches == ("b1",)
    assert verify(loaded) == []
    if url.startswith("sqlite"):
        folder = Path(url.removeprefix("sqlite:///")).parent
        for file in folder.iterdir():
            assert CANARY.encode() not in file.read_bytes().lower()


def test_the_others_stay_and_the_erased_are_gone(loaded):
    erase(loaded, "c1", ANN)
    assert trace(loaded, "c2")["fields"]
    with pytest.raises(UnknownIdError):
        erase(loaded, "c1", ANN)
    with pytest.raises(UnknownIdError):
        edit(loaded, "c1", {"city": "x"}, ANN)


def test_all_that_were_merged_are_erased_and_nothing_brings_them_back(sqlite_store, reading, rows):
    reading(rows[:3]).load(sqlite_store)
    merged = merge(sqlite_store, ["c1", "c2"], ANN).event
    erased = erase(sqlite_store, "c2", ANN)
    assert "stone" not in everything(sqlite_store)
    assert verify(sqlite_store) == []
    for event in (merged, erased.event):
        with pytest.raises(RefusedError):
            undo(sqlite_store, event, ANN)
    with pytest.raises(RefusedError):
        undo(sqlite_store, "b1", ANN)
    assert verify(sqlite_store) == []


def test_rows_of_erased_people_are_known_again(sqlite_store, reading, rows):
    made = reading(rows[:3])
    made.load(sqlite_store)
    erase(sqlite_store, "c1", ANN)
    found = sqlite_store.suppressed(made.table, lambda: made.table["email"])
    assert found.index.tolist() == [0, 1]
    assert sqlite_store.suppressed(made.table, lambda: made.table["email"]).equals(found)
    other = made.table.assign(email="info@acme.example", family_name="Else")
    assert sqlite_store.suppressed(other, lambda: other["email"]).empty


def test_the_key_is_made_beside_a_sqlite_store_and_must_stay_the_same(
    tmp_path, reading, rows, monkeypatch
):
    monkeypatch.delenv(VARIABLE)
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        made = reading(rows[:3])
        made.load(store)
        erase(store, "c1", ANN)
        (file,) = tmp_path.glob("*.erasure-key")
        assert file.stat().st_mode & 0o777 == 0o600
        file.write_text("another")
        with pytest.raises(ErasureKeyError, match="not the key"):
            store.suppressed(made.table, lambda: made.table["email"])
        file.unlink()
        with pytest.raises(ErasureKeyError, match=VARIABLE):
            store.suppressed(made.table, lambda: made.table["email"])


def test_without_a_key_nothing_is_erased(store, reading, rows, monkeypatch):
    monkeypatch.delenv(VARIABLE)
    if store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite keeps its key beside the store")
    reading(rows[:3]).load(store)
    with pytest.raises(ErasureKeyError, match=VARIABLE):
        erase(store, "c1", ANN)
    assert CANARY in everything(store)


def test_every_table_has_a_decision():
    assert set(DECISIONS) == set(metadata.tables), "decide in crm/personal_data.py, and do it"


def test_erasure_is_told_in_plain_values(sqlite_store, reading, rows):
    reading(rows[:3]).load(sqlite_store)
    done = erase(sqlite_store, "c1", ANN)
    assert json.dumps(dict(done.rows))
    assert done.event is not None


def test_retention_forgets_whom_nobody_heard_of_and_rows_that_waited(sqlite_store, reading, person):
    rows = [
        person("Ann", "Lee", occurred_at="2020-01-01"),
        person("Bob", "Stone", occurred_at="2020-01-01"),
        person("Cy", "Day"),
        {"given_name": "zzcanary"},
    ]
    reading(rows, bad=[3]).load(sqlite_store)
    open_opportunity(sqlite_store, "c2", Deal("Desks"), DESK)
    rules = RetentionRules(contacts=365, quarantine=1)
    due = retain(sqlite_store, rules, DESK, dry_run=True)
    assert (due.contacts, due.quarantine) == (("c1",), ())
    assert retain(sqlite_store, rules, DESK) == due
    assert "ann" not in everything(sqlite_store).split("'")
    assert retain(sqlite_store, rules, DESK).contacts == ()
    with writing(sqlite_store.engine) as connection:
        connection.execute(update(models.batch).values(started_at="2020-01-01T00:00:00Z"))
    assert retain(sqlite_store, RetentionRules(quarantine=1), DESK).quarantine == ("q1",)
    assert CANARY not in everything(sqlite_store)
    assert verify(sqlite_store) == []
