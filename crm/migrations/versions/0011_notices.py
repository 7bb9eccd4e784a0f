"""What people are still to be told.

Revision ID: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Time = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("occasion", sa.String(16), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("claimed_at", Time, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
