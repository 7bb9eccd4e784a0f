"""Whether golden records, and all that hangs on them, are what their source records make them."""

from collections.abc import Iterator
from typing import Final

import pandas as pd
from sqlalchemy import Connection, Table, func, or_, select

from crm.bulk import listed_numbers
from crm.candidates import read_members
from crm.contacts import COLUMNS
from crm.frames import read_frame
from crm.golden_rows import GoldenRows, compute_many
from crm.models import blocking_key, contact, contact_email, contact_phone
from crm.pinned_records import lay_pins, read_pins
from crm.policies import read_policy
from dedupe.keys import blocking_keys
from dedupe.survivorship import SurvivorshipPolicy

__all__ = ["check_golden"]

AT_A_TIME: Final = 20_000
TEXTS: Final = {
    "golden_differs": "this golden record is not what its source records make it",
    "golden_left": "this contact has no records, but values",
    "emails_differ": "the e-mails of this contact are not those of its source records",
    "phones_differ": "the phones of this contact are not those of its source records",
    "key_missing": "blocking keys of this contact are missing",
    "key_unfounded": "there are blocking keys that no source record and no pinned value has",
}
NAMES: Final = [*COLUMNS, "fields", "provenance", "alternates"]


def check_golden(
    connection: Connection, policy: SurvivorshipPolicy | None
) -> Iterator[tuple[str, str, str, list[int]]]:
    """Compute contacts again, some thousands at a time; yields like `check_ledger`."""
    last, keys = 0, 0
    policy = policy or read_policy(connection)
    while True:
        alive = select(contact.c.id).where(contact.c.state == "live", contact.c.id > last)
        numbers = list(connection.scalars(alive.order_by(contact.c.id).limit(AT_A_TIME)))
        if not numbers:
            break
        last = numbers[-1]
        members = read_members(connection, numbers)
        made = compute_many(connection, members, policy)
        yield _of("golden_differs", _changed_contacts(connection, made))
        emails = _changed_union(connection, contact_email, made.emails, numbers)
        yield _of("emails_differ", emails)
        phones = _changed_union(connection, contact_phone, made.phones, numbers)
        yield _of("phones_differ", phones)
        known = lay_pins(members, read_pins(connection, numbers))
        found = blocking_keys(known).drop(columns="kind").drop_duplicates()
        found["contact"] = found["row"].map(known["contact"])
        found = found[["key", "contact"]].drop_duplicates()
        keys += len(found)
        yield _of("key_missing", _without_keys(connection, found))
    for code, numbers in _find_remains(connection):
        yield _of(code, numbers)
    if keys < (connection.scalar(select(func.count()).select_from(blocking_key)) or 0):
        yield _of("key_unfounded", [0])


def _find_remains(connection: Connection) -> Iterator[tuple[str, list[int]]]:
    """Contacts that do not live, and still have values."""
    gone = contact.c.state != "live"
    told = or_(contact.c.fields != "{}", *(contact.c[name].is_not(None) for name in COLUMNS))
    yield "golden_left", list(connection.scalars(select(contact.c.id).where(gone, told)))
    for code, table in (("emails_differ", contact_email), ("phones_differ", contact_phone)):
        rest = select(table.c.contact_id).join(contact, contact.c.id == table.c.contact_id)
        yield code, list(connection.scalars(rest.where(gone)))


def _of(code: str, contacts: list[int]) -> tuple[str, str, str, list[int]]:
    return code, "contact", TEXTS[code], contacts


def _changed_contacts(connection: Connection, made: GoldenRows) -> list[int]:
    """Contacts whose row is not the one computed."""
    expected = made.rows
    columns = [contact.c.id.label("contact"), *(contact.c[name] for name in NAMES)]
    wanted = listed_numbers(connection, expected.index)
    stored = read_frame(connection, select(*columns).where(contact.c.id.in_(wanted)))
    stored = stored.set_index("contact").reindex(expected.index)
    differs = (stored.fillna("") != expected.fillna("")).any(axis=1)
    return list(expected.index[differs])


def _changed_union(
    connection: Connection, table: Table, union: pd.DataFrame, numbers: list[int]
) -> list[int]:
    """Contacts whose e-mails or phones are not those of their records."""
    wanted = listed_numbers(connection, numbers)
    stored = read_frame(connection, select(table).where(table.c.contact_id.in_(wanted)))
    both = pd.concat([stored, union.astype(stored.dtypes)])
    return sorted(both.drop_duplicates(keep=False)["contact_id"].unique())


def _without_keys(connection: Connection, expected: pd.DataFrame) -> list[int]:
    """Contacts that lack one of their blocking keys."""
    wanted = listed_numbers(connection, expected["key"].unique())
    there = select(blocking_key.c.key, blocking_key.c.contact_id.label("contact"))
    stored = read_frame(connection, there.where(blocking_key.c.key.in_(wanted))).astype("int64")
    found = expected.merge(stored, how="left", on=["key", "contact"], indicator="where")
    return sorted(found["contact"][found["where"] == "left_only"].unique())
