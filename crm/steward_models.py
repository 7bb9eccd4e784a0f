"""The tables of what people do: acts and what they moved, judgements, pins, consent, sales."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from crm.columns import Time, live, make_id, metadata, one_of, points_to, row_version

__all__ = [
    "consent",
    "event_change",
    "event_contact",
    "judgement",
    "opportunity",
    "pin",
    "suppression",
    "survivorship_policy",
]

# The contacts an event touched, and the golden record of each as it was.
event_contact = Table(
    "event_contact",
    metadata,
    points_to("merge_event", key=True),
    points_to("contact", key=True),
    Column("before", Text),  # JSON
    Index(None, "contact_id"),
    sqlite_with_rowid=False,
)

# What an event moved: one fact (a link, a pin, a status…) before and after, as JSON.
event_change = Table(
    "event_change",
    metadata,
    points_to("merge_event", key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("thing", String(24), nullable=False),
    Column("thing_id", BigInteger, nullable=False),
    Column("field", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Index(None, "thing", "thing_id"),
    sqlite_with_rowid=False,
)

# The survivorship policies the store was computed with; the last one is in force.
survivorship_policy = Table(
    "survivorship_policy",
    metadata,
    make_id(),
    Column("version", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON
    Column("at", Time, nullable=False),
)

# A value a person gave a field of a contact: it outranks every source.
pin = Table(
    "pin",
    metadata,
    points_to("contact", key=True),
    Column("field", Text, primary_key=True),
    Column("value", Text),
    Column("actor", Text, nullable=False),
    Column("at", Time, nullable=False),
    sqlite_with_rowid=False,
)

consent = Table(
    "consent",
    metadata,
    points_to("contact", key=True),
    Column("purpose", String(16), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("at", Time, nullable=False),
    Column("actor", Text, nullable=False),
    one_of("purpose", "email", "call"),
    one_of("status", "given", "withdrawn"),
    sqlite_with_rowid=False,
)

# What a person decided about two records. The keys are hashes of what the records say of the
# person, so that a judgement outlives another delivery of the same rows.
judgement = Table(
    "judgement",
    metadata,
    make_id(),
    points_to("source_record", "left_record"),
    points_to("source_record", "right_record"),
    Column("left_key", String(32), nullable=False),
    Column("right_key", String(32), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("at", Time, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text),
    points_to("review_item", null=True),
    points_to("merge_event"),
    Column("active", Boolean, nullable=False),
    one_of("verdict", "same", "different", "household"),
    Index(None, "left_record", "right_record"),
    Index(None, "right_record"),
    Index(None, "left_key"),
    Index(None, "right_key"),
)

# A chance of business. `points` are those of its stage, out of 100.
opportunity = Table(
    "opportunity",
    metadata,
    make_id(),
    points_to("contact"),
    points_to("account", null=True),
    points_to("lead", null=True),
    Column("name", Text, nullable=False),
    Column("amount", Text),  # a decimal number
    Column("currency", String(3)),
    Column("stage", String(32), nullable=False),
    Column("points", Integer, nullable=False),
    Column("opened_at", Time, nullable=False),
    Column("closed_at", Time),
    row_version(),
    live(),
    Index(None, "contact_id"),
)

# Keyed hashes of what an erased person was known by: all that is kept of them.
suppression = Table(
    "suppression",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("at", Time, nullable=False),
    points_to("merge_event"),
    one_of("kind", "email", "phone", "name", "row", "key"),
    sqlite_with_rowid=False,
)
