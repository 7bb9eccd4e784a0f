"""Whether others wrote, since a plan was made, what the plan depends on."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    union,
)

from crm.batch import Mark
from crm.bulk import listed_numbers, listed_texts
from crm.chunks import Chunk
from crm.errors import StoreChangedError
from crm.models import blocking_key, merge_event, quarantine_row, source_record
from crm.opening import shown_url
from crm.seen import read_mark
from crm.steward_models import event_contact

__all__ = ["Watch"]


@dataclass
class Watch:
    """Watches, while a batch is written chunk by chunk, for what others write.

    `since` is the mark of the store the plan was made for, `latest` that of our last chunk. What
    others wrote before one chunk can concern the next, so they are not forgotten in between.
    """

    since: Mark
    latest: Mark
    others: bool = False

    def check_unchanged(self, connection: Connection, chunk: Chunk, batch: int | None) -> None:
        """Raise `StoreChangedError` unless the chunk of `batch` can be written as planned.

        Others may have written meanwhile; it matters only where they imported one of these rows,
        or changed a contact that one of them would have been compared with.
        """
        self.others |= read_mark(connection) != self.latest
        if self.others and (
            _imported(connection, chunk)
            or _touched(connection, chunk, _events(self.since, batch))
            or _gone(connection, chunk)
        ):
            raise StoreChangedError(shown_url(connection.engine.url))

    def remember(self, connection: Connection) -> None:
        """Note how far the store is written with our chunk."""
        self.latest = read_mark(connection)


def _events(since: Mark, batch: int | None) -> ColumnElement[bool]:
    """The events of others since the plan was made; `batch` is ours."""
    ours = and_(merge_event.c.batch_id == batch, merge_event.c.kind.in_(("create", "link")))
    after = merge_event.c.id > since.merge_event
    return after if batch is None else and_(after, not_(func.coalesce(ours, false())))


def _imported(connection: Connection, chunk: Chunk) -> bool:
    hashes = pd.concat([chunk.records["content_hash"], chunk.quarantine["content_hash"]])
    texts = listed_texts(connection, hashes)
    return any(
        connection.scalar(select(exists().where(table.c.content_hash.in_(texts), table.c.live)))
        for table in (source_record, quarantine_row)
    )


def _touched(connection: Connection, chunk: Chunk, events: ColumnElement[bool]) -> bool:
    """Whether a contact of these events is a target, or shares a blocking key."""
    touched = union(
        select(merge_event.c.contact_id).where(events, merge_event.c.contact_id.is_not(None)),
        select(event_contact.c.contact_id)
        .join(merge_event, merge_event.c.id == event_contact.c.merge_event_id)
        .where(events),
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
