"""What is known of one contact, and where all of it came from."""

import json
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, exists, or_, select

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
from crm.steward_models import consent, event_contact, judgement, opportunity, pin
from validators.fields import FIELDS, attributes_of

__all__ = ["tell_contact"]

Story = dict[str, Any]
PLACE: Final = ("file", "sheet", "line")


def tell_contact(connection: Connection, number: int) -> Story | None:
    """Tell of a contact; an id that was merged away leads to the one that survived."""
    row = find_survivor(connection, number)
    if row is None:
        return None
    number = row["id"]
    records = _tell_records(connection, number)
    touched = select(event_contact.c.merge_event_id).where(event_contact.c.contact_id == number)
    about = select(merge_event.c.id).where(merge_event.c.contact_id == number)
    own = merge_event.c.id.in_(about.union(touched))  # two look-ups; as one OR it reads all
    return {
        "id": show("contact", number),
        "row_version": row["row_version"],
        "state": row["state"],
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
        "pins": _tell_rows(connection, pin, number),
        "consents": _tell_rows(connection, consent, number),
        "judgements": _tell_judgements(connection, number),
        "opportunities": _tell_opportunities(connection, number),
    }


def find_survivor(connection: Connection, number: int) -> RowMapping | None:
    """Find the contact that an id leads to, over all the merges since; None where there is none."""
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
    for name in (*FIELDS, *attributes_of(values)):
        if values.get(name) is not None:
            origin = provenance.get(name, provenance.get("*"))
            told.append({"field": name, "value": values[name], **_tell_origin(origin, places)})
    return told


def _tell_origin(origin: int | str, places: dict[str, Story]) -> Story:
    """Say where a value is from: a record and its place, or a person."""
    if isinstance(origin, int):
        record = show("source_record", origin)
        return {"record": record, "by": "record", **places[record]}
    return {"record": None, "by": origin, **dict.fromkeys(PLACE)}


def _tell_alternates(row: RowMapping) -> list[Story]:
    return [
        {"field": field, "value": value, "record": _show_record(record)}
        for field, lost in json.loads(row["alternates"] or "{}").items()
        for value, record in lost
    ]


def _show_record(record: int | str | None) -> str | None:
    """Id of a record; null for a value that a person gave."""
    return show("source_record", record) if isinstance(record, int) else None


def _tell_union(connection: Connection, table: Table, number: int) -> list[Story]:
    value = table.primary_key.columns[1]
    rows = connection.execute(
        select(value, table.c.source_record_id).where(table.c.contact_id == number).order_by(value)
    )
    return [{"value": text, "record": _show_record(record)} for text, record in rows]


def _tell_account(connection: Connection, number: int | None) -> Story | None:
    columns = [account.c[name] for name in ("name", "domain", "status")]
    row = connection.execute(select(*columns).where(account.c.id == number)).mappings().first()
    return None if row is None or number is None else {"id": show("account", number), **row}


def _tell_leads(connection: Connection, number: int) -> list[Story]:
    """Leads with an interaction that was not taken back."""
    columns = [lead.c[name] for name in ("status", "source", "first_at", "last_at", "row_version")]
    told = exists().where(interaction.c.lead_id == lead.c.id, interaction.c.live)
    on_it = interaction.c.contact_id == lead.c.contact_id  # the index there is
    rows = connection.execute(
        select(lead.c.id, *columns)
        .where(lead.c.contact_id == number, told.where(on_it))
        .order_by(lead.c.id)
    )
    return [dict(row) | {"id": show("lead", row["id"])} for row in rows.mappings()]


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
        .where(interaction.c.contact_id == number, interaction.c.live)
        .order_by(interaction.c.occurred_at, interaction.c.id)
    )
    return [
        {
            "kind": row["kind"],
            "occurred_at": row["occurred_at"],
            "record": _show_record(row["source_record_id"]),
            "actor": row["actor"],
            "summary": json.loads(row["summary"]),
        }
        for row in rows.mappings()
    ]


def _tell_rows(connection: Connection, table: Table, number: int) -> list[Story]:
    """Rows of `pin` or `consent`."""
    columns = [column for column in table.c if column.name != "contact_id"]
    owned = select(*columns).where(table.c.contact_id == number).order_by(columns[0])
    return [dict(row) for row in connection.execute(owned).mappings()]


def _tell_judgements(connection: Connection, number: int) -> list[Story]:
    """What people judged about the records of this contact."""
    own = select(link.c.source_record_id).where(link.c.contact_id == number, link.c.active)
    ends = or_(judgement.c.left_record.in_(own), judgement.c.right_record.in_(own))
    rows = connection.execute(
        select(judgement).where(ends, judgement.c.active).order_by(judgement.c.id)
    )
    return [
        {
            "id": show("judgement", row["id"]),
            "records": [show("source_record", row[end]) for end in ("left_record", "right_record")],
            **{name: row[name] for name in ("verdict", "at", "actor", "reason")},
        }
        for row in rows.mappings()
    ]


def _tell_opportunities(connection: Connection, number: int) -> list[Story]:
    names = ("name", "amount", "currency", "stage", "points", "opened_at", "closed_at")
    rows = connection.execute(
        select(opportunity.c.id, *(opportunity.c[name] for name in names))
        .where(opportunity.c.contact_id == number, opportunity.c.live)
        .order_by(opportunity.c.id)
    )
    return [dict(row) | {"id": show("opportunity", row["id"])} for row in rows.mappings()]
