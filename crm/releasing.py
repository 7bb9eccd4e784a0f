"""Let a record that waited for a judgement into a contact."""

import json
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select

from crm.account_lookup import find_account
from crm.changes import Change
from crm.models import batch, contact, interaction, lead, source_record
from crm.source_records import SUMMARY_FIELDS
from crm.splitting import NEW
from crm.timeline import OPEN_STATUSES

__all__ = ["plan_new_contact", "plan_release"]

Creation = tuple[Table, dict[str, Any]]


def plan_new_contact(connection: Connection, record: int) -> Creation:
    """Plan the contact of a record that gets one of its own."""
    born = select(source_record.c.batch_id).where(source_record.c.id == record)
    return contact, {
        "id": NEW,
        "fields": "{}",
        "provenance": "{}",
        "created_batch": connection.scalar(born),
        "row_version": 0,
        "state": "withdrawn",
        "account_id": find_account(connection, [record]),
    }


def plan_release(
    connection: Connection, record: int, target: int, first: int
) -> tuple[list[Creation], Change]:
    """Plan to link a held record to a contact: its interaction, its lead, its place.

    `first` and the number below it stand for the rows to be made.
    """
    row = (
        connection.execute(
            select(source_record, batch.c.kind, batch.c.source)
            .join(batch, batch.c.id == source_record.c.batch_id)
            .where(source_record.c.id == record)
        )
        .mappings()
        .one()
    )
    creates: list[Creation] = []
    lead_id = None
    if row["kind"] == "lead":
        opened = lead.c.status.in_(OPEN_STATUSES)
        own = select(lead.c.id).where(lead.c.contact_id == target, opened).order_by(lead.c.id)
        lead_id = connection.scalar(own.limit(1))
        if lead_id is None:
            lead_id = first
            creates.append((lead, _open_lead(row, first, target)))
    creates.append((interaction, _interaction(row, first - 1, target, lead_id)))
    return creates, Change("source_record", record, "place", "held", target)


def _open_lead(row: RowMapping, stand_in: int, target: int) -> dict[str, Any]:
    times = dict.fromkeys(["first_at", "last_at"], row["occurred_at"])
    return {
        "id": stand_in,
        "contact_id": target,
        "status": "new",
        "source": row["source"],
        **times,
    }


def _interaction(
    row: RowMapping, stand_in: int, target: int, lead_id: int | None
) -> dict[str, Any]:
    """An interaction that becomes live with its record."""
    submitted = "import" if row["submission_id"] is None else "submission"
    return {
        "id": stand_in,
        "kind": submitted if row["kind"] == "lead" else row["kind"],
        "contact_id": target,
        "lead_id": lead_id,
        "source_record_id": row["id"],
        "occurred_at": row["occurred_at"],
        "summary": _summarize(row["standard"]),
        "live": False,
    }


def _summarize(standard: str) -> str:
    said = json.loads(standard)
    summary = {name: said[name] for name in SUMMARY_FIELDS if name in said}
    return json.dumps(summary, ensure_ascii=False, separators=(",", ":"))
