"""A contact is found by what a person pinned to it, as by what its own records say."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import delete, func, select

from crm.acts import Who
from crm.editing import edit, unpin
from crm.erasure import erase
from crm.merging import merge
from crm.models import blocking_key
from crm.opening import reading, writing
from crm.trace import trace
from crm.undoing import undo
from crm.unmerging import unmerge
from crm.verify import verify
from dedupe.keys import blocking_keys
from dedupe.lead import hash_keys, match_lead
from tests.crm.conftest import Reading, person

if TYPE_CHECKING:
    from crm.store import Store

WHO = Who("ann@desk.example")
PHONE = "+14155550199"
PINS = {
    "e-mail": {"email": "ann@new.example"},
    "phone": {"phone": PHONE},
    "name and e-mail": {"family_name": "Moore", "email": "ann@new.example"},
}
NEW = {
    "e-mail": {"given_name": "Ann", "family_name": "Lee", "email": "ann@new.example"},
    "phone": {"given_name": "Ann", "family_name": "Lee", "phone": PHONE},
    "name and e-mail": {"given_name": "Ann", "family_name": "Moore", "email": "ann@new.example"},
}
STRANGER = person("Zoltan", "Quux")


@pytest.fixture
def loaded(sqlite_store: Store) -> Store:
    return load(sqlite_store)


@pytest.fixture
def on_both(store: Store) -> Store:
    """The same in either kind of store, for what their SQL decides."""
    return load(store)


def load(store: Store) -> Store:
    Reading([person("Ann", "Lee"), person("Bob", "Stone")]).load(store)
    return store


def count_keys(store: Store) -> int | None:
    with reading(store.engine) as connection:
        return connection.scalar(select(func.count()).select_from(blocking_key))


@pytest.mark.parametrize("what", PINS)
def test_a_row_with_the_pinned_value_finds_the_contact_alone_and_in_a_batch(
    loaded: Store, what: str
) -> None:
    before = count_keys(loaded)
    event = edit(loaded, "c1", PINS[what], WHO).event
    assert verify(loaded) == []
    assert match_lead(NEW[what], loaded.look_up(hash_keys(NEW[what]))).contact_of(0) == 1
    for rows in ([NEW[what]], [{**NEW[what], "city": "Reno"}, STRANGER]):
        done = Reading(rows).load(loaded)
        assert (done.counts["merged"], done.counts["created"]) == (1, len(rows) - 1)
        assert verify(loaded) == []
    (linked,) = [each for each in trace(loaded, "c1")["events"] if each["record"] == "r3"]
    assert linked["evidence"][-1]["words"] == "with the values a person pinned"
    for batch in ("b3", "b2"):
        undo(loaded, batch, WHO)
    undo(loaded, event, WHO)
    assert verify(loaded) == []
    assert count_keys(loaded) == before


def test_what_is_compared_with_one_lead_is_compared_with_a_batch(on_both: Store) -> None:
    edit(on_both, "c1", {**PINS["name and e-mail"], "job_title": None}, WHO)
    lead = NEW["name and e-mail"]
    found = on_both.candidates(blocking_keys(pd.DataFrame([lead, STRANGER]).astype("str"))).records
    known = on_both.look_up(hash_keys(lead))
    assert list(known.labels) == found.index.tolist()
    assert list(known.contacts) == found["contact"].tolist() == [1, 1]
    for name, texts in known.columns.items():
        assert list(texts) == found[name].tolist()


def test_records_that_come_later_are_known_by_the_pinned_values_too(loaded: Store) -> None:
    edit(loaded, "c1", {"postal_code": "89501"}, WHO)
    Reading([person("Ann", "Lee", street="Elm St 5", company="Acme")]).load(loaded)
    assert verify(loaded) == []
    unpin(loaded, "c1", ["postal_code"], WHO)
    assert verify(loaded) == []


def test_pinned_values_go_where_the_pins_go(on_both: Store) -> None:
    keys = hash_keys({"email": "bob@new.example"})
    edit(on_both, "c2", {"email": "bob@new.example"}, WHO)
    before = count_keys(on_both)
    merged = merge(on_both, ["c1", "c2"], WHO).event
    assert verify(on_both) == []
    assert set(on_both.look_up(keys).contacts) == {1}
    unmerge(on_both, merged, WHO)
    assert verify(on_both) == []
    assert set(on_both.look_up(keys).contacts) == {2}
    assert count_keys(on_both) == before


def test_a_value_pinned_to_two_contacts_is_what_both_are_found_by(loaded: Store) -> None:
    for contact in ("c1", "c2"):
        edit(loaded, contact, {"phone": PHONE}, WHO)
    Reading([{"given_name": "Bob", "family_name": "Stone", "phone": PHONE}]).load(loaded)
    assert trace(loaded, "r3")["contact"] == "c2"
    assert verify(loaded) == []


def test_a_person_erased_is_kept_out_by_what_was_pinned(
    loaded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADGATE_ERASURE_KEY", "k" * 32)
    edit(loaded, "c1", {"phone": PHONE}, WHO)
    erase(loaded, "c1", WHO)
    assert verify(loaded) == []
    rows = pd.DataFrame([NEW["phone"], NEW["e-mail"]]).astype("str")
    assert loaded.suppressed(rows, lambda: pd.Series(["a", "b"])).index.tolist() == [0]


def test_a_store_whose_pins_were_never_matched_learns_to(on_both: Store) -> None:
    """The revision that brings the keys finds those that every act keeps."""
    edit(on_both, "c1", PINS["name and e-mail"], WHO)
    with writing(on_both.engine) as connection:
        whole = set(map(tuple, connection.execute(select(blocking_key))))
        connection.execute(delete(blocking_key))
        with Operations.context(MigrationContext.configure(connection)):
            import_module("crm.migrations.versions.0014_pinned_keys").upgrade()
        added = set(map(tuple, connection.execute(select(blocking_key))))
    assert added == {(key, owner) for key, owner in whole if owner == 1}
