"""What became of a row in quarantine, and which one a record took the place of."""

from typing import Any

from sqlalchemy import Connection, select

from crm.ids import show
from crm.models import link
from crm.quarantine_models import quarantine_event

__all__ = ["tell_became", "tell_replaced"]


def tell_became(connection: Connection, number: int) -> list[dict[str, Any]]:
    """Tell what was done about a row, oldest first: by whom, when, and the record it is now."""
    event = quarantine_event
    rows = connection.execute(
        select(event, link.c.contact_id)
        .outerjoin(link, (link.c.source_record_id == event.c.source_record_id) & link.c.active)
        .where(event.c.quarantine_row_id == number)
        .order_by(event.c.id)
    )
    return [
        {
            **{name: row[name] for name in ("kind", "at", "actor", "reason")},
            "record": _show("source_record", row["source_record_id"]),
            "contact": _show("contact", row["contact_id"]),
            "batch": _show("batch", row["batch_id"]),
        }
        for row in rows.mappings()
    ]


def tell_replaced(connection: Connection, number: int) -> list[str]:
    """Tell the ids of the rows in quarantine that a source record took the place of."""
    event = quarantine_event
    rows = connection.scalars(
        select(event.c.quarantine_row_id)
        .where(event.c.source_record_id == number, event.c.kind == "resubmitted")
        .order_by(event.c.id)
    )
    return [show("quarantine_row", row) for row in rows]


def _show(table: str, number: int | None) -> str | None:
    return None if number is None else show(table, number)
