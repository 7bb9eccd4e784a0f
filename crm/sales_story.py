"""What is known of one lead, and of one opportunity."""

from typing import Any

from sqlalchemy import Connection, exists, select

from crm.ids import show
from crm.models import lead, merge_event
from crm.row_story import tell_events
from crm.steward_models import event_change, opportunity

__all__ = ["tell_lead", "tell_opportunity"]

Story = dict[str, Any]


def tell_lead(connection: Connection, number: int) -> Story | None:
    """Tell of one lead: its contact, how far it has come, and by which events."""
    row = connection.execute(select(lead).where(lead.c.id == number)).mappings().first()
    if row is None:
        return None
    made = select(opportunity.c.id).where(opportunity.c.lead_id == number, opportunity.c.live)
    return {
        "id": show("lead", number),
        "contact": show("contact", row["contact_id"]),
        **{name: row[name] for name in ("status", "source", "first_at", "last_at")},
        "opportunities": [show("opportunity", each) for each in connection.scalars(made)],
        "events": _tell_events(connection, "lead", number),
    }


def tell_opportunity(connection: Connection, number: int) -> Story | None:
    """Tell of one opportunity, its stage and worth, and the events that moved it."""
    found = select(opportunity).where(opportunity.c.id == number)
    row = connection.execute(found).mappings().first()
    if row is None:
        return None
    names = ("name", "amount", "currency", "stage", "points", "opened_at", "closed_at", "live")
    return {
        "id": show("opportunity", number),
        "contact": show("contact", row["contact_id"]),
        "account": None if row["account_id"] is None else show("account", row["account_id"]),
        "lead": None if row["lead_id"] is None else show("lead", row["lead_id"]),
        **{name: row[name] for name in names},
        "events": _tell_events(connection, "opportunity", number),
    }


def _tell_events(connection: Connection, thing: str, number: int) -> list[Story]:
    moved = exists().where(
        event_change.c.merge_event_id == merge_event.c.id,
        event_change.c.thing == thing,
        event_change.c.thing_id == number,
    )
    return tell_events(connection, moved)
