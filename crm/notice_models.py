"""The table of what people are still to be told."""

from sqlalchemy import Column, String, Table, Text

from crm.columns import Time, make_id, metadata

__all__ = ["notice"]

# A line is gone once it was told; texts name sources, ids and counts, and nobody.
notice = Table(
    "notice",
    metadata,
    make_id(),
    Column("source", Text, nullable=False),
    Column("occasion", String(16), nullable=False),
    Column("at", Time, nullable=False),
    Column("text", Text, nullable=False),
    Column("claimed_at", Time),  # somebody is telling it now
)
