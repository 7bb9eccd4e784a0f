"""The tables of the store.

Ids are given by the program, under the lock of the one writer, so that a whole chunk can be
written in bulk. Times are text, ISO 8601 in UTC, which sorts and reads alike in every database.
Columns that say JSON hold JSON as text: it is written and read in bulk, never queried.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

VERSION_TABLE: Final = "leadgate_version"
HEAD: Final = "0001"

# SQLite gives a row its own number only where the key is called INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")
Time = String(32)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=False)


def _to(table: str, name: str | None = None, *, null: bool = False) -> Column[int]:
    return Column(name or f"{table}_id", Id, ForeignKey(f"{table}.id"), nullable=null)


def _one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _place() -> tuple[Column[int] | Column[str], ...]:
    """Where a row came from, and by what it is known again."""
    return (
        Column("row", Integer, nullable=False),
        Column("file", Text),
        Column("sheet", Text),
        Column("line", Integer),
        Column("content_hash", String(32), nullable=False),
        Column("submission_id", Text),
    )


def _sent(table: str) -> Index:
    """Index of the rows that came with an id of their submission; most do not."""
    there = text("submission_id IS NOT NULL")
    name = f"ix_{table}_submission_id"
    return Index(name, "submission_id", sqlite_where=there, postgresql_where=there)


batch = Table(
    "batch",
    metadata,
    _id(),
    Column("source", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("trust", Integer, nullable=False),
    Column("file", Text),
    Column("content_hash", Text, nullable=False),
    Column("model_version", Text, nullable=False),
    Column("reading", Text, nullable=False),  # JSON: how each table was read and mapped
    Column("status", String(16), nullable=False),
    Column("started_at", Time, nullable=False),
    Column("finished_at", Time),
    Column("rows_in", Integer, nullable=False),
    Column("created", Integer, nullable=False),
    Column("merged", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("quarantined", Integer, nullable=False),
    Column("already_seen", Integer, nullable=False),
    Column("blank", Integer, nullable=False),
    Column("review", Integer, nullable=False),
    _one_of("kind", "lead", "call", "visit"),
    _one_of("status", "loading", "complete"),
    Index(None, "source", "content_hash"),
)

# One row as received. Never updated: what changes about it is in `link` and `merge_event`.
source_record = Table(
    "source_record",
    metadata,
    _id(),
    _to("batch"),
    *_place(),
    Column("occurred_at", Time, nullable=False),
    Column("fate", String(16), nullable=False),
    Column("doubtful", Text),  # JSON: the fields whose value carries a doubtful warning
    Column("raw", Text, nullable=False),  # JSON: header -> cell
    Column("standard", Text, nullable=False),  # JSON: field -> standardized value
    _one_of("fate", "created", "merged", "held"),
    Index(None, "content_hash", unique=True),
    _sent("source_record"),
    Index(None, "batch_id", "row", unique=True),
)

quarantine_row = Table(
    "quarantine_row",
    metadata,
    _id(),
    _to("batch"),
    *_place(),
    Column("status", String(16), nullable=False),
    Column("raw", Text, nullable=False),
    Column("standard", Text, nullable=False),
    _one_of("status", "waiting", "resubmitted", "discarded"),
    Index(None, "content_hash", unique=True),
    _sent("quarantine_row"),
    Index(None, "batch_id", "row", unique=True),
)

# A finding belongs to the row `row` of its batch (-1: to the whole), wherever that row went.
issue = Table(
    "issue",
    metadata,
    _id(),
    _to("batch"),
    Column("row", Integer, nullable=False),
    Column("field", Text),
    Column("code", Text, nullable=False),
    Column("severity", String(16), nullable=False),
    Column("before", Text),
    Column("after", Text),
    _one_of("severity", "error", "warning", "repaired"),
    Index(None, "batch_id", "row"),
)

account = Table(
    "account",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text),
    Column("domain", Text),
    Column("status", String(16), nullable=False),
    _to("batch", "created_batch"),
    _one_of("status", "prospect", "customer", "former"),
)

# The golden record: computed from the linked source records, never typed in.
contact = Table(
    "contact",
    metadata,
    _id(),
    Column("full_name", Text),
    Column("given_name", Text),
    Column("family_name", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("company", Text),
    Column("country", Text),
    Column("fields", Text, nullable=False),  # JSON: the other golden fields
    Column("provenance", Text, nullable=False),  # JSON: field -> source record; "*": all others
    Column("alternates", Text),  # JSON: field -> [[value, source record], …]
    _to("account", null=True),
    _to("batch", "created_batch"),
    Column("row_version", Integer, nullable=False),
    _to("contact", "merged_into", null=True),
)

contact_email = Table(
    "contact_email",
    metadata,
    Column("contact_id", Id, ForeignKey("contact.id"), primary_key=True, autoincrement=False),
    Column("email", Text, primary_key=True),
    _to("source_record"),
    sqlite_with_rowid=False,
)

contact_phone = Table(
    "contact_phone",
    metadata,
    Column("contact_id", Id, ForeignKey("contact.id"), primary_key=True, autoincrement=False),
    Column("phone", Text, primary_key=True),
    _to("source_record"),
    sqlite_with_rowid=False,
)

# No foreign key: by far the largest table, and `verify` finds a key without its contact.
blocking_key = Table(
    "blocking_key",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("contact_id", Id, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

lead = Table(
    "lead",
    metadata,
    _id(),
    _to("contact"),
    Column("status", String(16), nullable=False),
    Column("source", Text, nullable=False),
    Column("first_at", Time, nullable=False),
    Column("last_at", Time, nullable=False),
    _one_of("status", "new", "working", "qualified", "converted", "disqualified"),
    Index(None, "contact_id"),
)

interaction = Table(
    "interaction",
    metadata,
    _id(),
    Column("kind", String(16), nullable=False),
    _to("contact"),
    _to("lead", null=True),
    _to("source_record"),
    Column("occurred_at", Time, nullable=False),
    Column("summary", Text, nullable=False),  # JSON: what was said or done
    _one_of("kind", "submission", "import", "call", "visit"),
    Index(None, "contact_id"),
)

# The merge log. Only ever added to; `reversed_by` is the event that took this one back.
merge_event = Table(
    "merge_event",
    metadata,
    _id(),
    Column("kind", String(16), nullable=False),
    Column("at", Time, nullable=False),
    Column("actor", Text, nullable=False),
    _to("batch", null=True),
    _to("contact"),
    _to("source_record"),
    _to("source_record", "matched_record", null=True),
    Column("model_version", Text),
    Column("weight", Double),
    Column("evidence", Text),  # JSON: [{comparison, level, weight, words}, …]
    Column("before", Text),  # JSON: the golden record as it was
    _to("merge_event", "reversed_by", null=True),
    _one_of("kind", "create", "link", "unlink"),
    Index(None, "batch_id"),
    Index(None, "contact_id"),
    Index(None, "source_record_id"),
)

link = Table(
    "link",
    metadata,
    _id(),
    _to("source_record"),
    _to("contact"),
    _to("merge_event"),
    Column("decided_by", String(16), nullable=False),
    Column("active", Boolean, nullable=False),
    _one_of("decided_by", "rule", "steward"),
    Index(None, "contact_id"),
    Index(
        "uq_link_active_source_record",
        "source_record_id",
        unique=True,
        sqlite_where=text("active = 1"),
        postgresql_where=text("active"),
    ),
)

review_item = Table(
    "review_item",
    metadata,
    _id(),
    _to("batch"),
    _to("source_record", "left_record"),
    _to("source_record", "right_record"),
    Column("weight", Double, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("model_version", Text, nullable=False),
    Column("status", String(16), nullable=False),
    _one_of("status", "open"),
    Index(None, "left_record", "right_record", unique=True),
    Index(None, "batch_id"),
)
