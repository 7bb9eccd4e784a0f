"""Write the rows of one chunk, inside the transaction of the caller."""

import pandas as pd
from sqlalchemy import Connection

from crm.batch import BatchInput
from crm.bulk import insert_frame, number_lines
from crm.chunks import Chunk
from crm.contact_rows import write_contacts
from crm.merge_log import log_links
from crm.models import issue, quarantine_row, source_record
from crm.outbox import announce_many, show_all
from crm.recomputing import recompute_steered
from crm.record_ids import RecordIds
from crm.review_rows import queue_review
from crm.timeline import write_interactions

__all__ = ["write_chunk"]


def write_chunk(
    connection: Connection, number: int, batch: BatchInput, chunk: Chunk, ids: RecordIds
) -> int:
    """Write a chunk of batch `number`: its rows, then all that follows from them.

    `ids` knows the source records of the chunks before, and learns those of this one. Returns
    how many pairs were queued for review.
    """
    records = _write_rows(connection, number, chunk)
    ids.add(records.index, records["id"].to_numpy())
    live = records.drop(columns=["raw", "standard"])[records["fate"] != "held"]
    if len(live):
        written = write_contacts(connection, number, chunk, ids)
        live = live.assign(contact_id=live["contact"].map(written.ids))
        live["matched_record"] = ids.find(live["matched"])
        log_links(connection, number, batch, live, written.before)
        write_interactions(connection, number, batch, live)
        recompute_steered(connection, written.ids)
    return queue_review(connection, number, batch.model_version, chunk.review, ids)


def _write_rows(connection: Connection, number: int, chunk: Chunk) -> pd.DataFrame:
    """Write source records, quarantine and issues; returns the records with their `id`."""
    records = number_lines(connection, source_record, chunk.records)
    records["row"] = records.index
    insert_frame(connection, source_record, records, batch_id=number)
    quarantine = number_lines(connection, quarantine_row, chunk.quarantine)
    quarantine["row"] = quarantine.index
    insert_frame(connection, quarantine_row, quarantine, batch_id=number, status="waiting")
    waiting = show_all("quarantine_row", quarantine["id"])
    announce_many(connection, "row.quarantined", number, "rows", waiting)
    issues = number_lines(connection, issue, chunk.issues)
    insert_frame(connection, issue, issues, batch_id=number)
    return records
