"""Sales of a person who is erased: the figures stay, whose they are does not."""

import json

import pandas as pd
from sqlalchemy import Connection, and_, or_, select, update

from crm.bulk import listed_numbers, listed_texts
from crm.erasure_key import find_key, keyed_hash
from crm.figure_models import sale
from crm.models import lead, source_record
from crm.person import Person
from crm.suppressing import any_suppressed, find_suppressed

__all__ = ["blank_sales", "unname"]

BLANK = dict.fromkeys(("contact_id", "lead_id", "email", "phone", "external_id"))


def blank_sales(connection: Connection, person: Person) -> int:
    """Take the person's name off all rows of deals that are theirs; returns how many rows."""
    contacts = listed_numbers(connection, person.contacts)
    addresses = listed_texts(connection, person.addresses)
    theirs = or_(
        sale.c.contact_id.in_(contacts),
        sale.c.lead_id.in_(select(lead.c.id).where(lead.c.contact_id.in_(contacts))),
        sale.c.email.in_(addresses),
        sale.c.phone.in_(addresses),
        sale.c.external_id.in_(listed_texts(connection, _external_ids(connection, person))),
    )
    deals = list(connection.scalars(select(sale.c.deal).where(theirs).distinct()))
    if not deals:
        return 0
    key = find_key(connection)
    count = 0
    for deal in deals:
        rows = and_(sale.c.deal == deal)
        blank = {**BLANK, "deal": _nameless(keyed_hash(key, "row", deal))}
        count += connection.execute(update(sale).where(rows).values(blank)).rowcount
    return count


def unname(connection: Connection, records: pd.DataFrame) -> pd.DataFrame:
    """Take the names off sales of people who were erased before, as erasing them did."""
    if not any_suppressed(connection):
        return records
    told = records[["email"]]
    found = find_suppressed(connection, told, records["deal"])
    named = records.astype(object)
    for row, hashed in found.items():
        named.loc[row, list(BLANK)] = None
        named.loc[row, "deal"] = _nameless(str(hashed))
    return named.astype(records.dtypes.to_dict())


def _nameless(hashed: str) -> str:
    """How a deal is known once nobody is to know whose it was."""
    return f"erased:{hashed[:32]}"


def _external_ids(connection: Connection, person: Person) -> list[str]:
    chosen = select(source_record.c.standard).where(
        source_record.c.id.in_(listed_numbers(connection, person.records))
    )
    found = (json.loads(text).get("external_id") for text in connection.scalars(chosen))
    return sorted({text for text in found if text})
