"""Contacts, accounts and leads as tables to take elsewhere, under the names of fields.

A table of contacts can be imported again: the columns that no import needs begin with `leadgate_`.
"""

from typing import Final

import pandas as pd
from sqlalchemy import Connection, Table, func, select

from crm import ids
from crm.contacts import COLUMNS
from crm.frames import read_frame
from crm.json_text import attributes_in, from_json
from crm.models import account, contact, contact_email, contact_phone, lead
from crm.opening import reading
from crm.sales import leads_that_count
from crm.store import Store
from dedupe.survivorship import GOLDEN_FIELDS
from validators.fields import FIELDS

__all__ = ["KINDS", "read_export"]

KINDS: Final = ("contacts", "accounts", "leads")
# How many values beside the golden one have a column of their own.
MORE: Final = {"email": ("email_2", "email_3"), "phone": ("phone_2",)}


def read_export(store: Store, kind: str) -> pd.DataFrame:
    """Read all contacts, accounts or leads that live, ordered by id; every column is text."""
    with reading(store.engine) as connection:
        if kind == "accounts":
            return _accounts(connection)
        contacts = _contacts(connection)
        return contacts if kind == "contacts" else _leads(connection, contacts)


def _contacts(connection: Connection) -> pd.DataFrame:
    names = ("id", "account_id", *COLUMNS, "fields")
    living = select(*(contact.c[name] for name in names)).where(contact.c.state == "live")
    frame = read_frame(connection, living.order_by(contact.c.id)).set_index("id")
    attributes = attributes_in(frame["fields"])
    golden = [name for name in GOLDEN_FIELDS if name not in COLUMNS]
    rest = from_json(frame["fields"], [*golden, *attributes])
    values = frame[list(COLUMNS)].join(rest)
    for field, more in MORE.items():
        values = values.join(_more(connection, values, field, more))
    ordered = [
        name for name in (*FIELDS, *attributes) if name in values and values[name].notna().any()
    ]
    first = pd.DataFrame(
        {
            "leadgate_contact": _show("contact", frame.index.to_series()),
            "leadgate_account": _show("account", frame["account_id"]),
        }
    )
    return first.join(values[ordered])


def _more(
    connection: Connection, values: pd.DataFrame, field: str, more: tuple[str, ...]
) -> pd.DataFrame:
    """The further e-mails or phones of each contact, one a column; those left over in the last."""
    table: Table = contact_email if field == "email" else contact_phone
    union = read_frame(connection, select(table).order_by(*table.primary_key.columns))
    shown = [values[name] for name in (field, "mobile") if name in values]
    for column in shown if field == "phone" else shown[:1]:
        union = union[union[field] != union["contact_id"].map(column)]
    turn = union.groupby("contact_id").cumcount().clip(upper=len(more))
    spread = {}
    for number, name in enumerate(more):
        some = union[turn == number]
        spread[name] = some.set_index("contact_id")[field]
    left = union[turn == len(more)]
    if len(left):
        joined = left.groupby("contact_id")[field].agg("; ".join)
        spread[f"leadgate_more_{field}s"] = joined
    return pd.DataFrame({name: column.astype("str") for name, column in spread.items()})


def _accounts(connection: Connection) -> pd.DataFrame:
    """Accounts with a contact that lives."""
    counted = (
        select(account.c.id, account.c.name, account.c.domain, account.c.status)
        .add_columns(func.count(contact.c.id).label("contacts"))
        .join(contact, contact.c.account_id == account.c.id)
        .where(contact.c.state == "live")
        .group_by(account.c.id, account.c.name, account.c.domain, account.c.status)
        .order_by(account.c.id)
    )
    frame = read_frame(connection, counted)
    return pd.DataFrame(
        {
            "leadgate_account": _show("account", frame["id"]),
            "company": frame["name"],
            "website": frame["domain"],
            "leadgate_status": frame["status"],
            "leadgate_contacts": frame["contacts"].astype("str"),
        }
    )


def _leads(connection: Connection, contacts: pd.DataFrame) -> pd.DataFrame:
    columns = ("id", "contact_id", "status", "source", "first_at", "last_at")
    frame = read_frame(connection, leads_that_count(*columns).order_by(lead.c.id))
    first = pd.DataFrame(
        {
            "leadgate_lead": _show("lead", frame["id"]),
            "lead_status": frame["status"],
            "leadgate_source": frame["source"],
            "leadgate_first_at": frame["first_at"],
            "leadgate_last_at": frame["last_at"],
            "contact_id": frame["contact_id"].astype("int64"),
        }
    )
    return first.join(contacts, on="contact_id").drop(columns="contact_id")


def _show(table: str, numbers: pd.Series) -> pd.Series:
    """Ids as people see them; null stays null."""
    shown = ids.LETTERS[table] + numbers.astype("Int64").astype("str")
    return shown.where(numbers.notna()).astype("str")
