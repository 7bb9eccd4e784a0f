import shutil
import sqlite3

import pytest

from crm.batch import BatchInput
from crm.golden_checks import TEXTS
from crm.ledger_checks import CHECKS
from crm.store import open_store
from crm.verify import verify


@pytest.fixture(scope="module")
def sound(tmp_path_factory, reading, person):
    """A store with contacts of one and of several records, a quarantine row and a held row."""
    path = tmp_path_factory.mktemp("verify") / "store.db"
    rows = [
        person("Ann", "Lee", company="Acme Inc", website="acme.example", city="Salem"),
        person("Ann", "Lee", company="Acme Inc", city="Boston", occurred_at="2024-01-01"),
        person("Bob", "Stone", mobile="+14155550111"),
        {"given_name": "Zed"},
    ]
    with open_store(f"sqlite:///{path}") as store:
        reading(rows, bad=[3]).load(store)
        again = [person("Ann", "Lee", job_title="CEO")]
        reading(again, batch=BatchInput("calls", "", kind="call")).load(store)
        assert verify(store) == []
    return path


TAMPERED = {
    "rows_lost": "UPDATE batch SET rows_in = 5 WHERE id = 1",
    "rows_miscounted": "UPDATE batch SET created = 1, merged = 2 WHERE id = 1",
    "row_twice": "UPDATE quarantine_row SET row = 0",
    "link_missing": "UPDATE link SET active = 0 WHERE source_record_id = 2",
    "held_linked": "UPDATE source_record SET fate = 'held' WHERE id = 2",
    "link_to_merged": "UPDATE contact SET merged_into = 1 WHERE id = 2",
    "link_to_withdrawn": "UPDATE source_record SET live = 0 WHERE id = 2",
    "link_to_gone": "UPDATE contact SET state = 'withdrawn' WHERE id = 2",
    "state_wrong": "UPDATE contact SET state = 'asleep' WHERE id = 2",
    "interaction_unfounded": "UPDATE interaction SET contact_id = 2 WHERE source_record_id = 1",
    "lead_elsewhere": "UPDATE lead SET contact_id = 2 WHERE contact_id = 1",
    "golden_left": "UPDATE contact SET state = 'withdrawn' WHERE id = 2",
    "link_unexplained": "UPDATE merge_event SET contact_id = 2 WHERE source_record_id = 2",
    "contact_empty": "UPDATE link SET contact_id = 1 WHERE contact_id = 2",
    "interaction_missing": "DELETE FROM interaction WHERE source_record_id = 2",
    "key_orphaned": "UPDATE blocking_key SET contact_id = 99 WHERE contact_id = 2",
    "merged_in_circles": "UPDATE contact SET merged_into = 3 - id",
    "orphan": "UPDATE contact SET account_id = 77 WHERE id = 2",
    "golden_differs": "UPDATE contact SET given_name = 'Anna' WHERE id = 1",
    "emails_differ": "UPDATE contact_email SET email = 'x@x.org' WHERE contact_id = 1",
    "phones_differ": "DELETE FROM contact_phone WHERE contact_id = 2",
    "key_missing": "DELETE FROM blocking_key WHERE contact_id = 1",
    "key_unfounded": "INSERT INTO blocking_key VALUES (4711, 1)",
}


@pytest.mark.parametrize("code", TAMPERED)
def test_verify_finds(code, sound, tmp_path):
    path = shutil.copy(sound, tmp_path / "store.db")
    with sqlite3.connect(path) as connection:
        assert connection.execute(TAMPERED[code]).rowcount > 0
    connection.close()
    with open_store(f"sqlite:///{path}") as store:
        found = {violation.code: violation for violation in verify(store)}
    assert code in found
    assert found[code].text


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE contact SET fields = '{}' WHERE id = 1",
        "UPDATE contact SET provenance = '{\"*\":1}' WHERE id = 1",
        "UPDATE contact SET alternates = NULL WHERE id = 1",
        "UPDATE contact SET email = NULL WHERE id = 1",
    ],
)
def test_verify_reads_every_part_of_a_golden_record(change, sound, tmp_path):
    path = shutil.copy(sound, tmp_path / "store.db")
    with sqlite3.connect(path) as connection:
        connection.execute(change)
    connection.close()
    with open_store(f"sqlite:///{path}") as store:
        (violation,) = verify(store)
    assert (violation.code, violation.ids) == ("golden_differs", ("c1",))


def test_every_rule_of_verify_is_tested():
    known = {check[0] for check in CHECKS} | set(TEXTS) | {"merged_in_circles", "orphan"}
    assert set(TAMPERED) == known
