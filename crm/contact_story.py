"""What is known of one contact, and where all of it came from."""

import json
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, select

from crm.contacts import COLUMNS
from crm.ids import show
from crm.models import (
    account,
    batch,
    contact,
    contact_email,
    contact_phone,
    interaction,
    lead,
    link,
    merge_event,
    source_record,
)
from crm.row_story import tell_events, tell_place
from validators.fields import FIELDS

__all__ = ["tell_contact"]

Story = dict[str, Any]
PLACE: Final = ("file", "sheet", "line")


def tell_contact(connection: Connection, number: int) -> Story | None:
    """Tell of a contact; an id that was merged away leads to the one that survived."""
    row = _find_survivor(connection, number)
    if row is None:
        return None
    number = row["id"]
    records = _tell_records(connection, number)
    own = merge_event.c.contact_id == number
    return {
        "id": show("contact", number),
        "old_ids": [show("contact", old) for old in _find_old_ids(connection, number)],
        "fields": _tell_fields(row, records),
        "alternates": _tell_alternates(row),
        "emails": _tell_union(connection, contact_email, number),
        "phones": _tell_union(connection, contact_phone, number),
        "account": _tell_account(connection, row["account_id"]),
        "leads": _tell_leads(connection, number),
        "records": records,
        "events": tell_events(connection, own),
        "interactions": _tell_interactions(connection, number),
    }


def _find_survivor(connection: Connection, number: int) -> RowMapping | None:
    passed = set()
    while number not in passed:
        passed.add(number)
        found = connection.execute(select(contact).where(contact.c.id == number)).mappings()
        row = found.first()
        if row is None or row["merged_into"] is None:
            return row
        number = row["merged_into"]
    return None


def _find_old_ids(connection: Connection, number: int) -> list[int]:
    """All contacts merged into this one, directly or by way of others."""
    old: list[int] = []
    last = [number]
    while last:
        merged = select(contact.c.id).where(contact.c.merged_into.in_(last))
        last = [each for each in connection.scalars(merged) if each not in old]
        old += last
    return sorted(old)


def _tell_fields(row: RowMapping, records: list[Story]) -> list[Story]:
    """Golden values in the order of the vocabulary, each with its record and its place."""
    provenance = json.loads(row["provenance"])
    values = {name: row[name] for name in COLUMNS} | json.loads(row["fields"])
    places = {record["id"]: {name: record[name] for name in PLACE} for record in records}
    told = []
    for name in FIELDS:
        if values.get(name) is not None:
            record = show("source_record", provenance.get(name, provenance.get("*")))
            told.append({"field": name, "value": values[name], "record": record, **places[record]})
    return told


def _tell_alternates(row: RowMapping) -> list[Story]:
    return [
        {"field": field, "value": value, "record": show("source_record", record)}
        for field, lost in json.loads(row["alternates"] or "{}").items()
        for value, record in lost
    ]


def _tell_union(connection: Connection, table: Table, number: int) -> list[Story]:
    value = table.primary_key.columns[1]
    rows = connection.execute(
        select(value, table.c.source_record_id).where(table.c.contact_id == number).order_by(value)
    )
    return [{"value": text, "record": show("source_record", record)} for text, record in rows]


def _tell_account(connection: Connection, number: int | None) -> Story | None:
    columns = [account.c[name] for name in ("name", "domain", "status")]
    row = connection.execute(select(*columns).where(account.c.id == number)).mappings().first()
    return None if row is None or number is None else {"id": show("account", number), **row}


def _tell_leads(connection: Connection, number: int) -> list[Story]:
    columns = [lead.c[name] for name in ("status", "source", "first_at", "last_at")]
    rows = connection.execute(
        select(*columns).where(lead.c.contact_id == number).order_by(lead.c.id)
    )
    return [dict(row) for row in rows.mappings()]


def _tell_records(connection: Connection, number: int) -> list[Story]:
    rows = connection.execute(
        select(source_record, batch.c.source)
        .join(link, link.c.source_record_id == source_record.c.id)
        .join(batch, batch.c.id == source_record.c.batch_id)
        .where(link.c.contact_id == number, link.c.active)
        .order_by(source_record.c.id)
    )
    return [
        {
            "id": show("source_record", row["id"]),
            **tell_place(row),
            "occurred_at": row["occurred_at"],
            "standard": json.loads(row["standard"]),
        }
        for row in rows.mappings()
    ]


def _tell_interactions(connection: Connection, number: int) -> list[Story]:
    rows = connection.execute(
        select(interaction)
        .where(interaction.c.contact_id == number)
        .order_by(interaction.c.occurred_at, interaction.c.id)
    )
    return [
        {
            "kind": row["kind"],
            "occurred_at": row["occurred_at"],
            "record": show("source_record", row["source_record_id"]),
            "summary": json.loads(row["summary"]),
        }
        for row in rows.mappings()
    ]
