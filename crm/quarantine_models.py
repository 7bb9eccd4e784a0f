"""The tables beside an import: what became of rows in quarantine, profiles, readings on hold."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from crm.columns import Time, make_id, metadata, one_of, points_to

__all__ = ["hold", "profile", "quarantine_event"]

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

# A reading that waits for a decision before anything of it is loaded. Nothing else of it is in the
# store; a copy of its file is kept in a folder of the settings.
hold = Table(
    "hold",
    metadata,
    make_id(),
    Column("source", Text, nullable=False),
    Column("file", Text),
    Column("content_hash", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("status", String(16), nullable=False),
    Column("reasons", Text, nullable=False),  # JSON: [{"code", "message"}]
    Column("rows_in", Integer),
    Column("columns", Text, nullable=False),  # JSON: column -> field, as told by a person
    Column("kept", Text),  # the copy of the file
    Column("decided_at", Time),
    Column("actor", Text),
    Column("reason", Text),
    points_to("batch", null=True),  # that loaded it
    one_of("status", "waiting", "released", "discarded", "loaded"),
    Index(None, "source", "content_hash", unique=True),
)
