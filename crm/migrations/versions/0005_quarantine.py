"""What became of rows in quarantine; profiles of batches; arrivals held because they drifted.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Time = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "quarantine_event",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("quarantine_row_id", Id, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("source_record_id", Id, nullable=True),
        sa.Column("batch_id", Id, nullable=True),
        _check("quarantine_event", "kind", "'resubmitted', 'discarded', 'reopened'"),
        _foreign("quarantine_event", "quarantine_row"),
        _foreign("quarantine_event", "source_record"),
        _foreign("quarantine_event", "batch"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine_event")),
    )
    for column in ("quarantine_row_id", "batch_id"):
        op.create_index(op.f(f"ix_quarantine_event_{column}"), "quarantine_event", [column])
    op.create_table(
        "profile",
        sa.Column("batch_id", Id, autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        _foreign("profile", "batch"),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_profile")),
    )
    op.create_table(
        "drift_hold",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("batch_id", Id, nullable=True),
        _check("drift_hold", "status", "'waiting', 'accepted'"),
        _foreign("drift_hold", "batch"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drift_hold")),
    )
    op.create_index(
        op.f("ix_drift_hold_source_content_hash"),
        "drift_hold",
        ["source", "content_hash"],
        unique=True,
    )


def _check(table: str, column: str, values: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({values})", name=op.f(f"ck_{table}_{column}"))


def _foreign(table: str, target: str) -> sa.ForeignKeyConstraint:
    column = f"{target}_id"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
