"""The tables beside an import: what became of rows in quarantine, profiles, arrivals on hold."""

from sqlalchemy import Column, Index, String, Table, Text

from crm.columns import Time, make_id, metadata, one_of, points_to

__all__ = ["drift_hold", "profile", "quarantine_event"]

# What became of a row in quarantine; only ever added to. A row that was submitted again points to
# the record it is now, and to the batch that loaded it; one that waits again, to no record.
quarantine_event = Table(
    "quarantine_event",
    metadata,
    make_id(),
    points_to("quarantine_row"),
    Column("kind", String(16), nullable=False),
    Column("at", Time, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text),
    points_to("source_record", null=True),
    points_to("batch", null=True),
    one_of("kind", "resubmitted", "discarded", "reopened"),
    Index(None, "quarantine_row_id"),
    Index(None, "batch_id"),
)

# What a batch looked like, column by column and code by code, to compare the next one with.
profile = Table(
    "profile",
    metadata,
    points_to("batch", key=True),
    Column("content", Text, nullable=False),  # JSON: see validators.profile
)

# A reading that looked too different to be loaded: nothing else of it is in the store.
drift_hold = Table(
    "drift_hold",
    metadata,
    make_id(),
    Column("source", Text, nullable=False),
    Column("file", Text),
    Column("content_hash", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("status", String(16), nullable=False),
    Column("findings", Text, nullable=False),  # JSON: the issues of severity and code drift.*
    points_to("batch", null=True),  # that loaded it, once it was accepted
    one_of("status", "waiting", "accepted"),
    Index(None, "source", "content_hash", unique=True),
)
