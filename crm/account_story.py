"""What is known of one account: what its records say of the company, its people, its business."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Select, func, select

from crm.candidates import read_members
from crm.contacts import doubtful_frame
from crm.ids import show
from crm.models import account, batch, contact, interaction, lead, merge_event, source_record
from crm.policies import read_policy
from crm.row_story import tell_events
from crm.steward_models import event_change, event_contact, opportunity
from dedupe.survivorship import Golden, golden
from validators.fields import ADDRESS_FIELDS, FIELDS

__all__ = ["COMPANY_FIELDS", "tell_account"]

Story = dict[str, Any]
COMPANY_FIELDS: Final = ("company", "company_id", "website", "industry", *ADDRESS_FIELDS)
SHOWN: Final = 200  # contacts whose records speak for the company; a page holds no more
PLACE: Final = ("source", "file", "sheet", "line")


def tell_account(connection: Connection, number: int) -> Story | None:
    """Tell of an account; its golden values are computed from the records of its contacts.

    `contacts` are at most `SHOWN`, the oldest first; `contact_count` says how many there are.
    """
    row = connection.execute(select(account).where(account.c.id == number)).mappings().first()
    if row is None:
        return None
    owned = select(contact.c.id).where(contact.c.account_id == number, contact.c.state == "live")
    people = list(connection.scalars(owned.order_by(contact.c.id).limit(SHOWN)))
    count = connection.scalar(select(func.count()).select_from(owned.subquery()))
    return {
        "id": show("account", number),
        **{name: row[name] for name in ("name", "domain", "status", "row_version")},
        "fields": _tell_fields(connection, people),
        "contacts": _tell_contacts(connection, people),
        "contact_count": count,
        "leads": _tell_leads(connection, people),
        "opportunities": _tell_opportunities(connection, people),
        "events": _tell_log(connection, number, people),
    }


def _tell_fields(connection: Connection, people: list[int]) -> list[Story]:
    """Each value that wins for the company, its record, and the values it wins against."""
    members = read_members(connection, people)
    if members.empty:
        return []
    owner = dict(zip(members["source_record"], members["contact"], strict=True))
    one = members.assign(contact=0)
    found = golden(one, doubtful_frame(one["doubtful"]), read_policy(connection))
    records = members.set_index(members.index)["source_record"]
    places = _read_places(connection, records, found)

    def origin(label: Any) -> Story:
        if pd.isna(label):
            return {"record": None, "contact": None, **dict.fromkeys(PLACE)}
        record = int(records[label])
        told = {"record": show("source_record", record), "contact": show("contact", owner[record])}
        return told | places[record]

    chosen = found.provenance.set_index("field")["record"]
    values = found.fields.iloc[0]
    return [
        {
            "field": name,
            "value": values[name],
            **origin(chosen.get(name, chosen.get("*"))),
            "rivals": [
                {"value": line.value, **origin(line.record)}
                for line in found.alternates[found.alternates["field"] == name].itertuples()
            ],
        }
        for name in FIELDS
        if name in COMPANY_FIELDS and isinstance(values.get(name), str)
    ]


def _read_places(connection: Connection, records: pd.Series, found: Golden) -> Mapping[int, Story]:
    """Where the records that are named stand: record -> source, file, sheet, line."""
    named = pd.concat([found.provenance["record"], found.alternates["record"]]).dropna().unique()
    wanted = [int(records[label]) for label in named]
    columns = [source_record.c[name] for name in PLACE if name != "source"]
    rows = connection.execute(
        select(source_record.c.id, batch.c.source, *columns)
        .join(batch, batch.c.id == source_record.c.batch_id)
        .where(source_record.c.id.in_(wanted))
    )
    return {row["id"]: {name: row[name] for name in PLACE} for row in rows.mappings()}


def _tell_contacts(connection: Connection, people: list[int]) -> list[Story]:
    names = ("given_name", "family_name", "full_name", "email", "phone")
    rows = connection.execute(
        select(contact.c.id, *(contact.c[name] for name in names))
        .where(contact.c.id.in_(people))
        .order_by(contact.c.id)
    )
    return [
        {
            "id": show("contact", row.id),
            "name": " ".join(filter(None, (row.given_name, row.family_name))) or row.full_name,
            "email": row.email,
            "phone": row.phone,
        }
        for row in rows
    ]


def _tell_leads(connection: Connection, people: list[int]) -> list[Story]:
    """Leads with an interaction that was not taken back."""
    columns = [lead.c[name] for name in ("status", "source", "first_at", "last_at")]
    told = select(interaction.c.lead_id).where(interaction.c.live)
    told = told.where(interaction.c.contact_id.in_(people))
    wanted = select(lead.c.id, lead.c.contact_id, *columns)
    wanted = wanted.where(lead.c.contact_id.in_(people), lead.c.id.in_(told))
    return _show(connection, "lead", wanted.order_by(lead.c.id))


def _tell_opportunities(connection: Connection, people: list[int]) -> list[Story]:
    names = ("name", "amount", "currency", "stage", "points", "opened_at", "closed_at")
    columns = [opportunity.c[name] for name in names]
    wanted = select(opportunity.c.id, opportunity.c.contact_id, *columns)
    wanted = wanted.where(opportunity.c.contact_id.in_(people), opportunity.c.live)
    return _show(connection, "opportunity", wanted.order_by(opportunity.c.id))


def _show(connection: Connection, table: str, statement: Select[Any]) -> list[Story]:
    return [
        {key: value for key, value in row.items() if key != "contact_id"}
        | {"id": show(table, row["id"]), "contact": show("contact", row["contact_id"])}
        for row in connection.execute(statement).mappings()
    ]


def _tell_log(connection: Connection, number: int, people: list[int]) -> list[Story]:
    """What people did to the account, and to its contacts by merging and unmerging."""
    changed = select(event_change.c.merge_event_id)
    own = changed.where(event_change.c.thing == "account", event_change.c.thing_id == number)
    moved = changed.where(
        event_change.c.thing == "contact",
        event_change.c.field == "account_id",
        event_change.c.thing_id.in_(people),
    )
    joined = (
        select(event_contact.c.merge_event_id)
        .join(merge_event)
        .where(event_contact.c.contact_id.in_(people))
        .where(merge_event.c.kind.in_(("merge", "unmerge")))
    )
    found = own.union(moved, joined).subquery()  # three look-ups; as one OR it reads all events
    latest = select(found.c.merge_event_id).order_by(found.c.merge_event_id.desc()).limit(SHOWN)
    return tell_events(connection, merge_event.c.id.in_(latest))
