"""What a store says of the people in it, whichever way it got there: for comparing stores.

Row versions, the merge log, judgements and the ids of links count for nothing; nor does what was
taken back.
"""

from typing import Any

from sqlalchemy import Select, select

from crm.models import (
    blocking_key,
    contact,
    contact_email,
    contact_phone,
    interaction,
    lead,
    link,
    quarantine_row,
    review_item,
)
from crm.opening import reading
from crm.steward_models import consent, opportunity, pin
from crm.store import Store

__all__ = ["canon"]


def canon(store: Store) -> dict[str, list[str]]:
    """Read contacts that live and all that hangs on them; equal for equal stores."""
    with reading(store.engine) as connection:
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(query))
            for name, query in _queries().items()
        }


def _queries() -> dict[str, Select[Any]]:
    owned = (contact_email, contact_phone, blocking_key, pin, consent)
    timeline = select(interaction, lead.c.contact_id, lead.c.status, lead.c.source)
    timeline = timeline.add_columns(lead.c.first_at, lead.c.last_at)
    timeline = timeline.outerjoin(lead, lead.c.id == interaction.c.lead_id)
    golden = [column for column in contact.c if column.name != "row_version"]
    return {
        "contact": select(*golden).where(contact.c.state == "live"),
        "merged": select(contact.c.id, contact.c.merged_into).where(contact.c.state == "merged"),
        **{table.name: select(table) for table in owned},
        "link": select(link.c.source_record_id, link.c.contact_id).where(link.c.active),
        "interaction": _without(timeline, "lead_id").where(interaction.c.live),
        "opportunity": select(opportunity).where(opportunity.c.live),
        "quarantine_row": select(quarantine_row.c.id).where(quarantine_row.c.live),
        "review_item": select(review_item.c.id, review_item.c.status).where(
            review_item.c.status != "withdrawn"
        ),
    }


def _without(query: Select[Any], name: str) -> Select[Any]:
    """Leave out a column: the number of a lead says nothing."""
    kept = [column for column in query.selected_columns if column.key != name]
    return query.with_only_columns(*kept, maintain_column_froms=True)
