"""The tables of the store.

Ids are given by the program, under the lock of the one writer, so that a whole chunk can be
written in bulk. Times are text, ISO 8601 in UTC, which sorts and reads alike in every database.
Columns that say JSON hold JSON as text: it is written and read in bulk, never queried.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

import crm.desk_models
import crm.figure_models
import crm.inbox_models
import crm.notice_models
import crm.quarantine_models
import crm.steward_models  # noqa: F401 - so that `metadata` always holds all tables
from crm.columns import Id, Time, live, make_id, metadata, one_of, points_to, row_version

VERSION_TABLE: Final = "leadgate_version"
HEAD: Final = "0015"
# An import creates and links; the others are what people did.
EVENT_KINDS: Final = (
    "create",
    "link",
    "merge",
    "unmerge",
    "judge",
    "release",
    "edit",
    "consent",
    "progress",
    "undo",
    "policy",
    "erase",
)


def _known_again(table: str) -> Index:
    """Index of the rows that count by their content: no such row is imported twice."""
    name = f"ix_{table}_content_hash"
    return Index(
        name,
        "content_hash",
        unique=True,
        sqlite_where=text("live = 1"),
        postgresql_where=text("live"),
    )


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


def _few(table: str, name: str, condition: str, *columns: str) -> Index:
    """Index of the few rows of a large table that wait, or that an act has to find."""
    there = text(condition)
    return Index(f"ix_{table}_{name}", *columns, sqlite_where=there, postgresql_where=there)


batch = Table(
    "batch",
    metadata,
    make_id(),
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
    Column("policy_version", Text),  # the survivorship its golden records were made with
    Column("undone_by", Id),  # the event that took it back
    Column("flagged", Integer, nullable=False, server_default="0"),  # rows with a warning
    one_of("kind", "lead", "call", "visit"),
    one_of("status", "loading", "complete"),
    Index(None, "source", "content_hash"),
)

# One row as received. Never updated: what changes about it is in `link` and `merge_event`.
source_record = Table(
    "source_record",
    metadata,
    make_id(),
    points_to("batch"),
    *_place(),
    Column("occurred_at", Time, nullable=False),
    Column("fate", String(16), nullable=False),
    Column("doubtful", Text),  # JSON: the fields whose value carries a doubtful warning
    Column("raw", Text, nullable=False),  # JSON: header -> cell
    Column("standard", Text, nullable=False),  # JSON: field -> standardized value
    live(),
    one_of("fate", "created", "merged", "held"),
    _known_again("source_record"),
    _sent("source_record"),
    Index(None, "batch_id", "row", unique=True),
    _few("source_record", "held", "fate = 'held'", "id"),
)

quarantine_row = Table(
    "quarantine_row",
    metadata,
    make_id(),
    points_to("batch"),
    *_place(),
    Column("status", String(16), nullable=False),
    Column("raw", Text, nullable=False),
    Column("standard", Text, nullable=False),
    live(),
    one_of("status", "waiting", "resubmitted", "discarded"),
    _known_again("quarantine_row"),
    _sent("quarantine_row"),
    Index(None, "batch_id", "row", unique=True),
    _few("quarantine_row", "status", "live", "status", "batch_id", "row", "id"),
)

# A finding belongs to the row `row` of its batch (-1: to the whole), wherever that row went.
issue = Table(
    "issue",
    metadata,
    make_id(),
    points_to("batch"),
    Column("row", Integer, nullable=False),
    Column("field", Text),
    Column("code", Text, nullable=False),
    Column("severity", String(16), nullable=False),
    Column("before", Text),
    Column("after", Text),
    one_of("severity", "error", "warning", "repaired"),
    Index(None, "batch_id", "row"),
    _few("issue", "errors", "severity = 'error'", "batch_id", "row", "code"),
)

account = Table(
    "account",
    metadata,
    make_id(),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text),
    Column("domain", Text),
    Column("status", String(16), nullable=False),
    points_to("batch", "created_batch"),
    row_version(),
    one_of("status", "prospect", "customer", "former"),
)

# The golden record: computed from the linked source records, never typed in.
contact = Table(
    "contact",
    metadata,
    make_id(),
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
    points_to("account", null=True),
    points_to("batch", "created_batch"),
    Column("row_version", Integer, nullable=False),
    points_to("contact", "merged_into", null=True),
    # live, merged (into another), withdrawn (its import was taken back) or erased
    Column("state", String(16), nullable=False, server_default="live"),
    _few("contact", "merged_into", "merged_into IS NOT NULL", "merged_into"),
    Index(None, "account_id"),
)

contact_email = Table(
    "contact_email",
    metadata,
    points_to("contact", key=True),
    Column("email", Text, primary_key=True),
    points_to("source_record", null=True),  # none: a person gave it
    sqlite_with_rowid=False,
)

contact_phone = Table(
    "contact_phone",
    metadata,
    points_to("contact", key=True),
    Column("phone", Text, primary_key=True),
    points_to("source_record", null=True),  # none: a person gave it
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
    make_id(),
    points_to("contact"),
    Column("status", String(16), nullable=False),
    Column("source", Text, nullable=False),
    Column("first_at", Time, nullable=False),
    Column("last_at", Time, nullable=False),
    row_version(),
    one_of("status", "new", "working", "qualified", "converted", "disqualified"),
    Index(None, "contact_id"),
    Index(None, "status"),
)

interaction = Table(
    "interaction",
    metadata,
    make_id(),
    Column("kind", String(16), nullable=False),
    points_to("contact"),
    points_to("lead", null=True),
    points_to("source_record", null=True),  # none: a person wrote it down
    Column("occurred_at", Time, nullable=False),
    Column("summary", Text, nullable=False),  # JSON: what was said or done
    Column("actor", Text),
    live(),
    one_of("kind", "submission", "import", "call", "visit", "e-mail", "note"),
    Index(None, "contact_id"),
)

# The merge log. Only ever added to; `reversed_by` is the event that took this one back. An event
# of an import is about one record and one contact; what a person did is told by `event_contact`
# and `event_change`.
merge_event = Table(
    "merge_event",
    metadata,
    make_id(),
    Column("kind", String(16), nullable=False),
    Column("at", Time, nullable=False),
    Column("actor", Text, nullable=False),
    points_to("batch", null=True),
    points_to("contact", null=True),
    points_to("source_record", null=True),
    points_to("source_record", "matched_record", null=True),
    Column("model_version", Text),
    Column("policy_version", Text),
    Column("weight", Double),
    Column("evidence", Text),  # JSON: [{comparison, level, weight, words}, …]
    Column("before", Text),  # JSON: the golden record as it was
    Column("reason", Text),  # why, in the words of the person
    points_to("merge_event", "reversed_by", null=True),
    one_of("kind", *EVENT_KINDS),
    Index(None, "batch_id"),
    Index(None, "contact_id"),
    Index(None, "source_record_id"),
    Index(
        "ix_merge_event_reversed_by",
        "reversed_by",
        sqlite_where=text("reversed_by IS NOT NULL"),
        postgresql_where=text("reversed_by IS NOT NULL"),
    ),
)

link = Table(
    "link",
    metadata,
    make_id(),
    points_to("source_record"),
    points_to("contact"),
    points_to("merge_event"),
    Column("decided_by", String(16), nullable=False),
    Column("active", Boolean, nullable=False),
    one_of("decided_by", "rule", "steward"),
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
    make_id(),
    points_to("batch"),
    points_to("source_record", "left_record"),
    points_to("source_record", "right_record"),
    Column("weight", Double, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("model_version", Text, nullable=False),
    Column("status", String(16), nullable=False),
    # What its evidence says in short, so that the queue need not be read to be sorted and chosen
    # from: what deciding it is worth, and the comparisons that speak for and against it.
    Column("value", Double, nullable=False, server_default="0"),
    Column("agrees", Text, nullable=False, server_default=""),  # " email phone "
    Column("differs", Text, nullable=False, server_default=""),
    one_of("status", "open", "judged", "settled", "withdrawn"),
    Index(None, "left_record", "right_record", unique=True),
    Index(None, "right_record"),
    Index(None, "batch_id"),
    _few("review_item", "open", "status = 'open'", "value", "id"),
)
