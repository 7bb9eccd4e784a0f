"""Whether others wrote, since a plan was made, what the plan depends on."""

import pandas as pd
from sqlalchemy import Connection, exists, func, or_, select, union

from crm.batch import Mark
from crm.bulk import listed_numbers, listed_texts
from crm.chunks import Chunk
from crm.errors import StoreChangedError
from crm.models import blocking_key, merge_event, quarantine_row, source_record
from crm.opening import shown_url
from crm.seen import read_mark
from crm.steward_models import event_contact

__all__ = ["check_unchanged"]


def check_unchanged(connection: Connection, chunk: Chunk, mark: Mark) -> None:
    """Raise `StoreChangedError` unless the chunk can be written as planned.

    Others may have written meanwhile; it matters only where they imported one of these rows, or
    changed a contact that one of them would have been compared with.
    """
    if read_mark(connection) == mark:
        return
    if (
        _imported(connection, chunk)
        or _touched(connection, chunk, mark)
        or _gone(connection, chunk)
    ):
        raise StoreChangedError(shown_url(connection.engine.url))


def _imported(connection: Connection, chunk: Chunk) -> bool:
    hashes = pd.concat([chunk.records["content_hash"], chunk.quarantine["content_hash"]])
    texts = listed_texts(connection, hashes)
    return any(
        connection.scalar(select(exists().where(table.c.content_hash.in_(texts), table.c.live)))
        for table in (source_record, quarantine_row)
    )


def _touched(connection: Connection, chunk: Chunk, mark: Mark) -> bool:
    """Whether a contact with an event after the mark is a target, or shares a blocking key."""
    touched = union(
        select(merge_event.c.contact_id).where(
            merge_event.c.id > mark.merge_event, merge_event.c.contact_id.is_not(None)
        ),
        select(event_contact.c.contact_id).where(event_contact.c.merge_event_id > mark.merge_event),
    )
    contacts = chunk.records["contact"]
    targets = listed_numbers(connection, contacts[contacts > 0].unique())
    keys = listed_numbers(connection, chunk.keys["key"].unique())
    changed = touched.subquery()
    targeted = select(changed.c.contact_id).where(changed.c.contact_id.in_(targets)).exists()
    shared = exists().where(blocking_key.c.key.in_(keys), blocking_key.c.contact_id.in_(touched))
    return bool(connection.scalar(select(or_(targeted, shared))))


def _gone(connection: Connection, chunk: Chunk) -> bool:
    """Whether a stored record that the chunk points to is there no more."""
    ends = [chunk.records["matched"], chunk.review["left"], chunk.review["right"]]
    labels = pd.concat([end.dropna().astype("int64") for end in ends])
    stored = -labels[labels < 0].unique()
    there = source_record.c.id.in_(listed_numbers(connection, stored))
    return connection.scalar(select(func.count(source_record.c.id)).where(there)) != len(stored)
