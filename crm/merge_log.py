"""The merge log: one event for every record that becomes part of a contact."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from crm.batch import BatchInput
from crm.bulk import insert_frame, number_lines
from crm.models import link, merge_event
from crm.times import utc_now

__all__ = ["log_links"]

RULE = "rule"


def log_links(
    connection: Connection,
    number: int,
    batch: BatchInput,
    records: pd.DataFrame,
    before: pd.Series,
) -> None:
    """Link `records` to their `contact_id` and log why.

    `records` has the `id` of the source record, its `fate`, and what ties it to the contact:
    `matched_record`, `weight`, `evidence`. The first event of a contact that was there already
    carries its golden record as it was (`before`: contact id -> JSON).
    """
    first = ~records["contact_id"].duplicated()
    events = pd.DataFrame(
        {
            "kind": np.where(records["fate"] == "created", "create", "link"),
            "contact_id": records["contact_id"],
            "source_record_id": records["id"],
            "matched_record": records["matched_record"],
            "weight": records["weight"],
            "evidence": records["evidence"],
            "before": records["contact_id"].map(before).where(first).astype("str"),
        }
    )
    events = number_lines(connection, merge_event, events)
    made: dict[str, int | str] = {"batch_id": number, "model_version": batch.model_version}
    insert_frame(connection, merge_event, events, at=utc_now(), actor=RULE, **made)
    links = events[["source_record_id", "contact_id"]].assign(merge_event_id=events["id"])
    links = number_lines(connection, link, links)
    insert_frame(connection, link, links, decided_by=RULE, active=True)
