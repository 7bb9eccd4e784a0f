"""The tables of what arrives: deliveries by their ids, and how far each source was read."""

from typing import Final

from sqlalchemy import Column, Index, String, Table, Text, text

from crm.columns import Id, Time, metadata, one_of, points_to

__all__ = ["inbox", "source_cursor"]

WAITING: Final = text("status = 'waiting'")

# One event as it was received. The database gives the numbers: several receivers may add at once.
# An id stays here for good, so that no event is ever taken twice; its content leaves when it is in
# the store.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("received_at", Time, nullable=False),
    Column("status", String(16), nullable=False),
    Column("content", Text),  # JSON: {"at": time, "values": {column: text}}
    Column("error", Text),  # a code; never a value
    points_to("batch", null=True),
    one_of("status", "waiting", "done", "failed"),
    Index(None, "source", "event_id", unique=True),
    Index("ix_inbox_waiting", "source", "id", sqlite_where=WAITING, postgresql_where=WAITING),
    Index(None, "batch_id"),
)

# How far a source that is asked for its rows was read; written with the rows themselves.
source_cursor = Table(
    "source_cursor",
    metadata,
    Column("source", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
    Column("at", Time, nullable=False),
)
