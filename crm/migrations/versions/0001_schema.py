"""The store as it begins.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Time = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("trust", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("started_at", Time, nullable=False),
        sa.Column("finished_at", Time, nullable=True),
        sa.Column("rows_in", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("merged", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.Column("already_seen", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('lead', 'call', 'visit')", name=op.f("ck_batch_kind")),
        sa.CheckConstraint("status IN ('loading', 'complete')", name=op.f("ck_batch_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index(
        op.f("ix_batch_source_content_hash"), "batch", ["source", "content_hash"], unique=False
    )
    op.create_table(
        "blocking_key",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("contact_id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "contact_id", name=op.f("pk_blocking_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "account",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("created_batch", Id, nullable=False),
        sa.CheckConstraint(
            "status IN ('prospect', 'customer', 'former')", name=op.f("ck_account_status")
        ),
        sa.ForeignKeyConstraint(
            ["created_batch"], ["batch.id"], name=op.f("fk_account_created_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("key", name=op.f("uq_account_key")),
    )
    op.create_table(
        "issue",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("batch_id", Id, nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "severity IN ('error', 'warning', 'repaired')", name=op.f("ck_issue_severity")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_issue_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
    )
    op.create_index(op.f("ix_issue_batch_id_row"), "issue", ["batch_id", "row"], unique=False)
    op.create_table(
        "quarantine_row",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("batch_id", Id, nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("content_hash", Time, nullable=False),
        sa.Column("submission_id", sa.Text(), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('waiting', 'resubmitted', 'discarded')",
            name=op.f("ck_quarantine_row_status"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_quarantine_row_batch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_row")),
    )
    op.create_index(
        op.f("ix_quarantine_row_batch_id_row"), "quarantine_row", ["batch_id", "row"], unique=True
    )
    op.create_index(
        op.f("ix_quarantine_row_content_hash"), "quarantine_row", ["content_hash"], unique=True
    )
    op.create_index(
        "ix_quarantine_row_submission_id",
        "quarantine_row",
        ["submission_id"],
        unique=False,
        sqlite_where=sa.text("submission_id IS NOT NULL"),
        postgresql_where=sa.text("submission_id IS NOT NULL"),
    )
    op.create_table(
        "source_record",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("batch_id", Id, nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("content_hash", Time, nullable=False),
        sa.Column("submission_id", sa.Text(), nullable=True),
        sa.Column("occurred_at", Time, nullable=False),
        sa.Column("fate", sa.String(16), nullable=False),
        sa.Column("doubtful", sa.Text(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "fate IN ('created', 'merged', 'held')", name=op.f("ck_source_record_fate")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_source_record_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_record")),
    )
    op.create_index(
        op.f("ix_source_record_batch_id_row"), "source_record", ["batch_id", "row"], unique=True
    )
    op.create_index(
        op.f("ix_source_record_content_hash"), "source_record", ["content_hash"], unique=True
    )
    op.create_index(
        "ix_source_record_submission_id",
        "source_record",
        ["submission_id"],
        unique=False,
        sqlite_where=sa.text("submission_id IS NOT NULL"),
        postgresql_where=sa.text("submission_id IS NOT NULL"),
    )
    op.create_table(
        "contact",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("full_name", sa.Text(), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("alternates", sa.Text(), nullable=True),
        sa.Column("account_id", Id, nullable=True),
        sa.Column("created_batch", Id, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("merged_into", Id, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_contact_account_id")),
        sa.ForeignKeyConstraint(
            ["created_batch"], ["batch.id"], name=op.f("fk_contact_created_batch")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["contact.id"], name=op.f("fk_contact_merged_into")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_table(
        "review_item",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("batch_id", Id, nullable=False),
        sa.Column("left_record", Id, nullable=False),
        sa.Column("right_record", Id, nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.CheckConstraint("status IN ('open')", name=op.f("ck_review_item_status")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_review_item_batch_id")),
        sa.ForeignKeyConstraint(
            ["left_record"], ["source_record.id"], name=op.f("fk_review_item_left_record")
        ),
        sa.ForeignKeyConstraint(
            ["right_record"], ["source_record.id"], name=op.f("fk_review_item_right_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_item")),
    )
    op.create_index(op.f("ix_review_item_batch_id"), "review_item", ["batch_id"], unique=False)
    op.create_index(
        op.f("ix_review_item_left_record_right_record"),
        "review_item",
        ["left_record", "right_record"],
        unique=True,
    )
    op.create_table(
        "contact_email",
        sa.Column("contact_id", Id, autoincrement=False, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("source_record_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_email_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_record_id"],
            ["source_record.id"],
            name=op.f("fk_contact_email_source_record_id"),
        ),
        sa.PrimaryKeyConstraint("contact_id", "email", name=op.f("pk_contact_email")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contact_phone",
        sa.Column("contact_id", Id, autoincrement=False, nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("source_record_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_phone_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_record_id"],
            ["source_record.id"],
            name=op.f("fk_contact_phone_source_record_id"),
        ),
        sa.PrimaryKeyConstraint("contact_id", "phone", name=op.f("pk_contact_phone")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lead",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("first_at", Time, nullable=False),
        sa.Column("last_at", Time, nullable=False),
        sa.CheckConstraint(
            "status IN ('new', 'working', 'qualified', 'converted', 'disqualified')",
            name=op.f("ck_lead_status"),
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_lead_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
    )
    op.create_index(op.f("ix_lead_contact_id"), "lead", ["contact_id"], unique=False)
    op.create_table(
        "merge_event",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("batch_id", Id, nullable=True),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("source_record_id", Id, nullable=False),
        sa.Column("matched_record", Id, nullable=True),
        sa.Column("model_version", sa.Text(), nullable=True),
        sa.Column("weight", sa.Double(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("reversed_by", Id, nullable=True),
        sa.CheckConstraint(
            "kind IN ('create', 'link', 'unlink')", name=op.f("ck_merge_event_kind")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_merge_event_batch_id")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_merge_event_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["matched_record"], ["source_record.id"], name=op.f("fk_merge_event_matched_record")
        ),
        sa.ForeignKeyConstraint(
            ["reversed_by"], ["merge_event.id"], name=op.f("fk_merge_event_reversed_by")
        ),
        sa.ForeignKeyConstraint(
            ["source_record_id"], ["source_record.id"], name=op.f("fk_merge_event_source_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_event")),
    )
    op.create_index(op.f("ix_merge_event_batch_id"), "merge_event", ["batch_id"], unique=False)
    op.create_index(op.f("ix_merge_event_contact_id"), "merge_event", ["contact_id"], unique=False)
    op.create_index(
        op.f("ix_merge_event_source_record_id"), "merge_event", ["source_record_id"], unique=False
    )
    op.create_table(
        "interaction",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("lead_id", Id, nullable=True),
        sa.Column("source_record_id", Id, nullable=False),
        sa.Column("occurred_at", Time, nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('submission', 'import', 'call', 'visit')", name=op.f("ck_interaction_kind")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_interaction_contact_id")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_interaction_lead_id")),
        sa.ForeignKeyConstraint(
            ["source_record_id"], ["source_record.id"], name=op.f("fk_interaction_source_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction")),
    )
    op.create_index(op.f("ix_interaction_contact_id"), "interaction", ["contact_id"], unique=False)
    op.create_table(
        "link",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("source_record_id", Id, nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("merge_event_id", Id, nullable=False),
        sa.Column("decided_by", sa.String(16), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("decided_by IN ('rule', 'steward')", name=op.f("ck_link_decided_by")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_link_contact_id")),
        sa.ForeignKeyConstraint(
            ["merge_event_id"], ["merge_event.id"], name=op.f("fk_link_merge_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_record_id"], ["source_record.id"], name=op.f("fk_link_source_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_contact_id"), "link", ["contact_id"], unique=False)
    op.create_index(
        "uq_link_active_source_record",
        "link",
        ["source_record_id"],
        unique=True,
        sqlite_where=sa.text("active = 1"),
        postgresql_where=sa.text("active"),
    )
