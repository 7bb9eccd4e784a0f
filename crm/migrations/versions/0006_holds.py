"""Readings that wait for a decision, whatever the reason, in the place of those that drifted.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Time = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "hold",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("rows_in", sa.Integer(), nullable=True),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=True),
        sa.Column("decided_at", Time, nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("batch_id", Id, nullable=True),
        sa.CheckConstraint(
            "status IN ('waiting', 'released', 'discarded', 'loaded')",
            name=op.f("ck_hold_status"),
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_hold_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(
        op.f("ix_hold_source_content_hash"), "hold", ["source", "content_hash"], unique=True
    )
    op.execute(
        "INSERT INTO hold (id, source, file, content_hash, at, status, reasons, columns, batch_id) "
        "SELECT id, source, file, content_hash, at, "
        "CASE status WHEN 'accepted' THEN 'loaded' ELSE status END, findings, '{}', batch_id "
        "FROM drift_hold"
    )
    op.drop_table("drift_hold")
