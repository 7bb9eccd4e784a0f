"""A contact written in another alphabet is found by one who writes in Latin letters."""

from importlib import import_module

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import select, update

from crm.acts import Who
from crm.editing import edit
from crm.models import blocking_key
from crm.opening import writing
from crm.verify import verify
from tests.crm.conftest import Reading, person

OLD = 7  # any key that no name has now


@pytest.mark.parametrize(
    ("stored", "comes"),
    [
        (("Юлия", "Щербакова"), ("Yulia", "Shcherbakova")),
        (("Ελένη", "Παπαδάκη"), ("Eleni", "Papadaki")),
    ],
)
def test_a_name_in_latin_letters_joins_the_contact_of_another_alphabet(store, stored, comes):
    Reading([person(*stored, email="me@mail.example")]).load(store)
    done = Reading([person(*comes, email="me@mail.example")]).load(store)
    assert (done.counts["merged"], done.counts["created"]) == (1, 0)
    assert verify(store) == []


def test_a_store_of_the_former_keys_gets_the_new_ones(store):
    """Those whose records or pinned values are concerned, and no others."""
    Reading([person("Юлия", "Щербакова"), person("Ann", "Lee"), person("Bob", "Stone")]).load(store)
    edit(store, "c3", {"family_name": "Иванов"}, Who("ann@desk.example"))
    with writing(store.engine) as connection:
        whole = set(map(tuple, connection.execute(select(blocking_key))))
        for owner in (1, 3):
            one = min(key for key, of in whole if of == owner)
            wanted = (blocking_key.c.contact_id == owner) & (blocking_key.c.key == one)
            connection.execute(update(blocking_key).where(wanted).values(key=OLD))
        with Operations.context(MigrationContext.configure(connection)):
            import_module("crm.migrations.versions.0015_keys_of_scripts").upgrade()
        assert set(map(tuple, connection.execute(select(blocking_key)))) == whole
    assert verify(store) == []


def test_a_contact_that_no_key_finds_keeps_none(store):
    Reading([{"given_name": "Анна"}]).load(store)
    with (
        writing(store.engine) as connection,
        Operations.context(MigrationContext.configure(connection)),
    ):
        import_module("crm.migrations.versions.0015_keys_of_scripts").upgrade()
        assert connection.execute(select(blocking_key)).all() == []
