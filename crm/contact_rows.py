"""Write golden records: new contacts, and those that gained a record."""

import json
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, select, update

from crm.account_rows import find_accounts
from crm.bulk import insert_frame, insert_missing, listed_numbers, next_id
from crm.chunks import Chunk
from crm.models import blocking_key, contact, contact_email, contact_phone
from crm.record_ids import RecordIds
from crm.text_runs import concatenate, join_runs, run_starts

__all__ = ["WrittenContacts", "write_contacts"]


@dataclass(frozen=True)
class WrittenContacts:
    """`ids`: the plan's number of a contact -> its id; `before`: id -> the record it was (JSON)."""

    ids: pd.Series
    before: pd.Series


def write_contacts(
    connection: Connection, number: int, chunk: Chunk, ids: RecordIds
) -> WrittenContacts:
    """Write the golden records of a chunk and what hangs on them: account, e-mails, phones, keys.

    `number` is the batch, `ids` knows the source records the values came from.
    """
    contacts = chunk.golden.contacts
    numbers = _number(connection, contacts.golden.index)
    rows = contacts.golden.assign(
        id=numbers,
        account_id=find_accounts(connection, number, chunk.golden.accounts),
        provenance=write_provenance(contacts.provenance, ids),
        alternates=write_alternates(contacts.alternates, ids),
    )
    known = rows.index > 0
    before = _update(connection, rows[known])
    insert_frame(connection, contact, rows[~known], created_batch=number, row_version=1)
    for table, union in ((contact_email, contacts.emails), (contact_phone, contacts.phones)):
        value = table.primary_key.columns[1].name
        lines = union.rename(columns={"value": value}).assign(
            contact_id=union["contact"].map(numbers), source_record_id=ids.find(union["record"])
        )
        insert_frame(connection, table, lines)
    keys = chunk.keys.assign(contact_id=chunk.keys["contact"].map(numbers))
    insert_frame(connection, blocking_key, keys[keys["contact"] < 0])
    insert_missing(connection, blocking_key, keys[keys["contact"] > 0])
    return WrittenContacts(numbers, before)


def _number(connection: Connection, keys: pd.Index) -> pd.Series:
    """Give the contacts to create the next free ids; the others keep theirs."""
    new = keys[keys < 0].sort_values(ascending=False)
    numbers = pd.Series(keys, index=keys)
    first = next_id(connection, contact)
    numbers[new] = np.arange(first, first + len(new))
    return numbers


def write_provenance(provenance: pd.DataFrame, ids: RecordIds) -> pd.Series:
    """JSON of which source record each golden field is from; index `contact`."""
    lines = provenance.sort_values("contact", kind="stable")
    records = ids.find(lines["record"]).astype("str")
    return _by_contact(lines["contact"], concatenate('"', lines["field"], '":', records))


def write_alternates(alternates: pd.DataFrame, ids: RecordIds) -> pd.Series:
    """JSON of the values that lost, by field, with the source record of each; index `contact`."""
    if alternates.empty:
        return pd.Series(dtype="str")
    lines = alternates.sort_values("contact", kind="stable")
    values = [encode_basestring(value) for value in lines["value"].tolist()]
    pairs = concatenate("[", values, ",", ids.find(lines["record"]).astype("str"), "]")
    starts = run_starts(lines["contact"].to_numpy(), pd.factorize(lines["field"])[0])
    firsts = lines.iloc[starts]
    members = concatenate('"', firsts["field"], '":[', join_runs(pairs, starts), "]")
    return _by_contact(firsts["contact"], members)


def _by_contact(contacts: pd.Series, members: pa.StringArray) -> pd.Series:
    """Make an object of the members of each contact, whose lines are neighbours."""
    starts = run_starts(contacts.to_numpy())
    objects = concatenate("{", join_runs(members, starts), "}").to_pandas()
    return pd.Series(objects, dtype="str").set_axis(contacts.iloc[starts])


def _update(connection: Connection, rows: pd.DataFrame) -> pd.Series:
    """Replace golden records that are there already; returns each as it was (id -> JSON)."""
    if rows.empty:
        return pd.Series(dtype="str")
    wanted = listed_numbers(connection, rows.index)
    old = connection.execute(select(contact).where(contact.c.id.in_(wanted))).mappings()
    before = {row["id"]: json.dumps(dict(row), ensure_ascii=False) for row in old}
    names = [column.name for column in contact.c if column.name in rows and column.name != "id"]
    values: dict[str, ColumnElement[Any]] = {name: bindparam(f"new_{name}") for name in names}
    # A record that names no company takes nobody out of theirs.
    values["account_id"] = func.coalesce(bindparam("new_account_id"), contact.c.account_id)
    values["row_version"] = contact.c.row_version + 1
    lines = rows[names].astype(object).where(rows[names].notna(), None)
    connection.execute(
        update(contact).where(contact.c.id == bindparam("number")).values(values),
        [
            {f"new_{name}": value for name, value in zip(names, line, strict=True)} | {"number": n}
            for n, line in zip(rows["id"].tolist(), lines.to_numpy().tolist(), strict=True)
        ],
    )
    for table in (contact_email, contact_phone):
        connection.execute(delete(table).where(table.c.contact_id.in_(wanted)))
    return pd.Series(before, dtype="str")
