"""Leads and the interactions on their timeline."""

from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import Connection, bindparam, select, update

from crm.batch import BatchInput
from crm.bulk import insert_frame, listed_numbers, number_lines
from crm.models import interaction, lead
from crm.outbox import announce_many, tell_leads

__all__ = ["OPEN_STATUSES", "write_interactions"]

OPEN_STATUSES: Final = ("new", "working", "qualified")


def write_interactions(
    connection: Connection, number: int, batch: BatchInput, records: pd.DataFrame
) -> None:
    """Write one interaction a record (`id`, `contact_id`, `occurred_at`, `summary`) of a batch.

    The plan's `contact` says which contacts are new, and so have no lead yet.

    A lead's row belongs to the open lead of its contact, which is made where there is none.
    Calls and visits are interactions alone.
    """
    lines = records[["contact_id", "occurred_at", "summary"]].assign(source_record_id=records["id"])
    lines = number_lines(connection, interaction, lines)
    if batch.kind == "lead":
        leads, opened = _find_leads(connection, batch.source, records)
        pairs = zip(opened["id"], opened["contact_id"], strict=True)
        announce_many(connection, "lead.created", number, "leads", tell_leads(pairs))
        lines["lead_id"] = lines["contact_id"].map(leads).astype("Int64")
        lines["kind"] = np.where(records["submission_id"].notna(), "submission", "import")
        insert_frame(connection, interaction, lines)
    else:
        insert_frame(connection, interaction, lines, kind=batch.kind)


def _find_leads(
    connection: Connection, source: str, records: pd.DataFrame
) -> tuple[pd.Series, pd.DataFrame]:
    """Contact id -> its open lead, the times of which now span these records, too.

    Also the leads that were opened for it.
    """
    ordered = records.sort_values("occurred_at").set_index("contact_id")["occurred_at"]
    first, last = (ordered[~ordered.index.duplicated(keep=end)] for end in ("first", "last"))
    times = pd.DataFrame({"first_at": first, "last_at": last})
    before = records["contact_id"][records["contact"] > 0]
    contacts = listed_numbers(connection, before.unique())
    found = connection.execute(
        select(lead.c.contact_id, lead.c.id, lead.c.first_at, lead.c.last_at)
        .where(lead.c.contact_id.in_(contacts), lead.c.status.in_(OPEN_STATUSES))
        .order_by(lead.c.id.desc())
    )
    known = {row.contact_id: row for row in found}
    if known:
        connection.execute(
            update(lead)
            .where(lead.c.id == bindparam("number"))
            .values(first_at=bindparam("first"), last_at=bindparam("last")),
            [
                {
                    "number": row.id,
                    "first": min(row.first_at, first[contact]),
                    "last": max(row.last_at, last[contact]),
                }
                for contact, row in known.items()
            ],
        )
    fresh = times[~times.index.isin(list(known))]
    lines = number_lines(connection, lead, fresh.rename_axis("contact_id").reset_index())
    insert_frame(connection, lead, lines, status="new", source=source)
    old = pd.Series({contact: row.id for contact, row in known.items()}, dtype="Int64")
    new = pd.Series(lines["id"].to_numpy(), index=lines["contact_id"], dtype="Int64")
    both: pd.Series = pd.concat([old, new])
    return both, lines
