"""Taking a resubmission back: its rows wait again, as a fact that can itself be taken back."""

from sqlalchemy import Connection, select

from crm.changes import Change
from crm.models import quarantine_row
from crm.quarantine_models import quarantine_event

__all__ = ["reopen_resubmitted"]


def reopen_resubmitted(connection: Connection, number: int) -> list[Change]:
    """Return what lets the rows wait again whose repaired form the batch `number` had loaded."""
    event = quarantine_event
    resolved = select(event.c.quarantine_row_id).where(
        event.c.batch_id == number, event.c.kind == "resubmitted"
    )
    ids = connection.scalars(
        select(quarantine_row.c.id)
        .where(quarantine_row.c.id.in_(resolved), quarantine_row.c.status == "resubmitted")
        .order_by(quarantine_row.c.id)
    )
    return [Change("quarantine_row", each, "status", "resubmitted", "waiting") for each in ids]
